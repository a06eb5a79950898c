"""Dutch for the search: compounds, base forms, typing errors; also words that look like one and are none."""

import pytest
from django.core.management import call_command
from django.db import connection

from stories.dutch.alike import ALIKE
from stories.dutch.beside import words_beside
from stories.dutch.compounds import split
from stories.dutch.forms import bases
from stories.dutch.spelling import nearest
from stories.dutch.thesaurus import THESAURUS
from stories.forms.reading import Reading
from stories.models import Status, Story
from stories.queries import read_page
from stories.search import forms
from stories.setup import words_anew
from tests.stories.factory import a_story, published


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("jeugdzorg", ("jeugd", "zorg")),
        ("wachtlijst", ("wacht", "lijst")),
        ("gezinsvoogd", ("gezin", "voogd")),
        ("kinderrechter", ("kinder", "rechter")),
        ("isoleercel", ("isoleer", "cel")),
        ("behandelplan", ("behandel", "plan")),
        ("uithuisplaatsing", ("huis", "plaatsing")),
        ("familiegroepsplan", ("familie", "groep", "plan")),
        ("gezinshuisouder", ("gezin", "huis", "gezinshuis", "ouder")),
        ("pleegzorgbegeleider", ("pleeg", "zorg", "pleegzorg", "begeleider")),
        ("doorplaatsing", ("plaatsing",)),
        ("montessorischool", ("school",)),
        ("raadsonderzoeker", ("raads", "onderzoeker")),
        ("teruggeplaatst", ("geplaatst",)),
        ("buurthuis", ("buurt", "huis")),
        ("clientenraad", ("client", "raad")),
        ("jongerenraden", ("jongeren", "raad")),
        ("fietsenhok", ("fietsen", "hok")),
        ("rugzak", ("rug", "zak")),
        ("halfzusje", ("half", "zusje")),
        ("medezeggenschap", ("zeggenschap",)),
        ("eenoudergezin", ("gezin",)),
        ("hoofdpijn", ("pijn",)),
        ("rolstoel", ("stoel",)),
        ("achternamen", ("namen",)),
        ("zelfhulp", ("hulp",)),
    ],
)
def test_a_compound_is_cut_in_its_parts(word, parts):
    assert split(word) == parts


WHOLE = """
bedreiging kinderen gesprek verhaal altijd vandaag iedereen begeleider vriendinnen natuurlijk eigenlijk medewerker
gelukkig oplossing ervaring verscholen medewerkster overleg verandering afspraken kennen moeilijk spannend voorraad
kameraad sieraad woensdag maandagen donderdagen maatschappelijk
"""


@pytest.mark.parametrize("word", WHOLE.split())
def test_a_word_that_is_no_compound_is_left_whole(word):
    assert split(word) == ()


@pytest.mark.parametrize(
    ("form", "base"),
    [
        ("gewacht", "wachten"), ("wachtte", "wachten"), ("woonde", "wonen"), ("verhuisd", "verhuizen"),
        ("kinderen", "kind"), ("kindje", "kind"), ("huisje", "huis"), ("liep", "lopen"), ("weggelopen", "weglopen"),
        ("wegliep", "weglopen"), ("besloten", "besluiten"), ("uitgelegd", "uitleggen"), ("boze", "boos"),
        ("moeilijkheden", "moeilijkheid"), ("steden", "stad"), ("huilend", "huilen"), ("slapende", "slapen"),
        ("gooide", "gooien"), ("gezet", "zetten"), ("gered", "redden"), ("gegamed", "gamen"), ("kleiner", "klein"),
        ("moeilijkste", "moeilijk"), ("oudere", "oud"), ("oudste", "oud"),
        ("gestigmatiseerd", "stigmatiseren"), ("doorverwezen", "doorverwijzen"),
        ("weggegooid", "weggooien"), ("zwierf", "zwerven"), ("verborgen", "verbergen"), ("blowde", "blowen"),
        ("glaasje", "glas"), ("blaadje", "blad"), ("bloemetje", "bloem"), ("oogje", "oog"), ("jongetje", "jongen"),
        ("dekens", "deken"), ("taxis", "taxi"), ("gevoelens", "gevoel"), ("bozer", "boos"), ("hoger", "hoog"),
        ("mooier", "mooi"), ("zwaarder", "zwaar"), ("grootste", "groot"), ("liefst", "lief"), ("rookte", "roken"),
    ],
)  # fmt: skip
def test_a_form_has_its_base(form, base):
    assert base in bases(form)


