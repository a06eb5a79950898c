"""What people say for one thing, so that who looks for one of them finds the others.

One line for each thing, the order does not matter. What stands after `>` is found by the words before it and finds none
of them: a joint is drugs, and who asks for a joint asks for no other drugs. Base forms only: other forms, plurals and
compounds come from the rules. A word that often means something else (cel, arm, raad) is not here.
"""

from functools import cache

from stories.dutch.verbs import words_of

THESAURUS = """
moeder mama mam ma mamma mams
vader papa pap pa pappa paps
pleegouder pleegouders > pleegmoeder pleegvader
stiefouder stiefouders > stiefmoeder stiefvader
grootouder grootouders > opa oma grootvader grootmoeder
broer broertje
zus zusje
opa grootvader
oma grootmoeder
tweeling tweelingbroer tweelingzus
kleinkind kleinkinderen > kleinzoon kleindochter
kind kids kindje
baby zuigeling pasgeborene
tiener puber
meisje meid
jongen knul gozer
vriend vriendin vriendje vriendinnetje > maatje kameraad
verkering relatie vriendje
echtgenoot echtgenote
adoptie adopteren adoptiekind adoptieouder
pleegzorg > pleeg
pleegzorgwerker pleegzorgbegeleider
jeugdzorg jeugdhulp jeugdhulpverlening
pleeggezin gastgezin
pleegkind pleegkinderen > pleegzoon pleegdochter
stiefkind stiefkinderen > stiefzoon stiefdochter

leraar lerares docent docente leerkracht juf juffrouw meester onderwijzer onderwijzeres
leerling scholier
begeleider begeleidster
groepsleiding groepsleider groepsleidster leiding leidster
gezinsvoogd jeugdbeschermer gezinsvoogdes
voogd voogdes voogdij voogdijwerker
hulpverlener hulpverleenster zorgverlener > jeugdhulpverlener
gedragswetenschapper gedragsdeskundige orthopedagoog
therapeut therapeute behandelaar psychotherapeut
therapie > therapeut therapeute
psycholoog psychologe psych > psychologisch
psychiater psych > psychiatrie psychiatrisch
ggz psychiatrie psychiatrisch > psychiater
dokter arts
verpleegkundige verpleegster verpleger zuster
politie agent politieagent politieman smeris
advocaat advocate raadsman
tolk vertaler
werker werkster
personeel staf werknemer
directeur directrice bestuurder
leidinggevende teamleider manager
chef werkgever
stagiair stagiaire
vrijwilliger vrijwilligster
oppas oppassen babysitter babysitten
ervaringsdeskundige ervaringswerker
vertrouwenspersoon jeugdstem akj
mantelzorg mantelzorger
reclassering reclasseerder > jeugdreclassering jeugdreclasseerder
jeugdreclassering jeugdreclasseerder
jongerenwerker jongerenwerkster straathoekwerker
wijkverpleegkundige wijkzuster

instelling inrichting tehuis > kindertehuis jeugdinstelling
jeugdinstelling kindertehuis tehuis
gesloten jeugdzorgplus
jeugdzorgplus jz
zorgboerderij zorgboer zorgboerin
crisisopvang noodopvang spoedopvang
crisisplaatsing spoedplaatsing
kamertraining kamertrainingscentrum ktc
isoleercel isoleer isolatie isolatiecel isoleerruimte afzonderen afzondering separeren separeer separeercel insluiting
gevangenis bajes nor detentie gedetineerd > jeugdgevangenis jji
jeugdgevangenis jeugdinrichting jeugddetentie jji
azc asielzoekerscentrum opvangcentrum
vluchteling asielzoeker statushouder > vluchten
ziekenhuis hospitaal
kinderrechter jeugdrechter
rechtbank rechtszaak rechtszaal rechtszitting zitting
gemeente gemeentehuis stadhuis
wijkteam buurtteam jeugdteam
kinderbescherming rvdk > raadsonderzoeker raadsonderzoek
dakloos dakloze thuisloos zwerven zwerver zwerfjongere
woning appartement flat
school schooltje
klas klaslokaal
spijbelen verzuim schoolverzuim spijbelaar
thuiszitter thuiszitten
opleiding studie studeren
schorsen schorsing
respijtzorg logeerzorg logeerhuis
logeren overnachten logeerpartij

gi gecertificeerd
poh praktijkondersteuner
casemanager casusregisseur
pgb persoonsgebonden
ots ondertoezichtstelling
uhp uithuisplaatsing uithuisgeplaatst
lvb verstandelijk
autisme autist autistisch ass asperger
adhd add
trauma ptss traumatisch getraumatiseerd
eetstoornis anorexia boulimia
depressie depressief somber somberheid neerslachtig
psychose psychotisch
burnout burn overspannen
medicatie medicijn medicijnen pil pillen > ritalin antidepressiva slaappil slaappillen
zelfmoord zelfdoding suicide suicidaal
zelfbeschadiging automutilatie zelfverwonding > snijden krassen
verslaving verslaafd verslaafde afkicken
drugs drug > wiet hasj blowen joint cocaine coke xtc speed lachgas ketamine
wiet hasj joint blowen cannabis
alcohol drank dronken alcoholist dronkaard > zuipen bier wijn
roken sigaret peuk shag vapen vape
zwanger zwangerschap
bevallen bevalling
dood overlijden overleden sterven doodgaan
begrafenis uitvaart crematie begraven
ongeluk ongeval
handicap gehandicapt beperking
doof slechthorend
blind slechtziend
nachtmerrie nachtmerries
tandarts beugel
tatoeage tattoo tatoeeren

angst bang angstig vrees > paniek paniekaanval
paniek paniekaanval
verdriet verdrietig treurig droevig > rouw rouwen
rouw rouwen rouwverwerking
boos boosheid woede woedend kwaad kwaadheid razend woest driftig > driftbui woedeaanval
eenzaam eenzaamheid
schaamte schamen beschaamd
jaloers jaloezie
stress gestrest gestresst
zenuwachtig nerveus
opgelucht opluchting
teleurgesteld teleurstelling
trots trotse
moe vermoeid uitgeput doodmoe
blij vrolijk blijdschap
verliefd verliefdheid
huilen janken snikken grienen
lachen grinniken giechelen
schreeuwen gillen brullen krijsen
liegen leugen leugenaar
troosten troost
knuffel knuffelbeer knuffeldier

ruzie conflict bonje ruzien
vechten knokken vechtpartij
slaan meppen
geweld gewelddadig mishandelen mishandeling
mishandelen mishandeling kindermishandeling > geslagen sloeg schoppen
misbruik misbruiken aanranden aanranding verkrachten verkrachting incest ontucht
loverboy uitbuiting mensenhandel pooier
pesten pester pestkop treiteren sarren > uitschelden
schelden uitschelden
bedreigen bedreiging dreigement
intimideren intimidatie
discriminatie discrimineren racisme racistisch
vastpakken vastgrijpen fixeren fixatie
opsluiten insluiten
dwang dwingen
arresteren arrestatie oppakken aanhouden
verhoor verhoren ondervragen
stelen jatten diefstal dief
roof beroven beroving overval straatroof
inbraak inbreken inbreker

geld centen poen
schulden > deurwaarder incasso incassobureau schuldsanering schuldhulp
armoede > voedselbank
uitkering bijstand
loon salaris
baan job bijbaan
solliciteren sollicitatie
werkloos werkeloos
kopen aanschaffen

verhuizen verhuizing > overplaatsing overplaatsen doorplaatsing doorplaatsen
overplaatsing overplaatsen doorplaatsing doorplaatsen
plaatsen plaatsing
weglopen wegloper ontsnappen wegvluchten
vertrekken vertrek
terugkomen terugkeren terugkeer
scheiding scheiden echtscheiding vechtscheiding
trouwen huwelijk bruiloft
bezoek visite
bezoekregeling omgangsregeling omgang

bellen opbellen telefoneren telefoontje belletje
telefoon mobiel mobieltje smartphone gsm
appen app appje whatsapp
mailen mail email mailtje
sms smsen
computer laptop pc
gamen game gamer
filmpje video vlog
foto kiekje > fotograferen
brief briefje

wachtlijst wachttijd wachtrij
weekend weekeinde
kerst kerstmis
verjaardag jarig
beslissen beslissing besluit besluiten
beschikking uitspraak vonnis
verslag rapport rapportage
vergadering overleg bespreking
regeldruk bureaucratie papierwerk
inkoop aanbesteding
klacht klagen
idee ideeen
steun ondersteuning steunen ondersteunen
begeleiding begeleiden
kleding kleren
kat poes kitten
hond puppy
paard pony
huisdier > hond kat konijn
homo gay homoseksueel
transgender trans transseksueel
geloof religie godsdienst
stiefvader bonusvader
stiefmoeder bonusmoeder
stiefbroer halfbroer bonusbroer
stiefzus halfzus bonuszus
pleegmoeder pleegmama
pleegvader pleegpapa
alleenstaand alleenstaande eenoudergezin
invaller invalkracht uitzendkracht flexwerker
jeugdbescherming > jeugdbeschermer
gemeenteraad raadslid raadsleden
inspectie inspecteur igj
verzekering verzekeraar
clientenraad medezeggenschap
paspoort identiteitsbewijs identiteitskaart legitimatie
migrant immigrant buitenlander
islam islamitisch moslim
christen christelijk
lesbisch lesbienne
straf sanctie
regel voorschrift > huisregel
fouilleren fouillering visitatie visiteren
fraude oplichten oplichting
vernielen vernieling slopen vandalisme
wapen > mes pistool
moord vermoorden moordenaar
steekpartij neersteken
ontvoeren ontvoering kidnappen
stalken stalking stalker
chantage chanteren afpersen afpersing
criminaliteit crimineel misdaad misdrijf
schoppen trappen
gooien smijten
opname opgenomen
ambulance ziekenwagen ziekenauto
spoed noodgeval noodsituatie
overgeven braken kotsen spugen
wond verwonding gewond
operatie opereren
prik injectie vaccinatie inenting
suikerziekte diabetes
kanker tumor
allergie allergisch
slapeloosheid slapeloos slaapprobleem
overgewicht obesitas
ongesteld ongesteldheid menstruatie
dwangstoornis ocd
hoogbegaafd hoogbegaafdheid
dyslexie dyslectisch
hyperactief adhd
hyperventilatie hyperventileren
flashback herbeleving
dissociatie dissocieren
hallucinatie hallucineren
manisch manie bipolair
verwaarlozing verwaarlozen
haat haten
spijt berouw
schuldgevoel schuldig
bezorgd bezorgdheid
wanhoop wanhopig hopeloos uitzichtloos
wantrouwen argwaan achterdocht achterdochtig wantrouwig
machteloos machteloosheid onmacht
onzeker onzekerheid
saai verveling vervelen
heimwee gemis
afwijzing afwijzen
dankbaar dankbaarheid
plezier lol pret
grap grapje grappig mop
moed moedig dapper
rustig kalm
rust > rustig
ziek ziekte
begrijpen snappen
beginnen starten
stoppen ophouden
praten spreken kletsen
raar vreemd
snel vlug
knuffelen omhelzen omarmen
zoenen zoen kussen kus
verstoppen verbergen
kwijt kwijtraken
rennen hardlopen joggen
roddel roddelen
keuze kiezen
belofte beloven
gebed bidden
afspraak afspreken
aanbod aanbieden
verbod verbieden
bedrog bedriegen
verraad verraden
geboorte geboren
gevecht vechten
verlies verliezen
aankomst aankomen
bewijs bewijzen
advies adviseren
controle controleren
informatie informeren
reactie reageren
protest protesteren
signaal signaleren
registratie registreren
motivatie motiveren gemotiveerd ongemotiveerd
organisatie organiseren
communicatie communiceren
evaluatie evalueren
observatie observeren
irritatie irriteren
concentratie concentreren
manipulatie manipuleren manipulatief
fantasie fantaseren
acceptatie accepteren
diagnose diagnosticeren diagnostiek
wc toilet
tv televisie
koelkast ijskast
brommer scooter
patat friet
cadeau cadeautje kado geschenk
boete bekeuring
rekening factuur
gratis kosteloos
ontslag ontslaan
toets proefwerk tentamen
gym gymles gymnastiek
internet online
instagram insta
sexting naaktfoto
bos woud
"""

