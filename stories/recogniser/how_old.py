"""Ages: a number that somebody *is*, was or becomes. How long something took, or how often, is not an age."""

from __future__ import annotations

import re

from core.digits import NUMBER_WORDS
from stories.recogniser.marks import MarkKind, Span

_IN_WORDS = sorted((word for word, value in NUMBER_WORDS.items() if 2 <= int(value) <= 99), key=len, reverse=True)
_NUMBER = (
    rf"(?:[1-9]\d?(?:[.,]5)?(?![\d.,]\d|\d)|anderhalf|tweeeneenhalf|{'|'.join(_IN_WORDS)})(?:\s+en\s+(?:een\s+)?half)?"
)
_YEARS = r"(?:jaren|jaar|jaartjes|jr\b\.?|j\b)"
_OLD = rf"{_NUMBER}(?:\s?{_YEARS})?"
_NOT_AGE = (
    r"(?:lang\b|geleden|later|bezig|clean|weg\b|onderweg|aan\b|bij\b|in\b|op\b|getrouwd|samen|gescheiden|wacht|zonder|"
    r"gewacht|gewoond|nodig|duren|duurt|geduurd|hulp|heen|over\b|achter|tijd|te\s|gezeten|vast|gebleven|geweest|gewerkt|"
    r"kwijt|opgesloten|wachten|wachttijd|ervaring|verder|na\b|voor\b)"
)
_SELF = r"(?:ben|bent|is|was|waren|zijn|werd|werden|word|wordt|worden|geworden|bn|b)"
# What may stand between 'is' and the number: small words, and a moment ('over drie weken', 'volgende maand').
_SOFT = (
    r"(?:\s+(?:nu|pas|al|bijna|net|toen|zelf|inmiddels|nog|maar|ook|intussen|ondertussen|ongeveer|ruim|amper|alweer|"
    r"eindelijk|precies|straks|morgen|vandaag|gister(?:en)?|gewoon|daar|hier|dan|rond|de|jonger\s+dan|ouder\s+dan|"
    r"ik|hij|ze|zij|die|je|me|mn|zus|dus|echt|eigenlijk|"
    r"over\s+(?:\w+\s+)?(?:dagen|dag|week|weken|maand|maanden|jaar)|(?:volgende?|vorige?|deze|dit|afgelopen|komende)\s+\w+|"
    r"(?:in|sinds|vanaf)\s+(?:januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december|"
    r"de\s+\w+|gister(?:en)?)))"
)
_SOFT_BUT_LONG = _SOFT.replace("|al|", "|")  # 'is al drie jaar' says how long
_GOES_ON = (
    r"(?:en|maar|dus|toen|of|was|ben|is|want|als|oud|jong|geworden|nu|ofzo|ofzoiets|hoor|die|dat|werd|ik|hij|ze|zij|wij|we|uit|"
    r"kwam|kwamen|heb|heeft|had|mocht|moest|zit|zat|woon|woont|met|zeg|mag|ging|wou|wilde|omdat|terwijl|voordat|sinds|"
    r"hoewel|waar|bijna|alweer|inmiddels|xx+|btw|haha\w*|trouwens|geloof|denk|volgens)\b"
)
_AFTER = rf"(?=\s*(?:[.,;:!?()\n\"]|$|-\s)|\s+{_GOES_ON})"
_PERSON = (
    r"(?:meisje|jongen|jongetje|meid|zoon|zoontje|dochter|dochtertje|kind|kindje|kinderen|broer|broertje|zus|zusje|"
    r"kleinzoon|kleindochter|pleegkind|pleegzoon|pleegdochter|jongere|puber|tiener|peuter|kleuter|baby|man|vrouw|nichtje|"
    r"neefje|tweeling|leerling|client|pleegbroertje|pleegzusje|pleegzus|pleegbroer|iemand|moeder|vader|jongens|meiden|"
    r"meisjes|boy|girl|m|v|zonen|zoons|dochters|kleinkind|kleinkinderen|pleegkinderen|stiefzoon|stiefdochter|halfbroer|"
    r"halfzus|halfbroertje|halfzusje|nicht|neef|oma|opa|jongeman|dame|pupil|oudste|jongste|middelste)"
)
_ORDINAL = (
    r"(?:(?:vier|vijf|zes|zeven|negen|tien|elf|twaalf|dertien|veertien|vijftien|zestien|zeventien|achttien|negentien)de"
    r"|derde|achtste|\w{0,12}(?:tig)ste|[1-9]\d?\s?(?:e|de|ste)\b)"
)
_WHOSE = r"(?:mijn|me|mn|m'n|haar|zijn|zn|z'n|hun|d'r|dr|je|jouw|onze|ons)"
_COUNTED = (
    r"(?:keer|maal|plek|groep|school|klas|huis|mentor|gezin|poging|voogd|gezinsvoogd|begeleider|pleeggezin|behandelaar|"
    r"woning|kind|adres|kamer|instelling|week|dag|maand|jaar\b|therapeut|baan|zitting|gesprek|traject|verhuizing|uithuis)"
)
_MONTH = r"januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december"
_WHO = rf"(?:ik|hij|ze|zij|ie|je|jij|die|we|wij|jullie|{_PERSON})"
_FEW_OLD = r"twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf"
_LIST = re.compile(
    rf"\s*(?:,|en|of|/|,\s*en|en\s+(?:mijn|me|mn)?)\s*(?P<a>{_OLD})(?=\s*(?:[.,;)]|$)|\s+(?:en|oud|jaar|zijn|waren)\b)"
)
_AGES = (
    re.compile(rf"\b(?P<all>{_NUMBER}[\s-]?(?:jarige?n?\b|{_YEARS}\s+(?:oude?|jong)\b|y/?o\b))"),
    re.compile(r"\b(?P<a>(?:\d{1,2}|een|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf)\s+(?:maanden|maand|mnd|weken|week|wkn|dagen))\s+(?:oud|jong)\b"),
    re.compile(
        rf"\b(?:hij|zij|ze|ie|baby|kindje|zoontje|dochtertje|broertje|zusje)\s+(?:is|was|werd){_SOFT}{{0,2}}\s+"
        rf"(?P<a>(?:\d{{1,2}}|{_FEW_OLD})\s+(?:maanden|mnd|weken|wkn|dagen)){_AFTER}"
    ),
    re.compile(r"\b(?:baby|kindje|kind|zoontje|zoon|dochtertje|dochter|broertje|zusje|meisje|jongetje)\s+van\s+(?:pas\s+|net\s+|nog\s+geen\s+)?(?P<a>\w+\s+(?:maanden|maand|mnd|weken|week|dagen))\b(?!\s+geleden)"),
    re.compile(rf"\(\s*(?:[mvfj]\s*[,/]?\s*)?(?P<a>{_OLD})(?:\s+oud)?(?P<more>)(?=\s*[,)/]|\s+en\s)"),
    re.compile(rf"\b{_PERSON}\s+van\s+(?:net\s+|bijna\s+|toen\s+|pas\s+|inmiddels\s+|nu\s+)?(?P<a>{_OLD})(?P<more>)(?!\w|\s+(?:maand|weken))"),
    re.compile(rf"\b{_PERSON}\s+(?:was\s+|is\s+)?(?P<a>{_OLD})(?=\s*(?:[.,;)]|$)|\s+(?:en|is|oud)\b)"),
    re.compile(rf"\b{_SELF}{_SOFT_BUT_LONG}{{0,4}}\s+(?P<a>{_NUMBER}\s?{_YEARS})(?P<more>)(?!\s*(?:{_NOT_AGE}))"),
    re.compile(rf"\b{_SELF}{_SOFT}{{0,4}}\s+(?P<a>{_OLD}){_AFTER}(?!\s+(?:en|of)\s+(?:\d|een|nog))"),
    re.compile(rf"\b(?:word|werd|wordt|werden|geworden)\s+(?:ik\s+|hij\s+|ze\s+)?(?P<a>{_NUMBER})(?=\s+(?:in|op|dit|volgend|bij|deze|over)\b)"),
    re.compile(rf"\b(?:toen|als|sinds|totdat|tot|voordat|nadat|dat|vanaf\s+dat|omdat|want|nu|hoewel|terwijl|zodra|wanneer|tegen\s+dat)\s+(?:\w+\s+){{1,3}}?(?P<a>{_OLD})\s+(?:oud\s+)?(?:was|ben|bent|is|werd|word|wordt|waren|zijn)\b"),
    re.compile(rf"\b{_WHO}\s+(?:nu\s+|pas\s+|bijna\s+|net\s+|toen\s+|al\s+|inmiddels\s+)?(?P<a>{_OLD})\s+(?:oud\s+)?(?:was|ben|bent|is|werd|word|wordt)\b"),
    re.compile(rf"\b(?:ik|hij|zij|ze|jij)\s+(?P<a>{_NUMBER})(?=\s*(?:[.,;)]|$)|\s+en\s+(?:ik|hij|zij|ze|mijn|mn|me)\b)"),
    re.compile(rf"(?:\ben|,)\s+(?P<a>{_NUMBER})(?=\s+toen\b)"),
    re.compile(rf"\b(?:op|na|sinds|vanaf|tot|voor|rond|met|tegen|richting|tussen)\s+{_WHOSE}\s+(?P<a>{_ORDINAL})(?!\s+{_COUNTED})(?:\s+en\s+(?:{_WHOSE}\s+)?(?P<b>{_ORDINAL})(?!\s+{_COUNTED}))?"),
    re.compile(rf"\bvan\s+{_WHOSE}\s+(?P<a>{_ORDINAL})(?=\s*[.,;)]|\s+(?:tot|af|verjaardag|levensjaar|en|was|ben|heb)\b|\s*$)"),
    re.compile(rf"\b(?P<a>{_ORDINAL})\s+(?:verjaardag|levensjaar)\b"),
    re.compile(rf"^\W*(?:\w+\s*,\s*)(?P<a>{_OLD})(?=\s*,)", re.MULTILINE),
    re.compile(rf"^\W*(?P<a>{_NUMBER}\s?{_YEARS})(?=\s*(?:[,.]|$)|\s+en\s+(?:ik|al)\b)", re.MULTILINE),
    re.compile(
        rf"[a-z]\)?,\s+(?:nu\s+|toen\s+|pas\s+|inmiddels\s+)?"
        rf"(?P<a>(?:[2-9]|[1-9]\d)(?:\s?{_YEARS})?|{_NUMBER}\s{_YEARS})(?=\s*(?:,|\.(?!\d)|;|\)|$))(?!,\s*\d)",
        re.MULTILINE,
    ),
    re.compile(rf"\b(?:ben|bn|heet|is|naam)\s+\w+\s*,\s*(?P<a>{_OLD})(?=\s*[,.]|\s+(?:en|oud)\b|\s*$)"),
    re.compile(
        rf"\b(?:ben|bn|heet|hier)\s+(?!(?:op|aan|van|vanaf|met|na|om|in|bij|al|over|de|het|een|maar|nog|voor|tot|kamer|groep)\b)"
        rf"[^\W\d_]\w+\s+(?P<a>[1-9]\d(?:\s?{_YEARS})?){_AFTER}"
    ),
    re.compile(rf"\bde\s+(?:een|ander|oudste|jongste|middelste|kleinste|grootste)\s+(?:is\s+|was\s+|van\s+)?(?P<a>{_NUMBER})(?=\s*[.,;)]|\s+en\s)"),
    re.compile(rf"(?:^|[,(;]\s*)(?:nu|toen|inmiddels|intussen|pas)\s+(?P<a>{_OLD})(?=\s*(?:[,.;)]|$))", re.MULTILINE),
    re.compile(rf"\b(?:nu|al|ook|pas)\s+(?P<a>{_NUMBER})(?=\s+te\s+(?:zijn|wezen)\b)"),
    re.compile(
        rf"\b(?:word|wordt|werd|worden)\s+(?:(?:ik|hij|ze|zij)\s+)?(?:op|in|per|eind|begin|half)\s+(?:\d{{1,2}}(?:e|\s|[-/]\d{{1,2}}))?\s?"
        rf"(?:{_MONTH})?(?:\s\d{{4}})?\s+(?P<a>{_OLD}){_AFTER}"
    ),
    re.compile(rf"\b(?:word|wordt|werd|werden)\s+(?P<a>{_NUMBER}\s?{_YEARS})(?=\s+op\s+(?:de\s+dag|die\s+dag|\d|\w+dag))"),
    re.compile(rf"\b(?:uit|van)\s+[^\W\d_]+,?\s+(?P<a>{_NUMBER}\s?{_YEARS})(?=\s*(?:[.,;!)]|$))", re.MULTILINE),
    re.compile(rf"\b(?:leeftijd|age|lft)\s*(?:van|is|was|:|=)?\s*(?P<a>{_OLD})\b"),
    re.compile(r"\b(?P<a>[mv]\s?/?\s?[1-9]\d?)(?![\d.:/-])|\b(?:i'?m|i am|im)\s+(?P<b>[1-9]\d?)(?=\W|$)"),
)  # fmt: skip
# What a number behind a name is when it is nothing that is counted: 'Sven van 12'.
_OF_AN_AGE = re.compile(
    rf"\s+van\s+(?:(?:net|bijna|toen|pas|inmiddels|nu|ruim|amper)\s+)?"
    rf"(?P<a>(?:{_NUMBER}|een)\s+(?:maanden|maand|mnd|weken)(?:\s+oud)?|{_OLD}(?:\s+(?:oud|jong)\b)?)"
    r"(?![\w€%]|[-/:.,]\d|\s*(?:uur|euro|eur|minuten|min|sec\w*|dagen|keer|maal|km|kilo\w*|gram|cm|meter|graden|procent|tot|hoog|achter|"
    rf"havo|vwo|vmbo|mavo|mbo|gym\w*|op\s+\d|geleden|maand|weken|{_MONTH})\b|\s+(?:en|of)\s+een\s+half\b|\s*[€%])"
)
_ENDS = re.compile(_AFTER)
_ANY = re.compile(rf"\d|\b(?:anderhalf|tweeen|derde|{'|'.join(_IN_WORDS)})")  # without one of these nothing above fits
_BEFORE, _BEHIND = 90, 120
# So many children somebody has: 'moeder van drie' is no age, 'vader van 43' is.
_PARENT = re.compile(r"(?:moeder|vader|mama|papa|ouders?|oma|opa|man|vrouw)\s+van\s+\Z")
_FEW = re.compile(r"(?:[1-9]|1[0-2]|een|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf)\Z")
# A number behind one of these words counts rooms, weeks or rules.
_NUMBERED = re.compile(
    r"(?:groep|klas|kamer|unit|afdeling|nummer|nr|plek|lijn|bus|tram|artikel|fase|stap|deel|leerjaar|locatie|team|week|dag|"
    r"\w{0,12}nummer\s(?:is|was)|blok|les|uur|pagina|om|optie|niveau|ronde|schaal|gate|spoor|huis|zaal|lokaal|punt|vraag|dossier|keer|maal)\s+\Z"
)


