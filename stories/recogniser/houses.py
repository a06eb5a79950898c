"""Words that names of schools, care homes and clubs are made of; folded, as in the text."""

from __future__ import annotations

import re

from stories.recogniser import lists

# Heads that are followed by a name even when that is an everyday word without a capital.
STRONG_HEADS = {
    "rsg", "csg", "osg", "sg", "isw", "huize", "praktijkschool", "sc", "rkvv", "rksv", "asv", "avv", "hv",
    "korfbalclub", "basisschool", "obs", "cbs", "rkbs", "pcbs", "pcb", "kbs", "ibs", "sbo", "vso", "roc", "jji",
    "gezinshuis", "zorgboerderij", "woongroep", "kinderdagverblijf", "kdv", "manege", "daltonschool",
    "montessorischool", "jenaplanschool", "vrijeschool", "stichting", "gezinsgroep", "peuterspeelzaal",
    "scholengemeenschap", "leefgroep", "behandelgroep", "crisisgroep", "logeerhuis", "gastouderbureau",
    "voetbalclub", "zorgboerderei", "zorginstelling", "aoc", "mbo-college",
}  # fmt: skip
# Heads that need a capital, a place or an unknown word behind them.
WEAK_HEADS = {
    "school", "so", "bs", "groep", "wijkteam", "buurtteam", "gebiedsteam", "jeugdteam", "kernteam",
    "jeugdbescherming", "jeugdzorg", "jeugdhulp", "jeugdzorgplus", "jeugdreclassering", "ggz", "ggd", "cjg",
    "azc", "bso", "opvang", "kliniek", "ziekenhuis", "huisartsenpraktijk", "praktijk", "college", "lyceum",
    "gymnasium", "mavo", "instelling", "organisatie", "jeugdinrichting", "jeugdgevangenis", "gevangenis",
    "internaat", "tehuis", "kinderhuis", "jeugddorp", "jeugdkliniek", "locatie", "afdeling", "moskee", "kerk",
    "camping", "snackbar", "restaurant", "sportclub", "vv", "sv", "fc", "hogeschool", "universiteit",
    "kinderopvang", "huis", "villa", "boerderij", "bedrijf", "aanbieder", "zorgaanbieder", "pleegzorg",
    "safegroup", "dagbesteding", "speciaal", "expertisecentrum", "jongerencentrum", "buurthuis", "vakcollege",
    "regiecentrum", "team", "unit", "revalidatiecentrum", "kamertrainingscentrum", "ktc", "dagcentrum", "medisch",
    "zorggroep", "consultatiebureau", "kindcentrum", "ikc", "mfc", "mkd", "toneelschool", "dansschool", "zwembad",
    "sporthal", "synagoge", "tempel", "parochie", "scouting", "club", "vereniging", "flat", "asielzoekerscentrum",
    "noodopvang", "maatschappij", "kantoor", "advocatenkantoor", "apotheek", "winkel", "bakkerij", "cafe",
    "pi", "fpk", "fpa", "fpc", "odc", "kdc", "detentiecentrum", "cafetaria", "garage", "kapsalon", "supermarkt",
    "pizzeria", "kwekerij", "fysiotherapie",
}  # fmt: skip
# Of the weak heads, those that nobody puts an article and a noun behind but for a name: 'zwembad de waterlelie'.
NAMED_WITH_ARTICLE = {
    "buurthuis", "camping", "cafe", "cafetaria", "consultatiebureau", "dagcentrum", "dansschool", "hogeschool", "ikc",
    "internaat", "jeugddorp", "jongerencentrum", "kindcentrum", "kinderopvang", "moskee", "mfc", "parochie", "bso",
    "pizzeria", "restaurant", "scouting", "snackbar", "sporthal", "huisartsenpraktijk", "toneelschool", "zwembad",
    "gezondheidscentrum", "jeugdhonk", "jongerenhonk", "speeltuin", "judoclub", "sportschool", "dierenkliniek",
}  # fmt: skip
# Words of offices end so, whatever capitals an office writes: 'de Jeugdbeschermingstafel', 'in Jeugdhulpregio'.
OFFICE_ENDS = (
    "tafel", "regio", "hulp", "zorg", "raad", "wet", "beleid", "plan", "aanpak", "dienst", "commissie", "rechter",
    "beschermer", "bescherming", "bieder", "aanbieder", "werker", "werk", "coach", "voogd", "ouder", "ouders", "teams",
    "verlener", "verleners", "reclassering", "plaatsing", "besluit", "kunde", "kundige", "kamer", "budget", "regisseur",
    "gesprek", "overleg", "onderzoek", "verslag", "rapport", "plicht", "ambtenaar", "inspectie", "autoriteit",
    "akkoord", "lijst", "recht", "rechten", "visie", "agenda", "hervorming", "wetgeving", "onderwijs", "medewerker",
    "consulent", "zitting", "machtiging", "norm", "kader", "keten", "netwerk", "domein", "minister", "ministerie",
    "kind", "kinderen", "jongere", "jongeren", "telefoon", "media", "spel", "feest", "dag", "vakantie", "boek",
    "programma", "methode",
)  # fmt: skip
# A school by a word of every day is meant when one of these stands near: 'de juf op de korenbloem'.
NEAR_SCHOOL = frozenset((
    "school", "schooltje", "basisschool", "klas", "klasgenoot", "klasgenoten", "juf", "juffen", "meester", "leerling",
    "leerlingen", "les", "lessen", "zat", "zit", "zitten", "zaten", "gezeten", "schoolplein", "leraar", "lerares",
    "leerkracht", "leerkrachten", "docent", "directeur", "ib'er", "overblijf", "onderwijs", "gepest", "groep",
))  # fmt: skip
# A word that ends in one of these is a head as well: 'praktijkschool De Wissel', 'buurtteam Lombok'.
HEAD_ENDS = (
    "school", "schooltje", "college", "team", "huis", "groep", "kliniek", "boerderij", "opvang", "centrum",
    "praktijk", "kerk", "moskee", "club", "vereniging", "stichting", "instelling", "internaat", "inrichting",
    "kantoor", "winkel", "zorg", "bedrijf", "slagerij", "bakkerij", "garage",
)  # fmt: skip
SCHOOL_ENDS = ("school", "college", "lyceum", "gymnasium", "mavo", "havo")
# Kinds of schools in more than one word: as strong a head as 'basisschool' is.
SCHOOLS = frozenset(
    f"{kind} {school}"
    for kind in (
        "vrije",
        "openbare",
        "christelijke",
        "katholieke",
        "islamitische",
        "protestantse",
        "reformatorische",
        "speciale",
        "bijzondere",
        "montessori",
        "dalton",
        "jenaplan",
        "freinet",
        "kleine",
        "protestants christelijke",
        "hindoe",
        "rooms katholieke",
        "interconfessionele",
        "algemeen bijzondere",
        "speciaal",
        "samenwerkings",
    )
    for school in ("school", "basisschool", "scholengemeenschap", "middelbare school", "lagere school")
) | {
    "school voor speciaal onderwijs",
    "school voor praktijkonderwijs",
    "speciaal basisonderwijs",
    "voortgezet speciaal onderwijs",
}
HEAD_PHRASES = lists.phrases(
    frozenset(
        {
            "veilig thuis", "bureau jeugdzorg", "jeugdzorg plus", "sociaal team", "sociaal wijkteam",
            "centrum voor jeugd en gezin", "raad voor de kinderbescherming", "team jeugd",
            "centrum jeugd en gezin", "de groep", "samen veilig", "passend onderwijs", *SCHOOLS,
        }
    )
)  # fmt: skip
# What small firms of care are called by, and what somebody gets as well: 'Kompas Bewind', 'gaf Bram begeleiding'.
WEAK_TAILS = frozenset((
    "bewind", "bewindvoering", "advocaten", "coaching", "begeleiding", "therapie", "speltherapie", "thuiszorg",
    "dagbesteding", "ambulant", "welzijn",
))  # fmt: skip
TAILS = {
    "kerk", "moskee", "synagoge", "buurthuis", "sporthal", "kapel", "college", "lyceum", "gymnasium", "kliniek",
    "groep", "stichting", "school", "ziekenhuis", "scholengemeenschap", "hoeve", "huis", "praktijk", "jeugdzorg",
    "jeugdhulp", "zorggroep", "zorg", "academie", "basisschool", "vmbo", "mavo", "kinderziekenhuis", "instituut",
    "centrum", "clinics", "kinderopvang", "wijkteam", *WEAK_TAILS,
}  # fmt: skip
LOW_TAILS = {
    "college", "lyceum", "gymnasium", "kliniek", "scholengemeenschap", "stichting", "ziekenhuis", "groep",
    "hoeve",
}  # fmt: skip
GLUED_TAIL = re.compile(
    r".{3,}(?:college|lyceum|gymnasium|kliniek|stichting|groep|school|ziekenhuis|hoeve|zorg|huis|hof|kerk|moskee|kapel)$"
)
ARTICLES = {"de", "het", "'t", "t", "den", "d"}
LINKS = {"van", "voor", "en", "de", "der", "den", "het", "op", "te", "aan", "sint", "st"}
AT = {"bij", "naar", "van", "door", "in", "via", "uit", "vanuit", "op", "voor", "met"}
MINE = {"een", "mijn", "het", "zijn", "haar", "je", "jouw", "mn", "me", "dat", "dit", "geen", "hun", "ons", "onze"}
# 'Hulp van horizon', 'op een groep van parnassia'.
HELP_OF = {
    "hulp", "begeleiding", "behandeling", "brief", "rapport", "verslag", "medewerkers", "medewerkster", "afspraak",
    "mail", "hulpverlening", "wachtlijst", "locatie", "team", "therapeut", "behandelaars", "begeleiders", "groep",
    "leefgroep", "woongroep", "gezinshuis",
}  # fmt: skip
WORK = (
    "werk",
    "gewerkt",
    "stage",
    "bijbaan",
    "baantje",
    "vakken",
    "kassa",
    "filiaal",
    "caissiere",
    "solliciteer",
    "solliciteren",
)


