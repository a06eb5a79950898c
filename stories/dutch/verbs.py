"""Strong and irregular Dutch verbs: the forms that no rule can make.

One line a verb: infinitive, then preterite and participle, then present forms that the rules miss. A form that is far
more often another word is left out: a week, the reason (reden), a year ago (geleden). So is gelden: its stem is geld.
"""


def words_of(text: str) -> list[str]:
    """The words of a table that is written as text."""
    return text.split()


STRONG = """
bakken bakte gebakken
bederven bedierf bedierven bedorven
bedriegen bedroog bedrogen
beginnen begon begonnen
begrijpen begreep begrepen
bevelen beval bevolen
bewegen bewoog bewogen
bidden bad baden gebeden
bieden bood boden geboden
bijten beet beten gebeten
binden bond gebonden
blazen blies bliezen geblazen
blijken bleek bleken gebleken
blijven bleef bleven gebleven blijf blijft
breken brak braken gebroken
brengen bracht gebracht
buigen boog bogen gebogen
denken dacht gedacht
dragen droeg gedragen
drinken dronk gedronken
druipen droop dropen gedropen
duiken dook doken gedoken
durven durfde gedurfd dorst
dwingen dwong gedwongen
eten at aten gegeten eet
gaan ging gegaan ga gaat
genezen genas genazen genezen
genieten genoot genoten
geven gaf gaven gegeven geef geeft
gieten goot goten gegoten
glijden gleed gleden gegleden
graven groef groeven gegraven
grijpen greep grepen gegrepen
hangen hing gehangen
helpen hielp geholpen
heten heette geheten
houden hield gehouden hou houdt
jagen joeg gejaagd
kiezen koos kozen gekozen
kijken keek keken gekeken
klimmen klom geklommen
klinken klonk geklonken
komen kwam kwamen gekomen kom komt
kopen kocht gekocht
krijgen kreeg kregen gekregen
krimpen kromp gekrompen
kruipen kroop kropen gekropen
lachen lachte gelachen
laten liet gelaten laat
lezen las lazen gelezen lees leest
liegen loog logen gelogen
liggen lag lagen gelegen lig ligt
lijden leed lijdt
lijken leek leken geleken
lopen liep gelopen
meten mat maten gemeten
mijden meed meden gemeden
nemen nam namen genomen neem neemt
prijzen prees prezen geprezen
raden raadde ried geraden
rijden reed gereden rijd rijdt
roepen riep geroepen
ruiken geroken
scheiden scheidde gescheiden
schelden schold gescholden
schenken schonk geschonken
schieten schoot schoten geschoten
schijnen scheen schenen geschenen
schrijven schreef schreven geschreven schrijf schrijft
schrikken schrok geschrokken
schuiven schoof schoven geschoven
slaan sloeg geslagen sla slaat
slapen sliep geslapen
slijten sleet sleten gesleten
sluipen sloop slopen geslopen
sluiten sloot sloten gesloten
smijten smeet smeten gesmeten
snijden sneed sneden gesneden
spijten speet gespeten
spreken sprak spraken gesproken
springen sprong gesprongen
spuiten spoot spoten gespoten
staan stond gestaan sta staat
steken stak staken gestoken
stelen stal stalen gestolen
sterven stierf stierven gestorven
stijgen steeg stegen gestegen
stinken stonk gestonken
strijden streed streden gestreden
treden trad traden getreden
treffen trof getroffen
trekken trok getrokken
vallen viel gevallen
vangen ving gevangen
varen voer gevaren
vechten vocht gevochten
verdwijnen verdween verdwenen
vergeten vergat vergaten vergeten
verliezen verloor verloren
vermijden vermeed vermeden
vertrekken vertrok vertrokken
verzinnen verzon verzonnen
vinden vond gevonden
vliegen vloog vlogen gevlogen
vluchten vluchtte gevlucht
voortkomen voortgekomen
vragen vroeg gevraagd
vreten vrat vraten gevreten
vriezen vroor gevroren
wassen waste gewassen
werpen wierp geworpen
weten wist geweten weet
wijken geweken
wijzen wees gewezen
winnen won wonnen gewonnen
worden werd geworden word wordt
wrijven wreef wreven gewreven
zeggen zei zeiden gezegd
zenden zond gezonden
zien zag zagen gezien zie ziet
zingen zong gezongen
zinken zonk gezonken
zitten zat zaten gezeten
zoeken zocht gezocht
zuigen zoog zogen gezogen
zuipen zoop zopen gezopen
zwemmen zwom gezwommen
zweren zwoer gezworen
zwijgen zweeg zwegen gezwegen
bergen borg borgen geborgen
bezwijken bezweek bezweken
blinken blonk geblonken
braden gebraden
drijven dreef dreven gedreven
fluiten floot floten gefloten
heffen hief geheven
kluiven kloof gekloven
knijpen kneep knepen geknepen
laden geladen
malen gemalen
melken molk gemolken
scheren schoor geschoren
scheppen schiep geschapen
smelten smolt gesmolten
snuiven snoof snoven gesnoven
spannen gespannen
spinnen spon gesponnen
splijten spleet gespleten
spugen spoog gespogen
stoten gestoten
strijken streek streken gestreken
vlechten vlocht gevlochten
vouwen gevouwen
wegen woog wogen gewogen
werven wierf wierven geworven
wreken gewroken
wringen wrong gewrongen
zwellen zwol gezwollen
zwerven zwierf zwierven gezworven
gamen gamede gegamed gamet game
timen timede getimed timet
daten datete gedatet date
racen racete geracet race
updaten updatete geupdatet
skaten skatete geskatet skate
faken fakete gefaket fake
doen deed deden gedaan doe doet
hebben had gehad
hoeven hoefde gehoeven hoeft
"""

# In front of a verb it stays where it is, and takes no ge-: besluiten, besloot, besloten.
FIXED = ("be", "ge", "her", "ont", "ver", "over", "onder", "door", "om", "voor")
# In front of a verb it comes loose: weglopen, liep weg, weggelopen, weg te lopen.
LOOSE = (
    "achterna", "tegemoet", "voorbij", "samen", "tegen", "terug", "thuis", "vast", "vooruit", "achter", "binnen",
    "buiten", "boven", "langs", "rond", "over", "onder", "door", "voor", "open", "dicht", "kwijt", "klaar", "stil",
    "weg", "mee", "neer", "toe", "uit", "aan", "bij", "na", "om", "op", "af", "in",
)  # fmt: skip