@pytest.mark.parametrize(
    ("word", "verb"),
    [
        ("weken", "wijken"),
        ("reden", "rijden"),
        ("geleden", "lijden"),
        ("ouder", "oud"),
        ("gezet", "zitten"),
        ("golden", "gelden"),
        ("dienst", "dien"),
        ("jongere", "jong"),
        ("echter", "echt"),
        ("bestuurder", "bestuurd"),
        ("vroeger", "vragen"),
        ("naam", "nemen"),
        ("maat", "meten"),
        ("paarden", "paren"),
        ("rust", "russen"),
        ("buurt", "buren"),
        ("gezond", "zonnen"),
        ("gebied", "bieden"),
        ("kaartje", "kaar"),
        ("aandacht", "aandenken"),
    ],
)
def test_what_is_mostly_another_word_is_no_form_of_a_verb(word, verb):
    assert verb not in bases(word)


@pytest.mark.parametrize("word", ["de", "niet", "altijd", "moeder", "deden", "wordt"])
def test_a_word_that_is_no_form_of_another_has_no_base(word):
    assert bases(word) == ()


@pytest.mark.parametrize(("word", "other"), [("planten", "plannen"), ("landen", "lannen"), ("tanden", "tannen")])
def test_after_a_voiceless_sound_comes_te_and_after_any_other_de(word, other):
    assert other not in bases(word)


@pytest.mark.parametrize(
    ("typed", "never"),
    [
        ("bos", "boos"),
        ("les", "lezen"),
        ("zon", "zoon"),
        ("steden", "steeds"),
        ("kopen", "kopje"),
        ("oudere", "ouders"),
        ("jongere", "jongen"),
        ("jongste", "jongeren"),
        ("dienst", "gediend"),
        ("geld", "golden"),
        ("gehuild", "wennen"),
        ("kok", "koken"),
        ("koken", "koks"),
        ("boos", "bos"),
        ("woedend", "bos"),
        ("stelen", "stel"),
        ("jong", "jongens"),
        ("jongen", "jonge"),
        ("wonen", "won"),
        ("wist", "wet"),
        ("zaak", "zakken"),
        ("naam", "nam"),
        ("slapen", "slap"),
        ("geweld", "geweldige"),
        ("verkering", "verkeer"),
        ("regel", "regeling"),
        ("zondag", "dagen"),
        ("dag", "maandagen"),
        ("vallen", "aanval"),
        ("sprak", "afspraak"),
        ("zoeken", "asielzoeker"),
        ("leren", "leraar"),
        ("wapen", "meeste"),
    ],
)
def test_what_the_stemmer_takes_for_another_word_is_looked_for_by_its_base(db, typed, never):
    published(title="Dit", body=f"Hier staat {typed}.")
    published(title="Een ander", body=f"Hier staat {never}.")
    assert {card["title"] for card in read_page(None, Reading(words=typed)).cards} == {"Dit"}


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("koken", "Hij kookte."),
        ("gekookt", "Een kookles."),
        ("koks", "De kok."),
        ("boos", "Bozer dan ooit."),
        ("jongetje", "Twee jongens."),
        ("jong", "De jongste."),
        ("stal", "Ik heb gestolen."),
        ("zaken", "Een rechtszaak."),
        ("namen", "Haar achternaam."),
        ("weet", "Zij wisten het."),
        ("roken", "Hij rookt."),
        ("slaapkamer", "In mijn slaap kamer."),
        ("kookte niet", "Wij koken niet."),
        ("openen", "Hij opende de deur."),
        ("opende", "Wij openen de deur."),
        ("geopend", "Wij openen de deur."),
        ("winnen", "Wij wonnen niets."),
        ("trekken", "Zij trokken aan mij."),
        ("schrikken", "Wij schrokken ervan."),
        ("zwemmen", "Wij zwommen elke dag."),
    ],
)
def test_what_is_told_apart_is_still_found_in_its_forms(db, typed, told):
    published(title="Dit", body=told)
    assert [card["title"] for card in read_page(None, Reading(words=typed)).cards] == ["Dit"]


