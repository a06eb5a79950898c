"""Names of people: from lists, from the word before them, and from capitals.

A first name that is no Dutch word is enough by itself. A first name that is also a word ('roos', 'lot'), and a word
that nobody knows, need a sign: a capital inside a sentence, a role or title before them, or a verb of naming.
"""

from __future__ import annotations

from core.digits import NUMBER_WORDS
from stories.recogniser import kin, lists
from stories.recogniser.how_old import is_of_age
from stories.recogniser.marks import MarkKind, Span
from stories.recogniser.surnames import only_a_name, surname_end, with_initials
from stories.recogniser.words import Words, known, strange


def find_names(words: Words, seen: set[str] | None = None) -> list[Span]:
    """Names of people in the words no other rule took; a name found once is found everywhere in the text."""
    accepted: set[str] = set() if seen is None else seen
    found = with_initials(words)
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
        like_a_noun = not word.capital and (
            words.left(index) in {"een", "geen", "de", "het", "of", "als"}
            or (
                words.left(index, 2) in {"een", "geen", "de", "het", "zo'n"} and words.left(index).endswith(("e", "en"))
            )
        )
        if not like_a_noun:
            found.append(Span(*words.take(index, index + 1), MarkKind.NAME))
    return found


def _name_at(words: Words, index: int) -> int | None:
    """Where a name that begins at this word ends (index past the last word), or None."""
    word = words.items[index]
    if word.taken or not any(char.isalpha() for char in word.low):
        return None
    if len(word.low) < 2:
        return _of_one_letter(words, index)
    if _plainly_none(words, index) or _is_month(words, index) or word.low in kin.PORTFOLIOS:
        return None
    if words.phrase(index, lists.not_identifying()) and not (word.low in lists.first_names() and _named(words, index)):
        return None
    if word.low in kin.PARENTS:
        return index + 1 if _is_parent_by_name(words, index) else None
    titled = _titled(words, index)
    if titled is not None:
        return titled
    if word.low in lists.first_names() and _counts_as_first_name(words, index):
        return surname_end(words, index + 1)
    if _double(word.low) or _is_a_pet(words, index) or _respelled(words, index):
        return surname_end(words, index + 1)
    if _genitive(words, index) or _called(words, index) or _capital_name(words, index):
        return surname_end(words, index + 1)
    return None


def _of_one_letter(words: Words, index: int) -> int | None:
    """'mijn vriendin L.', 'ik noem mezelf hier K.', 'dhr. v.d. Berg'; any other letter is none."""
    word = words.items[index]
    if word.low in kin.INTERFIX and words.left(index) in kin.TITLES:
        return _titled(words, index)
    alone = word.capital and word.low.isalpha() and words.text[word.end : word.end + 1] in {".", "", ",", " ", ")"}
    naming = any(words.left(index, back) in kin.NAMES_SOMEBODY for back in (1, 2, 3))
    named = naming or words.left(index) in kin.ROLES | kin.NAMING
    if words.text[word.end : word.end + 1] == "." and words.left(index) in {"over", "met", "bij", "voor", "en"}:
        named = True  # 'dit gaat over T. en hoe het ging'
    return index + 1 if alone and named and words.joined(index) else None


def _plainly_none(words: Words, index: int) -> bool:
    """Most words: everyday Dutch, no capital, nobody's first name, no title before them. Quick: all words are asked."""
    word = words.items[index]
    low = word.low
    return (
        not word.capital
        and low in lists.common_words()
        and low not in lists.first_names()
        and low not in kin.PARENTS
        and words.left(index) not in kin.TITLES
        and words.left(index) not in kin.ANIMALS
    )


def _is_month(words: Words, index: int) -> bool:
    """'in jan. en feb.', 'tussen jan en mrt': a name of a month beside another."""
    if words.items[index].low not in kin.MONTHS:
        return False
    near = [words.items[at].low for at in range(max(0, index - 3), min(len(words.items), index + 4)) if at != index]
    counted = words.left(index) in kin.BEFORE_A_MONTH or (
        index > 0 and words.items[index - 1].low in kin.BEFORE_A_MONTH
    )
    return any(low in kin.MONTHS for low in near) and (counted or any(low.isdigit() for low in near))


