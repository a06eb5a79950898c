"""Everyday words that are names, towns, schools or streets: what stands around them decides."""

from __future__ import annotations

import pytest

from stories.recogniser import find_marks


def kinds(text: str) -> list[tuple[str, str]]:
    return [(mark.kind.value, mark.text) for mark in find_marks(text)]


@pytest.mark.parametrize(
    ("text", "kind", "found"),
    [
        ("ik woon nu twee jaar in duiven en dat is saai", "place", "duiven"),
        ("we zijn verhuisd naar huizen toen ik klein was", "place", "huizen"),
        ("mijn vader komt uit doorn", "place", "doorn"),
        ("mijn school is in beek", "place", "beek"),
        ("in Stedenwijk kent iedereen elkaar", "place", "Stedenwijk"),
        ("we woonden in Klaverwijk", "place", "Klaverwijk"),
        ("op de camping in gramsbergen was het fijn", "place", "gramsbergen"),
        ("op woensdag de 21e kwam ze", "date", "woensdag de 21e"),
        ("in het verslag van 4-11-'22 staat het", "date", "4-11-'22"),
        ("we woonden aan de korenbloem 31 in een flat", "address", "de korenbloem 31"),
        ("hij zat op zwembad de waterlelie", "organisation", "zwembad de waterlelie"),
        ("ik woon nu op groep de wielewaal", "organisation", "groep de wielewaal"),
        ("we aten in restaurant de molen", "organisation", "restaurant de molen"),
        ("de kinderen van de Bomenkroon keken ons na", "organisation", "de Bomenkroon"),
        ("hij vond dat de Klimop veel strenger was", "organisation", "de Klimop"),
        ("wij zaten in de Sint Nicolaaskerk", "organisation", "Nicolaaskerk"),
        ("de juf op de korenbloem zag het wel", "organisation", "de korenbloem"),
        ("ik kreeg drie jaar hulp van horizon", "organisation", "horizon"),
        ("ik zat op een groep van parnassia", "organisation", "parnassia"),
        ("het besluit met nummer 2023/40517 kwam", "case_number", "2023/40517"),
        ("mijn hamster pluisje is dood", "name", "pluisje"),
        ("onze hond Tijger slaapt bij mij", "name", "Tijger"),
        ("een maatje via het Leger des Heils, Arend, kwam elke week", "name", "Arend"),
        ("daarna zag ik eva-lynn nooit meer", "name", "eva-lynn"),
        ("ik mis mila heel erg", "name", "mila"),
        ("zayn was mn enige vriend", "name", "zayn"),
        ("puck en mats slapen boven", "name", "mats"),
        ("toen belde zubairo eindelijk terug", "name", "zubairo"),
        ("het kind, B. van der K., werd verplaatst", "name", "B. van der K"),
        ("zijn nicht komt uit Zagen en zingt", "place", "Zagen"),
        ("mijn trainer bij Excelsior zag het", "organisation", "Excelsior"),
        ("ze had een konijn dat Vlekje heette", "name", "Vlekje"),
        ("Het Baken in Zwolle was fijn", "organisation", "Het Baken"),
        ("De Bakboord heeft een tuin", "organisation", "De Bakboord"),
        ("bij roos thuis was het warm", "name", "roos"),
        ("Wil van der Tak belde niet", "name", "Wil van der Tak"),
        ("dan kwam ds. Vlasblom langs", "name", "ds. Vlasblom"),
        ("groetjes uit almere 14 jaar", "age", "14 jaar"),
        ("dit gaat over T. en hoe het ging", "name", "T"),
        ("iemand van Stichting Mee was er ook", "organisation", "Stichting Mee"),
        ("wij wonen in Nes aan de Amstel", "place", "Nes aan de Amstel"),
        ("bij meneer van Dongen was het stil", "name", "meneer van Dongen"),
        ("in de bus heeft fatimma mij getroost", "name", "fatimma"),
        ("nu woont weer soumaja daar", "name", "soumaja"),
    ],
)
def test_a_word_that_is_also_a_name_is_found_where_only_a_name_stands(text: str, kind: str, found: str) -> None:
    assert any(found in mark.text and mark.kind == kind for mark in find_marks(text)), kinds(text)


