"""Which themes, house rules and initiatives a story may touch, and by which of its words: a proposal for the desk,
never more.

The words stand here by the slug of the theme, as beginnings: 'wacht' finds wachten, wachtlijst and wachttijd. They
come from the names that the field gives its themes; a coordinator ticks what is right.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from core.fold import fold
from stories.dutch.forms import bases
from stories.recogniser import MarkKind, lists

_WORDS = {
    "gehoord-worden": "luister geluisterd gehoord serieus",
    "regie": "beslis besloten besluit inspraak meebeslis zeggenschap",
    "vertrouwen": "vertrouw wantrouw nabijheid",
    "vaste-persoon": "vaste mentor wisselende",
    "contact-met-ouders": "bezoekregeling omgang bellen belmoment logeren weekendverlof",
    "broers-en-zussen": "broer broertje broers zus zusje zussen",
    "gezin-centraal": "gezin netwerk familie",
    "pleegzorg": "pleegouder pleeggezin pleegzorg pleegkind pleegmoeder pleegvader gezinshuis",
    "leefklimaat": "leefgroep huisregels groepsleiding groepsregels",
    "doorplaatsen": "overgeplaatst overplaats doorplaats verhuis verhuizen",
    "gesloten-plaatsing": "gesloten jeugdzorgplus opgesloten",
    "schoolloopbaan": "school leerplicht juf meester docent schoolverzuim thuiszitter",
    "wachttijd": "wacht",
    "wijkteam": "wijkteam buurtteam jeugdteam",
    "samenwerking": "samenwerk overleg doorverwezen",
    "jeugdbescherming": "jeugdbescherm voogd ots ondertoezichtstelling uithuisplaats gezinsvoogd jeugdreclassering",
    "jeugd-ggz": "ggz psycholoog psychiater therapie emdr depressi angststoornis eetstoornis",
    "respijtzorg": "overbelast respijt uitgeput mantelzorg",
    "18-min-18-plus": "achttien volwassen kamertraining nazorg",
    "begrijpelijke-taal": "tolk vertaal jargon",
    "ervaringsdeskundigheid": "ervaringsdeskundig",
    "vakmanschap": "opleiding intervisie vakmanschap",
    "regeldruk": "administratie indicatie protocol inkoop verantwoording",
    "afzondering": "isoleer separeer afzonder vastgehouden fixeer",
    "geweld": "geslagen sloeg slaan mishandel geweld gestompt geschopt",
    "misbruik": "misbruik aangerand verkracht",
    "zelfbeschadiging": "zelfbeschadig sneed snijden",
    "suicidaliteit": "zelfmoord zelfdoding suicid suïcid",
}
_MOST = 3  # words shown for one theme
# The house rule, by its slug, that each kind of mark touches.
_RULE_OF = {
    MarkKind.NAME: "naam",
    **dict.fromkeys((MarkKind.PLACE, MarkKind.ORGANISATION, MarkKind.SCHOOL_CLASS), "plaats"),
    **dict.fromkeys((MarkKind.DATE, MarkKind.DATE_OF_BIRTH, MarkKind.AGE), "datum"),
    **dict.fromkeys((MarkKind.BSN, MarkKind.IBAN), "bsn-iban"),
    **dict.fromkeys(
        (MarkKind.PHONE, MarkKind.EMAIL, MarkKind.WEB, MarkKind.SOCIAL_HANDLE, MarkKind.ADDRESS), "contact"
    ),
}


@cache
def _pattern() -> re.Pattern[str]:
    """One pattern for all themes, a group each; a group's name is the slug with its hyphens made into underscores."""
    groups = (f"(?P<t_{slug.replace('-', '_')}>{'|'.join(words.split())})" for slug, words in _WORDS.items())
    return re.compile(rf"\b(?:{'|'.join(groups)})\w*")


def themes_in(*texts: str) -> dict[str, list[str]]:
    """Slugs of themes with the words that point at them, the most told of first; pure, about 1 ms for 300 words."""
    found: dict[str, dict[str, int]] = {}
    for match in _pattern().finditer("\n".join(texts).casefold()):
        slug = str(match.lastgroup).removeprefix("t_").replace("_", "-")
        words = found.setdefault(slug, {})
        words[match.group()] = words.get(match.group(), 0) + 1
    order = sorted(found, key=lambda slug: (-sum(found[slug].values()), slug))
    return {slug: list(found[slug])[:_MOST] for slug in order}


def rules_at(marks: Iterable[tuple[MarkKind, str]]) -> dict[str, list[str]]:
    """Slugs of house rules with the marked words that touch them, in the order of the text."""
    found: dict[str, list[str]] = {}
    for kind, word in marks:
        if kind in _RULE_OF:
            found.setdefault(_RULE_OF[kind], []).append(word)
    return {slug: words[:_MOST] for slug, words in found.items()}


class Offer(NamedTuple):
    """What exists already, as far as it can be held beside a story."""

    key: str
    themes: Sequence[str]  # slugs
    near: bool  # in the youth region of the story
    words: str


class Fit(NamedTuple):
    """An offer that may belong with a story, and why."""

    key: str
    themes: list[str]
    near: bool
    words: list[str]


_FITTING = 3  # offers shown
_TOKEN = re.compile(r"[^\W\d_]{4,}")


def fitting(texts: Iterable[str], themes: Collection[str], offers: Iterable[Offer]) -> list[Fit]:
    """The offers that share a theme with the story, or two words that do not fill every text, the best first.

    Pure; some 5 ms for 300 words and a hundred offers. A region alone is no reason, and weighs with another one.
    """
    told: dict[str, str] = {}
    for word in _TOKEN.findall("\n".join(texts)):
        for form in _forms(word):
            told.setdefault(form, word.casefold())
    found = []
    for offer in offers:
        shared = [slug for slug in offer.themes if slug in themes]
        hits = (told[form] for word in _TOKEN.findall(offer.words) for form in _forms(word) if form in told)
        words = list(dict.fromkeys(hits))[:_MOST]
        if shared or len(words) > 1:
            found.append(Fit(offer.key, shared, offer.near, words))
    found.sort(key=lambda fit: (-(2 * len(fit.themes) + 2 * fit.near + len(fit.words)), fit.key))
    return found[:_FITTING]


@lru_cache(maxsize=4096)
def _forms(word: str) -> tuple[str, ...]:
    """A word and its base forms; nothing for one of those that fill every text."""
    folded = fold(word).text
    return () if folded in lists.frequent_words() else (folded, *bases(folded))
