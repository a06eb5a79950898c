"""Names of people: from lists, from the word before them, and from capitals.

A first name that is no Dutch word is enough by itself. A first name that is also a word ('roos', 'lot'), and a word
that nobody knows, need a sign: a capital inside a sentence, a role or title before them, or a verb of naming.
"""

from __future__ import annotations

import re

from stories.recogniser import lists
from stories.recogniser.marks import MarkKind, Span
from stories.recogniser.words import Words, known, strange

_TITLES = {
    "mevrouw", "mevr", "mw", "mvr", "meneer", "mnr", "menheer", "dhr", "heer", "dokter", "dr", "drs",
    "prof", "professor", "juf", "juffrouw", "meester", "oom", "tante", "ome", "zuster", "broeder", "pater",
    "pastoor", "dominee", "imam", "fam", "familie", "mr", "ing", "ir", "abla", "abi", "amca", "khalti",
    "rechter", "wethouder", "burgemeester", "mrs", "miss", "nicht", "neef", "opa", "oma", "psycholoog",
    "psychiater", "huisarts", "kinderarts",
}  # fmt: skip
# Titles that belong to what gives a person away: 'mevrouw de Vries' is replaced as a whole.
_OWN_TITLES = {
    "mevrouw", "mevr", "mw", "mvr", "meneer", "mnr", "menheer", "dhr", "oom", "tante", "ome", "drs", "mr",
    "mrs", "miss", "juf", "juffrouw", "meester", "zuster", "dokter", "dr", "fam", "familie", "abla", "abi",
    "opa", "oma",
}  # fmt: skip
_ROLES = {
    "mentor", "mentrix", "begeleider", "begeleidster", "voogd", "gezinsvoogd", "jeugdbeschermer",
    "jeugdwerker", "leraar", "lerares", "docent", "docente", "coach", "gezinscoach", "therapeut",
    "behandelaar", "consulent", "vriend", "vriendin", "vriendje", "vriendinnetje", "broer", "broertje",
    "zus", "zusje", "zussie", "bro", "zoon", "zoontje", "dochter", "dochtertje", "kleinzoon",
    "kleindochter", "neefje", "nichtje", "moeder", "vader", "stiefvader", "stiefmoeder", "pleegvader",
    "pleegmoeder", "pleegzus", "pleegbroer", "pleegzusje", "pleegbroertje", "pleegzoon", "pleegdochter",
    "pleegkind", "collega", "groepsleider", "groepsleidster", "wijkcoach", "maatschappelijk", "werker",
    "trainer", "buurvrouw", "buurman", "buurjongen", "buurmeisje", "pleegmama", "pleegpapa", "stiefzus",
    "stiefbroer", "halfzus", "halfbroer", "halfzusje", "halfbroertje", "advocaat", "pedagoog",
    "orthopedagoog", "gedragswetenschapper", "vertrouwenspersoon", "jongerenwerker", "man", "vrouw", "ex",
    "kind", "dochters", "zonen", "zoons", "kinderen", "meisje", "jongen", "bestie", "hulpverlener", "tolk",
    "invaller", "nachtwaker", "stagiaire", "stagiair", "oudste", "jongste", "tweeling", "jeugdconsulent",
    "pleegmoeders", "pa", "ma", "mam", "mama", "papa",
}  # fmt: skip
_NAMING = {"heet", "heette", "heten", "heetten", "genaamd", "genoemd", "naam", "called", "named", "name", "hete"}
_SELF = {"ben", "bn", "is", "i'm", "am"}
_WITH = {
    "met", "van", "bij", "aan", "voor", "door", "en", "naar", "dankjewel", "bedankt", "lieve", "hoi", "hey",
    "hallo", "dag", "sorry", "zonder", "groetjes", "groeten", "liefs", "samen", "beste",
}  # fmt: skip
_INTERFIX = {
    "van", "de", "der", "den", "het", "'t", "t", "ten", "ter", "te", "el", "al", "bin", "ben", "ibn", "ait",
    "ould", "la", "le", "da", "dos", "di", "du", "op", "in", "vd", "v", "d", "abdel", "abu", "von", "tjon",
    "in't", "op't",
}  # fmt: skip
_VERBS = {
    "zei", "zegt", "is", "was", "heeft", "had", "kwam", "komt", "gaat", "ging", "mag", "mocht", "wil",
    "wilde", "wou", "kan", "kon", "moet", "moest", "zit", "zat", "deed", "doet", "vroeg", "vraagt", "vond",
    "vindt", "werd", "wordt", "hielp", "helpt", "belde", "belt", "bleef", "blijft", "liet", "laat",
    "luisterde", "woont", "woonde", "snapte", "snapt", "gaf", "geeft", "en", "van", "heet", "uit", "zelf",
    "stond", "staat", "nam", "schreef", "legde", "ook", "hier", "wist", "weet", "dacht", "huilde",
}  # fmt: skip
_PARENTS = {"mama", "papa"}
_OWNERS = {
    "mijn",
    "me",
    "mn",
    "m'n",
    "een",
    "de",
    "haar",
    "zijn",
    "hun",
    "zn",
    "z'n",
    "je",
    "jouw",
    "ons",
    "onze",
    "geen",
    "als",
    "d'r",
}
_INITIALS = re.compile(
    r"\b(?:[a-z]\.\s?){1,4}(?P<interfix>(?:van |de |der |den |ten |ter |el |al |v\.d\. ?|vd ){0,3})"
    r"(?P<name>[^\W\d_][\w'-]{2,})"
)


