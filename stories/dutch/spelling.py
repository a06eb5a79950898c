"""What a word with a typing error may have stood for: the nearest words of the list, and of compounds made of it."""

import re
from collections import defaultdict
from functools import cache, lru_cache

from stories.dutch.compounds import FIELD, LINKS, SHORT, is_compound
from stories.dutch.forms import STAYS, bases
from stories.dutch.thesaurus import field
from stories.dutch.verbs import LOOSE
from stories.recogniser import lists

MOST = 6
SHORTEST, LONGEST, TWO_FROM = 4, 30, 7  # letters; from seven letters on, two errors


@cache
def _known() -> frozenset[str]:
    return lists.common_words() | FIELD | SHORT | field()


def is_word(word: str) -> bool:
    """Whether a folded word stands in the list."""
    return word in _known() or word.isdigit()


_ALONE = (STAYS | set(LOOSE)) - {"zelf", "thuis"}  # no part of a compound: zelf moord and thuis zitter are one


def written_apart(one: str, two: str) -> set[str]:
    """The compound that two words beside each other are: jeugd zorg, vertrouwens persoon. Empty for other words."""
    if min(len(one), len(two)) < 3 or {one, two} & _ALONE or len(one) + len(two) < 8:
        return set()
    return {one + two} & _known()


@lru_cache(maxsize=2048)
def nearest(word: str) -> tuple[str, ...]:
    """Words at one error (two for long words) from one that no list holds, the likeliest first, at most MOST.

    Of a rare word of the list (schol) only the commonest that are very near (school); of any other none. The caller
    knows which of them occur.
    """
    frequent = lists.frequent_words()
    if not SHORTEST <= len(word) <= LONGEST or word in frequent or word in FIELD | SHORT | field():
        return ()
    found: dict[str, float] = dict.fromkeys(_one_error(word), 1)
    if is_word(word):
        found = {other: 1 for other in found if len(word) > 4 and other in frequent and len(other) > 4}
    else:
        two = _two_errors(word) if len(word) >= TWO_FROM else set()
        if is_compound(word) or bases(word):
            two &= field()  # it looks like a word, so only what people here look for most
        else:
            found = {**dict.fromkeys(_in_a_part(word), 2.5), **found}
        found = {**dict.fromkeys(two, 2), **found}
        found.update(dict.fromkeys(_slips(word) & found.keys(), 0.3))
        found = {**dict.fromkeys(_links(word), 1.5), **found, **dict.fromkeys(_sounds(word), 0.5)}
    for other in found.keys() & field():
        found[other] -= 0.6 if other[0] == word[0] else 0  # hardly anybody misses the first letter
    order = sorted(found, key=lambda o: (found[o], o[0] != word[0], o not in frequent, not is_compound(o), o))
    return tuple(order[:MOST])


def _edits(word: str) -> set[str]:
    letters = "abcdefghijklmnopqrstuvwxyz"
    cuts = [(word[:i], word[i:]) for i in range(len(word) + 1)]
    found = {head + tail[1:] for head, tail in cuts if tail}
    found.update(head + tail[1] + tail[0] + tail[2:] for head, tail in cuts if len(tail) > 1)
    for head, tail in cuts:
        found.update(head + letter + tail for letter in letters)
        found.update(head + letter + tail[1:] for letter in letters if tail)
    return found


def _one_error(word: str) -> set[str]:
    return {other for other in _edits(word) if len(other) > 2 and other in _known()}


# What sounds the same and is mixed up most.
_ALIKE = (("ij", "ei"), ("ei", "ij"), ("au", "ou"), ("ou", "au"), ("ch", "g"), ("g", "ch"), ("dt", "d"), ("dt", "t"),
          ("d", "t"), ("t", "d"), ("z", "s"), ("s", "z"), ("v", "f"), ("f", "v"), ("c", "k"), ("k", "c"), ("ie", "i"),
          ("i", "ie"), ("c", "s"), ("tie", "sie"), ("sie", "tie"), ("y", "ie"), ("kw", "qu"), ("x", "ks"))  # fmt: skip