def test_what_stands_in_one_line_has_one_stem(db):
    with connection.cursor() as cursor:
        cursor.execute(
            "select line from unnest(%s::text[]) line"
            " where cardinality(tsvector_to_array(to_tsvector('draad_nl', line))) <> 1",
            [[line for line in ALIKE.split("\n") if line]],
        )
        assert cursor.fetchall() == []
        cursor.execute("select to_tsvector('draad_nl', 'koken0')::text")
        assert cursor.fetchone() == ("'koken0':1",)


def test_older_stories_get_their_words_anew_and_erased_ones_none(db):
    old, erased = published(title="Dit", body="De kok."), a_story(status=Status.REFUSED, body="", words_beside="")
    Story.objects.filter(pk=old.pk).update(words_beside="oud")
    call_command("install", verbosity=0)
    assert [card["title"] for card in read_page(None, Reading(words="kok")).cards] == ["Dit"]
    erased.refresh_from_db()
    assert erased.words_beside == ""
    assert words_anew() == 0


@pytest.mark.parametrize(
    ("text", "verb"),
    [
        ("Ik liep steeds weg van de groep.", "weglopen"),
        ("Zij belde nooit meer terug.", "terugbellen"),
        ("Hij legde het mij niet uit.", "uitleggen"),
        ("Ik was bang om weg te lopen.", "weglopen"),
        ("Ik liep bij mijn vader weg.", "weglopen"),
        ("Zij vangen om de beurt het meisje van de buren op.", "opvangen"),
        ("Zij nam mij naar school mee.", "meenemen"),
        ("Zij schreef alles op in een boekje.", "opschrijven"),
        ("Mijn moeder haalde mij elke vrijdag op van school.", "ophalen"),
        ("Zij las de brief voor aan mij.", "voorlezen"),
        ("Zij zochten het uit voor ons.", "uitzoeken"),
        ("Ik leverde mijn telefoon in om negen uur.", "inleveren"),
        ("Ik deed nooit mee.", "meedoen"),
        ("Het gesprek ging niet door.", "doorgaan"),
    ],
)
def test_a_verb_that_was_taken_apart_is_put_together(text, verb):
    assert verb in words_beside(text).split()


@pytest.mark.parametrize(
    ("text", "beside"),
    [
        ("Hij heeft het opgeschreven.", "schrijven"),
        ("Hij gooide alles weg.", "weggooien"),
        ("De crises kwamen.", "crisis"),
        ("Ik zat in de jeugd zorg.", "jeugdzorg"),
        ("In drie gezinshuizen.", "gezinshuis"),
        ("Zij moest het naspelen.", "spelen"),
        ("De onderzoekers kwamen.", "onderzoeken"),
        ("Ik ben stotteraar.", "stotteren"),
        ("Een schrijfster las voor.", "schrijven"),
        ("De verhuiswagen kwam.", "verhuizen"),
        ("Ik heb een eetstoornis.", "eten"),
        ("De jeugdhulpverlener kwam.", "jeugdhulp"),
    ],
)
def test_a_verb_stands_beside_what_was_made_of_it(text, beside):
    assert beside in words_beside(text).split()