def find_ages(text: str) -> list[Span]:
    """Ages in digits or words in a folded text, also the others of 'van 4, 9 en 12'."""
    found: list[Span] = []
    for low, high in _around_numbers(text):
        for pattern in _AGES:
            for match in pattern.finditer(text, low, high):
                for name, words in match.groupdict().items():
                    if words and not _counts_something(text, match.start(name), words):
                        found.append(Span(*match.span(name), MarkKind.AGE))
                if "more" in pattern.groupindex:
                    found += _others(text, match.end("a"))
    return found


def is_of_age(text: str, end: int) -> bool:
    """Whether behind a word that ends here stands an age and no more: 'djaelin van 9,', and no 'van 12 kinderen'."""
    match = _OF_AN_AGE.match(text, end)
    return match is not None and _ENDS.match(text, match.end("a")) is not None


def find_ages_of(text: str, names: list[Span]) -> list[Span]:
    """The ages right behind these names: 'Sven van 12', not 'van 12 uur'; also the other of 'Ali en Bo van 4 en 9'."""
    found: list[Span] = []
    for name in names:
        if match := _OF_AN_AGE.match(text, name.end):
            found += [Span(*match.span("a"), MarkKind.AGE), *_others(text, match.end("a"))]
    return found


def _counts_something(text: str, start: int, words: str) -> bool:
    if _NUMBERED.search(text, max(0, start - 24), start):
        return True
    return _FEW.match(words) is not None and _PARENT.search(text, max(0, start - 20), start) is not None


def _around_numbers(text: str) -> list[tuple[int, int]]:
    """The stretches of text around its numbers: no rule looks further, and most of a story has none."""
    stretches: list[tuple[int, int]] = []
    for match in _ANY.finditer(text):
        low, high = max(0, match.start() - _BEFORE), match.end() + _BEHIND
        if stretches and low <= stretches[-1][1]:
            stretches[-1] = (stretches[-1][0], high)
        else:
            stretches.append((low, high))
    return stretches


def _others(text: str, at: int) -> list[Span]:
    """The next ages of a list that began with one."""
    found = []
    while more := _LIST.match(text, at):
        found.append(Span(*more.span("a"), MarkKind.AGE))
        at = more.end("a")
    return found
