"""Dutch search: from what a reader typed to a query that PostgreSQL understands.

The search column holds stems (text search configuration `draad_nl`: unaccent, then the Dutch stemmer). That stemmer
does not join kind with kinderen, gezin with gezinnen, huis with huizen or wachten with gewacht, and it knows no
compounds. So the query is widened, never the text: a rule for regular forms, a small table for the others.
"""

import re
from functools import lru_cache

from core.text import tidy

MOST_WORDS = 8
LONGEST = 100

# Forms of one word, or words that people use for one thing; one line each, the order does not matter.
TOGETHER = """
kind kinderen kids kindje kindjes
stad steden
lid leden gezinslid gezinsleden
dag dagen
weg wegen
moeder moeders mama mam
vader vaders papa pap
broer broers broertje
zus zussen zusje
opa oma grootouders
vriend vrienden vriendin vriendinnen
helpen helpt hielp hielpen geholpen hulp
zien ziet zag zagen gezien
spreken spreekt sprak spraken gesproken gesprek gesprekken
zeggen zegt zei zeiden gezegd
gaan gaat ging gingen gegaan
komen komt kwam kwamen gekomen
krijgen krijgt kreeg kregen gekregen
blijven blijft bleef bleven gebleven
schrijven schrijft schreef schreven geschreven
lopen loopt liep liepen gelopen
weglopen wegliep weggelopen
slapen slaapt sliep sliepen geslapen
eten eet at aten gegeten
slaan slaat sloeg sloegen geslagen
vechten vocht vochten gevochten
liegen loog logen gelogen
beginnen begint begon begonnen
kiezen kiest koos kozen gekozen keuze keuzes
verliezen verloor verloren
weten weet wist wisten geweten
denken denkt dacht dachten gedacht
brengen brengt bracht brachten gebracht
zoeken zoekt zocht zochten gezocht
vinden vindt vond vonden gevonden
beslissen beslist besliste beslisten besluit besluiten
begrijpen begrijpt begreep begrepen
vertrekken vertrok vertrokken
opsluiten opgesloten
verhuizen verhuisd verhuisde verhuizing
plaatsen geplaatst plaatsing plaatsingen
uithuisplaatsing uithuisplaatsingen uithuisgeplaatst
afzonderen afgezonderd afzondering isoleercel separeren gesepareerd
vertrouwen vertrouwt vertrouwde
voogd voogden gezinsvoogd jeugdbeschermer jeugdbeschermers
begeleider begeleiders groepsleider groepsleiding
gesloten jeugdzorgplus
zelfmoord zelfdoding suicide
school scholen schooltje
leraar leraren lerares docent docenten juf meester mentor
therapie therapieen therapeut behandeling behandelingen
politie agent agenten
gemeente gemeenten wijkteam
idee ideeen ideeën
"""

# The parts by which people look for a compound. PostgreSQL sees each compound as one word.
COMPOUNDS = {
    "zorg": "jeugdzorg pleegzorg jeugdzorgplus crisiszorg nazorg",
    "hulp": "jeugdhulp hulpverlener hulpverleners hulpverlening crisishulp",
    "huis": "gezinshuis gezinshuizen pleeghuis ziekenhuis tehuis logeerhuis",
    "ouder": "pleegouder pleegouders stiefouder gezinshuisouder gezinshuisouders",
    "ouders": "pleegouder pleegouders stiefouders gezinshuisouders",
    "moeder": "pleegmoeder stiefmoeder",
    "vader": "pleegvader stiefvader",
    "kind": "pleegkind pleegkinderen stiefkind",
    "gezin": "pleeggezin pleeggezinnen",
    "groep": "leefgroep leefgroepen woongroep behandelgroep crisisgroep",
    "lijst": "wachtlijst wachtlijsten",
    "wacht": "wachtlijst wachtlijsten wachttijd wachttijden",
    "wachten": "wachtlijst wachtlijsten wachttijd wachttijden",
    "tijd": "wachttijd wachttijden",
    "plek": "woonplek woonplekken crisisplek slaapplek",
    "school": "schoolgang thuisschool middelbareschool basisschool schooluitval",
    "werker": "jongerenwerker gezinswerker groepswerker jeugdwerker",
    "team": "wijkteam buurtteam jeugdteam",
    "plan": "gezinsplan familiegroepsplan hulpplan behandelplan",
    "rechter": "kinderrechter",
    "crisis": "crisisplek crisisgroep crisisopvang",
    "pleeg": "pleegzorg pleegouders pleeggezin pleegkind",
    "jeugd": "jeugdzorg jeugdhulp jeugdbescherming",
    "cel": "isoleercel",
}

