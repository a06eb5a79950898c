"""What the demo's teams did with the stories: the threads that a newcomer sees."""

import datetime as dt

from django.utils import timezone

from actionteams.actions import look_back, notice, record_change, record_success, set_step, take_up
from actionteams.models import Team
from config.demo.people import months_ago
from config.demo.stories import Demo
from movement.actions import appoint_voice
from movement.models import Initiative, Member, Organisation
from stories.actions.answering import publish_answer, write_answer
from stories.actions.quoting import quote, sentences
from stories.actions.recognising import recognise, show_recognitions
from stories.actions.tending import link_initiative

# Which of the demo's own stories (by line, from 0) a team took up, and how many months ago.
TAKEN_UP = {
    "thuis-dichtbij": (6.5, [0, 1, 2, 3, 4]),
    "een-gezicht": (5, [7, 9, 8]),
    "wachten-samen": (1.5, [10, 13, 25]),
    "deur-open": (4.5, [21, 18]),
    "stoel-bij-het-raam": (3.5, [14]),
    "na-achttien": (0.6, [16, 23]),
    "gewone-taal": (1.5, [26, 20]),
}
LINKS = {"De vaste stoel": [9, 18], "Klas op vrijdag": [14], "Dezelfde tolk": [26], "Koffie op de lijst": [25]}
# Of the same stories, which sentence of the text (from 0) the support centre let others quote.
QUOTED = {0: 4, 2: 6, 3: 1}
NEXT_STEPS = {
    "een-gezicht": ("Wie kan blijven als een kind verhuist?", "Eén begeleider gaat een half jaar mee.", 12),
    "wachten-samen": ("Helpt één telefoontje per maand?", "Vier ouders bellen elk vijf gezinnen.", 25),
    "deur-open": ("Wat doen we de eerste vijf minuten?", "Naast iemand gaan zitten, en een collega bellen.", -3),
    "stoel-bij-het-raam": ("Wat wil de leerling zelf horen?", "De leerling kiest het moment en de vorm.", 40),
    "na-achttien": ("Wat bleef er na je verjaardag?", "Tien gesprekken aan keukentafels.", 6),
    "gewone-taal": ("Snapt een kind van twaalf deze brief?", "Elke week één brief herschrijven.", 18),
}


def weave(demo: list[Demo], teams: dict[str, Team], people: dict[str, Member], initiatives: list[Initiative]) -> None:
    """Let the teams take stories up, try, learn and change; then let tellers say whether they notice."""
    for key, (months, lines) in TAKEN_UP.items():
        team = teams[key]
        for line in lines:
            take_up(team=team, story=demo[line].story, actor=_host(team), at=months_ago(months))
    named = {initiative.name: initiative for initiative in initiatives}
    for name, lines in LINKS.items():
        for line in lines:
            link_initiative(story=demo[line].story, initiative=named[name], actor=people["marijke"])
    for line, number in QUOTED.items():
        story = demo[line].story
        story.refresh_from_db()
        quote(story=story, sentence=sentences(story)[number], actor=people["marijke"])
    _calling_home(teams["thuis-dichtbij"], demo)
    _organisation_answers(demo, people["anouk"], people["marijke"])
    for key, (question, trying, days) in NEXT_STEPS.items():
        _next_step(teams[key], question, trying, days)
    record_success(
        team=teams["deur-open"],
        actor=_host(teams["deur-open"]),
        text="Zes weken zonder dat er een deur op slot ging.",
        at=months_ago(1),
    )
    record_success(
        team=teams["een-gezicht"],
        actor=_host(teams["een-gezicht"]),
        kind="failure",
        text="Het rooster paste niet: de vaste begeleider werkte juist niet op verhuisdag.",
        at=months_ago(1.5),
    )


def _calling_home(team: Team, demo: list[Demo]) -> None:
    """The longest thread: from one fixed hour for calling home to calling when it suits home."""
    host = _host(team)
    step = set_step(
        team=team,
        actor=host,
        question="Wat gebeurt er als iedereen belt wanneer het uitkomt?",
        trying="Een maand zonder belrooster, op twee groepen. Iedereen belt op de eigen telefoon.",
        with_whom="Elf jongeren, hun ouders en zes begeleiders",
        look_back_on=months_ago(4.5).date(),
        at=months_ago(6),
    )
    look_back(
        step=step,
        actor=host,
        saw="Er werd niet vaker gebeld. Wel op betere momenten.",
        learned="De regel kwam uit de tijd van één vaste lijn. Niemand miste hem.",
        outcome="spread",
        dream_check="yes",
        at=months_ago(4.5),
    )
    record_success(
        team=team,
        actor=host,
        step=step,
        text="Een moeder met late diensten sprak haar dochter elf keer in een maand, eerst twee keer.",
        at=months_ago(4),
    )
    change = record_change(
        team=team,
        actor=host,
        step=step,
        text="Op twee groepen bellen jongeren naar huis wanneer zij willen, op hun eigen telefoon.",
        since=months_ago(3).date(),
        at=months_ago(3),
    )
    for line, answer in ((1, "yes"), (2, "yes"), (3, "yes"), (4, "little")):
        notice(change=change, story=demo[line].story, answer=answer, at=months_ago(1))
    _next_step(team, "Werkt het ook op de gesloten groep?", "Samen met de jongeren daar één avond proberen.", 9)


def _next_step(team: Team, question: str, trying: str, days: int) -> None:
    set_step(
        team=team,
        actor=_host(team),
        question=question,
        trying=trying,
        look_back_on=timezone.localdate() + dt.timedelta(days=days),
        at=months_ago(0.5),
    )


def _host(team: Team) -> Member:
    return team.memberships.select_related("member").filter(role="host").earliest("joined_at").member


def _organisation_answers(demo: list[Demo], voice: Member, coordinator: Member) -> None:
    """A provider promises something to the first story, and thanks another; readers recognise the first."""
    organisation = Organisation.objects.filter(kind="provider")[0]
    appoint_voice(member=voice, organisation=organisation, actor=coordinator)
    promise = write_answer(
        story=demo[0].story,
        organisation=organisation,
        kind="will_do",
        text="Wat je schrijft klopt, en het had niet zo mogen duren. Op elke groep maken we nieuwe afspraken over "
        "bellen, samen met de jongeren die er wonen.",
        due_on=timezone.localdate() + dt.timedelta(days=60),
        actor=voice,
    )
    publish_answer(answer=promise, actor=coordinator)
    thanks = "Dank je wel dat je dit vertelt. We bespreken het in ons team."
    write_answer(story=demo[4].story, organisation=organisation, kind="thanks", text=thanks, actor=voice)
    for _reader in range(12):
        recognise(story=demo[0].story)
    show_recognitions()
