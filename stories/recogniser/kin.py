"""Words that stand around names: titles, roles, verbs, the small words of a surname. Folded, as in the text."""

from __future__ import annotations

TITLES = {
    "agent", "wijkagent", "officier", "gezin", "echtpaar", "sergeant", "kinderrechter", "schooldirecteur",
    "directeur", "mevrouw", "mevr", "mw", "mvr", "meneer", "mnr", "menheer", "dhr", "heer", "dokter", "dr", "drs",
    "prof", "professor", "juf", "juffrouw", "meester", "oom", "tante", "ome", "zuster", "broeder", "pater",
    "pastoor", "dominee", "imam", "fam", "familie", "mr", "ing", "ir", "abla", "abi", "amca", "khalti", "rechter",
    "wethouder", "burgemeester", "mrs", "miss", "ds", "mgr", "nicht", "neef", "opa", "oma", "psycholoog", "psychiater",
    "huisarts", "kinderarts", "minister", "staatssecretaris", "gedeputeerde", "raadsheer", "rector",
}  # fmt: skip
# Titles that belong to what gives a person away: 'mevrouw de Vries' is replaced as a whole.
OWN_TITLES = {
    "mevrouw", "mevr", "mw", "mvr", "meneer", "mnr", "menheer", "dhr", "oom", "tante", "ome", "drs", "mr", "mrs",
    "miss", "ds", "mgr", "juf", "juffrouw", "meester", "zuster", "dokter", "dr", "fam", "familie", "abla", "abi", "opa",
    "oma",
}  # fmt: skip
# What somebody in office is about: 'onze wethouder Jeugd'.
PORTFOLIOS = frozenset((
    "jeugd", "jeugdzorg", "jeugdhulp", "zorg", "onderwijs", "welzijn", "wonen", "sport", "cultuur", "financien", "werk",
    "justitie", "veiligheid", "jeugdbeleid", "inkoop", "samenleving", "volwassenen",
))  # fmt: skip
ROLES = {
    "mentor", "mentrix", "begeleider", "begeleidster", "voogd", "gezinsvoogd", "jeugdbeschermer", "jeugdwerker",
    "leraar", "lerares", "docent", "docente", "coach", "gezinscoach", "therapeut", "behandelaar", "consulent",
    "vriend", "vriendin", "vriendje", "vriendinnetje", "broer", "broertje", "zus", "zusje", "zussie", "bro",
    "zoon", "zoontje", "dochter", "dochtertje", "kleinzoon", "kleindochter", "neefje", "nichtje", "moeder",
    "vader", "stiefvader", "stiefmoeder", "pleegvader", "pleegmoeder", "pleegzus", "pleegbroer", "pleegzusje",
    "pleegbroertje", "pleegzoon", "pleegdochter", "pleegkind", "collega", "groepsleider", "groepsleidster",
    "wijkcoach", "maatschappelijk", "werker", "trainer", "buurvrouw", "buurman", "buurjongen", "buurmeisje",
    "pleegmama", "pleegpapa", "stiefzus", "stiefbroer", "halfzus", "halfbroer", "halfzusje", "halfbroertje",
    "advocaat", "pedagoog", "orthopedagoog", "gedragswetenschapper", "vertrouwenspersoon", "jongerenwerker",
    "man", "vrouw", "ex", "kind", "dochters", "zonen", "zoons", "kinderen", "meisje", "jongen", "bestie",
    "hulpverlener", "tolk", "invaller", "nachtwaker", "stagiaire", "stagiair", "oudste", "jongste", "tweeling",
    "jeugdconsulent", "pleegmoeders", "pa", "ma", "mam", "mama", "papa",
    "leerplichtambtenaar", "casemanager", "casusregisseur", "regisseur", "jeugdarts", "schoolarts", "rechercheur",
    "raadsonderzoeker", "gz-psycholoog", "kinderpsycholoog", "kinderpsychiater", "schoolpsycholoog", "concierge",
    "decaan",
    "teamleider", "teamleidster", "logopedist", "logopediste", "fysiotherapeut", "dietist", "verloskundige",
    "gastouder",
    "oppas", "chauffeur", "buurtsportcoach", "griffier", "curator", "mediator", "gedragsdeskundige", "bewindvoerder",
    "praktijkondersteuner", "vrijwilliger", "vrijwilligster", "maatje", "buddy", "klasgenoot", "klasgenote",
    "huisgenoot",
    "groepsgenoot", "groepsgenote", "kamergenoot", "kamergenote", "celgenoot", "teamgenoot", "stiefbroertje",
    "stiefzusje",
    "schoonmoeder", "schoonvader", "schoonzus", "zwager", "peetoom", "peettante", "bonusmoeder", "bonusvader",
    "bonusbroer", "bonuszus", "pleegoma", "pleegopa", "verpleegkundige", "verpleger", "verpleegster", "ib'er", "slb'er",
    "zwemjuf", "gymleraar", "gezinshuisouder", "gezinshuismoeder", "gezinshuisvader", "jongerencoach", "gezinswerker",
    "jobcoach", "ervaringsdeskundige", "sociotherapeut", "beveiliger", "buurtwerker", "opbouwwerker", "straatcoach",
    "kindercoach", "speltherapeut", "jeugdverpleegkundige", "wijkverpleegkundige", "overbuurvrouw", "overbuurman",
}  # fmt: skip
NAMING = {
    "bijgenaamd",
    "bijnaam",
    "roepnaam",
    "naampje",
    "heet",
    "heette",
    "heten",
    "heetten",
    "genaamd",
    "genoemd",
    "naam",
    "called",
    "named",
    "name",
    "hete",
}
SELF = {"ben", "bn", "is", "i'm", "am"}
WITH = {
    "met", "van", "bij", "aan", "voor", "door", "en", "naar", "dankjewel", "bedankt", "lieve", "hoi", "hey",
    "hallo", "dag", "sorry", "zonder", "groetjes", "groeten", "liefs", "samen", "beste",
}  # fmt: skip
INTERFIX = {
    "van", "de", "der", "den", "het", "'t", "t", "ten", "ter", "te", "el", "al", "bin", "ben", "ibn", "ait",
    "ould", "la", "le", "da", "dos", "di", "du", "op", "in", "vd", "v", "d", "abdel", "abu", "von", "tjon",
    "in't", "op't",
}  # fmt: skip
VERBS = {
    "zei", "zegt", "is", "was", "heeft", "had", "kwam", "komt", "gaat", "ging", "mag", "mocht", "wil", "wilde",
    "wou", "kan", "kon", "moet", "moest", "zit", "zat", "deed", "doet", "vroeg", "vraagt", "vond", "vindt",
    "werd", "wordt", "hielp", "helpt", "belde", "belt", "bleef", "blijft", "liet", "laat", "luisterde", "woont",
    "woonde", "snapte", "snapt", "gaf", "geeft", "en", "van", "heet", "uit", "zelf", "stond", "staat", "nam",
    "schreef", "legde", "ook", "hier", "wist", "weet", "dacht", "huilde",
}  # fmt: skip
PARENTS = {"mama", "papa", "mams", "paps", "mamma", "pappa", "mam", "pap"}
OWNERS = {
    "mijn", "me", "mn", "m'n", "een", "de", "haar", "zijn", "hun", "zn", "z'n", "je", "jouw", "ons", "onze",
    "geen", "als", "d'r",
}  # fmt: skip
POSSESSIVES = OWNERS - {"een", "de", "geen", "als"}

