"""From a word to its base form: wachtte, gewacht, wacht: wachten; kinderen, kindje: kind; weggelopen: weglopen.

A rule may guess: what it makes counts only when the word list holds it. A word can have more than one base.
"""

from functools import cache, lru_cache

from stories.dutch.compounds import split
from stories.dutch.verbs import FIXED, LOOSE, STRONG, words_of
from stories.recogniser import lists

_VOWELS = "aeiou"
_HARD = {"z": "s", "v": "f"}
_SOFT = {"s": "z", "f": "v"}
_ENDINGS = {"t": "tkfschpx", "d": "abdefgijlmnorsuvwyz"}

# Plurals that no rule makes, and nouns with the verb that they belong to; the first is the base.
IRREGULAR = """
kind kinder kinderen kids kindje kindjes
stad steden
lid leden
dag dagen
weg wegen
slag slagen
gat gaten gaatje gaatjes
glas glazen
bad baden
spel spelen spellen
ei eieren eitje eitjes
oog ogen oogje oogjes
uur uren uurtje uurtjes
been benen beentje beentjes
oma omas omaatje
opa opas opaatje
baby babys babies babytje babytjes
coach coaches coachen coacht coachte gecoacht
gevoel gevoelens
grof grove grover
lied liederen
blad bladeren
kalf kalveren
lam lammeren
rund runderen
volk volkeren
kleed kleren
slot sloten
pad paden
graf graven
vat vaten
hol holen
lot loten
gebed gebeden
gebod geboden
verdrag verdragen
smid smeden
schip schepen scheepje scheepjes
bed bedden
god goden
oorlog oorlogen
verlof verloven
hof hoven
mogelijkheid mogelijkheden
goed beter best
oud oudere oudst oudste
koe koeien
vlo vlooien
museum musea
crisis crises
basis bases
politicus politici
psycholoog psychologen
pedagoog pedagogen
jongen jongetje jongetjes
geweldig geweldige geweldigs
kust kusten
kast kasten
rusten rust
haasten haast
gebeuren gebeurd gebeurde gebeurden gebeurt
geloven geloofd geloofde geloofden gelooft geloof
gebruiken gebruikt gebruikte gebruikten
openen opent opende openden geopend
"""

# They look like a form of a verb (gezond: zonnen; aandacht: denken), and are none.
NO_FORM = frozenset(
    words_of("""
    aandacht afval bijbel indruk inhoud toestel omvang indien gezond gebied geduld geluid geslacht geschikt genaamd
    pleeg last liefde zonde best kant markt kerst gast gasten buurt maart ziekte midden noorden
""")
)

# They end as a comparative or a superlative, and are none.
NO_MORE = frozenset(
    words_of("""
    ouder moeder meester rechter later eerder verder laatst laatste wonder minder koster lekker lekkere
    dienst gedanst jongere echter bestuurder zonder vroeger
    """)
)

# So common that joining their forms finds nothing, or so often another word.
STAYS = frozenset(
    words_of("""
    aan af al als altijd ander andere anders bij beide ben bent bijna binnen boven buiten daar dan dat de deed
    deden den der deze die dit doe doen doet door dus een eens en er even ga gaan gaat ge geen ging gingen gedaan
    gehad geweest had hadden heb hebben hebt heeft heel hele hem hen het hier hij hoe hun iedereen iemand ik in is
    ja je jij jou jouw jullie kan kon konden kunnen laat laten liet maar me meer meest men met mij mijn moest moet
    moeten mogen mag na naar nee net niet niets nog nooit nu of om omdat onder ons onze ook op over pas per samen
    te tegen terug toch toen tot u uit uw van vast veel vol voor waar waren was wat we wel werd werden weer wie
    wij wil wilde willen word worden wordt worden zal ze zei zeiden zelf zich zij zijn zo zoals zonder zou zouden
    zulke haar been zullen
""")
)


@cache
def _irregular() -> dict[str, tuple[str, ...]]:
    table: dict[str, tuple[str, ...]] = {}
    for line in IRREGULAR.split("\n"):
        for word in line.split()[1:]:
            table[word] = (*table.get(word, ()), line.split()[0])
    for line in STRONG.split("\n"):
        base, *forms = line.split() or [""]
        long = [form for form in forms if len(form) > 3]
        many = [f"{form}en" for form in long if form[-1] not in "en"]
        many += [f"{form}{form[-1]}en" for form in long if form[-2] == "o" and form[-3] != "o"]  # zwom: zwommen
        for form in (*forms, *many):
            table[form] = (*table.get(form, ()), base)
    return table


