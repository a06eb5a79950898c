"""The words that are searched beside a text: base forms, the parts of compounds, and verbs that were taken apart."""

import re
from itertools import pairwise

from core.fold import fold
from stories.dutch.alike import told_apart, twins
from stories.dutch.compounds import split
from stories.dutch.forms import STAYS, bases, deeds, is_verb, singulars
from stories.dutch.spelling import is_word, written_apart
from stories.dutch.verbs import FIXED, LOOSE, words_of
from stories.recogniser import lists

_HYPHENED = re.compile(r"(?<![^\W\d_])[^\W\d_]{2,}(?:-[^\W\d_]{2,})+")
_TOKEN = re.compile(r"[^\W\d_]+|[.,;:!?()\n]")
_CLEAR = frozenset(
    words_of("""
    weg terug mee samen thuis neer vast kwijt klaar stil achterna tegemoet voorbij vooruit
""")
)
# What begins after the end of a clause: a sign, a joining word, or a question word.
_STOPS = frozenset(".,;:!?()\n") | {
    "", "en", "maar", "want", "omdat", "toen", "of", "dus", "als", "dat", "waarom", "waarvoor", "hoe", "wat", "wie",
    "waar", "terwijl", "voordat", "nadat", "zodat",
}  # fmt: skip
# Or a preposition of what follows. What is no preposition itself is looked for past it: ik liep bij mijn vader weg.
_ENDS = _STOPS | {"bij", "met", "naar", "tijdens", "sinds"}
# Prepositions that follow no preposition: ik schreef alles op in een boekje. For voor and door that is aan alone.
_NO_OBJECT = frozenset(("van", "in", "op", "aan", "voor", "om", "tegen", "uit"))
# As common as these are, with mee or door they are a word: ik deed mee, ik ging door.
_COMMON = {
    **dict.fromkeys(("doe", "doet", "deed", "deden"), "doen"), **dict.fromkeys(("ga", "gaat", "ging", "gingen"), "gaan")
}  # fmt: skip
# What the field has one word for, and people say in several.
SAID = tuple(
    (re.compile(rf"\b(?:{pattern})\b"), word)
    for pattern, word in (
        (r"uit huis(?: \w+){0,4} (?:(?:ge)?plaatst\w*|plaatsen|(?:ge)?haal\w+|halen)", "uithuisplaatsing"),
        (r"(?:plaatst\w*|plaatsen|plaatsing\w*|haal\w+|halen)(?: \w+){0,3} uit huis", "uithuisplaatsing"),
        (r"geestelijke gezondheidszorg", "ggz"),
        (r"gesloten jeugd(?:zorg|hulp)|jeugd ?zorg ?plus", "jeugdzorgplus"),
        (r"raad voor de kinderbescherming", "rvdk"),
        (r"licht verstandelijk\w*", "lvb"),
        (r"onder toezicht (?:\w+ ){0,2}(?:gestelde?|stelde|stellen|stelling)", "ondertoezichtstelling"),
    )
)
# What they mean has little to do with the verb in them: an attack is no fall, and an appointment no talk.
NO_REST = frozenset(
    words_of("""
    aanvallen opvallen meevallen tegenvallen invallen uitvallen afspreken aanspreken uitleggen voorstellen aanstellen
    instellen vaststellen uitstellen opstellen afstellen meemaken uitmaken opmaken ophouden inhouden aanhouden
    uithouden opvoeden aanbieden opgeven aangeven toegeven uitgeven afgeven opnemen aannemen afnemen toenemen uitkomen
    aankomen opkomen voorkomen toekomen nakomen opvangen aanvangen afvragen aantrekken uittrekken optrekken opstaan
    toelaten nalaten uitzien uitspelen opleiden inleiden afleiden aanleiden inzien afzien opzien aanslaan
    afslaan opslaan inslaan toeslaan uitslaan omslaan toestaan aansluiten
""")
)
FAR = 10  # words between a verb and what belongs to it


def words_beside(*texts: str) -> str:
    """Words to search by that the texts do not hold themselves: sorted, so that they say nothing of the order."""
    found: set[str] = set()
    for text in texts:
        folded = fold(text).text
        tokens = _TOKEN.findall(folded)
        for token in tokens:
            found.update(_of_word(token))
            found.update(told_apart({token}) - {token})
        found.update(word for pattern, word in SAID if pattern.search(folded))
        found.update(one.replace("-", "") for one in _HYPHENED.findall(folded))  # jeugd-ggz: jeugdggz
        found.update(_taken_apart(tokens))
        for one, two in pairwise(tokens):
            found.update(written_apart(one, two))
    return " ".join(sorted(found))


def _of_word(word: str) -> set[str]:
    parts = split(word)
    found = {*bases(word), *singulars(word)} - twins(word) | {*parts, *(bases(parts[-1]) if parts else ())}
    for part in parts[:-1]:  # kinder: kind; verhuis: verhuizen; but leef in leefgroep is not leven
        found.update(one for one in bases(part) if len(one) < len(part) or (part != "leef" and is_verb(one)))
    for one in (word, *parts[-1:]):
        found.update(deeds(one))
    for verb in (word, *bases(word)):
        found.update(without_loose(verb))
    return told_apart(found)


def without_loose(verb: str) -> set[str]:
    """opschrijven: schrijven. Not of what may also stay together (overlijden is no lijden) or means something else."""
    if verb in NO_REST:
        return set()
    rests = (verb.removeprefix(loose) for loose in LOOSE if loose not in FIXED and verb.startswith(loose))
    return {rest for rest in rests if len(rest) > 4 and rest.endswith("en") and rest in lists.frequent_words()}


def _taken_apart(tokens: list[str]) -> set[str]:
    """liep weg, weg te lopen: weglopen. What may also be a preposition counts at the end of a clause only."""
    found: set[str] = set()
    for place, token in enumerate(tokens):
        if token not in LOOSE:
            continue
        following = tokens[place + 1] if place + 1 < len(tokens) else ""
        if following == "te" and place + 2 < len(tokens):
            found.update(joined(token, tokens[place + 2]))
        clear = token in _CLEAR
        if clear or following in _ENDS or _has_no_object(token, following):
            for before in reversed(tokens[max(0, place - FAR) : place]):
                if before in (_STOPS if clear else _ENDS):
                    break
                found.update(joined(token, before))
    return found


def _has_no_object(loose: str, following: str) -> bool:
    if loose in ("voor", "door"):
        return following == "aan"
    return following in _NO_OBJECT and loose not in ("om", "over", "na")


def joined(loose: str, verb: str) -> set[str]:
    """weg, liep: weglopen; nothing when there is no such verb."""
    verb = _COMMON.get(verb, verb)
    if verb in STAYS - set(_COMMON.values()):
        return set()
    found = {base for base in (verb, *bases(verb)) if base.endswith("n")}
    return {loose + base for base in found if is_word(loose + base) or (loose in _CLEAR and is_verb(base))}
