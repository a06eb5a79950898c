"""Towns, villages, neighbourhoods, regions and countries of origin."""

from __future__ import annotations

from stories.recogniser import houses, lists
from stories.recogniser.kin import ROLES, TITLES
from stories.recogniser.marks import MarkKind, Span
from stories.recogniser.words import Words, known, strange

_PREPOSITIONS = {
    "in", "uit", "naar", "te", "vanuit", "richting", "rond", "bij", "rondom", "door", "nabij", "tot",
    "vanaf", "regio", "gemeente", "stad", "dorp", "rechtbank", "omgeving", "buurt", "wijk", "tussen",
    "from", "to",
}  # fmt: skip
_STRICT = {"in", "uit", "naar", "te", "vanuit", "richting", "gemeente", "regio"}
# Everyday words that are towns: without a capital only behind 'in' or 'uit' and when nothing follows.
_WORD_TOWNS = {
    "leiden", "haren", "kampen", "hoorn", "laren", "best", "heerde", "wierden", "putten", "wenen", "lemmer",
    "goes", "mill", "boxtel", "gorssel", "roden", "gieten", "rijen", "heel", "zoom", "venlo", "rekken",
    "zetten", "eerde",
}  # fmt: skip
_WIND = {
    "zuid",
    "noord",
    "oost",
    "west",
    "centrum",
    "zuidoost",
    "noordoost",
    "zuidwest",
    "noordwest",
    "stad",
    "haven",
    "buiten",
}
# What somebody does in a town, and does not do in a thing: 'ik woon in houten', 'verhuisd naar huizen'.
_DWELLING = {
    "woon", "woont", "wonen", "woonde", "woonden", "gewoond", "verhuisd", "verhuisde", "verhuisden", "verhuizen", "kom",
    "komt", "kwam", "komen", "kwamen", "geboren", "opgegroeid", "gevlucht",
}  # fmt: skip
_LIVING = _DWELLING | {
    "school", "groep", "gezin", "geplaatst", "stage", "familie", "oma", "opa", "tante", "oom", "stad", "dorp", "logeer",
    "gelogeerd", "logeerde", "instelling", "pleeggezin", "kliniek", "huisarts", "rechtbank", "gezeten",
}  # fmt: skip
# Towns that are verbs, and nothing else behind 'in', 'uit' or 'naar'.
_VERB_TOWNS = {"leiden", "laren", "wenen", "lieren", "leunen", "dalen", "zetten", "gieten", "glimmen", "goes"}
# Names of two words of every day that only a part of the country has.
_REGIONS = {
    "de bilt", "het gooi", "de kempen", "de peel", "de meierij", "de baarsjes", "de lier", "de ronde venen",
    "de veenkolonien", "de zuidlanden", "de mijnstreek", "de stellingwerven",
}  # fmt: skip
_ENDS = {"", "en", "maar", "want", "dus", "waar", "toen", "omdat", "bij", "op", "met", "of", "is", "was"}
_SOMEWHERE = {
    "in", "uit", "naar", "bij", "op", "vanuit", "wijk", "buurt", "stadsdeel", "dorp", "dorpje", "plaatsje", "stadje",
    "gehucht", "omgeving", "gemeente", "tussen", "nabij",
}  # fmt: skip
_ARTICLES = {"de", "het", "den"}


def find_places(words: Words) -> list[Span]:
    """Place names in the words no other rule took; takes the words they are made of."""
    found = []
    for index, word in enumerate(words.items):
        if word.taken:
            continue
        length = words.phrase(index, lists.places())
        everybodys = words.phrase(index, lists.not_identifying()) >= max(length, 1)
        if everybodys and not (length and words.left(index) in _STRICT):  # 'in Polen', and not 'de Polen'
            continue
        if length and words.free(index, index + length) and _is_meant(words, index, length):
            stop = index + length
            if stop < len(words.items) and words.items[stop].low in _WIND and words.items[stop].gap in {" ", "-"}:
                stop += 1
            start = (
                index - 1
                if words.left(index) == "de" and word.low in {"achterhoek", "veluwe", "bijlmer", "betuwe"}
                else index
            )
            found.append(Span(*words.take(start, stop), MarkKind.PLACE))
    return found