@lru_cache(maxsize=16384)
def bases(word: str) -> tuple[str, ...]:
    """The base forms of a folded word, other than itself, sorted; empty for words too common to look for."""
    if (len(word) < 3 and word not in _irregular()) or len(word) > 40 or word in STAYS | NO_FORM:
        return ()
    return tuple(sorted(_one(word) - {word} - STAYS))


@lru_cache(maxsize=4096)
def singulars(word: str) -> tuple[str, ...]:
    """Of what a plural may be the plural: gezinnen: gezin; huizen: huis; pleegkinderen: pleegkind.

    For queries only: the Dutch stemmer leaves nn and z, and takes most other plurals back by itself.
    """
    if len(word) < 5 or word in STAYS:
        return ()
    parts = split(word)
    if parts and len(parts[-1]) > 3:
        before = word[: -len(parts[-1])]
        known = {before + one for one in (*_singular(parts[-1]), *_irregular().get(parts[-1], ()))}
        return tuple(sorted(known - {word}))
    return tuple(sorted(_singular(word)))


def plurals(word: str) -> set[str]:
    """pil: pillen; dief: dieven. Only what the Dutch stemmer does not take back by itself."""
    if len(word) < 3 or word[-1] not in "bfglmnprs" or word[-2] not in _VOWELS:
        return set()
    soft = f"{word[:-1]}{_SOFT[word[-1]]}en" if word[-1] in _SOFT else ""
    return {soft if word[-3] in _VOWELS else f"{word}{word[-1]}en"} & lists.common_words()


def _singular(word: str) -> set[str]:
    if word == "jongeren":
        return set()  # of jongere, which the stemmer knows; who is jonger or the jongste is something else
    if word.endswith(("as", "es", "os")) and word[:-1] in lists.common_words():
        return {word[:-1]}  # diagnoses
    stem = word[:-2]
    if not word.endswith("en") or len(word) < 5 or (word in _strong() and stem[-1] != stem[-2]):
        return set()
    last = _HARD.get(stem[-1], stem[-1])
    made = {stem[:-1] + last}
    if stem[-1] == stem[-2]:
        made.add(stem[:-1])
    elif stem[-2] in _VOWELS and stem[-3] not in _VOWELS:
        long = f"{stem[:-2]}{stem[-2]}{stem[-2]}{last}"
        # Of one syllable it is the long one only (kopen: koop, not kop); dagen and wegen stand in the table.
        made = {long} if not set(stem[:-2]) & set(_VOWELS) else made | {long}
    return {one for one in made if one in lists.common_words() and len(one) > 2}


def _one(word: str) -> set[str]:
    known = lists.common_words()
    table = _irregular()
    if word in table:
        return set(table[word])
    found = _with_prefix(word, table)
    if found:
        return found
    found = {base for base in _small(word) if base in known}
    for stem in _stems(word):
        made = {base for base in _infinitives(stem) if base in known and not (base[:2] == "ge" and base in table)}
        if stem != word and word in lists.frequent_words():  # huis: huizen; but buurt is no form of buren
            made = set(filter(is_verb, made))
        found.update(made)
    found.update(base for base in _participle(word) if base in known)
    if word.endswith("heden"):
        found.add(f"{word[:-5]}heid")
    if len(word) > 4 and word[-1] == "s" and word[-2] in "aiuyn" and word not in lists.frequent_words():
        found.update({word[:-1]} & known)  # dekens, taxis: the stemmer leaves that s
    if word.endswith("e") and len(word) > 3:
        found.update(base for base in _adjective(word) if base in known)
    return found | _compared(word) | _of_a_long_verb(word, bool(found))


