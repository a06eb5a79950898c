"""What a compound is made of: jeugdzorg: jeugd, zorg; wachtlijst: wacht, lijst; gezinsvoogd: gezin, voogd.

The longest last part that is a word wins, and what stands before it must be words too, with or without a joining
s, e, n or en. Endings and prefixes that happen to be words (over, lijk, eren) are no parts, and the commonest words
of the language are never cut: `altijd` says nothing about time.
"""

import re
from functools import cache, lru_cache

from stories.dutch.thesaurus import field
from stories.dutch.verbs import FIXED, LOOSE, words_of
from stories.recogniser import lists

# Parts of three letters; any other part has four or more.
SHORT = frozenset(
    words_of("""
    gym zus oom bed les cel wet taal arts baan ruzie team plan hulp kind huis zorg mail app dak ggz oma opa
    bus zak tas uur jas pil rit mes lid beer bank boot kast lamp muur soep koek trui pop knop hek slot doos klok tent
    gang trap pen bal hok
""")
)
# Too short, or too often no part, but in front of a word: koptelefoon, eetgroep, busrit, halfzus.
SHORT_HEADS = frozenset(words_of("kop eet bus bad zak tas dak taxi raads bel gok rij ijs zee pas vak rug half"))
# Words of the field, wherever the word list stops.
FIELD = frozenset(
    words_of("""
    kinder pleeg stief jeugd gezin crisis leef woon dag nacht voogd wijk buurt jongeren thuis autisme trauma adhd
""")
)
# Words, but not as a part: prefixes, endings, small words, and what is left when a longer word is cut wrongly.
NO_PART = frozenset(
    words_of("""
    innen enen anten aren
    over onder door voor achter tegen terug samen weer mede heen langs boven buiten binnen rond neer toen naar dan
    want zonder eren elen lijk lijke loos loze heid heden schap schappen baar bare zaam zame ling lingen ster
    sters aard isme atie ende ders deren igen iging eling elijk elijke achtig achtige vol volle matig matige
    waarts gewijs wijze wijs erij ares tiek iste isten eert eerd eren erende baat slag stel stal rijk rijke arme
    teren deling gaan gang gaat daan ander andere alle alles niet meer meest best zelf deze daar hier waar haar
    onze mijn jouw zijn hebt heeft heel hele even open vast vrij hoog lage laag groot grote klein kleine ieder
    iets eens steeds soms vaak laat vroeg goed beter mis wan aarts ober anti inter super ultra mega multi semi
    hoofd half halve dood anderhalf tussen teken kens sten rent rente enten ring ringen ding dingen king tend
    tende ting tingen sing kers ters sers nissen ingen inge verder verre verst zover hoever raad rade eerste
    laatste hand handel handelen handeling deel delen
""")
)
# The commonest words are not cut, but for these.
COMMON_COMPOUNDS = {
    "ziekenhuis": ("ziek", "huis"), "ziekenhuizen": ("ziek", "huizen"), "politiebureau": ("politie", "bureau"),
    "slaapkamer": ("slaap", "kamer"), "verjaardag": ("dag",), "weekend": (), "toekomst": (), "telefoonnummer":
    ("telefoon", "nummer"), "advocaat": (), "grootvader": ("vader",), "grootmoeder": ("moeder",), "kleinkinderen":
    ("kinderen",), "uithuisplaatsing": ("huis", "plaatsing"), "uithuisplaatsingen": ("huis", "plaatsing"),
    "uithuisgeplaatst": ("huis", "geplaatst"), "uithuisgeplaatste": ("huis", "geplaatst"), "ondertoezichtstelling":
    ("toezicht",), "thuissituatie": ("thuis", "situatie"), "jeugdzorgplus": ("jeugd", "zorg", "jeugdzorg"),
    "pleegouders": ("pleeg", "ouders"), "hulpverlening": ("hulp",), "hulpverlener": ("hulp",), "hulpverleners":
    ("hulp",), "hulpverleenster": ("hulp",), "stiefvader": ("vader",), "stiefmoeder": ("moeder",), "huisarts":
    ("huis", "arts"), "huisartsen": ("huis", "arts"), "huiswerk": (), "handtekening": (), "middelbare": (),
    "familiegroepsplan": ("familie", "groep", "plan"), "crisisdienst": ("crisis", "dienst"),
    "voordeur": ("deur",), "achterdeur": ("deur",), "nazorg": ("zorg",),
    "mantelzorger": ("zorg",), "mantelzorgers": ("zorg",), "medezeggenschap": ("zeggenschap",),
    "rugzak": ("rug", "zak"),
    "achternaam": ("naam",), "achternamen": ("namen",), "voornaam": ("naam",), "voornamen": ("namen",), "bijnaam":
    ("naam",), "zelfhulp": ("hulp",), "zelfzorg": ("zorg",), "maatschappelijk": (), "maatschappij": (),
}  # fmt: skip
# Whatever stands in front of these, a word of the list or not: afkickkliniek, mbo-school, muziekdocent.
ALWAYS_LAST = tuple(
    words_of("""
    kliniek school scholen opvang therapie therapeut rechter werker werkster coach begeleider begeleiding behandeling
    boerderij instelling training dienst diensten centrum medewerker verpleegkundige consulent ambtenaar onderwijs
    leraar docent telefoon formulier gesprek gesprekken problemen stoornis verslaving gevangenis advocaat psycholoog
    psychiater politie regeling verzekering vergoeding toeslag begrafenis pijn stoel gezin film mail
    boek club team kamer
""")
)
_NO_HEAD = frozenset((*FIXED, *LOOSE, "mede", "ge"))
# What stands in front of a noun that a verb made, and is no part itself: doorplaatsing, terugplaatsen.
_MOVED = re.compile(r"(?:door|over|terug|her|uit|bij|in)(plaats(?:ing|ingen|en|te|ten|t)|geplaatste?)")
# No day of the week is one of the words in it, nor what dag finds.
_WEEKDAY = re.compile(r"(?:maan|dins|woens|donder|vrij|zater|zon)dag(?:en|s|se)?")
# A council is one behind these; verraad, kameraad and voorraad are none.
_COUNCIL = re.compile(
    r"(client|jongeren|jeugd|kinder|ouder|leerling|familie|gemeente|advies|onderneming|medezeggenschap|bewoner|wijk|school"
    r"|dorp|senior|leden|provincie|deelnemer)"
    r"(?:en|s)?ra(?:ad|den)"
)
LINKS = ("", "s", "en", "e", "n")
SHORTEST, LONGEST = 7, 40