def _is_parent_by_name(words: Words, index: int) -> bool:
    """'mama zegt', 'toen mama weg was' are used as a name; 'mijn mama' and 'een lieve mama' are not."""
    before = words.left(index)
    return before not in kin.OWNERS - {"als"} and not (before.endswith("e") and words.left(index, 2) in kin.OWNERS)


def _titled(words: Words, index: int) -> int | None:
    """The end of a name behind a title: 'mevrouw de Vries', 'juf ingrid', 'mw. Kuipers-de Graaf'."""
    if words.left(index) not in kin.TITLES or words.items[index].gap.strip(" .") != "":
        return None
    at = index
    while (
        at < len(words.items) and words.items[at].low in kin.INTERFIX and at - index < 3 and not words.items[at].opens
    ):
        at += 1
    if at >= len(words.items) or words.items[at].taken or (words.items[at].opens and at > index):
        return None
    word = words.items[at]
    named = word.low in lists.surnames() or word.low in lists.first_names()
    if words.left(index) in {"opa", "oma", "nicht", "neef"} and lists.is_common(word.low) and not word.capital:
        named = words.right(at) in kin.ACTS
    if word.capital and word.low not in lists.not_identifying():
        return surname_end(words, at + 1)
    if at > index and only_a_name(words, at):
        return surname_end(words, at + 1)
    if named and word.low not in lists.frequent_words():
        return surname_end(words, at + 1)
    if words.left(index) in {"opa", "oma", "nicht", "neef"} and lists.is_common(word.low):
        return None
    return surname_end(words, at + 1) if strange(word.low) else None


def _counts_as_first_name(words: Words, index: int) -> bool:
    """Whether a word from the list of first names is meant as one here."""
    word = words.items[index]
    if word.low in lists.informal_or_short():
        return word.capital and not word.opens and _slot(words, index)
    if word.low not in lists.common_words():
        return True
    if word.capital and not word.opens:
        return _capital_inside(words, index)
    if word.low in kin.NEVER_LOW or word.low in lists.frequent_words():
        return _somebody(words, index) or _at_home_or_in_full(words, index)
    if word.capital:
        return words.right(index) in kin.VERBS | kin.ACTS | kin.INTERFIX
    return (
        _next_is_surname(words, index)
        or _strong_slot(words, index)
        or (
            is_of_age(words.text, word.end)
            and words.left(index) not in kin.OWNERS | {"het", "dit", "dat", "deze", "die"}
        )
        or _somebody(words, index)
        or _at_home_or_in_full(words, index)
    )


def _capital_inside(words: Words, index: int) -> bool:
    """A capital inside a sentence on a first name that is also a word; behind a quote or colon it may just begin."""
    word = words.items[index]
    if word.low in lists.not_identifying():  # 'Mei'
        return _strong_slot(words, index) or words.right(index) in kin.ACTS
    if set(word.gap) & set(":\"'") and word.low in lists.frequent_words():
        return words.right(index) in kin.ACTS
    return word.low not in {"den", "el", "al", "over", "elke", "allen"} or _slot(words, index)


def _somebody(words: Words, index: int) -> bool:
    """Whether a first name that is also a word, without a telling capital, stands where only somebody can stand."""
    word = words.items[index]
    left, right = words.left(index), words.right(index)
    if not word.capital and any(words.left(index, back) in kin.ANIMALS for back in range(2, 6)):
        return False  # 'een kat die storm heet'
    frequent = word.low in kin.NEVER_LOW or word.low in lists.frequent_words()
    if left in kin.NAMING or (left in {"is", "was"} and words.left(index, 2) in {"naam", "bijnaam", "roepnaam"}):
        return word.low not in {"dan", "over", "elke", "al", "allen", "den", "el", "zo"}
    if left in kin.GREETINGS and not (frequent and word.low in kin.NEVER_LOW):
        return (
            right in {"", "ik", "en", "je", "jij"} or not frequent or left not in {"lieve", "beste", "dag", "ha", "yo"}
        )
    if right == "van" and words.right(index, 2) in {"de", "het", "t"} and words.right(index, 3) in kin.STAFF:
        return left not in kin.OWNERS
    if word.low in kin.NEVER_LOW and not word.capital:
        return left in kin.ROLES and word.low in {"mei", "job", "hope", "star", "lente", "sol"} and right in kin.ACTS
    if word.opens:
        return right in kin.ACTS and word.low not in {"dan", "over", "elke", "les", "den", "el", "al", "allen", "beste"}
    if left in kin.ROLES and not frequent:
        return True
    if left in kin.ROLES | kin.TO_SOMEBODY:
        return right in kin.ACTS or (not frequent and right in {"", "ik", "en", "hij", "ze", "zij", "we", "wij", "mij"})
    return False