def _compared(word: str) -> set[str]:
    """kleiner, kleinste: klein; veiliger: veilig; zwaarder: zwaar."""
    known = lists.common_words()
    found: set[str] = set()
    for end in ("er", "ere", "st", "ste"):
        whole = f"{word.removesuffix(end)}e"
        if len(whole) > 3 + (end[0] == "s") and word.endswith(end) and whole in known and word not in NO_MORE:
            found.update(base for base in _adjective(whole) if base in known)
            if whole.endswith(("ige", "lijke")):
                found.add(whole[:-1])
    for end in ("st", "ste", "der", "dere"):  # grootst, zwaarder: the base as it is
        base = word.removesuffix(end)
        if base != word and (end[0] == "s" or base[-1:] == "r") and word not in NO_MORE and _inflected(base) in known:
            found.update({base} & known)
    return found


def _inflected(word: str) -> str:
    """groot: grote; lief: lieve. Empty for what only takes an e."""
    if len(word) < 4 or word[-1] in _VOWELS or word[-2] not in _VOWELS or word[-3] not in _VOWELS:
        return ""
    last = _SOFT.get(word[-1], word[-1])
    return f"{word[:-2]}{last}e" if word[-2] == word[-3] else f"{word[:-1]}{last}e"


def _of_a_long_verb(word: str, listed: bool) -> set[str]:
    """huilend, huilende: huilen; and of verbs that no list holds gestigmatiseerd, stigmatiseert: stigmatiseren."""
    present = word.removesuffix("e").removesuffix("d")
    if present.endswith("en") and present != word and present in lists.common_words():
        return set() if word in lists.frequent_words() else {present}
    if listed or len(word) < 8 or not word.endswith(("eerd", "eert", "eerde", "eerden")):
        return set()
    return {f"{word[: word.rindex('eer')].removeprefix('ge')}eren"}


def _with_prefix(word: str, table: dict[str, tuple[str, ...]]) -> set[str]:
    """weggelopen, wegliep: weglopen; besloot, besloten: besluiten."""
    known = lists.common_words()
    found: set[str] = set()
    for prefix in (*LOOSE, *FIXED):
        rest = word.removeprefix(prefix)
        if rest == word or len(rest) < 3:
            continue
        candidates = set(table.get(rest, ())) | set(table.get(f"ge{rest}", ()) if prefix in FIXED else ())
        if prefix in LOOSE and rest.startswith("te") and rest[2:] in known:
            candidates.add(rest[2:])  # weg te lopen, written as one word
        if prefix in LOOSE and rest.startswith("ge"):
            candidates.update(_participle(rest))
        if prefix in LOOSE and rest.startswith(("ge", *FIXED)):
            candidates.update(bases(rest))  # doorverwezen
            found.update(prefix + base for base in candidates if is_verb(base))
        found.update(prefix + base for base in candidates if prefix + base in known)
    return found


def _stems(word: str) -> set[str]:
    """What may be left of a weak verb: woont, woonde, woonden: woon. And the word itself: school, woon."""
    found = {word}
    for end in ("tten", "dden", "tte", "dde"):
        if word.endswith(end):
            found.add(word[: 1 - len(end)])  # wachtte: wacht
    for end in ("ten", "den", "te", "de", "t"):
        stem = word.removesuffix(end)
        if end == "den" and not word.startswith(FIXED) and word[:-2] in lists.frequent_words():
            continue  # paarden is the plural of paard, and no form of paren
        # After a voiceless sound comes -te, after any other -de: planten is no form of plannen.
        if stem != word and len(stem) >= 3 and (end == "t" or stem[-1] in _ENDINGS[end[0]]):
            found.add(stem)
    return found


def _infinitives(stem: str) -> set[str]:
    """woon: wonen; zeg: zeggen; leef: leven; huis: huizen; wacht: wachten."""
    if len(stem) < 3 or stem[-1] in _VOWELS:
        return {f"{stem}en"} if stem.endswith(("ie", "ai", "oi", "ei", "ui")) else set()
    last = stem[-1]
    soft = _SOFT.get(last, last)
    if stem[-2] in _VOWELS and stem[-3] == stem[-2]:
        return {f"{stem[:-2]}{last}en", f"{stem[:-2]}{soft}en"}
    if stem[-2] in _VOWELS and stem[-3] not in _VOWELS and last != "w":  # blow: blowen
        return {f"{stem}{last}en", f"{stem}en"} if len(stem) > 4 else {f"{stem}{last}en"}
    return {f"{stem}en", f"{stem[:-1]}{soft}en"}


