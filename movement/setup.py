"""What a new house starts with: the first dream, themes, change tasks and help lines.

Every function can be called again and changes nothing then: what a coordinator edited since stays as it is.
"""

import datetime as dt

from django.db import transaction
from django.utils.text import slugify

from movement.callers import tell_when_done
from movement.models import ChangeTask, DreamEdition, Explanation, HelpLine, Theme, Value

# In our own words, after the six points that youths, parents and professionals named in 2021: too little room to be a
# child, deviating is not allowed, decisions over heads, no eye for the future, fighting symptoms, protocols first.
SENTENCES = (
    "Ieder kind mag eerst kind zijn: spelen, naar school gaan, vrienden maken en fouten maken.",
    "Ieder kind woont in een thuis, en niemand zit achter een dichte deur om wat hij of zij meemaakte.",
    "Over een kind of gezin wordt niets besloten waar zij niet zelf bij zijn.",
    "We willen eerst begrijpen wat er gebeurde, en kiezen dan pas samen welke hulp past.",
    "Wie hulp krijgt, heeft één mens die blijft.",
    "Wie merkt dat een regel een kind in de weg zit, mag ervan afwijken en vertelt waarom.",
    "We kijken verder dan vandaag: naar school, werk, wonen en vrienden na je achttiende.",
    "Opgroeien doen we samen: ook buren, scholen, clubs en gemeenten horen erbij.",
)
VALUES = (
    ("gelijkwaardigheid", "Wat jij hebt meegemaakt weegt even zwaar als wat een ander heeft geleerd."),
    ("openheid", "We zeggen wat we zien, ook als het niet lukt."),
    ("empathie", "We proberen eerst te voelen hoe het voor jou is."),
    ("creativiteit", "Als de gewone weg niet werkt, zoeken we samen een andere."),
    ("vertrouwen", "We gaan ervan uit dat de ander het goede wil, en komen na wat we zeggen."),
    ("veiligheid", "Jij bepaalt wat je deelt en met wie, en je kunt het terugnemen."),
    ("ondernemerschap", "We wachten niet tot iemand het oplost: we proberen een kleine stap."),
)

# slug, name, heavy
THEMES = (
    ("gehoord-worden", "Gehoord worden", False),
    ("regie", "Zelf mogen beslissen", False),
    ("vertrouwen", "Vertrouwen en nabijheid", False),
    ("vaste-persoon", "Een vaste persoon", False),
    ("contact-met-ouders", "Contact met thuis", False),
    ("broers-en-zussen", "Broers en zussen", False),
    ("gezin-centraal", "Gezin en netwerk", False),
    ("pleegzorg", "Pleegzorg en gezinshuis", False),
    ("leefklimaat", "Leven op een groep", False),
    ("doorplaatsen", "Steeds verhuizen", False),
    ("gesloten-plaatsing", "Gesloten geplaatst zijn", False),
    ("schoolloopbaan", "School", False),
    ("wachttijd", "Wachten op hulp", False),
    ("wijkteam", "Hulp in de buurt", False),
    ("samenwerking", "Hulp die samenwerkt", False),
    ("jeugdbescherming", "Jeugdbescherming", False),
    ("jeugd-ggz", "Psychische hulp", False),
    ("respijtzorg", "Lucht voor ouders", False),
    ("18-min-18-plus", "Achttien worden", False),
    ("begrijpelijke-taal", "Gewone taal en een tolk", False),
    ("ervaringsdeskundigheid", "Hulp van wie het zelf meemaakte", False),
    ("vakmanschap", "Goede hulpverleners", False),
    ("regeldruk", "Regels en geld", False),
    ("afzondering", "Afzondering en dwang", True),
    ("geweld", "Geweld", True),
    ("misbruik", "Misbruik", True),
    ("zelfbeschadiging", "Zelfbeschadiging", True),
    ("suicidaliteit", "Gedachten aan zelfdoding", True),
)
# Words that the field uses for a part of one of these themes.
_PART_OF = {
    "nabijheid": "vertrouwen",
    "contact-houden": "vaste-persoon",
    "netwerk": "gezin-centraal",
    "mentor": "gezin-centraal",
    "terug-naar-school": "schoolloopbaan",
    "taal-en-tolk": "begrijpelijke-taal",
    "wonen": "18-min-18-plus",
    "intervisie": "vakmanschap",
    "leren-van-de-praktijk": "vakmanschap",
    "inkoop-en-regels": "regeldruk",
    "maatwerk": "regie",
    "overbelasting": "respijtzorg",
}

# The two fast tasks are named by StroomOP; the names of the nine long ones are our own reconstruction.
FAST_TASKS = ("Minder zelfdodingen", "Stoppen met gedwongen afzonderen")
LONG_TASKS = (
    "Hulp op maat, na samen begrijpen",
    "Meteen de goede plek, minder verhuizen",
    "Kleine woonplekken",
    "Hulp thuis die genoeg is",
    "School die doorgaat",
    "Jongeren en ouders beslissen mee",
    "Vakmensen die blijven leren",
    "Professionals die het volhouden",
    "Een stelsel dat leert",
)