@pytest.mark.parametrize(
    "text",
    [
        "hij moet op groep de afwas doen",
        "ik woon in een huis met dieren en duiven",
        "kinderen uit huizen waar gevochten wordt",
        "ik kom uit echt een moeilijk gezin",
        "de houten trap in de hoek kraakte",
        "op woensdag de hele dag binnen",
        "aan de slag met 3 doelen",
        "op de camping de hele week regen",
        "de Jeugdbeschermingstafel besluit en de Zorgaanbieder volgt",
        "hij vond dat de School te weinig deed",
        "de regenboog stond boven de weg",
        "in de kring vertelde iedereen wat",
        "we zaten op de vensterbank",
        "het was een horizon van niks",
        "mijn hond blaft en mijn kat slaapt",
        "mijn moeder noemt mij engel",
        "onze wethouder Jeugd beloofde beterschap",
        "toen belde niemand terug",
        "als je twee-drie keer belt",
        "mijn oma visser, mijn opa boer: dat was vroeger",
        "De Jeugdhulpregio besluit. Het Gezinsplan volgt. De Overheid zwijgt.",
        "Het Kind staat centraal",
        "dan pakken we plan B. Of niet.",
        "sadece uyumak istiyorum",
        "he had to use a bucket",
    ],
)
def test_the_same_word_elsewhere_is_only_a_word(text: str) -> None:
    assert kinds(text) == []


@pytest.mark.parametrize(
    ("text", "names", "ages"),
    [
        ("Sven van 12 en Lieke van zeven wonen bij ons", ["Sven", "Lieke"], ["van 12", "van zeven"]),
        ("Abdelkarim van 16 jaar zat alleen", ["Abdelkarim"], ["van 16 jaar"]),
        ("toen kwam Djaelin van bijna acht binnen", ["Djaelin"], ["van bijna acht"]),
        ("we hebben djaelin van 9, kevin van veertien en Esther van 3 maanden", ["djaelin", "kevin", "Esther"],
         ["van 9", "van veertien", "van 3 maanden"]),
        ("Sem van net 12 jaar oud en roos van 15", ["Sem", "roos"], ["van net 12 jaar oud", "van 15"]),
        ("Lieke van 4 havo en Sven van 3 hoog", ["Lieke", "Sven"], []),
        ("Sven van 12 tot 15 uur, daarna Lieke van 5 uur", ["Sven", "Lieke"], []),
    ],
)  # fmt: skip
def test_a_name_with_its_age_behind_it(text: str, names: list[str], ages: list[str]) -> None:
    found = kinds(text)
    assert [told for kind, told in found if kind == "name"] == names
    assert [told for kind, told in found if kind == "age"] == ages


@pytest.mark.parametrize(
    "text",
    ["een foto van 12", "groep van 12", "Team van zeven", "Team van zeven was klaar", "De klas van 12 kwam",
     "een Foto van 12", "De film van 12 jaar geleden", "Wachtlijst van 12 weken", "Kamer van 12",
     "Ploeg van elf", "het duurde van 12 tot 3", "Groep van 12 kinderen", "een lijstje van 12", "Boete van 12 euro",
     "een roos van 12", "mijn lot van 12", "een lot van 12 euro", "een ploegje van 12 mensen", "Kliekje van zeven man"],
)  # fmt: skip
def test_a_number_of_things_is_no_age_and_gives_nobody_a_name(text: str) -> None:
    assert kinds(text) == []


