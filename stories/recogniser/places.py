"""Towns, villages, neighbourhoods, regions and countries of origin."""

from __future__ import annotations

from stories.recogniser import lists
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
        if words.phrase(index, lists.not_identifying()) >= max(length, 1):
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
        if words.joined(index) and not known(word.low) and (word.capital or strange(word.low)):
            house = words.left(index) in {"bij", "op", "de", "het", "'t"}
            kind = MarkKind.ORGANISATION if house else MarkKind.PLACE
            found.append(Span(*words.take(index, index + 1), kind))
    return found


def _where(words: Words, index: int) -> bool:
    """Whether what stands before a word says that it is somewhere: 'in', 'op het', 'in de wijk'."""
    left = words.left(index)
    if left in {"de", "het", "'t"}:
        return words.left(index, 2) in {"op", "bij", "naar"}
    return left in _SOMEWHERE


def _is_meant(words: Words, index: int, length: int) -> bool:
    """Whether a place name from the list is meant as a place here."""
    word = words.items[index]
    left = words.left(index)
    if left in _ARTICLES:
        left = words.left(index, 2)
    if length > 1:
        return (
            word.low not in _ARTICLES
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
    if words.left(index) in {"de", "het"}:
        return False
    return word.low in _WORD_TOWNS and left in {"in", "uit", "te"} and words.right(index) in _ENDS
