from core.text import teaser


def test_a_teaser_that_is_cut_ends_in_one_ellipsis_also_after_a_whole_sentence():
    assert teaser("Het was laat. Daarna ging het mis.", most=15) == "Het was laat…"
    assert teaser("Het was laat, en koud.", most=15) == "Het was laat…"
    assert teaser("Het was laat.", most=15) == "Het was laat."
