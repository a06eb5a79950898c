"""Institutions, schools, shops, and classes at school.

Three ways to find one: it is on a list; a head word stands before it ('wijkteam Overvecht', 'obs de Regenboog'); or a
tail word stands behind it or at its end ('Lorentz Lyceum', 'Wintervlietcollege').
"""

from __future__ import annotations

import re

from stories.recogniser import houses, lists
from stories.recogniser.kin import ROLES, TITLES
from stories.recogniser.marks import MarkKind, Span
from stories.recogniser.words import Word, Words, known, strange

_LEVEL = (
    r"(?:praktijkonderwijs|vmbo(?:[ -]?(?:basis|kader|theoretisch|gemengd|tl|gl|bb|kb|t|g|b|k)\b)?"
    r"|mavo|havo|vwo|atheneum|gymnasium|mbo|isk)"
)
_ORDINAL = "eerste|tweede|derde|vierde|vijfde|zesde|[1-6](?:e|de|ste)"
_CLASS = re.compile(
    rf"\b(?:klas\s[1-6]|(?:{_ORDINAL})(?:\sklas)?)\s(?:(?<=klas\s)|van\s(?:de|het)\s){_LEVEL}\b"
    rf"|\b(?:(?:brug)?klas|groep|leerjaar)\s\d(?:[ -]?(?:{_LEVEL}))?(?:[ -]?[a-k]\d?)?\b"
    rf"|\b(?:brug)?klas\s(?:[a-z]\d[a-z]?|\d[a-z]{{2,3}})\b|(?<=in )[hvm][1-6][a-h]\b"
    rf"|\b[1-6]\s?-?(?:e\s(?:klas\s)?)?{_LEVEL}(?:[ -][a-k]\b|[ -]?\d\b)?"
    rf"|\b{_LEVEL}[ -]?[1-6](?:[ -]?[a-k])?\b|(?<=klas )[a-z]{{1,3}}\d[a-z]?\b"
    # A class, and no game of one against one ('2v2'), unless it is called a class or somebody is in it.
    rf"|\bklas\s[1-6]v\d[a-k]?\b|(?<=zit in )[1-6]v\d[a-k]?\b|\b(?!1v|([2-6])v\1\b)[1-6]v\d[a-k]?\b"
    rf"|\b(?:klas\s)?[1-6](?:[hg]|tl|bb|kb|gl|hv)\d[a-k]?\b|\btl\s?[1-4][a-k]?\b"
    r"|\bgym\s?[1-6]\b(?!\s?(?:uur|keer|x|min|dag|les))"
)
_ANEW = {"", "en", "maar", "want", "omdat", "nadat", "voordat"}
_ONLY_CLASS = re.compile(r"(?:klas|groep|leerjaar)\s\d")


def find_classes(text: str) -> list[Span]:
    """A class that only one room in a school is called by: 'klas 2B', '3-havo B'; 'groep 8' is everybody's."""
    return [
        Span(*match.span(), MarkKind.SCHOOL_CLASS)
        for match in _CLASS.finditer(text)
        if not _ONLY_CLASS.fullmatch(match.group())
    ]


def find_organisations(words: Words) -> list[Span]:
    """Institutions, schools and shops; takes the words they are made of."""
    found: list[Span] = []
    for rule in (_listed, _headed, _tailed, _glued, _with_article, _of_every_day, _letters):
        for index in range(len(words.items)):
            if not words.items[index].taken:
                span = rule(words, index)
                if span is not None and words.free(*span):
                    found.append(Span(*words.take(*span), MarkKind.ORGANISATION))
    return found