# Words of the field that no word list holds: what a typing error may have stood for.
FIELD = """
jeugdzorg jeugdhulp jeugdhulpverlening jeugdbescherming jeugdreclassering jeugdreclasseerder reclasseerder
jeugdzorgplus jeugdzorginstelling jeugdinstelling jeugdinrichting jeugdgevangenis jeugdpsychiatrie jeugdpsychiater
jeugdarts jeugdwerker jeugdwet jeugdregio jeugdrechter jeugdbeschermer jeugdconsulent jeugdteam jeugdstem
kinderbescherming kinderrechter kinderombudsman kindertelefoon kindertehuis kindermishandeling kinderpsychiater
pleegzorg pleegouder pleegouders pleegmoeder pleegvader pleegkind pleegkinderen pleeggezin pleegzus pleegbroer
pleegdochter pleegzoon pleegzorgbegeleider netwerkpleegzorg gezinshuis gezinshuisouder gezinsvoogd gezinscoach
gezinsbegeleider gezinsopname gastgezin leefgroep woongroep behandelgroep crisisgroep crisisopvang crisisdienst
crisisplaatsing noodopvang nachtopvang vrouwenopvang daklozenopvang dagbehandeling dagbesteding kamertraining
logeerhuis logeerzorg respijtzorg mantelzorger nazorg thuisbegeleiding thuiszitter ondertoezichtstelling
uithuisplaatsing uithuisgeplaatst doorplaatsing overplaatsing terugplaatsing spoedplaatsing machtiging gecertificeerde
voogdij voogdijwerker omgangsregeling bezoekregeling ouderverstoting vechtscheiding isoleercel separeercel separeren
afzondering insluiting vrijheidsbeperking gedwongen gedragswetenschapper orthopedagoog vertrouwenspersoon
ervaringsdeskundige groepsleider groepsleiding groepsgenoot pedagogisch maatschappelijk hulpverlener hulpverlening
hulpverleenster wijkteam buurtteam wijkagent wijkverpleegkundige huisarts kinderarts schoolarts verslavingszorg
verslavingsarts psychiatrie psychiatrisch psychiater psycholoog psychotherapeut speltherapie traumatherapie creatieve
eetstoornis zelfbeschadiging zelfmoord zelfdoding suicidaal automutilatie medicatie antidepressiva diagnose
hechtingsstoornis hechtingsproblemen gedragsproblemen schuldhulp schuldhulpverlening schuldsanering bewindvoerder
deurwaarder incassobureau voedselbank persoonsgebonden leerplichtambtenaar leerplicht samenwerkingsverband
schoolverzuim praktijkschool asielzoekerscentrum asielzoeker statushouder vluchteling reclassering jeugddetentie
taakstraf enkelband aangifte loverboy mensenhandel uitbuiting familiegroepsplan behandelplan hulpverleningsplan
veiligheidsplan signaleringsplan klachtencommissie clientenraad medezeggenschap regeldruk wachtlijst wachttijd
doorstroom kleinschalig kleinschaligheid inkoop aanbesteding
"""


@cache
def field() -> frozenset[str]:
    """Every word of the field, and every word that stands with another in one line."""
    return frozenset((*words_of(FIELD), *_table()))


@cache
def _table() -> dict[str, frozenset[str]]:
    table: dict[str, set[str]] = {}
    for line in THESAURUS.split("\n"):
        before, _, after = line.partition(">")
        same, narrower = words_of(before), words_of(after)
        for word in same:
            table.setdefault(word, set()).update(same, narrower)
    return {word: frozenset(others - {word}) for word, others in table.items()}


def others(word: str) -> frozenset[str]:
    """What else people say for this base form; itself is not among them."""
    return _table().get(word, frozenset())