@cache
def _commonest() -> frozenset[str]:
    return lists.read("frequent_words")


@cache
def _parts() -> frozenset[str]:
    known = {word for word in lists.common_words() if len(word) >= 4}
    return frozenset((known | SHORT | FIELD) - NO_PART)


@cache
def _tails() -> frozenset[str]:
    """Last parts: common words of four letters, and longer ones of any kind."""
    frequent = _commonest()
    return frozenset(word for word in _parts() if len(word) > 4 or word in frequent or word in SHORT | FIELD)


@lru_cache(maxsize=16384)
def split(word: str) -> tuple[str, ...]:
    """The parts of a folded compound, in order; empty for any other word."""
    if word in COMMON_COMPOUNDS:
        return COMMON_COMPOUNDS[word]
    if _WEEKDAY.fullmatch(word):
        return ()
    if moved := _MOVED.fullmatch(word):
        return (moved[1],)
    if council := _COUNCIL.fullmatch(word):
        return (council[1], "raad")
    if not SHORTEST <= len(word) <= LONGEST or word in _commonest():
        return ()
    if cut := _cut(word):
        head, tail = cut
        inner = split(tail)  # netwerkpleegzorg: netwerk, pleeg, zorg, pleegzorg
        return (*_head(head), *_begun(head, inner), *inner, tail)
    heads = ((word.removesuffix(last), last) for last in ALWAYS_LAST if word.endswith(last))
    return next(((last,) for head, last in heads if len(head) > 2 and head not in _NO_HEAD), ())


def _cut(word: str) -> tuple[str, str] | None:
    """Where the longest last part begins: buurt, huis."""
    for cut in range(3, len(word) - 2):
        head, tail = word[:cut], word[cut:]
        if tail in _tails() and not (tail == "thuis" and f"{head}t" in _parts()) and _head(head):
            return head, tail
    return None


def halves(word: str) -> tuple[str, str] | None:
    """How a compound that no list holds may be written apart: groeps, hond."""
    known = word in lists.common_words() or word in field() or not SHORTEST <= len(word) <= LONGEST
    return None if known else _cut(word)


def _begun(head: str, inner: tuple[str, ...]) -> tuple[str, ...]:
    """jeugdhulpverlener: jeugdhulp. A compound that ends in the middle of the last part."""
    begun = f"{head}{inner[0]}" if inner else ""
    return (begun,) if begun in field() or begun in lists.common_words() else ()


def is_compound(word: str) -> bool:
    """Whether all parts of it are words."""
    return word in COMMON_COMPOUNDS or len(split(word)) > 1


def _head(head: str) -> tuple[str, ...]:
    if head in SHORT_HEADS:
        return (head,)
    for link in LINKS:
        bare = head.removesuffix(link) if link else head
        if len(bare) + len(link) == len(head) and bare in _parts():
            return (*split(bare), bare)  # gezinshuisouder: gezin, huis, gezinshuis, ouder
    for link in ("", "s"):
        bare = head.removesuffix(link) if link else head
        if len(bare) + len(link) == len(head) and len(bare) >= SHORTEST and split(bare):
            return split(bare)
    return ()