def find_names(words: Words, seen: set[str] | None = None) -> list[Span]:
    """Names of people in the words no other rule took; a name found once is found everywhere in the text."""
    accepted: set[str] = set() if seen is None else seen
    found = _initials(words)
    index = 0
    while index < len(words.items):
        stop = _name_at(words, index)
        if stop is None:
            index += 1
            continue
        start = _with_title(words, index)
        accepted.add(words.items[index].low)
        found.append(Span(*words.take(start, stop), MarkKind.NAME))
        index = stop
    found += _again(words, accepted)
    return found


def _again(words: Words, accepted: set[str]) -> list[Span]:
    """Other mentions of a name that was recognised elsewhere in the text, capital or not."""
    found = []
    for index, word in enumerate(words.items):
        if word.taken or word.low not in accepted or word.low in lists.frequent_words():
            continue
        like_a_noun = words.left(index) in {"een", "geen", "de", "het", "of", "als"} and not word.capital
        if not like_a_noun:
            found.append(Span(*words.take(index, index + 1), MarkKind.NAME))
    return found


def _name_at(words: Words, index: int) -> int | None:
    """Where a name that begins at this word ends (index past the last word), or None."""
    word = words.items[index]
    if word.taken or len(word.low) < 2 or not any(char.isalpha() for char in word.low):
        return None
    if words.phrase(index, lists.not_identifying()):
        return None
    if word.low in _PARENTS:
        return index + 1 if _is_parent_by_name(words, index) else None
    titled = _titled(words, index)
    if titled is not None:
        return titled
    if word.low in lists.first_names() and _counts_as_first_name(words, index):
        return _surname_end(words, index + 1)
    if _called(words, index) or _capital_name(words, index):
        return _surname_end(words, index + 1)
    return None


def _is_parent_by_name(words: Words, index: int) -> bool:
    """'mama zegt' is used as a name; 'mijn mama' and 'een mama' are not."""
    return words.left(index) not in _OWNERS and words.right(index) in _VERBS - {"van", "en", "uit", "ook", "hier"}


def _titled(words: Words, index: int) -> int | None:
    """The end of a name behind a title: 'mevrouw de Vries', 'juf ingrid', 'mw. Kuipers-de Graaf'."""
    if words.left(index) not in _TITLES or words.items[index].gap.strip(" .") != "":
        return None
    at = index
    while at < len(words.items) and words.items[at].low in _INTERFIX and at - index < 3 and not words.items[at].opens:
        at += 1
    if at >= len(words.items) or words.items[at].taken or (words.items[at].opens and at > index):
        return None
    word = words.items[at]
    named = word.low in lists.surnames() or word.low in lists.first_names()
    if word.capital and word.low not in lists.not_identifying():
        return _surname_end(words, at + 1)
    if named and word.low not in lists.frequent_words():
        return _surname_end(words, at + 1)
    if words.left(index) in {"opa", "oma", "nicht", "neef"} and lists.is_common(word.low):
        return None
    return _surname_end(words, at + 1) if strange(word.low) else None


def _counts_as_first_name(words: Words, index: int) -> bool:
    """Whether a word from the list of first names is meant as one here."""
    word = words.items[index]
    if word.low in lists.informal_or_short():
        return word.capital and not word.opens and _slot(words, index)
    if word.low not in lists.common_words():
        return True
    if word.capital and not word.opens:
        return word.low not in lists.frequent_words() or _slot(words, index) or _next_is_surname(words, index)
    if word.capital:
        return word.low not in lists.frequent_words() and words.right(index) in _VERBS | _INTERFIX
    if _next_is_surname(words, index) and word.low not in lists.frequent_words():
        return True
    return word.low not in lists.frequent_words() and _strong_slot(words, index)


