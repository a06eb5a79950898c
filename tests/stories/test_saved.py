"""What a member looks for: kept, told of once, never a heavy story unasked, and as a feed without an account."""

import xml.etree.ElementTree as ET

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from core.journal import record
from letters import actions as letters
from letters.lines import inbox
from letters.models import Letter
from portal.erasing import erase_everywhere
from portal.my_data import everything_about
from stories.actions.saving import MOST
from stories.actions.withdrawing import withdraw
from stories.looked_for import looked_for_by
from stories.models import SavedSearch
from tests.stories.factory import a_theme, published

pytestmark = pytest.mark.django_db
ADDRESS = "/mijn/zoeken/"


def appears(**fields):
    story = published(**fields)
    with transaction.atomic():
        record("story.published", story)
    letters.make_letters()
    return story


def keep(member, *searches):
    for asked in searches:
        SavedSearch.objects.create(member=member, asked=asked)


def lines_of(member):
    return [(line.heading, line.text) for line in inbox(member)]


def test_a_search_is_kept_once_told_of_once_and_let_go_of(as_, parent):
    rania = as_(parent)
    published(title="Wachten op een plek", perspective="parent")
    link = 'href="/mijn/zoeken/?q=wachten&amp;wie=parent"'
    assert link in rania.get("/verhalen/?q=wachten&wie=parent").content.decode()
    assert link not in as_(None).get("/verhalen/?q=wachten&wie=parent").content.decode()
    assert "“wachten”" in rania.get(f"{ADDRESS}?q=wachten&wie=parent").content.decode()
    for _twice in range(2):
        assert rania.post(f"{ADDRESS}?q=wachten&wie=parent&na=bcdfghjkmn&x=1").status_code == 302
    search = SavedSearch.objects.get()
    assert search.asked == "q=wachten&wie=parent"
    appears(title="Nog een jaar wachten", perspective="parent")
    appears(title="Iets anders", body="Heel iets anders.", perspective="parent")
    assert lines_of(parent) == [
        ("Nieuwe verhalen", "Iets anders"), ("Nieuw in wat je zoekt", "Nog een jaar wachten"),
    ]  # fmt: skip
    assert "/verhalen/?q=wachten&amp;wie=parent" in rania.get(ADDRESS).content.decode()
    for _twice in range(2):
        assert rania.post(ADDRESS, {"forget": search.public_id}).status_code == 302
    assert not SavedSearch.objects.exists()
    assert ("Nieuw in wat je zoekt", "Nog een jaar wachten") not in lines_of(parent)


def test_what_is_kept_is_what_was_found_and_not_the_typing_error(as_, parent):
    published(title="Wachten op een plek")
    rania = as_(parent)
    listed = rania.get("/verhalen/?q=wagten").content.decode()
    assert "“wagten” staat in geen enkel verhaal" in listed
    assert 'href="/mijn/zoeken/?q=wachten"' in listed
    assert 'href="/verhalen/atom.xml?q=wachten"' in listed
    asked = rania.get(f"{ADDRESS}?q=-plek+Wagten").content.decode()
    assert "“-plek wachten”" in asked
    assert "“wagten” staat in geen enkel verhaal" in asked
    assert "Nog geen verhaal past hierbij" in asked
    rania.post(f"{ADDRESS}?q=wagten&bij=bcdfghjkmn")
    assert SavedSearch.objects.get().asked == "q=wachten"
    page = rania.post(f"{ADDRESS}?q=qwertzuiop", follow=True).content.decode()
    assert "Nog geen verhaal past hierbij" in page
    assert "Nog geen verhaal past hierbij" not in rania.get(f"{ADDRESS}?q=plek").content.decode()


def test_a_heavy_story_is_told_of_to_who_asked_for_its_theme_and_without_its_title(parent, professional, host):
    violence, light = a_theme("geweld", "Geweld", heavy=True), a_theme()
    keep(parent, "thema=wachten&zwaar=geweld")
    keep(professional, "thema=wachten", "thema=wachten&zwaar=anders")
    story = appears(title="Klappen", heavy=True, themes=[violence, light])
    assert lines_of(parent) == [("Nieuw in wat je zoekt", "Een zwaar verhaal dat past bij wat je zoekt")]
    assert lines_of(professional) == lines_of(host) == []
    SavedSearch.objects.filter(member=parent).update(asked="thema=wachten")
    assert lines_of(parent) == []
    SavedSearch.objects.filter(member=parent).update(asked="zwaar=geweld")
    withdraw(story=story)
    letters.make_letters()
    assert lines_of(parent) == []