def _at_home_or_in_full(words: Words, index: int) -> bool:
    """'bij roos thuis', and 'Wil van de Wetering' where a sentence begins."""
    if words.left(index) == "bij":
        return words.right(index) == "thuis"
    linked = words.right(index) == "van" and words.right(index, 2) in {"de", "der", "den"}
    named = words.items[index].capital and linked and words.right(index, 3) != ""
    return named and words.items[index + 3].capital


def _strong_slot(words: Words, index: int) -> bool:
    """A role, title or verb of naming right before the word."""
    left, before = words.left(index), words.left(index, 2)
    if not words.joined(index) and left not in kin.NAMING:
        return False
    if left in kin.NAMING or left in kin.TITLES or left in kin.ROLES:
        return not (
            left in {"man", "vrouw", "kind", "ma", "pa"} and before not in {"mijn", "mn", "me", "m'n", "haar", "zijn"}
        )
    if left in {"me", "mij", "hem", "haar", "ons"} and (
        before in kin.NAMES_SOMEBODY or (words.items[index].capital and words.right(index) in kin.CALLED)
    ):
        return True
    if left == "ben" and before == "ik" and words.right(index) in {"", "en", "uit", "van"}:
        return True
    return left in {"is", "was"} and before in {"naam", "mentor", "bijnaam", "roepnaam"}