# Taken over on this day from public pages of different ages; to be verified with the lines themselves before launch.
CHECKED_ON = dt.date(2026, 11, 22)
# name, purpose, number, chat, hours, free, urgent
HELP_LINES = (
    ("112", "Als jij of iemand anders nu in gevaar is", "112", "", "dag en nacht", True, True),
    (
        "113 Zelfmoordpreventie",
        "Denk je aan zelfdoding? Gratis en anoniem",
        "113",
        "https://www.113.nl/",
        "dag en nacht",
        True,
        True,
    ),
    (
        "De Kindertelefoon",
        "Praten over alles, van 8 tot 18 jaar",
        "0800-0432",
        "https://www.kindertelefoon.nl/",
        "elke dag van 11 tot 21 uur",
        True,
        True,
    ),
    (
        "Veilig Thuis",
        "Bij geweld thuis, ook als je twijfelt",
        "0800-2000",
        "https://veiligthuis.nl/",
        "dag en nacht; chat op werkdagen van 9 tot 17 uur",
        True,
        True,
    ),
    (
        "Alles Oké? Supportlijn",
        "Praten over alles, van 18 tot 24 jaar",
        "0800-0450",
        "",
        "elke dag van 14 tot 22 uur",
        True,
        False,
    ),
    (
        "Jeugdstem",
        "Je rechten in de jeugdhulp, en hulp bij een klacht",
        "088-555 1000",
        "https://jeugdstem.nl/",
        "tijdens kantooruren",
        False,
        False,
    ),
)

# place, title, text
EXPLANATIONS = (
    (
        "rules",
        "Wie leest je verhaal",
        (
            "Een coördinator van het steunpunt leest je verhaal voordat het op de site komt. "
            "Is er iemand te herkennen? Dan stelt zij jou een andere tekst voor. Die lees je achter je vijf woorden. "
            "Zonder jouw ja komt die tekst niet op de site."
        ),
    ),
    (
        "rules",
        "Als we je verhaal niet plaatsen",
        (
            "Dan lees je achter je vijf woorden welke regel het is en waarom. Ben je het er niet mee eens? Schrijf dat "
            "daar op, dan lezen we je verhaal opnieuw. Je kunt je verhaal altijd terugnemen."
        ),
    ),
    (
        "help",
        "Twijfel je of het erg genoeg is?",
        (
            "Bellen of chatten mag altijd. Je hoeft je naam niet te zeggen. "
            "Je mag ook eerst vragen wat ze doen met wat je vertelt."
        ),
    ),
)


@transaction.atomic
def load_dream() -> DreamEdition:
    """Adopt the first edition of the dream, when there is none yet; return the newest edition."""
    if newest := DreamEdition.objects.first():
        return newest
    edition = DreamEdition.objects.create(
        number=1,
        title="Opgroeien in vertrouwen",
        introduction=(
            "Dit is wat we samen willen. Geen plan en geen belofte van een ander: een droom waar je zelf achter kunt "
            "gaan staan. Elk actieteam kiest de zin waaraan het werkt, en vraagt zich bij elke stap af: past dit nog "
            "bij de droom?"
        ),
        reason=(
            "Dit is de eerste editie. Jongeren, ouders en professionals vertelden wat er misgaat: te weinig ruimte om "
            "kind te zijn, afwijken mag niet, beslissingen zonder het gezin, weinig oog voor later, hulp die alleen "
            "gevolgen bestrijdt, en regels die voorgaan. We hebben elk punt omgedraaid: zo willen we het wel."
        ),
        adopted_on=dt.date(2026, 1, 15),
    )
    for position, text in enumerate(SENTENCES, start=1):
        edition.sentences.create(position=position, text=text)
    for position, (name, meaning) in enumerate(VALUES, start=1):
        Value.objects.create(edition=edition, position=position, name=name, meaning=meaning)
    return edition


@transaction.atomic
def load_themes() -> None:
    """Add the themes that are not there yet."""
    for position, (slug, name, heavy) in enumerate(THEMES, start=1):
        Theme.objects.get_or_create(slug=slug, defaults={"name": name, "heavy": heavy, "position": position})


def theme_named(word: str) -> Theme | None:
    """Return the theme that a word of the field belongs to ('terug_naar_school' is School); None when there is none."""
    slug = slugify(word.replace("_", "-"))
    return Theme.objects.filter(slug=_PART_OF.get(slug, slug)).first()


@transaction.atomic
def load_change_tasks() -> None:
    """Add the change tasks that are not there yet: two fast ones, and nine long ones marked as reconstructed."""
    tasks = [*((name, "fast") for name in FAST_TASKS), *((name, "long") for name in LONG_TASKS)]
    for position, (name, pace) in enumerate(tasks, start=1):
        ChangeTask.objects.get_or_create(
            name=name, defaults={"pace": pace, "position": position, "reconstructed": pace == "long"}
        )


@transaction.atomic
def load_help_lines() -> None:
    """Fill an empty table with the help lines. From then on they are the coordinators', who check and edit them."""
    if HelpLine.objects.exists():
        return
    names = ("name", "purpose", "number", "chat_url", "hours", "free", "urgent")
    for position, row in enumerate(HELP_LINES, start=1):
        HelpLine.objects.create(position=position, checked_on=CHECKED_ON, **dict(zip(names, row, strict=True)))
    tell_when_done()


@transaction.atomic
def load_explanations() -> None:
    """Fill an empty table with what our pages explain. From then on it is the coordinators'."""
    if Explanation.objects.exists():
        return
    for position, (place, title, text) in enumerate(EXPLANATIONS, start=1):
        Explanation.objects.create(place=place, title=title, text=text, position=position, checked_on=CHECKED_ON)