def _sounds(word: str) -> set[str]:
    made = {
        word[: match.start()] + right + word[match.end() :]
        for wrong, right in _ALIKE
        for match in re.finditer(wrong, word)
    }
    return {other for other in made if other in _known() or is_compound(other)}


def softened(word: str) -> set[str]:
    """verhuisen: verhuizen. The stemmer makes a word of the stories (verhuis) of this error, so nobody corrects it."""
    if is_word(word) or is_compound(word):
        return set()
    made = {
        word[:at] + {"s": "z", "f": "v"}[letter] + word[at + 1 :] for at, letter in enumerate(word) if letter in "sf"
    }
    return made & lists.common_words()


def _in_a_part(word: str) -> set[str]:
    """gezinsvood: gezinsvoogd; jeugdbescherner: jeugdbeschermer. One part is right, the other has one error."""
    found: set[str] = set()
    for cut in range(3, len(word) - 2):
        head, tail = word[:cut], word[cut:]
        if head in _known() or head.removesuffix("s") in _known():
            found.update(head + other for other in _one_error(tail) if is_compound(head + other))
        if tail in _known():
            heads = _one_error(head) | {f"{other}s" for other in _one_error(head.removesuffix("s")) if head[-1] == "s"}
            found.update(other + tail for other in heads if is_compound(other + tail))
    return found


def _slips(word: str) -> set[str]:
    """Two letters in the wrong order, one too many of the same, or one too few: the likeliest of all errors."""
    cuts = range(1, len(word))
    swapped = {word[: i - 1] + word[i] + word[i - 1] + word[i + 1 :] for i in cuts}
    single = {word[:i] + word[i + 1 :] for i in cuts if word[i] == word[i - 1]}
    return swapped | single | {word[:i] + word[i - 1] + word[i:] for i in range(1, len(word) + 1)}


def _links(word: str) -> set[str]:
    """familiegroepplan: familiegroepsplan. What joins the parts of a compound is left out, or is another."""
    found: set[str] = set()
    for cut in range(4, len(word) - 2):
        head, tail = word[:cut], word[cut:]
        if tail in _known():
            bares = {head, *(head.removesuffix(link) for link in LINKS if link)} & _known()
            heads = bares | ({head} if is_compound(head) else set())
            found.update(bare + link + tail for bare in heads for link in LINKS)
    return {other for other in found - {word} if other in field() or is_compound(other)}


@cache
def _by_length() -> dict[tuple[str, int], list[tuple[str, int]]]:
    table: dict[tuple[str, int], list[tuple[str, int]]] = defaultdict(list)
    for word in _known():
        if len(word) >= TWO_FROM - 2 and word.isascii() and word.isalpha():
            table[word[0], len(word)].append((word, _mask(word)))
    return table


def _mask(word: str) -> int:
    mask = 0
    for letter in word:
        mask |= 1 << (ord(letter) & 31)
    return mask


def _two_errors(word: str) -> set[str]:
    mine = _mask(word)
    return {
        other
        for length in range(len(word) - 2, len(word) + 3)
        for other, mask in _by_length().get((word[0], length), ())
        if (mine ^ mask).bit_count() <= 4 and _distance(word, other) <= 2
    }


def _distance(one: str, two: str) -> int:
    """Edit distance with swapped neighbours as one error; 3 for anything over 2."""
    before: list[int] = []
    row = list(range(len(two) + 1))
    for i, letter in enumerate(one, start=1):
        older, before, row = before, row, [i]
        for j, other in enumerate(two, start=1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != other))
            if i > 1 and j > 1 and letter == two[j - 2] and one[i - 2] == other:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
        if min(row) > 2:
            return 3
    return min(row[-1], 3)
