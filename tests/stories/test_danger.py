"""Signals of danger: rather once too often than once too few, but not at a figure of speech."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.fold import fold
from core.forbidden import mask_forbidden
from stories import danger
from stories.danger import Danger, DangerLevel, elsewhere, find_danger, gist_of, learnt, normalise
from stories.danger.elsewhere import told_elsewhere
from stories.danger.evaluation import BadLines, evaluate, read_lines, render
from stories.danger.learnt import LEARNT, LINES, as_lines, learnt_from, marks_of, sealed

DATA = Path(__file__).parent / "data"
DEMO = Path(__file__).parents[2] / "config" / "demo" / "stories.jsonl"
EXAMPLES = DEMO.with_name("examples.jsonl")


@pytest.mark.parametrize(
    "text",
    [
        "ik wil niet meer leven",
        "kwil gwn dood",
        "iK WiL d00d",
        "ik w\u200bil dooooood",
        "soms denk ik dat het voor iedereen makkelijker is als ik er niet meer ben",
        "er niet meer zijn lijkt me fijn",
        "iedereen is beter af zonder mij",
        "ik ga er een eind aan maken",
        "ik heb al pillen gespaard",
        "ik wil zelfmoord plegen",
        "hij slaat me",
        "mn stiefvader slaat mn ma",
        "ik word geslagen thuis",
        "hij zit aan me als mama weg is",
        "me oom raakt me aan",
        "hij komt s nachts in mijn kamer",
        "ik ben hier niet veilig",
        "als jullie dit lezen ben ik er niet meer",
        "zoek me maar niet",
        "vanavond maak ik er een eind aan",
        "ik sta op de brug",
        "hij kneep mn keel dicht",
        "wil er gwn niet meer zijn",
        "ze willen dat ik ga trouwen met een man in het buitenland, ik moet mee",
        "mijn zusje ademt raar",
        "morgen pakt hij me weer met zijn riem, net als altijd",
        "hij heeft een mes",
        "ze gaan me vermoorden",
        "i want to die",
        "i don't want to live anymore",
        "my dad hits me",
        "chcę umrzeć",
        "nie chce juz zyc",
        "tata mnie bije",
        "ölmek istiyorum",
        "artık yaşamak istemiyorum",
        "babam beni dövüyor",
        "мій батько б'є мене",
        "не хочу більше жити",
        "أريد أن أموت",
        "ما بدي عيش",
        "زوجي يضربني",
        "زَوْجِي يَضْرِبُنِي",
        "baba byedrobni",
    ],
)
def test_danger_that_may_be_now_is_urgent(text: str) -> None:
    assert find_danger(text).level is DangerLevel.URGENT


@pytest.mark.parametrize(
    "text",
    [
        "er zijn dagen dat ik hoop dat een vrachtwagen mij raakt",
        "ik hoop dat ik een dodelijke ziekte krijg",
        "ik ben bang voor mezelf",
        "ik heb haar te hard vastgepakt",
        "er zaten blauwe plekken op haar arm",
        "ik snijd in mn armen",
        "vroeger werd ik geslagen",
        "zelfmort zei ze",
        "ik trek het niet meer",
        "ik wou dat ik nooit geboren was",
        "ik durf niet naar huis",
        "we krijgen geen eten",
        "ik zie het niet meer zitten",
        "hij zegt dat hij me gaat slopen",
        "mama drinkt elke avond",
        "er is thuis vaak niemand, de kleuter is dan alleen thuis",
        "ik blow elke dag anders kan ik niet slapen",
        "bij het vastpakken is mijn pols gebroken",
        "mijn oom heeft aan me gezeten",
    ],
)
def test_worries_are_a_concern_at_least(text: str) -> None:
    assert find_danger(text).level in {DangerLevel.CONCERN, DangerLevel.URGENT}


@pytest.mark.parametrize(
    "text",
    [
        "ik hoop dat de bus mij op tijd naar school brengt",
        "Misschien lukt het morgen",
        "ik voel me geslagen door het systeem",
        "dat slaat nergens op",
        "ik lach me dood",
        "doodmoe van het wachten",
        "mijn opa is vorig jaar overleden",
        "ik wil niet meer verhuizen",
        "ik ben er niet meer welkom",
        "we zaten aan de keukentafel",
        "ze sloeg een arm om me heen",
        "de deur sloeg dicht",
        "zij heeft dingen gezegd die ik niet wilde horen",
        "het gevecht met de gemeente",
        "we keken een film over mishandeling en daarna aten we pizza",
        "mijn hamster is doodgegaan",
        "ik ging tien keer dood tegen die baas",
        "om de tijd te doden gingen we kaarten",
        "de tandarts is doodeng",
        "hij sloeg de spijker op zijn kop",
        "dat formulier is om je dood te vervelen",
        "we hebben ons dood verveeld in die wachtkamer",
        "Het project is een zachte dood gestorven en daar balen wij van.",
        "het mes snijdt aan twee kanten met die regeling",
        "wij steken er veel van op bij die cursus",
        "ik barst van de honger kunnen we eten",
        "we stikten van het lachen bij het toneelstuk",
        "het schiet niet op bij die gemeente",
        "ik ben als de dood voor spreekbeurten",
        "we hebben de tijd doodgeslagen met kaarten",
        "de pleegouders hadden een hond en die sliep bij mij op bed",
        "Ja.",
    ],
)
def test_figures_of_speech_are_no_danger(text: str) -> None:
    assert find_danger(text) == Danger(DangerLevel.NONE, ())


@pytest.mark.parametrize(
    "text",
    [
        # suicide, veiled; self-harm; eating
        "mn spullen zijn voor mn zusje, de brief ligt klaar. bedankt voor alles",
        "mijn dochter draagt altijd lange mouwen, ook met gym, en zegt dat de kat haar krabt. we hebben geen kat",
        "ik hou al weken niks meer binnen en mn haar valt uit",
        # violence, in chat, in a second language, told by a neighbour, in dialect
        "papa boos slaan mama en ik bang",
        "hij zegt dat ze van de trap is gevallen maar ze heeft weer een blauw oog",
        "ons pap hee gezope en slaot ons mam",
        # sexual violence, by kin and by staff; pictures; older friends
        "als mama werkt komt hij op mn kamer en doe ik alsof ik slaap",
        "de begeleider zat met zijn hand onder haar trui en ze mag het tegen niemand zeggen",
        "als ik niet betaal gaan mn fotos naar de hele school",
        "ze heeft ineens dure schoenen en een vriend van 27 die haar ophaalt bij een hotel",
        # trafficking, in English; other people's errands; threats
        "they took my passport and tonight I must go with the man to other city, please help",
        "ik moet pakketjes wegbrengen anders pakken ze mn broertje",
        "er staan elke dag jongens bij de bushalte, ze zeggen dat ze weten waar ik woon",
        # held down, locked up, kept from medicine
        "met vier man zaten ze op zijn rug en hij kreeg geen lucht",
        "ik zat drie dagen opgesloten in een isoleercel zonder matras, ik was twaalf, als straf",
        "mijn zoon krijgt op de groep al dagen zijn medicijnen niet en heeft epilepsie",
        # nowhere to sleep; small children alone; parents who use
        "ik slaap al weken bij vrienden op de bank en kan nergens heen",
        "mijn broertjes van twee en vier zijn alleen thuis en het eten is op",
        "mama ligt op de grond en wordt niet wakker en ik pas op de baby",
        # control, marrying, honour, carrying a child
        "mijn man leest mijn berichten, ik mag niet werken en mijn vriendinnen niet meer zien",
        "in de zomer moet ik met mijn neef in Marokko trouwen, mijn vader heeft het geregeld",
        "ze zeggen dat ik de naam van de familie vies maak en mijn oom gaat dat regelen",
        "ik ben zwanger en hij schopt mij in mijn buik",
        # belittled; the end of a parent's strength; in the words of a report
        "mijn moeder zegt dat ze me had moeten laten weghalen",
        "ik heb de baby door elkaar geschud, hij bleef maar huilen en ik kan niet meer",
        "Vermoeden van uitbuiting: meisje van 15 heeft schulden en wordt opgehaald door onbekende volwassen mannen.",
    ],
)
def test_each_kind_of_danger_is_seen_in_its_own_words(text: str) -> None:
    assert find_danger(text).level is not DangerLevel.NONE


@pytest.mark.parametrize("language", elsewhere.TONGUES)
def test_danger_in_another_language_is_seen(language: str, tmp_path: Path) -> None:
    lines = tmp_path / "lines.jsonl"
    told = (DATA / "danger_elsewhere.jsonl").read_text().splitlines()
    lines.write_text("\n".join(line for line in told if json.loads(line)["language"] == language))
    outcome = evaluate(read_lines(lines))
    assert outcome.found >= 0.95 * outcome.danger
    assert outcome.urgent_as_urgent >= 0.9 * outcome.urgent
    assert outcome.false_alarms <= 0.2 * outcome.none


@pytest.mark.parametrize(
    "text",
    [
        "hij sloeg me met een spijker op mijn kop",
        "vanavond is het gedaan met mij",
        "ik verveel me dood en ik wil dood",
        "ik wil een zachte dood sterven, ik heb de pillen",
        "hij sliep bij mij op bed en zat aan me",
        "de hond is weg en mijn oom komt bij mij in bed",
        "ik stik want hij hield een kussen op mijn hoofd",
        "ik heb een geheim met mijn zwemleraar en ik voel me daar vies van",
        "mijn trainer en ik hebben een geheim en ik voel me er raar bij",
    ],
)
def test_idioms_that_are_left_out_take_no_danger_with_them(text: str) -> None:
    assert find_danger(text).level is not DangerLevel.NONE


def test_an_advertisement_that_ends_this_week_is_not_called_urgent() -> None:
    told = next(one for one in map(json.loads, EXAMPLES.read_text().splitlines()) if one["id"] == "example-16")
    assert "deze week" in told["body"]
    assert find_danger(f"{told['title']}\n{told['body']}").level is not DangerLevel.URGENT


def test_what_is_no_idiom_is_not_called_urgent() -> None:
    assert find_danger("het is gedaan met de pret zei de leiding om tien uur").level is not DangerLevel.URGENT


@pytest.mark.parametrize(
    "text",
    [
        "umieram ze śmiechu",
        "gülmekten öldüm",
        "مت من الضحك",
        "помирали зі сміху",
        "we died laughing at camp",
        "opowiadamy o tej szkole i o nowym domu",
        "Sınavlardan korkuyorum ama öğretmenim yardım ediyor.",
    ],
)
def test_figures_of_speech_elsewhere_are_no_danger(text: str) -> None:
    assert find_danger(text) == Danger(DangerLevel.NONE, ())


@pytest.mark.parametrize(
    "saying", ["tata mnie bije", "babam beni dövüyor", "тато мене б'є", "ابي يضربني", "my dad hits me"]
)
def test_danger_in_another_language_is_heard_in_a_calm_dutch_story(saying: str) -> None:
    for story in map(json.loads, DEMO.read_text().splitlines()[:12]):
        first, rest = story["body"].split(". ", 1)
        assert find_danger(f"{first}. {saying}. {rest}").level is DangerLevel.URGENT, story["title"]


def test_what_is_told_of_the_past_elsewhere_is_no_longer_urgent() -> None:
    assert find_danger("Trzy lata temu ojciec mnie bił.").level is DangerLevel.CONCERN
    assert find_danger("Trzy lata temu ojciec mnie bił, a teraz chowam się w szafie.").level is DangerLevel.URGENT
    assert find_danger("Ojciec mnie bije.").level is DangerLevel.URGENT


def test_no_dutch_story_is_read_as_another_language() -> None:
    for story in map(json.loads, DEMO.read_text().splitlines()):
        assert told_elsewhere(fold(story["body"]).text) == (set(), fold(story["body"]).text, ""), story["title"]


def test_a_language_that_lacks_an_idea_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "xx.txt").write_text("often = a\nkin = mother\n")
    elsewhere._scenes()
    monkeypatch.setattr(elsewhere, "_HERE", tmp_path)
    with pytest.raises(ValueError, match=r"xx.txt: no idea \['abroad', 'age'"):
        elsewhere._book.__wrapped__("xx")


def test_what_is_weighed_is_what_the_lines_teach() -> None:
    lines = [(normalise(text), level.value) for text, level in read_lines(LINES)]
    first, *kept = LEARNT.read_text(encoding="utf-8").splitlines()
    assert first == f"{learnt_from(lines)}, {sealed(kept)}", "run manage.py learn_danger"
    assert {line.split(" ", 3)[3] for line in kept} == marks_of(lines), "run manage.py learn_danger"
    few = lines[:15] + [line for line in lines if line[1] == "none"][:15]
    taught = list(as_lines(few))
    assert taught == list(as_lines(few))
    weights = [float(line.split(" ")[0]) for line in taught[1:]]
    assert weights == sorted(weights, reverse=True)
    assert weights[0] > 0 > weights[-1]


@pytest.mark.parametrize(
    "clause",
    [
        "en vannacht spring ik van de flat",
        "mijn zusje moet bij opa op schoot en dan gaat haar onderbroek uit",
        "op nummer zes ligt een kleuter vastgebonden in de schuur",
    ],
)
def test_a_danger_in_one_clause_of_a_long_calm_telling_is_not_lost(clause: str) -> None:
    calm = (
        "Gisteren hebben we met de groep pannenkoeken gebakken. Mijn begeleider lachte en het was gezellig. Op school "
        "ging het ook goed, ik had een acht voor wiskunde. In het weekend gaan we naar het bos met de hond. "
    )
    assert find_danger(calm * 2).level is DangerLevel.NONE
    assert find_danger(f"{calm}Verder is het rustig, {clause}. {calm}").level is not DangerLevel.NONE


@pytest.mark.parametrize(
    "clause",
    [
        "en vannacht spring ik van de flat",
        "maar mijn stiefvader slaat me elke avond met zijn riem",
    ],
)
def test_a_danger_in_one_clause_of_a_sentence_that_runs_on_is_not_lost(clause: str) -> None:
    before = "gisteren hebben we pannenkoeken gebakken en toen kwam mijn oma langs met de hond en die at alles op"
    after = "en zaterdag gaan we naar de markt want mijn broer verkoopt daar kaas en ik mag helpen als ik vroeg op ben"
    assert find_danger(f"{before} {after}").level is DangerLevel.NONE
    assert find_danger(f"{before} {clause} {after}").level is not DangerLevel.NONE


@pytest.mark.parametrize(
    "text",
    [
        "Er staat geen naam in.",
        "Dit is een proefverhaal.",
        "Ik weet niet wat ik hier moet schrijven.",
        "De droom wordt geschreven. Hij komt hier te staan, zin voor zin.",
        "Dit bestand is leeg. Kies een ander bestand.",
        "Hier stond mijn nummer.",
    ],
)
def test_neutral_words_are_no_danger(text: str) -> None:
    assert find_danger(text) == Danger(DangerLevel.NONE, ())


def test_what_a_rule_hears_is_weighed_with_the_calm_words_around_it() -> None:
    heard = "Mijn moeder sloeg de map dicht en zei dat het gesprek bij het wijkteam goed was gegaan."
    text = f"De gemeente belde over de beschikking. {heard} We kregen een vaste begeleider."
    assert gist_of(normalise(text)).spoken
    assert find_danger(text).level is DangerLevel.NONE


@pytest.mark.parametrize(
    "saying",
    ["ik wil dood", "Ik denk vaak aan de dood.", "Ik ben bang dat hij me vermoordt.", "Ik heb mezelf gesneden."],
)
def test_calm_words_never_silence_a_saying(saying: str) -> None:
    for story in map(json.loads, DEMO.read_text().splitlines()[:12]):
        assert find_danger(story["body"]).level is DangerLevel.NONE
        first, rest = story["body"].split(". ", 1)
        assert find_danger(f"{first}. {saying} {rest}").level is not DangerLevel.NONE, story["title"]


@pytest.mark.parametrize(
    "text",
    [
        "we hebben gevoetbald en daarna frietjes\n\nals hij mijn strot loslaat",
        "op school een toets gehad en die ging goed\n\nstil, morgen ben ik er niet meer",
    ],
)
def test_a_danger_in_what_helped_or_how_it_felt_is_heard_beside_a_calm_story(text: str) -> None:
    assert find_danger(text).level is not DangerLevel.NONE


@pytest.mark.parametrize("number", ["123456782", "NL91ABNA0417164300"])
def test_the_note_in_place_of_a_number_is_never_weighed(number: str, monkeypatch: pytest.MonkeyPatch) -> None:
    heavy = learnt._Weight(999.0, 999.0, 1.0)
    weights = {"*": learnt._Weight(-9.0, 0.0, 1.0), "wegge": heavy, "bsn": heavy, "reken": heavy}
    monkeypatch.setattr(learnt, "_weights", lambda: weights)
    noted, masked = mask_forbidden(f"dit is mijn nummer {number}")
    assert masked
    assert find_danger(noted) == Danger(DangerLevel.NONE, ())
    assert find_danger("mijn rekening is bij jullie weggehaald").level is DangerLevel.URGENT


def test_signals_are_slugs_and_never_text() -> None:
    danger = find_danger("ik wil niet meer leven en hij slaat me")
    assert {"suicide", "violence", "violence-now"} <= set(danger.signals)
    assert all(re.fullmatch(r"[a-z-]+", signal) for signal in danger.signals)


@given(st.text(max_size=300))
@settings(max_examples=150, deadline=None)
def test_any_text_at_all_gets_an_answer(text: str) -> None:
    assert find_danger(text).level in DangerLevel


@pytest.mark.parametrize(
    ("name", "bar", "found", "urgent", "false_alarms"),
    [
        ("danger_told.jsonl", 0.0, 0.9, 0.85, 0.1),
        ("danger_unlearnt.jsonl", 0.0, 0.86, 0.85, 0.47),
        # With a higher bar fewer alarms are false and more dangers are missed: there it is no worse than it ever was.
        ("danger_unlearnt.jsonl", 0.8, 0.65, 0.65, 0.31),
    ],
)
def test_lines_of_many_kinds_stay_above_what_was_measured(
    name: str, bar: float, found: float, urgent: float, false_alarms: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(danger, "_START", danger._START - bar)
    outcome = evaluate(read_lines(DATA / name))
    assert outcome.found >= found * outcome.danger
    assert outcome.urgent_as_urgent >= urgent * outcome.urgent
    assert outcome.false_alarms <= false_alarms * outcome.none
    assert "recall" in render(outcome)


@pytest.mark.parametrize("line", ["{", '{"text": "x"}', '{"text": "x", "danger": "much"}', "[1]"])
def test_a_bad_line_of_danger_is_named_by_its_number_only(tmp_path: Path, line: str) -> None:
    path = tmp_path / "bad.jsonl"
    path.write_text("\n" + line, encoding="utf-8")
    with pytest.raises(BadLines, match=r"bad\.jsonl, line 2: needs"):
        read_lines(path)