def test_a_story_that_fits_two_searches_is_told_of_once(parent, region):
    keep(parent, "q=wachten", f"regio={region.code}", "hulp=group")
    appears(title="Wachten", region=region)
    assert lines_of(parent) == [("Nieuw in wat je zoekt", "Wachten")]
    assert Letter.objects.filter(member=parent).count() == 1


def test_it_comes_in_the_mail_with_the_news(parent, smtp):
    keep(parent, "q=wachten")
    appears(title="Wachten op een plek")
    letters.compose_mails(timezone.now(), "weekly")
    letters.send_mails(timezone.now())
    said = [message for message in smtp.messages if "rania" in message["To"]]
    assert len(said) == 1
    assert "NIEUW IN WAT JE ZOEKT" in said[0].get_body(("plain",)).get_content()


def test_searches_are_told_apart_in_one_query_each_hundred(parent, professional):
    keep(parent, *(f"q=woord{number}" for number in range(MOST - 1)), "q=%E2%80%99%25%28s%29&wie=koning")
    keep(professional, "q=wachten&zwaar=geweld", "q=-")
    story = published()
    with CaptureQueriesContext(connection) as captured:
        assert looked_for_by(story.public_id) == {professional.pk}
    assert len(captured) == 2


def test_ten_are_enough_and_they_are_hers_alone(as_, parent, professional):
    keep(parent, *(f"q=woord{number}" for number in range(MOST)))
    rania = as_(parent)
    page = rania.post(f"{ADDRESS}?q=elfde", follow=True).content.decode()
    assert "Je bewaart al tien zoekvragen" in page
    assert SavedSearch.objects.count() == MOST
    as_(professional).post(ADDRESS, {"forget": SavedSearch.objects.all()[0].public_id})
    assert SavedSearch.objects.count() == MOST
    assert rania.post(ADDRESS, {"forget": "\x00"}).status_code == 302
    with pytest.raises(IntegrityError), transaction.atomic():
        keep(parent, "q=woord1")


def test_what_a_member_looks_for_is_in_her_file_and_goes_with_her(parent):
    keep(parent, "q=wachten")
    assert [row["vraag"] for row in everything_about(parent)["bewaarde zoekvragen"]] == ["q=wachten"]
    erase_everywhere(member=parent)
    assert not SavedSearch.objects.exists()


def titles(client, query):
    feed = ET.fromstring(client.get(f"/verhalen/atom.xml{query}").content)
    name = "{http://www.w3.org/2005/Atom}"
    return [entry.findtext(f"{name}title") for entry in feed.iter(f"{name}entry")], feed


def test_the_feed_of_a_view_holds_what_fits_and_never_a_heavy_story(client, as_, professional, region):
    violence, light = a_theme("geweld", "Geweld", heavy=True), a_theme()
    published(title="Wachten", themes=[light], perspective="parent")
    published(title="Bellen", body="Om zes uur.", perspective="youth")
    published(title="Klappen", heavy=True, themes=[violence, light])
    published(title="Voor leden", audience="members", themes=[light])
    for browser in (client, as_(professional)):
        for query in ("?thema=wachten", "?q=wachten", "?wie=parent", "?thema=wachten&zwaar=geweld&na=bcdfghjkmn"):
            assert titles(browser, query)[0] == ["Wachten"], query
        assert sorted(titles(browser, "")[0]) == ["Bellen", "Wachten"]
        assert titles(browser, "?zwaar=geweld&thema=geweld")[0] == []
    _found, feed = titles(client, "?q=wachten&wie=parent")
    links = {link.get("href") for link in feed.iter("{http://www.w3.org/2005/Atom}link")}
    assert {
        "http://testserver/verhalen/atom.xml?q=wachten&wie=parent",
        "http://testserver/verhalen/?q=wachten&wie=parent",
    } <= links
    assert 'href="/verhalen/atom.xml?q=wachten"' in client.get("/verhalen/?q=wachten&zwaar=geweld").content.decode()
    with CaptureQueriesContext(connection) as captured:
        client.get(f"/verhalen/atom.xml?q=wachten&thema=wachten&regio={region.code}")
    assert len(captured) <= 2
    assert not client.cookies