def test_a_person_is_found_by_no_deed_that_the_stemmer_takes_for_what_is_done():
    assert not {"behandelen", "rechten"} & set(words_beside("De behandelaar en de rechter.").split())
    assert "lijden" not in words_beside("Na haar overlijden.").split()
    lookalikes = words_beside("Mijn kamer, de bakker en de kapper, en het gevaar was lekker dichter.")
    assert not {"kamen", "bakken", "kappen", "geven", "lekken", "dichten"} & set(lookalikes.split())


@pytest.mark.parametrize("typed", ["uhp", "uithuisplaatsing", "uit huis geplaatst", "onder toezicht gesteld", "ots"])
def test_what_the_field_has_a_word_for_is_found_in_several_words_too(db, typed):
    published(title="Dit", body="Toen werden wij uit huis geplaatst, en wij zijn onder toezicht gesteld.")
    published(title="Een ander", body="Er was geen plaats in ons huis. De plaatsing onder de trap werd gesteld.")
    assert {card["title"] for card in read_page(None, Reading(words=typed)).cards} == {"Dit"}


@pytest.mark.parametrize(
    "told",
    [
        "Als je kinderen uit huis plaatst.",
        "Ze haalden ons uit huis.",
        "Hij was uit huis gehaald.",
        "Een plaatsing uit huis.",
        "Dat ik uit huis ben geplaatst.",
    ],
)
def test_placed_out_of_home_is_said_in_more_than_one_way(told):
    assert "uithuisplaatsing" in words_beside(told).split()


def test_going_out_is_no_placement():
    assert "uithuisplaatsing" not in words_beside("Ik ging uit huis. Zij plaatst berichten. Op zijn plaats.").split()


@pytest.mark.parametrize(
    ("typed", "told"), [("verhuisen", "Ik ben verhuisd."), ("schrijfen", "Een schrijver."), ("huisen", "Die huizen.")]
)
def test_a_typing_error_that_the_stemmer_hides_is_looked_for_as_what_was_meant(db, typed, told):
    published(title="Dit", body=told)
    published(title="Nog een", body="De verhuiswagen, de schrijfster en het huis.")
    assert "Dit" in {card["title"] for card in read_page(None, Reading(words=typed)).cards}


def test_a_living_group_is_no_life():
    assert "leven" not in words_beside("De leefgroep.").split()


def test_a_preposition_makes_no_verb():
    assert "inkomen" not in words_beside("Ik kwam in een groep met zes anderen.").split()
    assert "omgaan" not in words_beside("Ik ging om in de stad te wonen.").split()
    assert "opblijven" not in words_beside("Hij bleef tot op het laatst op een kamer.").split()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("jeugdzrog", "jeugdzorg"), ("wachtlijt", "wachtlijst"), ("begelijder", "begeleider"),
        ("gezinsvood", "gezinsvoogd"),
        ("schuldhup", "schuldhulp"), ("vertrouwepersoon", "vertrouwenspersoon"),
        ("zelfbeschadigng", "zelfbeschadiging"), ("ondertoezichtsteling", "ondertoezichtstelling"),
        ("familiegroepplan", "familiegroepsplan"),
        ("ervarinsdeskundige", "ervaringsdeskundige"),
        ("gedragwetenschapper", "gedragswetenschapper"), ("mentro", "mentor"), ("knuffle", "knuffel"),
        ("omgana", "omgaan"), ("woint", "wint"), ("atwoord", "antwoord"),
        ("psycholoog", None), ("school", None), ("verhuisen", "verhuizen"), ("kinderechter", "kinderrechter"),
    ],
)  # fmt: skip
def test_a_typing_error_stood_for_the_nearest_word(typed, meant):
    assert (nearest(typed)[0] if nearest(typed) else None) == meant


def test_an_error_may_stand_before_the_letter_that_joins_a_compound():
    assert "verslavingskliniek" in nearest("verslavinskliniek")