def _listed(words: Words, index: int) -> tuple[int, int] | None:
    """A name from the list of institutions or shops; an everyday word needs a sign that it is meant as a name."""
    word = words.items[index]
    length = words.phrase(index, lists.institutions())
    if length:
        if length == 1 and _in_a_dictionary(word.low) and not _meant_as_name(words, index):
            return None
        if length == 2 and word.low in houses.ARTICLES and not _house_by_word(words, index):
            return None
        if length == 1 and word.low in lists.first_names() and not _meant_as_name(words, index):
            return None
        return _with_head(words, index), _with_region(words, index + length)
    length = words.phrase(index, lists.schools())
    if length and _near_school(words, index):
        return index, index + length
    length = words.phrase(index, lists.shops())
    if word.low == "plus" and words.left(index) == "jeugdzorg":
        return None  # a kind of help
    if length and (length > 1 or not known(word.low) or _at_work(words, index) or (word.capital and not word.opens)):
        return index, index + length
    return None


def _in_a_dictionary(low: str) -> bool:
    """'horizon'; and not what is only put together from words, as 'lindenhout' is."""
    return low in lists.common_words() or low in lists.not_identifying()


def _with_head(words: Words, index: int) -> int:
    """Where a listed name begins that has a head word before it: 'Stichting Mee', 'Jeugdteam Vechtstede'."""
    before = words.left(index)
    named = words.items[index - 1].capital or before in houses.STRONG_HEADS or before.endswith(houses.SCHOOL_ENDS)
    heads = before == "stichting" or (before in houses.STRONG_HEADS | houses.WEAK_HEADS and named)
    return index - 1 if heads and _close(words.items[index]) and not words.items[index - 1].taken else index


def _with_region(words: Words, stop: int) -> int:
    """The end of a name with the part of the country it is for: 'zorgbelang brabant', 'mee rotterdam rijnmond'."""
    while stop < len(words.items) and not words.items[stop].opens and words.items[stop].gap in {" ", "-", " - "}:
        length = words.phrase(stop, lists.places())
        if length and not (length == 1 and known(words.items[stop].low) and not words.items[stop].capital):
            stop += length
        elif words.items[stop].low in houses.REGIONS:
            stop += 1
        else:
            break
    return stop


def _meant_as_name(words: Words, index: int) -> bool:
    word = words.items[index]
    if _of_somebody(words, index) or (words.left(index) in {"en", "of"} and index > 1 and words.items[index - 2].taken):
        return True
    before = words.left(index)
    if before in houses.ARTICLES:
        before = words.left(index, 2)
    if word.capital and not word.opens:
        return word.low not in lists.first_names() or before in houses.AT
    if words.right(index) in houses.SPEAKS and words.left(index) not in houses.ARTICLES | houses.MINE | {"elke", "die"}:
        return True
    # A common noun wants an article, so 'naar horizon' is a name and 'de horizon' is not.
    return words.left(index) in {"bij", "naar", "via", "op", "vanuit", "uit", "in", "door"} and not word.opens


def _of_somebody(words: Words, index: int) -> bool:
    """'Khadija van mee', 'die van jutters zeiden', 'mijn coach van mee': whoever is of something is of a name."""
    who = words.left(index, 2)
    if words.left(index) != "van" or not who:
        return False
    if who in houses.HELP_OF:
        return True
    named = words.items[index - 2].capital or (who in lists.first_names() and who not in lists.common_words())
    return named or who in ROLES | TITLES | {"die", "iemand", "mensen", "medewerker", "persoon", "dame", "mannen"}


def _near_school(words: Words, index: int) -> bool:
    """'de juf op de korenbloem': behind a word of place, in a sentence about school."""
    if words.left(index) not in {"op", "naar", "van", "bij"}:
        return False
    back = any(words.left(index, at) in houses.NEAR_SCHOOL for at in range(2, 9))
    return back or any(words.right(index + 1, at) in houses.NEAR_SCHOOL for at in range(1, 6))


