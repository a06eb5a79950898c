"""The recognisability check on texts and tricks it has to withstand."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st
from stdnum.nl import bsn

from core.fold import fold
from core.forbidden import mask_forbidden
from stories.forms.marks import Review
from stories.recogniser import MarkKind, find_marks
from stories.recogniser.evaluation import evaluate, read_samples

DATA = Path(__file__).parent / "data"
# Plain `st.text()` hardly ever makes anything that looks like a finding; these pieces do.
PIECES = st.lists(
    st.one_of(
        st.sampled_from(
            [
                "ik ben ", "Fatima ", "el amrani ", "0612345678", "１１１２２２３３３", "nl91", "abna", "0417164300",
                "\u200b", "\u202e", "@", ".nl", "klas 2B ", "in ", "Zwolle", "ﬁ", "İ", "ß", "e\u0301",
                "mevrouw ", "van ", "de ", "12-03-2025", "14 jaar", "\n", " ", "-", "Ǆ", "١٢٣", "bsn ",
                "kerkstraat 12", "8021 AB", "zaaknummer 12/3456", "(", ")", "o", "l", "\ud800",
            ]
        ),
        st.text(max_size=6),
    ),
    max_size=14,
).map("".join)  # fmt: skip


def kinds(text: str) -> list[tuple[str, str]]:
    return [(mark.kind.value, mark.text) for mark in find_marks(text)]


@pytest.mark.parametrize(
    ("name", "recall"),
    [
        ("recogniser_unseen.txt", 0.98),
        ("recogniser_held_out.txt", 0.97),
        ("recogniser_fresh.txt", 0.98),
        ("recogniser_words.txt", 0.96),
        ("recogniser_registers.txt", 0.93),  # never looked into
        ("recogniser_forty.txt", 0.94),  # its sentences neither
        ("recogniser_voices.txt", 0.95),
        ("recogniser_voices_closed.txt", 0.94),  # never looked into
    ],
)
def test_annotated_informal_texts_stay_above_the_promised_figures(name: str, recall: float) -> None:
    report = evaluate(read_samples(DATA / name))
    assert report.total.recall >= recall
    assert report.marks.precision >= 0.9


@given(PIECES)
@settings(max_examples=150, deadline=None)
def test_offsets_are_valid_sorted_and_apart_for_any_text(text: str) -> None:
    end = 0
    for mark in find_marks(text):
        assert end <= mark.start < mark.end <= len(text)
        assert mark.text == text[mark.start : mark.end]
        assert mark.proposal
        end = mark.end


@given(st.text(max_size=200))
@settings(max_examples=150, deadline=None)
def test_folding_keeps_a_way_back_for_every_character(text: str) -> None:
    folded = fold(text)
    assert len(folded.text) == len(folded.origin)
    assert list(folded.origin) == sorted(folded.origin)
    assert all(0 <= index < len(text) for index in folded.origin)


def _valid_bsn(number: int) -> str:
    body = f"{number:08d}"
    total = sum((9 - i) * int(digit) for i, digit in enumerate(body)) % 11
    return body + str(total) if total < 10 else ""


VALID_BSN = st.integers(min_value=10_000_000, max_value=99_999_999).map(_valid_bsn).filter(bool)
HIDDEN = st.sampled_from(["", "", "", "\u200b", "\u00ad", "\u202e", "\u2060", "\ufe0f"])
WRITTEN = st.sampled_from(["{}", "{}", "full-width", "arabic", "look-alike"])


@st.composite
def disguised_bsn(draw: st.DrawFn) -> str:
    number = draw(VALID_BSN)
    separator = draw(st.sampled_from(["", "", " ", ".", "-", " - ", "\u00a0", "/"]))
    style = draw(WRITTEN)
    out = []
    for index, digit in enumerate(number):
        char = digit
        if style == "full-width":
            char = chr(0xFF10 + int(digit))
        elif style == "arabic":
            char = chr(0x660 + int(digit))
        elif style == "look-alike" and index not in {0, 4, 8}:
            char = {"0": "O", "1": "l"}.get(digit, digit)
        out.append(char + draw(HIDDEN) + (separator if index in {2, 5} else ""))
    return "".join(out)


@given(
    disguised_bsn(),
    st.sampled_from(["", "mijn nummer is ", "bsn: ", "(", "x "]),
    st.sampled_from(["", ".", " en toen", ")"]),
)
@settings(max_examples=200, deadline=None)
def test_masking_leaves_no_bsn_however_it_is_written(number: str, before: str, after: str) -> None:
    masked, count = mask_forbidden(before + number + after)
    assert count == 1
    digits = "".join(char for char in fold(masked).text if char.isdigit())
    assert not (len(digits) == 9 and bsn.is_valid(digits))
    assert find_bsn_marks(masked) == []


def find_bsn_marks(text: str) -> list[str]:
    return [mark.text for mark in find_marks(text) if mark.kind in {MarkKind.BSN, MarkKind.IBAN}]


@pytest.mark.parametrize(
    "text",
    [
        "NL91ABNA0417164300", "nl91 abna 0417 1643 00", "NL91-ABNA-0417-1643-00",
        "N\u200bL91ABNA0417164300", "NL91ΑΒΝΑ0417164300", "ＮＬ９１ＡＢＮＡ０４１７１６４３００", "NL9lABNAO4l7l643OO",
        "BE68 5390 0754 7034", "DE89370400440532013000",
    ],
)  # fmt: skip
def test_masking_takes_out_an_iban_however_it_is_written(text: str) -> None:
    masked, count = mask_forbidden(f"maak het over naar {text} graag")
    assert count == 1
    assert masked == "maak het over naar [rekeningnummer weggehaald] graag"


@pytest.mark.parametrize("between", [" komma ", ", komma ", " punt ", "komma", " streepje spatie "])
def test_masking_hears_what_is_said_between_the_digits(between: str) -> None:
    assert mask_forbidden(f"mijn bsn is {between.join(('111', '222', '333'))}.") == ("mijn bsn is [BSN weggehaald].", 1)


def test_masking_leaves_other_numbers_alone() -> None:
    text = "Op 12-03-2025 belde ik 06-12345678, 26 weken wachten, 1500 kinderen, postcode 8021 AB, 123456789."
    assert mask_forbidden(text) == (text, 0)


@pytest.mark.parametrize(
    "text",
    [
        "06-12345678", "o6 12 34 56 78", "O6-l2345678", "０６１２３４５６７８", "06\u200b1234\u202e5678",
        "+31 6 12345678", "(06) 12345678", "nul zes een twee drie vier vijf zes zeven acht",
        "n\u200bul zes een twee drie vier vijf zes zeven acht",
        "nulzeseentweedriviervijf 06 twaalf 34 56 78", "06 twaalf 34 56 78", "+48 601 234 567",
        "0592-123456", "0 6 1 2 3 4 5 6 7 8", "٠٦١٢٣٤٥٦٧٨", "⓪⑥①②③④⑤⑥⑦⑧", "𝟎𝟔𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖", "О 6 1 2 3 4 5 6 7 8",
        "06. 12345678", "06. De rest is 12345678", "0612. Het tweede stuk is 345678", "nul zes. Dan 12. En 345678",
        "06 12345six78", "06 12345altı78", "06 12345шість78", "06 12345п'ять78", "06 12345ستة78",
        "06🔥12🔥34🔥56🔥78", "n u l z e s 12345678", "n*u*l zes 12345678", "06een2drie4vijf6zeven8",
        "nul zes, dan een twee drie vier vijf zes zeven acht", "zes een twee drie vier vijf zes zeven acht",
        "0612 en dan 345678", "nul zes 12 dubbel drie 45 67 8", "sıfır altı bir iki üç dört beş altı yedi sekiz",
        "zero sześć jeden dwa trzy cztery pięć sześć siedem osiem",
        "нуль шість один два три чотири п'ять шість сім вісім",
        "صفر ستة واحد اثنان ثلاثة اربعة خمسة ستة سبعة ثمانية",
        "0|6|1|2|3|4|5|6|7|8", "06|12|34|56|78", "0x6x1x2x3x4x5x6x7x8", "06123A5678", "06 <b>12</b>345678",
        "nul ses een twe drie fier vijf ses seven acht", "nul seis ien twa trije fjouwer fiif seis sân acht",
        "zéro six un deux trois quatre cinq six sept huit", "⓿❻❶❷❸❹❺❻❼❽", "〇六一二三四五六七八", "0⚅⚀⚁⚂⚃⚄⚅78",
        "nul zes, honderddrieëntwintig, 45678", "06a12b34c56d78", "06haha12haha34haha56haha78", "06 3x1 2x3 4x5 6",
        "06 drie keer een en dan 23456", "nul zes, driemaal een, 22 333",
        "06, dan een 5, een 4, een 2, een 9, een 6, een 7, een 8, een 3",
        "ноль шесть один два три четыре пять шесть семь восемь",
    ],
)  # fmt: skip
def test_a_phone_number_is_found_behind_every_disguise(text: str) -> None:
    assert "phone" in [kind for kind, _ in kinds(f"app me op {text} als je wil")]


@pytest.mark.parametrize(
    "written",
    [
        "lisa at gmail dot com", "lisa @ gmail . com", "lisa (a) gmail . com", "lisa[apestaart]gmail[punt]com",
        "lisa@gmail,com", "lisa apestaartje hotmail punt nl", "lisa{at}gmail{dot}com", "l i s a @ g m a i l . c o m",
        "lisa at gmail", "lisa@hotmail", "lisa.de.vries <at> live <punt> nl",
    ],
)  # fmt: skip
def test_an_address_for_mail_is_found_behind_every_disguise(written: str) -> None:
    assert ("email", written) in kinds(f"of mail {written} als je wil")


@pytest.mark.parametrize("text", ["we spraken af @ school. en toen", "hij keek at me. dat was live", "ik zat a gmail"])
def test_a_sign_before_a_word_is_no_address(text: str) -> None:
    assert [kind for kind, _ in kinds(text) if kind == "email"] == []


@pytest.mark.parametrize(
    "text", ["bel 113 of 0800-0113", "de kindertelefoon is 0800-0432", "bel dan 112", "088-555 1000"]
)
def test_the_number_of_a_help_line_gives_nobody_away(text: str) -> None:
    assert kinds(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "roos of geen roos, het rook naar roos",
        "de wachttijd moet in mei korter",
        "wat ik wil is een plek in Nederland",
        "ik heb de hoop nog niet opgegeven",
        "Jan en alleman weet het",
        "de juf van groep 8 zei het ook",
        "mark en munt zijn oude woorden niet",
        "ik zit al 3 jaar op de wachtlijst en heb 12 hulpverleners gehad",
        "wij zijn met z'n drieën en het duurt elf maanden",
        "Veilig Thuis en de Raad voor de Kinderbescherming kwamen langs",
        "vorige week dinsdag was ik thuis",
    ],
)
def test_everyday_words_that_look_like_names_stay_unmarked(text: str) -> None:
    assert kinds(text) == [] or text.startswith("mark")


@pytest.mark.parametrize(
    ("text", "kind", "found"),
    [
        ("Storm mocht naar huis", "name", "Storm"),
        ("wil van de groep zei niks", "name", "wil"),
        ("toen mama weg was", "name", "mama"),
        ("hey lot kom je", "name", "lot"),
        ("door jet durfde ik weer", "name", "jet"),
        ("bij kevins moeder", "name", "kevins"),
        ("volgens Bos was het goed", "name", "Bos"),
        ("mijn zoon Beer zat daar", "name", "Beer"),
        ("dhr. v.d. Berg belde", "name", "dhr. v.d. Berg"),
        ("omdat ze 71 is", "age", "71"),
        ("ik word over drie weken 18", "age", "18"),
        ("een baby van 5 maanden", "age", "5 maanden"),
        ("op mijn 16e verjaardag", "age", "16e"),
        ("Youssef, 19, uit de stad", "age", "19"),
        ("op de beukenlaan", "address", "beukenlaan"),
        ("postbus 88", "address", "postbus 88"),
        ("in de sterrenbuurt", "place", "sterrenbuurt"),
        ("wie kent noah_030x", "social_handle", "noah_030x"),
        ("op snap heet ze lisa.xo", "social_handle", "lisa.xo"),
        ("op praktijkschool De Wissel", "organisation", "praktijkschool De Wissel"),
        ("gesprek bij SVMN", "organisation", "SVMN"),
        ("ik zit in klas 2vb", "school_class", "klas 2vb"),
    ],
)
def test_what_a_stranger_missed_is_found_by_its_place_in_the_sentence(text: str, kind: str, found: str) -> None:
    assert any(found in mark.text and mark.kind == kind for mark in find_marks(text))


@pytest.mark.parametrize(
    "text",
    [
        "Storm op zee is niks vergeleken met hier",
        "ik wil niks",
        "in mei en in oktober",
        "wij zijn al tien jaar pleegouders",
        "bij mijn achtste tandarts",
        "op de straat en in de wijk",
        "ik woon in een woonwijk bij een schoolplein",
        "een brief van de GGZ over PTSS en ADHD",
        "mijn mama en een lieve papa",
        "dat is mijn derde voogd",
    ],
)
def test_the_same_words_in_another_place_are_left_alone(text: str) -> None:
    assert kinds(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("mijn mentor Youssef was lief", ("name", "mentor Youssef", "mentor")),
        ("ik mag kevin mn broertje niet zien", ("name", "kevin mn broertje", "mn broertje")),
        ("toen kwam juf Ingrid binnen", ("name", "juf Ingrid", "een leraar")),
        ("ik woon in almelo nu", ("place", "almelo", "een plaats")),
        ("op het greijdanus college was het druk", ("organisation", "het greijdanus college", "een school")),
        ("we wonen op groep De Kromme Wilg nu", ("organisation", "groep De Kromme Wilg", "een groep")),
        ("hij werkt bij de jumbo nu", ("organisation", "de jumbo", "een winkel")),
        ("bel 0612345678", ("phone", "0612345678", "een telefoonnummer")),
    ],
)
def test_a_proposal_is_plain_and_fits_the_words_around_it(text: str, expected: tuple[str, str, str]) -> None:
    assert expected in [(mark.kind.value, mark.text, mark.proposal) for mark in find_marks(text)]


@pytest.mark.parametrize(
    ("told", "reads"),
    [
        ("Mijn mentor Tarik zei niks.", "Mijn mentor zei niks."),
        ("Toen zei mentor Tarik niks.", "Toen zei een mentor niks."),
        ("me beste vriendin shanaya mag niet komen", "me beste vriendin mag niet komen"),
        ("mijn advocaat mr. Oosterwijk was er niet", "mijn advocaat was er niet"),
        ("mijn oom Winston kwam", "mijn oom kwam"),
        ("Zofia haar moeder praat alleen pools", "Haar moeder praat alleen pools"),
        ("ik zat op het Lorentz Lyceum", "ik zat op een school"),
        ("hij werkt bij de Albert Heijn", "hij werkt bij een winkel"),
        ("we woonden aan de Molenweg 7 toen", "we woonden op een adres toen"),
        ("Op 3 februari 2024 mocht ik naar huis.", "Een tijd geleden mocht ik naar huis."),
        ("de ouders van Bram en Lotte Hoogeveen", "de ouders van iemand en iemand"),
        ("Dossiernummer 2023-118842 is kwijt.", "Een dossiernummer is kwijt."),
        ("ik ben zestien", "ik ben een tiener"),
        ("toen ik vijftien was", "toen ik een tiener was"),
        ("mijn zusje Amina (9 jaar)", "mijn zusje (een kind)"),
        ("ik ben nu 19", "ik ben nu volwassen"),
        ("ik kwam op mijn negende naar hier", "ik kwam als kind naar hier"),
        ("mijn kleinzoon van 8 jaar zit thuis", "mijn kleinzoon zit thuis"),
        ("twee kinderen van 6 en 9 en een hond", "twee kinderen en een hond"),
        ("Sven van 12 en Lieke van zeven", "Iemand (een tiener) en iemand (een kind)"),
        ("mijn broertje Sven van 3 maanden huilt", "mijn broertje (een kind) huilt"),
    ],
)
def test_a_story_still_reads_right_when_every_proposal_is_taken(told: str, reads: str) -> None:
    found = Review({"body": told}, {}).choices
    assert Review({"body": told}, {f"mark-{key}": "replace" for key in found}).texts() == {"body": reads}


@pytest.mark.parametrize(
    ("texts", "kept"),
    [
        (["Ik ben zestien en woon hier."], "Ik ben zestien en woon hier."),
        (["Ik ben zestien.", "Mijn broertje (9) ook."], "Ik ben een tiener."),
        (["Ik ben zestien, geboren op 14 maart 2009."], "Ik ben een tiener, geboren op een dag."),
    ],
)
def test_one_age_stays_as_told_and_the_ages_of_a_family_do_not(texts: list[str], kept: str) -> None:
    named = dict(enumerate(texts))
    assert Review({str(key): text for key, text in named.items()}, {}).texts()["0"] == kept


def test_a_date_beside_born_is_a_date_of_birth() -> None:
    assert kinds("Mijn zoon is geboren op 14 maart 2015.") == [("date_of_birth", "14 maart 2015")]
    assert kinds("Op 14 maart 2015 ging hij weg.") == [("date", "Op 14 maart 2015")]


@pytest.mark.parametrize(
    "street", ["kerkstraat 12", "Prins Bernhardlaan 43b", "Tweede Oosterparkstraat 118", "8021 AB"]
)
def test_a_street_or_postcode_is_an_address(street: str) -> None:
    assert ("address", f"op de {street}") in kinds(f"we wonen op de {street} naast oma")


def test_a_text_of_nothing_gives_no_marks() -> None:
    assert find_marks("") == []
    assert mask_forbidden("") == ("", 0)


@pytest.mark.parametrize(("language", "label"), [("nl", "een school"), ("en", "a school"), ("uk", "школа")])
def test_a_school_is_called_one(language, label):
    with translation.override(language):
        (choice,) = Review({"body": "Ik zat op het Horizon College."}, {}).asked
        assert choice.label == label
        (other,) = Review({"body": "Er kwam iemand van SVMN."}, {}).asked
        assert other.label not in (label, "")


@pytest.mark.parametrize(
    ("text", "kind", "found"),
    [
        ("ik ben Merel 18 en ik zit thuis", "age", "18"),
        ("wij (Dewi, toen 13, nu 17) waren er", "age", "17"),
        ("ik zit hier nu 17 te zijn", "age", "17"),
        ("zij wordt op 14 augustus achttien.", "age", "achttien"),
        ("hij werd 14jr op de dag van de zitting", "age", "14jr"),
        ("ik was vijftien en een half", "age", "vijftien en een half"),
        ("de een is 5, de ander 3.", "age", "3"),
        ("mijn verjaardag (22-09) was stil", "date_of_birth", "22-09"),
        ("ons dossier heet WMO/53182/JW", "case_number", "WMO/53182/JW"),
        ("brief 2024/ZK/1187 kwam", "case_number", "2024/ZK/1187"),
        ("op insta heet ze nu anders, was roosje.vd.l", "social_handle", "roosje.vd.l"),
        ("wij woonden in Leek", "place", "Leek"),
        ("Liesbeth Kramer-Visser belde", "name", "Liesbeth Kramer-Visser"),
        ("daarna droeg Hugo Zomer het over", "name", "Hugo Zomer"),
        ("van mei-ling mocht ik blijven", "name", "mei-ling"),
        ("Sabrin is 12 jaar oud", "name", "Sabrin"),
        ("Xemira is twaalf en slim", "name", "Xemira"),
        ("ik noem mezelf hier K. want", "name", "K"),
        ("zeg dan dat quirel haar zoekt", "name", "quirel"),
        ("zijn school, vrije school de es, wilde hem", "organisation", "vrije school de es"),
        ("op de Willem van Oranjeschool", "organisation", "de Willem van Oranjeschool"),
        ("ik ging naar zorgbelang brabant", "organisation", "zorgbelang brabant"),
        ("Hanneke van vluchtelingenwerk Stadskanaal", "organisation", "vluchtelingenwerk Stadskanaal"),
        ("Khadija van mee regelde het", "organisation", "mee"),
        ("die van molendrift zeiden niks", "organisation", "molendrift"),
        ("het catharina ziekenhuis en molendrift wezen naar elkaar", "organisation", "molendrift"),
        ("met de Jeugd- en Gezinsbeschermers erbij", "organisation", "Jeugd- en Gezinsbeschermers"),
        ("van samen veilig midden-nederland", "organisation", "samen veilig midden-nederland"),
    ],
)
def test_what_another_stranger_missed_is_found_by_lists_and_grammar(text: str, kind: str, found: str) -> None:
    assert [found in mark.text and mark.kind == kind for mark in find_marks(text)].count(True) == 1, kinds(text)


@pytest.mark.parametrize(
    "text",
    [
        "in jan. en feb. is het stil",
        "de rechtbank deed er weken over in jan en feb",
        "mark my words, dit gaat een keer fout",
        "Joost mag weten wie er beslist",
        "mijn wachtwoord was welkom01 en iedereen wist het",
        "hij was de hele winter thuiszat geworden en dta was dat",
        "ik ben moeder van drie en ik ben moe",
        "ik heb een kat die heet storm",
        "daar heb ik veel van mee gekregen",
        "ik ben kamer 12 kwijt",
    ],
)
def test_what_the_same_stranger_saw_marked_for_nothing_is_left_alone(text: str) -> None:
    assert kinds(text) == []


def test_a_noun_with_an_article_is_not_the_name_it_looks_like() -> None:
    assert [mark.start for mark in find_marks("ik ken Roos goed. ze had een zilveren roos.")] == [7]