@pytest.mark.parametrize(
    ("plural", "one"),
    [
        ("gezinnen", "gezin"),
        ("huizen", "huis"),
        ("gezinshuizen", "gezinshuis"),
        ("pleegkinderen", "pleegkind"),
        ("verhalen", "verhaal"),
        ("diagnoses", "diagnose"),
    ],
)
def test_a_plural_that_the_stemmer_leaves_is_asked_for_in_the_singular_too(plural: str, one: str) -> None:
    assert one in forms(plural)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("dokter", "arts"), ("mama", "moeder"), ("drugs", "joint"), ("gehuild", "snikken"), ("pleegzorg", "pleeg"),
        ("tatoeages", "tattoo"), ("zussen", "zus"), ("pillen", "medicijn"), ("opgebeld", "bellen"),
        ("jeugdzorg", "jeugdhulp"), ("begrepen", "snappen"), ("praat", "spreken"), ("jz", "jeugdzorgplus"),
    ],
)  # fmt: skip
def test_a_word_is_looked_for_by_what_people_say_for_it_too(typed: str, told: str) -> None:
    assert told in forms(typed)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("pleeg ouders", "Mijn pleegouders."),
        ("vertrouwens persoon", "De vertrouwenspersoon."),
        ("huis arts", "De huisarts."),
        ("zelf beschadiging", "Zelfbeschadiging."),
        ("thuis zitter", "De thuiszitter."),
        ("wijk team", "Het buurtteam."),
        ("bewind voerder", "Mijn bewindvoerder."),
        ("geestelijke gezondheidszorg", "De GGZ."),
        ("ggz", "De geestelijke gezondheidszorg."),
        ("rvdk", "De Raad voor de Kinderbescherming."),
    ],
)
def test_a_compound_that_was_typed_apart_finds_it_whole(db, typed, told):
    published(title="Dit", body=told)
    published(title="Een ander", body="Een persoon in huis, verder niets.")
    assert {card["title"] for card in read_page(None, Reading(words=typed)).cards} == {"Dit"}


def test_a_word_of_the_field_that_was_typed_apart_is_not_looked_for_by_its_parts(db):
    published(title="Dit", body="Mijn pleegouders.")
    published(title="Een ander", body="Mijn pleegzus heeft dove ouders.")
    assert {card["title"] for card in read_page(None, Reading(words="pleeg ouders")).cards} == {"Dit"}


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("speciaalonderwijs", "Het speciaal onderwijs."),
        ("groepshond", "Onze groeps hond."),
        ("veiligthuis", "Ik belde Veilig Thuis."),
        ("jeugdggz", "De jeugd-ggz."),
        ("moederkindhuizen", "Een moeder-kindhuis."),
        ("thuiszitters", "Een thuis zitter."),
    ],
)
def test_a_compound_that_was_typed_together_finds_it_apart(db, typed, told):
    published(title="Dit", body=told)
    published(title="Een ander", body="Thuis in een groep, veilig onderwijs: speciaal voor een kind en een hond.")
    assert {card["title"] for card in read_page(None, Reading(words=typed)).cards} == {"Dit"}


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("joint", "cocaine"),
        ("huilen", "wenen"),
        ("jeugdinstelling", "instelling"),
        ("jeugdgevangenis", "detentie"),
        ("jeugdreclassering", "reclassering"),
        ("huisregel", "voorschrift"),
        ("groepsleiding", "begeleider"),
        ("kopen", "kop"),
    ],
)
def test_a_word_is_not_looked_for_by_what_is_something_else(typed: str, told: str) -> None:
    assert told not in forms(typed)


def test_no_word_is_looked_for_by_more_than_an_index_reads_in_a_moment() -> None:
    assert max(len(forms(word)) for line in THESAURUS.split("\n") for word in line.replace(">", "").split()) <= 20


def test_a_compound_of_a_compound_gives_all_its_parts() -> None:
    assert {"netwerk", "pleegzorg", "zorg"} <= set(split("netwerkpleegzorg"))