def _house_by_word(words: Words, index: int) -> bool:
    """'op de vaart' may be a house; 'de vaart zat erin' is not. One with a capital or an odd word always is."""
    name = words.items[index + 1]
    if name.low in lists.houses() and not name.capital:
        return _is_a_house(words, index)
    if not _in_a_dictionary(name.low) or words.right(index + 1) in houses.SPEAKS or (name.capital and not name.opens):
        return True
    return words.left(index) in {"bij", "naar", "via", "vanuit", "op", "in", "uit", "van"}


def _of_every_day(words: Words, index: int) -> tuple[int, int] | None:
    """'geplaatst bij de brug', 'de begeleiders van het kompas': an article and a word that houses are called by."""
    if words.items[index].low not in houses.ARTICLES or index + 1 >= len(words.items):
        return None
    name = words.items[index + 1]
    if name.low not in lists.houses() or name.opens or not _close(name) or not _is_a_house(words, index):
        return None
    return index, index + 2


def _is_a_house(words: Words, index: int) -> bool:
    """Whether a word of every day behind an article is a house of care here, by what stands around it."""
    before, behind = words.left(index), [words.right(index + 1, ahead) for ahead in range(1, 6)]
    if "een" in behind[:3] and set(behind[: behind.index("een")]) <= {"dat", "is", "was", "dit"}:  # 'dat is een groep'
        at = behind.index("een") + 1
        return bool(houses.IS_A_HOUSE & set(behind[at : at + 2]))
    if behind[0] in houses.SPEAKS:  # 'de brug zei dat er geen plek was'
        return True
    if before in {"heet", "heette", "heten"}:
        return any(words.left(index, back) in houses.IS_A_HOUSE for back in range(2, 6))
    if before == "van" and words.left(index, 2) in houses.WORK_THERE | houses.HELP_OF:
        return True
    if before not in {"bij", "op", "in", "naar", "van", "vanuit", "uit"}:
        return False
    # 'geplaatst bij de brug'; but 'op de trap gevallen en opgenomen' begins anew.
    further = next((ahead for ahead, word in enumerate(behind[:4]) if word in _ANEW), 4)
    if houses.PLACED & {*behind[:further], *(words.left(index, back) for back in range(2, 5))}:
        return True
    # 'naar de haven voor behandeling', 'mijn opname bij de brug'; but not whatever stands near a house.
    where = before != "in" and words.left(index, 2) in houses.CARE
    return where or (behind[0] == "voor" and bool(houses.CARE & set(behind[1:3])))


def _at_work(words: Words, index: int) -> bool:
    return any(words.left(index, back).startswith(houses.WORK) for back in range(1, 6))


def _headed(words: Words, index: int) -> tuple[int, int] | None:
    """A head word and the name behind it."""
    word = words.items[index]
    length = words.phrase(index, houses.HEAD_PHRASES)
    strong = (
        word.low in houses.STRONG_HEADS
        or " ".join(one.low for one in words.items[index : index + length]) in houses.SCHOOLS
    )
    if not length:
        if (
            not strong
            and word.low not in houses.WEAK_HEADS
            and not (len(word.low) > 6 and word.low.endswith(houses.HEAD_ENDS))
        ):
            return None
        length = 1
    stop = _name_end(words, index + length, strong=strong, head=word.low)
    return (index, stop) if stop is not None else None


def _name_end(words: Words, at: int, *, strong: bool, head: str) -> int | None:
    """Where the name behind a head word ends; None when there is no name."""
    if at >= len(words.items) or words.items[at].opens or not _close(words.items[at]):
        return None
    first = words.items[at]
    leads = first.low in houses.ARTICLES or (
        first.low in {"van", "der"}
        and at + 1 < len(words.items)
        and (words.items[at + 1].capital or (strong and words.phrase(at + 1, lists.places())))
    )
    body = at + 1 if leads else at
    if body >= len(words.items) or words.items[body].opens or not _close(words.items[body]):
        return None
    stop = body
    while stop < len(words.items) and stop - body < 4 and _part_of_name(words, stop, body):
        stop += 1
    while stop > body and words.items[stop - 1].low in houses.LINKS:
        stop -= 1
    return stop if stop > body else _plain_name_end(words, at, body, strong=strong, head=head)