# A house by a word of every day is meant: it is called so or said to be one, somebody works there, one is placed there.
IS_A_HOUSE = frozenset((
    "groep", "leefgroep", "behandelgroep", "woongroep", "instelling", "gezinshuis", "kliniek", "school", "opvang",
    "internaat", "locatie", "woonvorm", "logeerhuis", "zorgboerderij", "tehuis", "inrichting", "dagbesteding",
    "crisisopvang", "basisschool", "kinderdagverblijf", "organisatie", "stichting", "unit", "afdeling", "huis",
))  # fmt: skip
WORK_THERE = frozenset((
    "begeleiders", "begeleider", "begeleidster", "begeleiding", "leiding", "groepsleiding", "groepsleider",
    "behandelaar",
    "behandelaars", "medewerkers", "medewerker", "gedragswetenschapper", "wachtlijst", "huisregels", "directeur",
    "mentor", "mentoren", "groepsleidster", "nachtdienst", "therapeut", "psycholoog",
))  # fmt: skip
OF_A_HOUSE = frozenset(("vrouw", "man", "mevrouw", "meneer", "dame", "iemand", "mensen", "kok", "kokkin", "bus"))
SPEAKS = frozenset(("zei", "zegt", "zeiden", "zeggen", "vindt", "besloot", "belde", "schreef", "mailde"))
PLACED = frozenset((
    "geplaatst", "opgenomen", "overgeplaatst", "doorgeplaatst", "teruggeplaatst", "aangemeld", "behandeld",
    "uithuisgeplaatst",
))  # fmt: skip
CARE = frozenset((
    "opname", "plaatsing", "behandeling", "dagbesteding", "intake", "crisisplek", "overplaatsing", "aanmelding",
))  # fmt: skip
# What people in offices write with a capital and everybody has.
GENERIC = {
    "rechtbank", "kinderrechter", "gezinsvoogd", "voogd", "gemeente", "inspectie", "minister", "ministerie",
    "grondwet", "jeugdwet", "wet", "officier", "koning", "staat", "rijksoverheid", "raad", "kamer", "mentor",
    "coach", "wijkteam", "hoge", "europese", "tweede", "eerste", "nationale", "kinderombudsman", "ombudsman",
    "jeugdbeschermer", "cao", "leerplicht", "leerplichtambtenaar", "nederlandse", "staatssecretaris", "wethouder",
    "burgemeester", "college", "gecertificeerde",
}  # fmt: skip
# Parts of the country that are in the name of what works there.
REGIONS = frozenset((
    "noord", "zuid", "oost", "west", "midden", "nederland", "rijnmond", "regio", "haaglanden", "kennemerland", "veluwe",
    "twente", "salland", "achterhoek", "betuwe", "ijsselvecht", "ijsselland", "flevoland", "zeeland", "friesland",
    "fryslan", "drenthe", "groningen", "overijssel",
    "gelderland", "utrecht", "limburg", "brabant", "holland", "noordoost",
    "zuidoost", "noordwest", "zuidwest", "midden-nederland", "noord-nederland", "oost-nederland", "zuid-nederland",
    "west-brabant", "oost-brabant", "noord-brabant", "zuid-limburg", "noord-limburg", "zuid-holland", "noord-holland",
    "gelderland-zuid", "gelderland-midden", "zaanstreek", "waterland", "gooi", "vechtstreek", "eemland", "rivierenland",
    "hollands", "midden-holland", "drechtsteden", "zuid-holland-zuid", "hart", "kempen", "meierij",
))  # fmt: skip
COMPASS = frozenset(
    ("noord", "zuid", "oost", "west", "centrum", "noordoost", "noordwest", "zuidoost", "zuidwest", "stad")
)