def _slot(words: Words, index: int) -> bool:
    return (
        _strong_slot(words, index)
        or words.left(index) in kin.WITH
        or words.right(index) in kin.VERBS
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


def _named(words: Words, index: int) -> bool:
    """A role, title or naming verb right before a capital, or before a word that then does something."""
    return _strong_slot(words, index) and (words.items[index].capital or words.right(index) in kin.ACTS)


def _called(words: Words, index: int) -> bool:
    """A word nobody knows, where a name stands: behind a verb of naming, a role, 'met', or before what people do."""
    word = words.items[index]
    if word.low in lists.informal_or_short() or words.phrase(index, lists.places()):
        return False
    if _strong_slot(words, index):
        if words.left(index) in kin.NAMING and word.capital and not known(word.low):
            return True
        return strange(word.low)
    left, right = words.left(index), words.right(index)
    if (_beside_a_role(words, index) or _before_a_role(words, index)) and not word.low.endswith(kin.VERB_ENDS):
        return strange(word.low)
    if left in kin.JOINING and right in kin.SOMEBODY and words.joined(index):  # 'dat djen haar zoekt'
        return strange(word.low)
    if left in kin.OWNERS | {"het", "dit", "dat", "deze", "die"}:
        return False
    if strange(word.low) and (_next_is_surname(words, index) or is_of_age(words.text, word.end)):
        return True
    if _does_something(words, index) and not word.low.endswith(kin.NOUN_ENDS):
        return strange(word.low)
    slot = left in kin.GREETINGS | kin.TO_SOMEBODY - {"dat", "bij"} or right in kin.ACTS
    return slot and words.joined(index) and strange(word.low)


def _capital_name(words: Words, index: int) -> bool:
    """A capital on a word nobody knows; at the start of a sentence only with a verb behind it."""
    word = words.items[index]
    if not word.capital or len(word.low) < 3 or word.acronym:
        return False
    if known(word.low):
        return not word.opens and _known_but_named(words, index)
    if not word.opens or _is_of_age(words, index):
        return True
    return words.right(index) in kin.VERBS and strange(word.low)


def _double(low: str) -> bool:
    """'eva-lynn', 'teun-willem': two first names, of which one is no word."""
    parts = low.split("-")
    named = len(parts) == 2 and all(len(part) > 1 and part in lists.first_names() for part in parts)
    return named and any(part not in lists.common_words() for part in parts)


def _respelled(words: Words, index: int) -> bool:
    """'soumaja': a word that nobody knows among Dutch ones, and a first name to the ear."""
    low = words.items[index].low
    if not lists.sounds_like_a_first_name(low) or not strange(low) or words.phrase(index, lists.places()):
        return False
    around = {words.left(index), words.right(index)} - {""}
    return bool(around) and all(word in lists.common_words() or word in lists.first_names() for word in around)


def _is_a_pet(words: Words, index: int) -> bool:
    """'mijn hamster pluisje is dood', 'onze hond Tijger': behind whose animal it is."""
    word = words.items[index]
    if words.left(index) not in kin.ANIMALS or words.left(index, 2) not in kin.POSSESSIVES or not words.joined(index):
        return False
    if word.capital:
        return True
    verb = word.low.endswith(("t", "te", "de", "ten", "den", "en"))
    return not verb and word.low not in lists.frequent_words() and words.right(index) in kin.VERBS | kin.ACTS | {""}


def _is_of_age(words: Words, index: int) -> bool:
    """'Sabrin is 12 jaar', 'Delina is net zestien', 'djaelin van 9': only somebody is so old."""
    if is_of_age(words.text, words.items[index].end):
        return True
    if words.right(index) not in {"is", "was", "werd", "wordt"}:
        return False
    behind = [words.right(index, ahead) for ahead in (2, 3)]
    return any(word.isdigit() or int(NUMBER_WORDS.get(word, 0)) > 9 for word in behind)


def _known_but_named(words: Words, index: int) -> bool:
    """'mijn zoon Beer', 'volgens Bos': a word with a capital where a name stands, and no reason for one but that."""
    word = words.items[index]
    if word.low in kin.ROLES | kin.TITLES | kin.ACTS | kin.VERBS or words.phrase(index, lists.not_identifying()):
        return False
    if set(word.gap) & set(":\"'(") or words.phrase(index, lists.places()):
        return False
    if words.right(index) in {"heet", "heette"} and words.left(index) in {"die", "dat"}:
        return True
    if _strong_slot(words, index) or _beside_a_role(words, index) or _before_a_surname(words, index):
        return True
    left = words.left(index)
    surname = word.low in lists.surnames() and left not in kin.OWNERS | {"het", "dit", "dat", "deze", "die"}
    return surname and (left in {"ene", "volgens", "namens", "door", "met"} or words.right(index) in kin.ACTS)


def _beside_a_role(words: Words, index: int) -> bool:
    """'mijn moeder, Linde, zei': a word with a capital between commas, behind who it is."""
    after = words.text[words.items[index].end :][:1]
    return words.items[index].gap.strip() == "," and after == "," and words.left(index) in kin.ROLES


def _before_a_role(words: Words, index: int) -> bool:
    """'rovienne, mijn pleegzus, huilde'."""
    if words.text[words.items[index].end :][:1] != "," or words.right(index) not in kin.OWNERS:
        return False
    return words.right(index, 2) in kin.ROLES or words.right(index, 3) in kin.ROLES


def _does_something(words: Words, index: int) -> bool:
    """'toen kwam dzevad binnen', 'dat heeft thuraya mij geleerd', 'oenike en ik': without a 'de' only people do."""
    left, before, right = words.left(index), words.left(index, 2), words.right(index)
    if not words.joined(index) and not words.items[index].opens:
        return False
    if left in {"is", "was"} and before in {"het", "dat"}:
        return right == "die"
    if left in kin.ACTS | {"stond", "lag"} and before in kin.THEN:
        return True
    return right == "en" and words.right(index, 2) == "ik"


def _before_a_surname(words: Words, index: int) -> bool:
    """'Linde van der Wal', 'Sterre Brouwers': nothing but a name stands before such a surname."""
    if words.right(index) not in {"ten", "ter", "van"}:
        behind = words.right(index)
        return behind in lists.surnames() and words.joined(index + 1) and words.items[index + 1].capital
    at = index + 2 if words.right(index) in {"ten", "ter"} or words.right(index, 2) not in kin.INTERFIX else index + 3
    return at < len(words.items) and words.items[at].capital and words.left(at) in {"ten", "ter", "der", "den"}


def _genitive(words: Words, index: int) -> bool:
    """'fatima's', 'kevins': of somebody with a first name that is no other word."""
    low = words.items[index].low
    if not low.endswith("s") or low in lists.common_words() or len(low) < 5:
        return False
    base = low.removesuffix("s").removesuffix("'")
    return base in lists.first_names() and base not in lists.common_words()


def _with_title(words: Words, index: int) -> int:
    """Start one word earlier when the title is part of what gives the person away."""
    if words.left(index) in kin.OWN_TITLES and not words.items[index - 1].taken:
        return index - 1
    return index