def _plain_name_end(words: Words, at: int, body: int, *, strong: bool, head: str) -> int | None:
    """Where a name without a capital ends: 'wijkteam noord', 'op groep (de) vlinder', 'obs de regenboog'."""
    word = words.items[body]
    if body == at and word.low in houses.COMPASS and head.endswith("team"):
        return body + 1
    named_group = head in {"groep", "unit"} and words.left(at - 1) in {"op", "naar", "van"}
    deed = body > at and body + 1 < len(words.items) and len(words.items[body + 1].low) > 2
    deed = deed and words.items[body + 1].low.endswith("en")  # op groep de afwas doen
    if named_group and not deed and word.low in lists.common_words() - lists.frequent_words():
        return body + 1
    strong_here = strong or (body > at and head in houses.NAMED_WITH_ARTICLE)
    if strong and body > at and word.low in lists.houses() and words.left(at - 1) in houses.AT:
        return body + 1
    if strong_here and word.low not in lists.frequent_words() and (body > at or _made_up(word.low)):
        return body + 1
    if words.phrase(body, lists.places()) and body == at and word.low in lists.place_names():
        return body + words.phrase(body, lists.places())
    if strange(word.low) and (strong or head not in {"so", "huis", "groep", "school", "bedrijf", "kerk"}):
        return body + 1
    return None


def _made_up(low: str) -> bool:
    """'praktijkschool veenkade': glued of two words and in no dictionary."""
    return lists.is_compound(low) and low not in lists.common_words()


def _close(word: Word) -> bool:
    return word.gap in {" ", " '", ' "', " ‘", "-", "  "}


def _part_of_name(words: Words, at: int, body: int) -> bool:
    word = words.items[at]
    if at > body and (word.opens or not _close(word)):
        return False
    if word.capital or (word.low.isdigit() and at > body):
        return word.low not in lists.not_identifying()
    follows = words.items[at + 1] if at + 1 < len(words.items) else None
    return at > body and word.low in houses.LINKS and follows is not None and follows.capital and not follows.opens


def _tailed(words: Words, index: int) -> tuple[int, int] | None:
    """Capitals or an unknown word right before a tail word."""
    tail = words.items[index]
    if tail.low not in houses.TAILS or index == 0 or tail.opens:
        return None
    start = index
    while start > 0 and not words.items[start].opens and _close(words.items[start]) and index - start < 4:
        before = words.items[start - 1]
        if not before.capital or before.taken or before.low in lists.not_identifying():
            break
        if before.opens and (lists.is_common(before.low) and before.low not in houses.ARTICLES):
            break
        start -= 1
    if start < index and (start + 1 < index or words.items[start].low not in houses.ARTICLES):
        return (start, index + 1) if not _only_people(start, index, tail) else None
    before = words.items[index - 1]
    if tail.low in houses.LOW_TAILS and _close(tail) and not before.taken and strange(before.low):
        return index - 1, index + 1
    return None


def _only_people(start: int, index: int, tail: Word) -> bool:
    """'Onze Bram school': a first name before a weak tail is a person, unless the tail has a capital too."""
    return (
        not tail.capital
        and tail.low in {"groep", "school", "huis", "zorg", "centrum", "praktijk", *houses.WEAK_TAILS}
        and start + 1 == index
    )


def _glued(words: Words, index: int) -> tuple[int, int] | None:
    """One word that ends in a tail: 'Wintervlietcollege', 'IJsselgroep'."""
    word = words.items[index]
    if not houses.GLUED_TAIL.match(word.low) or word.low in lists.common_words() or word.low in lists.first_names():
        return None
    if word.low in lists.surnames() or words.phrase(index, lists.places()):
        return None
    if word.capital and not word.opens:
        return _of_the_name(words, index), index + 1
    sure = re.search(r"(?:college|lyceum|gymnasium)$", word.low) is not None
    school = (
        word.low.endswith("school") and len(word.low) > 11 and words.left(index) in {"de", "het", "op", "naar", "een"}
    )
    return (index, index + 1) if sure or school else None