def _participle(word: str) -> set[str]:
    """gewacht: wachten; geplaatst: plaatsen; verhuisd: verhuizen."""
    if len(word) < 5 or word[-1] not in "td":
        return set()
    if not word.startswith("ge"):
        return _infinitives(word[:-1]) if word.startswith(("be", "her", "ont", "ver", "over", "onder")) else set()
    return _infinitives(word[2:]) | _infinitives(word[2:-1])


# They end as a person who does it, and are none.
NO_DOER = frozenset(
    words_of("""
    letter rechter koster beter later jonger wilder wester planner boodschapper lichter wonder kamer bakker kapper
    gevaar lekker beker meter leger achter eerder harder sterker liever dichter leraar zoeker gever nemer waarder houder
""")
)


@lru_cache(maxsize=16384)
def deeds(word: str) -> tuple[str, ...]:
    """What somebody does: onderzoekers: onderzoeken; stotteraar: stotteren.

    Not of behandelaar: the stemmer makes behandeling of behandelen too, and who asks for that asks for no person.
    """
    one = word.removesuffix("s")
    end = next((end for end in ("ster", "aar", "er") if one.endswith(end)), "")
    stem = one.removesuffix(end)
    if not end or len(stem) < 3 or one in NO_DOER or f"{stem}ing" in lists.frequent_words():
        return ()
    if stem.endswith(("el", "er")) and end == "aar":
        return (f"{stem}en",)
    made = _infinitives(stem) if end == "ster" else {f"{stem}en"}
    return tuple(sorted(verb for verb in made - _irregular().keys() if is_verb(verb)))


def is_verb(word: str) -> bool:
    """Whether the list holds a word and its participle, or it has none with ge-."""
    known = lists.common_words()
    if word not in known or len(word) < 5:
        return word in _strong()
    if word.startswith(("be", "her", "ont", "ver", "over", "onder", "mis")):
        return True
    stem = word[:-2]
    short = stem[:-1] if stem[-1] == stem[-2] else stem
    ends = {short, f"{short[:-1]}{short[-2:]}"}
    ends |= {f"{one[:-1]}{_HARD[one[-1]]}" for one in ends if one[-1] in _HARD}
    return (
        any(f"ge{one}{last}" in known for one in ends for last in "td")
        or any(f"ge{one}" in known for one in ends if one[-1] in "td")
        or word in _strong()
    )


@cache
def _strong() -> frozenset[str]:
    return frozenset(line.split()[0] for line in STRONG.split("\n") if line)


def _small(word: str) -> set[str]:
    """huisje: huis; kamertje: kamer; vriendinnetje: vriendin; probleempje: probleem; glaasje: glas."""
    word = word.removesuffix("s")
    if not word.endswith("je") or len(word) < 5:
        return set()
    stem = word[:-2]
    found = {stem}
    if stem[-1] in "tpk" and not (stem in lists.frequent_words() and stem[:-1] not in lists.frequent_words()):
        found.add(stem[:-1])  # but kaartje is no small kaar
    if stem.endswith("aalt"):
        found.add(stem[:-1])
    if stem.endswith("et") and len(stem) > 4:
        found.add(stem[:-3] if stem[-3] == stem[-4] else stem[:-2])  # bloemetje
    if stem not in lists.common_words() and stem[-2] in _VOWELS and stem[-3:-2] == stem[-2]:
        found.add(stem[:-2] + stem[-1])  # glaasje
    if stem[-2:] in ("at", "ot", "ut") or stem[-1] in "aou":
        found.add(stem[:-2] if stem[-1] == "t" and stem[-2] == stem[-3] else stem)
    return found


def _adjective(word: str) -> set[str]:
    """boze: boos; lieve: lief; grote: groot; dikke: dik."""
    stem = word[:-1]
    last = _HARD.get(stem[-1], stem[-1])
    if stem[-1] in _VOWELS or stem[-2:] == "ij":
        return {stem} if stem.endswith(("ij", "oi", "ai")) else set()
    if stem[-1] == stem[-2]:
        return {stem[:-1]}
    if stem[-2] in _VOWELS and stem[-3] not in _VOWELS:
        return {f"{stem[:-2]}{stem[-2]}{stem[-2]}{last}"}
    return {f"{stem[:-1]}{last}"}
