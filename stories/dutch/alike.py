"""Words that the stemmer makes one of, and that are not one: kok and koken, boos and bos, geweld and geweldig.

Beside a story that holds a form of one of them stands that one with a mark, which the stemmer leaves as it is, and a
query looks for that instead of the stem.
"""

from functools import cache, lru_cache

from stories.dutch.forms import bases, singulars

MARK = "0"
# One line for each stem. Only base forms, and forms that are no form of another word in the line.
ALIKE = """
bal balen
bas baas
bek beek
beschikking beschikken beschikbaar
bom boom
boos bos
boot bot
brak braken
geweld geweldig
gren green grens
hal halen hals
jong jongen
kas kaas
knop knopen
kok koken
kop kopen
laag lag
lang langs
leg leeg legen
les lees
link links
man maan
mat maat mate
naam nam
nieuw nieuws
open opening openen openbaar opeens
ouder oudere ouderen
plaat plaats plat
plegen
poot pot
ram raam
recht rechts
reden redden reed
regel regelen regeling
rok roken
slap slapen
slecht slechts
slot sloot
steden steeds
stel stelen
tak taak
tal talen
ton tonen
trans tranen
vak vaak
verkeer verkeren verkering
wet weten
won wonen
zak zaak
zon zoon zone
"""


@cache
def _alike() -> dict[str, frozenset[str]]:
    lines = [frozenset(line.split()) for line in ALIKE.split("\n")]
    return {word: line - {word} for line in lines for word in line}


@lru_cache(maxsize=16384)
def _meant(word: str) -> frozenset[str]:
    """Which words of the table this is a form of."""
    table = _alike()
    if word in table:
        return frozenset({word})
    return frozenset(table.keys() & {word.removesuffix("s"), *bases(word), *singulars(word)})


def twins(word: str) -> frozenset[str]:
    """What a word has its stem in common with: of kok: koken. No base form of it, whatever the rules say."""
    return _alike().get(word, frozenset())


def told_apart(words: set[str]) -> set[str]:
    """The same words, with the marked one instead of what the stemmer would mix up."""
    return {one for word in words for one in ({f"{base}{MARK}" for base in _meant(word)} or {word})}