def _of_the_name(words: Words, index: int) -> int:
    """Where a name begins that ends in a glued tail: 'de Willem van Oranjeschool'."""
    start = index
    while start > 0 and index - start < 5 and not words.items[start].opens and _close(words.items[start]):
        before = words.items[start - 1]
        link = before.low in {"van", "der", "den", "de", "ter", "ten"} and start > 1 and words.items[start - 2].capital
        if before.taken or not (link or (before.capital and not before.opens)) or before.low in TITLES | ROLES:
            break
        start -= 1
    return start if words.items[start].capital else index


def _with_article(words: Words, index: int) -> tuple[int, int] | None:
    """'naar De Kromme Akker', 'bij de Ark': an article and a capital inside a sentence, behind a word of place."""
    article = words.items[index]
    if article.low not in houses.ARTICLES or index + 1 >= len(words.items):
        return None
    first = words.items[index + 1]
    if not first.capital or first.opens or not _close(first) or first.acronym:
        return None
    if article.opens and not _opens_with_a_name(first):
        return None
    if not article.capital and not _place_before(words, index, first):
        return None
    if words.left(index) in TITLES | ROLES:
        return None  # 'agent De Jong'
    generic = first.low in houses.WEAK_HEADS | houses.STRONG_HEADS | houses.GENERIC or words.phrase(
        index + 1, lists.not_identifying()
    )
    if (
        generic
        or first.low in lists.first_names()
        or words.phrase(index + 1, lists.places())
        or words.phrase(index, lists.places())
    ):
        return None
    stop = index + 2
    while stop < len(words.items) and stop - index < 4 and _part_of_name(words, stop, index + 1):
        stop += 1
    return index, stop


def _opens_with_a_name(first: Word) -> bool:
    """'Het Baken in Zwolle was fijn': the article has its capital from the sentence, the noun has none from there."""
    return first.low not in lists.frequent_words() and not first.low.endswith(houses.OFFICE_ENDS)


def _letters(words: Words, index: int) -> tuple[int, int] | None:
    """'bij SVMN', 'via het JIT': letters in capitals that are not everybody's."""
    word = words.items[index]
    if not word.acronym or not 3 <= len(word.low) <= 6 or not word.low.isalpha() or known(word.low):
        return None
    before = words.left(index)
    if before in {"het", "de", "team"}:
        before = words.left(index, 2)
    houses_before = {"bij", "via", "naar", "door", "van", "vanuit", "op", "in", "met"}
    return (index, index + 1) if before in houses_before and word.low not in lists.first_names() else None


def _place_before(words: Words, index: int, first: Word) -> bool:
    """Whether what stands before 'de' and a capital makes it the name of a house."""
    before = words.left(index)
    if words.items[index].low not in {"de", "het", "'t"} or words.left(index, 2) in TITLES:
        return False
    if before in {"bij", "naar", "via", "vanuit"}:
        return first.low not in lists.frequent_words()
    if (
        before == "op" and lists.is_compound(first.low) and not first.low.endswith(houses.HEAD_ENDS)
    ):  # 'zat op de Klimboom'
        return True
    if first.low in lists.common_words():  # 'dat de Klimop strenger was'
        return (
            before in {"van", "in", "op", "uit", "door", "dat", "of", "en"} and first.low not in lists.frequent_words()
        )
    if before not in houses.AT or first.low.endswith(houses.OFFICE_ENDS):
        return False
    of_a_person = before == "van" and index > 1 and (words.items[index - 2].capital or words.items[index - 2].taken)
    return not of_a_person and (lists.is_compound(first.low) or strange(first.low))