# What only people (and the weather) do: behind a word that may be a name, these settle it.
ACTS = {
    "zei", "zegt", "zeg", "mocht", "mag", "wilde", "wou", "vroeg", "vraagt", "kwam", "komt", "ging", "gaat",
    "belde", "belt", "appte", "appt", "hielp", "helpt", "luisterde", "luistert", "huilde", "huilt", "snapte",
    "snapt", "woont", "woonde", "vond", "vindt", "vind", "dacht", "denkt", "wist", "weet", "gaf", "geeft",
    "bracht", "brengt", "heet", "kookte", "kookt", "lachte", "lacht", "schreef", "schrijft", "zat", "zit", "keek",
    "kijkt", "bleef", "blijft", "stuurde", "stuurt", "mist", "miste", "moest", "moet", "kreeg", "krijgt",
    "leerde", "leert", "vertelde", "vertelt", "beloofde", "belooft", "had", "heeft", "vertrok", "vertrekt", "nam",
    "neemt", "werkt", "werkte", "speelt", "speelde", "slaapt", "sliep", "durfde", "durft", "bleek", "hoorde",
    "hoort", "legde", "legt", "deed", "doet", "liep", "loopt", "kent", "kende", "zou", "verhuisde", "begon",
    "begint", "schreeuwde", "schreeuwt", "praat", "praatte", "regelde", "regelt",
}  # fmt: skip
# Before somebody's name, without an article between.
TO_SOMEBODY = {
    "met", "zonder", "door", "mis", "mist", "miste", "misten", "ken", "kende", "kennen", "bedankt", "dankjewel",
    "dank", "vertrouw", "vertrouwde", "ene", "zekere", "namens", "volgens", "tegen", "behalve", "aan", "bij",
    "voor", "van", "en", "dat", "omdat", "want", "toen", "zei", "zegt", "vroeg", "vraagt", "sinds", "hielp", "belde",
    "appte", "mailde", "vertelde", "beloofde",
}  # fmt: skip
GREETINGS = {
    "hoi", "hey", "hee", "heey", "hallo", "dag", "yo", "lieve", "beste", "groetjes", "groeten", "groet", "gr",
    "grtjs", "liefs", "sorry", "dankjewel", "bedankt", "thanks", "thx", "doei", "joe", "ha", "salam", "selam",
    "mvg",
}  # fmt: skip
# First names that are so often another word that only a capital inside a sentence or a role can tell.
NEVER_LOW = {
    "ab", "ed", "ko", "an", "ap", "al", "allen", "ale", "alle", "adem", "ama", "ami", "amen", "angel", "ante",
    "april", "baba", "baptist", "ben", "beren", "bergen", "beste", "brandy", "clemente", "constant", "corona",
    "dan", "den", "divan", "edit", "el", "elke", "erin", "gala", "gok", "grit", "gul", "harde", "heide", "holm",
    "hoop", "hope", "horst", "hortensia", "imam", "ion", "jihad", "job", "jun", "kader", "ken", "kent", "kick",
    "klare", "knut", "koker", "krijn", "leen", "les", "lieve", "lieven", "lies", "mar", "mare", "mate", "maxi",
    "maxima", "mazen", "mei", "me", "mits", "nacho", "nada", "nazi", "over", "pal", "parker", "pastor", "peer",
    "peren", "pier", "pol", "ramadan", "reiner", "rink", "rio", "roman", "rune", "rui", "salami", "sante", "sep",
    "server", "sherry", "skip", "sol", "spencer", "star", "sultan", "tan", "tea", "tere", "tinne", "ton", "toy",
    "tule", "urban", "viola", "wei", "wil", "zo", "zomer", "lente", "gust", "beau", "barak", "dino", "amor",
    "aura", "steven", "warren", "lander", "hunter", "lover", "loan", "engel",
}  # fmt: skip
# Parts of a house of care, behind 'van de': 'wil van de groep'.
_STAFF = {
    "groep", "leefgroep", "nachtdienst", "dagdienst", "avonddienst", "leiding", "gemeente", "school", "pleegzorg",
    "jeugdzorg", "jeugdbescherming", "opvang", "crisis", "crisisopvang", "wijkteam", "buurtteam", "raad",
    "overkant", "buurt", "ggz", "kliniek", "dagbesteding", "keuken", "balie", "receptie", "klas", "instelling",
    "ambulante", "nazorg", "reclassering", "administratie", "beveiliging", "schoonmaak", "afdeling", "unit",
}  # fmt: skip
MONTHS = frozenset((
    "jan", "feb", "febr", "mrt", "maart", "apr", "april", "mei", "jun", "juni", "jul", "juli", "aug", "augustus", "sep",
    "sept", "september", "okt", "oktober", "nov", "november", "dec", "december", "januari", "februari",
))  # fmt: skip
BEFORE_A_MONTH = frozenset(("in", "en", "tot", "tussen", "sinds", "vanaf", "eind", "begin", "half", "of", "t/m", "van"))
ANIMALS = frozenset((
    "kat", "poes", "kater", "kitten", "hond", "puppy", "paard", "pony", "konijn", "hamster", "cavia", "vogel",
    "parkiet", "rat", "vis", "geit", "schildpad", "hondje", "katje", "hondjes", "paardje", "ezel", "dier", "huisdier",
))  # fmt: skip
JOINING = frozenset(("dat", "omdat", "toen", "als", "want", "nadat", "voordat"))
THEN = frozenset(("toen", "dan", "daar", "opeens", "ineens", "nu", "dat", "mij", "me", "daarna", "hier"))
# Nouns that nobody knows end so, and hardly any name does: 'laxeerpillen', 'sporttasje'.
VERB_ENDS = ("de", "te", "den", "ten", "eerd")
NOUN_ENDS = ("en", "je", "jes", "ing", "heid", "ers", "app", "tas", "hok")
SOMEBODY = frozenset(("mij", "me", "haar", "hem", "ons", "jou", "hen", "hun"))
STAFF = frozenset(_STAFF)
CALLED = frozenset(("noemen", "noemde", "noemden", "noemt", "genoemd", "noem"))
NAMES_SOMEBODY = frozenset(("noem", "noemt", "noemde", "noemden", "noemen", "roept", "riep"))
