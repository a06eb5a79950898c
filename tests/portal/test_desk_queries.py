"""Every page of the desk costs at most eight queries, and the same with one and with fifty rows of everything."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, get_resolver, reverse
from django.utils import timezone

from core.models import JournalEntry
from monitor.models import Import
from movement.models import HelpLine, Initiative, TextVersion, Theme
from stories.models import (
    DangerNote,
    EditProposal,
    HouseRule,
    InitiativeLink,
    Message,
    Objection,
    Quote,
    Report,
    Ruling,
    Status,
    StoryReason,
    StoryTheme,
)
from tests.stories.factory import a_story, published
from tests.test_doors import names

pytestmark = pytest.mark.django_db
MOST = 8


def add(numbers, story, reported, line, coordinator, second, region):
    """One more for each number of everything that a page of the desk may show."""
    now = timezone.now()
    for n in numbers:
        a_story(danger="urgent" if n % 2 else "concern", heavy=True, danger_at=now)
        a_story(status=Status.IN_HAND, reader=coordinator, heavy=n % 2 == 0)

    def make(model, **fields):
        """A row for each number; a value that is a function gets the number."""
        return model.objects.bulk_create(
            model(**{name: value(n) if callable(value) else value for name, value in fields.items()}) for n in numbers
        )

    checked = dt.date(2020, 1, 1)
    themes = make(Theme, slug=lambda n: f"t{n}", name=lambda n: f"Thema {n}")
    rules = make(HouseRule, slug=lambda n: f"r{n}", text=lambda n: f"Regel {n}", severity="amber", checked_on=checked)
    places = make(Initiative, name=lambda n: f"I{n}", summary="S", what="W", area=region)
    StoryTheme.objects.bulk_create(StoryTheme(story=one, theme=theme) for theme in themes for one in (story, reported))
    StoryReason.objects.bulk_create(StoryReason(story=story, rule=rule) for rule in rules)
    InitiativeLink.objects.bulk_create(InitiativeLink(story=story, initiative=place) for place in places)
    make(Message, story=story, from_teller=lambda n: bool(n % 2), author=lambda n: None if n % 2 else second, text="Ja")
    make(DangerNote, story=story, steps=["called_112"], to_whom="other", said="Ja", author=second)
    make(EditProposal, story=story, title="T", body="B", why="W", author=second, state="declined")
    make(
        Report, story=reported, why="untrue", text="Nee", erase_at=now,
        code_hash=lambda n: f"c{n:031}".encode(), submission_hash=lambda n: f"s{n:031}".encode(),
    )  # fmt: skip
    rulings = make(
        Ruling, story=reported, outcome="left", statement="Nee", author=second, erase_at=now,
        state=lambda n: "objected" if n == 0 else "closed",
    )  # fmt: skip
    Objection.objects.bulk_create(Objection(ruling=ruling, text="Toch wel") for ruling in rulings)
    make(Quote, story=reported, region=region, text=lambda n: f"Zin {n}.", by=second)
    make(TextVersion, kind="helpline", row=line.pk, number=lambda n: n + 1, content={"hours": "altijd"})
    make(HelpLine, name=lambda n: f"L{n}", purpose="P", number="113", hours="altijd", checked_on=checked)
    make(Import, file_name=lambda n: f"{n}.csv", sha256="0" * 64)
    make(JournalEntry, verb="member.read_much", subject_kind="member", actor=second.public_id)
    make(JournalEntry, verb="story.looked_at", subject_kind="story", subject_id=story.public_id, actor=second.public_id)


def test_every_page_of_the_desk_costs_at_most_eight_queries_with_one_and_with_fifty(
    coordinator, second_coordinator, region, as_
):
    story = a_story(danger="urgent", danger_at=timezone.now(), heavy=True, status=Status.IN_HAND, reader=coordinator)
    line = HelpLine.objects.create(name="L", purpose="P", number="113", hours="H")
    text = " ".join(f"Zin {n}." for n in range(60))
    reported, desk = published(body=text, quotable="yes", region=region), as_(coordinator)
    given: dict[str, dict[str, Any]] = {
        "stories:desk_story": {"public_id": story.public_id},
        "stories:desk_reports": {"public_id": reported.public_id},
        "stories:text": {"kind": "hulplijn", "pk": line.pk},
        "stories:text_new": {"kind": "huisregel"},
    }
    pages = []
    for name in names(get_resolver()):
        try:
            address = reverse(name, kwargs=given.get(name, {}))
        except NoReverseMatch:
            continue  # what takes a key that is not here, the test of the doors knows: it is no page of the desk
        pages += [address, f"{address}?tekst"] if name == "stories:desk_story" else [address]
    pages.append(reverse("stories:desk_story", kwargs={"public_id": reported.public_id}))  # it can be quoted
    pages = [page for page in pages if page.startswith("/desk/") and desk.get(page).status_code != 405]
    assert {"/desk/", "/desk/logboek/", "/desk/teksten/"} < set(pages)

    back = reverse("stories:desk_act", kwargs={"public_id": story.public_id, "verb": "vraag"})  # the page, with a form

    def cost():
        found = {}
        for page in [*pages, back]:
            with CaptureQueriesContext(connection) as captured:
                answer = desk.post(page, {"tekst": 1, "version": 1}) if page == back else desk.get(page)
            assert answer.status_code == (422 if page == back else 200), page
            asked = (query["sql"] or "" for query in captured.captured_queries)  # a prepared one keeps no text
            found[page] = sum(not sql.startswith(("SAVEPOINT", "RELEASE")) for sql in asked)
        return found

    around = (story, reported, line, coordinator, second_coordinator, region)
    add([0], *around)
    for page in pages:
        desk.get(page)  # what is put together once in a process
    one = cost()
    add(range(1, 50), *around)
    assert cost() == one
    assert max(one.values()) <= MOST, one