def _strong_slot(words: Words, index: int) -> bool:
    """A role, title or verb of naming right before the word."""
    left, before = words.left(index), words.left(index, 2)
    if not words.joined(index) and left not in _NAMING:
        return False
    if left in _NAMING or left in _TITLES or left in _ROLES:
        return not (
            left in {"man", "vrouw", "kind", "ma", "pa"} and before not in {"mijn", "mn", "me", "m'n", "haar", "zijn"}
        )
    if left == "ben" and before == "ik" and words.right(index) in {"", "en", "uit", "van"}:
        return True
    return left == "is" and before in {"naam", "mentor"}


def _slot(words: Words, index: int) -> bool:
    return (
        _strong_slot(words, index)
        or words.left(index) in _WITH
        or words.right(index) in _VERBS
        or words.right(index) == ""
    )


def _next_is_surname(words: Words, index: int) -> bool:
    follows = words.right(index)
    if not follows or not words.joined(index + 1):
        return False
    follower = words.items[index + 1]
    if follower.capital and follows not in lists.not_identifying():
        return True
    return follows in lists.surnames() and follows not in lists.common_words()


def _called(words: Words, index: int) -> bool:
    """A word nobody knows, right behind a verb of naming, a role or 'ik ben'."""
    word = words.items[index]
    if word.low in lists.informal_or_short() or not _strong_slot(words, index):
        return False
    if words.left(index) in _NAMING and word.capital and not known(word.low):
        return True
    return strange(word.low) and words.phrase(index, lists.places()) == 0


def _capital_name(words: Words, index: int) -> bool:
    """A capital on a word nobody knows; at the start of a sentence only with a verb behind it."""
    word = words.items[index]
    if not word.capital or known(word.low) or len(word.low) < 3 or word.acronym:
        return False
    if not word.opens:
        return True
    return words.right(index) in _VERBS and strange(word.low)


def _surname_end(words: Words, at: int) -> int:
    """Walk over interfixes and surnames from `at`; gives the index past the last word that belongs to the name."""
    stop = at
    for _ in range(3):
        look = stop
        while (
            look < len(words.items) and words.items[look].low in _INTERFIX and look - stop < 3 and _adjoins(words, look)
        ):
            look += 1
        if look >= len(words.items) or not _adjoins(words, look) or words.items[look].taken:
            return stop
        if not _is_surname(words, look, with_interfix=look > stop):
            return stop
        stop = look + 1
    return stop


def _adjoins(words: Words, at: int) -> bool:
    return words.joined(at) and not words.items[at].opens


def _is_surname(words: Words, at: int, *, with_interfix: bool) -> bool:
    word = words.items[at]
    if words.phrase(at, lists.not_identifying()) or words.phrase(at, lists.institutions()):
        return False
    if word.low in lists.place_names() and words.left(at) in {"van", "in", "uit", "de", "op"}:
        return False
    in_list = word.low in lists.surnames()
    if word.capital:
        return not lists.is_common(word.low) or in_list or with_interfix
    if with_interfix:
        if (
            words.left(at) in {"el", "al", "ben", "ait", "der", "den", "vd", "bin"}
            and word.low not in lists.frequent_words()
        ):
            return in_list or not known(word.low)
        return in_list and not lists.is_common(word.low)
    if word.low in lists.common_words():
        return in_list and word.low not in lists.frequent_words() and words.right(at) in _VERBS | {""}
    return in_list and not lists.is_compound(word.low) and word.low not in lists.informal_or_short()


def _with_title(words: Words, index: int) -> int:
    """Start one word earlier when the title is part of what gives the person away."""
    if words.left(index) in _OWN_TITLES and not words.items[index - 1].taken:
        return index - 1
    return index


def _initials(words: Words) -> list[Span]:
    """'j.bakker', 'S. Postma', 'drs. A.B. de Jong'."""
    found = []
    starts = {word.start: i for i, word in enumerate(words.items)}
    for match in _INITIALS.finditer(words.text):
        first, last = starts.get(match.start()), starts.get(match.start("name"))
        if first is None or last is None or not words.free(first, last + 1):
            continue
        word = words.items[last]
        if not (word.capital or word.low in lists.surnames() or not lists.is_common(word.low)):
            continue
        if not words.items[first].capital and word.low in lists.frequent_words():
            continue
        if first and words.items[first - 1].low in _OWN_TITLES | {"dr", "prof"} and not words.items[first - 1].taken:
            first -= 1
        found.append(Span(*words.take(first, last + 1), MarkKind.NAME))
    return found