@pytest.mark.parametrize(
    ("text", "kind", "found"),
    [
        ("mijn broer werd geplaatst bij de brug en ik niet", "organisation", "de brug"),
        ("de begeleiders van het kompas waren lief", "organisation", "het kompas"),
        ("ik kwam terecht op de vuurtoren, dat is een groep voor meisjes", "organisation", "de vuurtoren"),
        ("onze groep heet de oever en er zijn zes jongens", "organisation", "de oever"),
        ("De Sleutel is een instelling voor jongens", "organisation", "De Sleutel"),
        ("op leefgroep de stap sliep ik slecht", "organisation", "leefgroep de stap"),
        ("we gingen naar de haven voor behandeling", "organisation", "de haven"),
        ("ik woonde drie jaar op Klaverblad", "organisation", "Klaverblad"),
        ("de begeleiders van Klaverblad waren lief", "organisation", "Klaverblad"),
        ("wij kregen hulp van de boei en van school", "organisation", "de boei"),
        ("na mijn plaatsing op de stap ging het mis", "organisation", "de stap"),
        ("bij de brug ben ik toen opgenomen", "organisation", "de brug"),
        ("zij zat op gymnasium felisenum en ik niet", "organisation", "gymnasium felisenum"),
        ("aanvraag 889123 is afgewezen", "case_number", "889123"),
        ("op dertiende september werd hij opgehaald", "date", "dertiende september"),
        ("je mag mij Bikkel noemen", "name", "Bikkel"),
        ("een brief aan minister Van Ooijen", "name", "Van Ooijen"),
        ("mijn klasgenoot Zomer bleef zitten", "name", "Zomer"),
        ("een gezinshuismoeder, Zomer, kookt", "name", "Zomer"),
        ("de man van Kompas Bewind belde", "organisation", "Kompas Bewind"),
        ("de kokkin van Wilgenplas zong altijd", "organisation", "Wilgenplas"),
        ("ik werk bij autobedrijf Ten Brinke", "organisation", "autobedrijf Ten Brinke"),
        ("lindenhout zei dat er geen plek was", "organisation", "lindenhout"),
        ("hij is behandeld door parnassia vorig jaar", "organisation", "parnassia"),
        ("de waag zei dat ik mocht komen", "organisation", "de waag"),
        ("ik woon in den ham met mijn moeder", "place", "den ham"),
        ("mijn oma uit leiden belt elke dag", "place", "leiden"),
        ("een tante in het gooi past op", "place", "het gooi"),
        ("we komen uit de bilt hierheen", "place", "de bilt"),
        ("mijn moeder komt uit Polen en werkt hard", "place", "Polen"),
        ("haar oma woont in China", "place", "China"),
        ("hij is geboren in Oeganda", "place", "Oeganda"),
        ("mijn vader zit in pi Vught", "organisation", "pi Vught"),
        ("ze zit in 5V1 en haar broer in 3tl2", "school_class", "5V1"),
        ("ze zit in 5V1 en haar broer in 3tl2", "school_class", "3tl2"),
        ("zij zit in klas 3H1", "school_class", "klas 3H1"),
        ("hij deed de tweede klas havo over", "school_class", "tweede klas havo"),
        ("ik doe nu 3e van het vwo", "school_class", "3e van het vwo"),
        ("in klas 4 van de mavo ging het mis", "school_class", "klas 4 van de mavo"),
        ("ze zit in gym 3", "school_class", "gym 3"),
        ("mijn klachtnummer is 889123 zeiden ze", "case_number", "889123"),
        ("ons dossier heeft nummer K2023.551 en is dik", "case_number", "K2023.551"),
        ("leerlingnummer 40028817 staat op mijn pas", "case_number", "40028817"),
        ("op mijn pas van de IND staat V-nummer 2876543210", "case_number", "2876543210"),
        ("onder nummer J-2022-03341 sta ik bekend", "case_number", "J-2022-03341"),
        ("de aanvraag met nummer 12-8843 is weg", "case_number", "12-8843"),
        ("op tweede kerstdag kwam de politie", "date", "tweede kerstdag"),
        ("sinds oudejaarsdag is alles anders", "date", "oudejaarsdag"),
        ("op dinsdag 4/3 was het gesprek", "date", "dinsdag 4/3"),
        ("in 11-2021 kwam er een brief", "date", "11-2021"),
        ("van 3 tot 5 mei sliep ik buiten", "date", "3 tot 5 mei"),
        ("in week 32 van 2022 zouden ze bellen", "date", "week 32 van 2022"),
        ("mijn zoontje, hij is vijf maanden, lacht", "age", "vijf maanden"),
        ("ze was pas drie weken en ik mocht niet mee", "age", "drie weken"),
        ("Rovienne, mijn pleegzus, huilde", "name", "Rovienne"),
        ("mijn pleegzus, rovienne, huilde", "name", "rovienne"),
        ("toen kwam dzevad binnen met thee", "name", "dzevad"),
        ("kwibana en ik delen een kamer", "name", "kwibana"),
        ("dat heeft thuraya mij geleerd", "name", "thuraya"),
        ("het was oenike die mij vasthield", "name", "oenike"),
        ("toen kwam Fee binnen met thee", "name", "Fee"),
    ],
)
def test_what_stands_around_a_word_says_that_it_is_a_name(text: str, kind: str, found: str) -> None:
    assert any(found in mark.text and mark.kind == kind for mark in find_marks(text)), kinds(text)