def find_unknown_places(words: Words) -> list[Span]:
    """A word nobody knows behind 'in', 'uit', 'naar' or 'bij', when people and organisations had theirs."""
    found = []
    for index, word in enumerate(words.items):
        if word.taken or len(word.low) < 4 or not word.low.isalpha() or not _where(words, index):
            continue
        unknown = not known(word.low) and (word.capital or strange(word.low))
        if words.joined(index) and (unknown or _known_but_a_place(words, index)):
            house = words.left(index) in {"bij", "op", "van", "de", "het", "'t"} or word.low in lists.houses()
            kind = MarkKind.ORGANISATION if house else MarkKind.PLACE
            found.append(Span(*words.take(index, index + 1), kind))
    return found


def _known_but_a_place(words: Words, index: int) -> bool:
    """A capital on a word that is known: 'in Muziekwijk' (in no dictionary), 'komt uit Keren', 'bij Achilles'."""
    word, left = words.items[index], words.left(index)
    if not word.capital or word.opens or word.low in lists.not_identifying() or word.low.endswith(houses.OFFICE_ENDS):
        return False
    if left == "bij":
        return word.low not in lists.frequent_words() and word.low not in houses.GENERIC
    if left in houses.AT and word.low in lists.houses() and word.low not in lists.first_names():  # 'van Klaverblad'
        return True
    if left not in _STRICT and left not in {"op", "van"}:
        return False
    made_up = lists.is_compound(word.low) and word.low not in lists.common_words()
    return made_up or any(words.left(index, back) in _DWELLING for back in range(2, 6))


def _where(words: Words, index: int) -> bool:
    """Whether what stands before a word says that it is somewhere: 'in', 'op het', 'in de wijk'."""
    left = words.left(index)
    if left in {"de", "het", "'t"}:
        return words.left(index, 2) in {"op", "bij", "naar"}
    if left == "van" and words.left(index, 2) in houses.OF_A_HOUSE | houses.WORK_THERE | houses.HELP_OF | ROLES:
        return True
    return left in _SOMEWHERE or (left in houses.AT and words.items[index].low in lists.houses())


def _is_meant(words: Words, index: int, length: int) -> bool:
    """Whether a place name from the list is meant as a place here."""
    word = words.items[index]
    left = words.left(index)
    if left == "van" and words.left(index, 2) in TITLES:
        return False  # 'meneer van Almelo'
    if left in _ARTICLES:
        left = words.left(index, 2)
    if length > 1:
        together = " ".join(one.low for one in words.items[index : index + length])
        if together in _REGIONS and words.left(index) in {"in", "uit", "van", "naar", "door", "vanuit"}:
            return True
        return (
            word.low not in {"de", "het"}
            or words.items[index + length - 1].capital
            or not known(words.items[index + 1].low)
        )
    if word.low in lists.common_words():
        return _word_town(words, index, left)
    if word.low in lists.first_names() or word.low in lists.surnames():
        if left in _PREPOSITIONS:
            return True
        return word.low in lists.place_names() and word.low not in lists.first_names()
    if word.low in lists.place_names():
        return True
    return left in _PREPOSITIONS and (word.capital or left in _STRICT)


def _word_town(words: Words, index: int, left: str) -> bool:
    """'in Leiden', 'uit haren': towns that are also everyday words."""
    word = words.items[index]
    if word.capital and not word.opens:
        return left in _PREPOSITIONS or word.low in _WORD_TOWNS
    if word.low in _VERB_TOWNS and words.left(index) in {"in", "uit", "naar", "vanuit"}:
        return True
    if words.left(index) in {"de", "het"} or words.right(index) not in _ENDS:
        return False
    if word.low in _WORD_TOWNS and left in {"in", "uit", "te"}:
        return True
    return left in {"in", "uit", "naar"} and any(words.left(index, back) in _LIVING for back in range(2, 7))