_TOKEN = re.compile(r'(-?)"([^"]*)"|(-?)([^\s"]+)')
_WORD = re.compile(r"[^\W_]+")
_VOWELS = "aeiou"


def _table() -> dict[str, frozenset[str]]:
    table: dict[str, set[str]] = {}
    for line in TOGETHER.split("\n"):
        words = line.split()
        for word in words:
            table.setdefault(word, set()).update(words)
    for part, compounds in COMPOUNDS.items():
        table.setdefault(part, set()).update(compounds.split())
    return {word: frozenset(forms - {word}) for word, forms in table.items()}


_TABLE = _table()


@lru_cache(maxsize=2048)
def forms(word: str) -> tuple[str, ...]:
    """The word itself and the forms that the stemmer does not join with it, in a fixed order.

    A form that does not exist in Dutch matches nothing, so the rules may guess.
    """
    found = {*_TABLE.get(word, ()), *_plural(word), *_singular(word), *_participle(word)}
    for form in _singular(word):
        found.update(_TABLE.get(form, ()))
    return (word, *sorted(found - {word}))


def _plural(word: str) -> set[str]:
    """huis: huizen; brief: brieven; gezin: gezinnen."""
    if len(word) < 3 or word[-1] in _VOWELS:
        return set()
    found = {word[:-1] + {"s": "zen", "f": "ven"}[word[-1]]} if word[-1] in "sf" else set()
    if word[-2] in _VOWELS and word[-3] not in _VOWELS:
        found.add(f"{word}{word[-1]}en")
    return found


def _singular(word: str) -> set[str]:
    """huizen: huis; brieven: brief; gezinnen: gezin."""
    if len(word) < 5 or not word.endswith("en"):
        return set()
    stem = word[:-2]
    if stem[-1] == stem[-2]:
        return {stem[:-1]}
    return {stem[:-1] + {"z": "s", "v": "f"}[stem[-1]]} if stem[-1] in "zv" else set()


def _participle(word: str) -> set[str]:
    """wachten: gewacht; horen: gehoord; gewacht: wachten. Only verbs without a prefix."""
    if len(word) >= 6 and word.startswith("ge") and word[-1] in "td":
        return {f"{word[2:]}en", f"{word[2:-1]}en"}
    if len(word) >= 5 and word.endswith("en"):
        stem = word[:-2]
        stems = {stem[:-1] if stem[-1] == stem[-2] else stem}
        if stem[-2] in _VOWELS and stem[-3] not in _VOWELS:
            stems.add(stem[:-1] + stem[-2:])  # horen: gehoord, but luisteren: geluisterd
        return {f"ge{_hard(stem)}{end}" for stem in stems for end in ([""] if stem[-1] in "td" else "td")}
    return set()


def _hard(stem: str) -> str:
    """verhuiz: verhuis; lev: leef without its doubling."""
    return stem[:-1] + {"z": "s", "v": "f"}.get(stem[-1], stem[-1])


def tidy_query(typed: str) -> str:
    """What was typed, on one line and not endless, to be shown again in the field."""
    return " ".join(tidy(typed[: 4 * LONGEST]).split())[:LONGEST]


def words(typed: str) -> list[str]:
    """The words that are looked for, without the ones that are excluded; for the fallback."""
    return [word for minus, group in _groups(typed) if not minus for word in group]


def _groups(typed: str) -> list[tuple[bool, list[str]]]:
    """What was typed, in groups of words that stand together: one word, or a phrase between quotes."""
    groups: list[tuple[bool, list[str]]] = []
    for minus_phrase, phrase, minus, token in _TOKEN.findall(typed[:LONGEST].lower()):
        found = [word for word in _WORD.findall(phrase or token) if len(word) > 1 or word.isdigit()]
        if not found:
            continue
        if phrase:
            groups.append((bool(minus_phrase), found))
        else:
            groups.extend((bool(minus), [word]) for word in found)
    return groups[:MOST_WORDS]


def tsquery(typed: str, *, prefix: bool = False) -> str:
    """What a reader typed, for to_tsquery: all words, "phrases", -not this. Empty when there is nothing to look for.

    With `prefix` every word also stands for the words that begin with it: for when little was found.
    """
    parts = []
    for minus, group in _groups(typed):
        if len(group) > 1:
            part = " <-> ".join(group)
        else:
            wide = [*forms(group[0])]
            if prefix and len(group[0]) > 3:
                wide.append(f"{group[0]}:*")
            part = " | ".join(wide)
        parts.append(f"!({part})" if minus else f"({part})")
    if all(part.startswith("!") for part in parts):
        return ""
    return " & ".join(parts)