@pytest.mark.parametrize(
    "text",
    [
        "de brug stond open en ik was te laat voor de groep",
        "ik ging naar de haven om te vissen",
        "mijn broer werkt in de haven",
        "ik ging naar het anker kijken op het schip",
        "bij de brug spraken we af met mijn mentor",
        "de stap naar een andere groep was groot",
        "ik kreeg de sleutel van mijn kamer op de groep",
        "ik woon bij de brug en de begeleiders zijn lief",
        "we liepen langs de oever en praatten over behandeling",
        "De sleutel is weg en de groep is leeg",
        "het duurde vijf maanden en toen drie weken",
        "hij is vijf maanden weg geweest",
        "de wachttijd is drie weken en dan nog wat",
        "ik heb 2 keer gym 3 uur lang gehad",
        "op mijn telefoonnummer 3 keer gebeld",
        "mijn kamernummer is 12, meer weet ik niet",
        "ze zei dat het in 3d en in 4k mooier was",
        "met kerst en op maandag was er niemand",
        "de aanvraag 2024 en de klacht van 2023 zijn weg",
        "je mag mij altijd bellen of noemen",
        "ik kreeg begeleiding en mijn maatje ook",
        "de begeleider van Maandag en de vrouw van Zondagavond",
        "de horizon kwam nooit dichterbij",
        "elke horizon zei hem wat",
        "dat moet ergens toe leiden en niet tot wenen",
        "de peel en het gooi- en smijtwerk",
        "de Polen op de camping waren aardig",
        "in week 3 van de behandeling ging het beter",
        "van 3 tot 5 uur was er bezoek",
        "het was fijn die dag en ik zat lekker buiten met thee",
        "toen kwam laxeerpillen ter sprake",
        "de fee in het boek en een ace bij tennis",
        "ik zat in de tuin bij de behandelgroep",
        "op de trap van de leefgroep zaten we te roken",
        "na mijn opname lag ik uren in de zon",
        "ik ben op de trap gevallen en opgenomen in het ziekenhuis",
        "in de kern van de behandeling gaat het om vertrouwen",
        "we gingen met de leefgroep naar het eiland",
        "in de lente ben ik aangemeld",
        "ik viel van de trap en kreeg behandeling",
        "de bewoners van de dijk werden boos",
        "ik keek in de spiegel na mijn behandeling",
        "we gingen op de boot met begeleiding",
        "ik zat na mijn opname in de tuin",
        "we speelden 1v1 op de gang en daarna 2v2 of 1v3",
        "zaterdag 2-1 gewonnen en zondag 4-2 verloren",
        "op maandag 2/3 van de groep naar huis",
        "ik at patat. Net toen ging de bel",
        "we zaten @ school. net toen",
    ],
)
def test_and_elsewhere_it_is_only_a_word_or_a_number(text: str) -> None:
    assert kinds(text) == []
