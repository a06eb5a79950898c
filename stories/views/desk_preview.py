"""What the desk shows of a story before its text: where it stands, what makes it heavy, and whether it is urgent."""

from typing import Any

from django.utils import timezone

from movement.models import Member
from stories import staffed
from stories.actions import deciding
from stories.actions.tending import began
from stories.facts import DOT, facts
from stories.load import load_of
from stories.models import Status, Story


def head_of(story: Story, reader: Member) -> dict[str, Any]:
    """The context of the head of every desk page of a story; not a word of the teller. No query, or one: whether
    there is a colleague for what she read as the first of two."""
    dangerous = story.has_open_danger
    due = staffed.danger_due(story.danger, began(story)) if dangerous else None
    region = story.region.name if story.region else None
    mine = story.status == Status.IN_HAND and story.reader_id == reader.pk
    return {
        "story": story,
        "mine": mine,
        "first_of_two": story.audience != Story.Audience.SUPPORT and deciding.is_first_of_two(story, reader),
        "left_to_colleague": story.status == Status.ESCALATED
        and story.first_approver_id == reader.pk
        and deciding.has_colleague(reader),
        "colleague": story.reader if story.status == Status.IN_HAND and not mine else None,
        "facts": DOT.join(facts(story.perspective, story.form_of_help, region, None)),
        "dangerous": dangerous,
        "danger_due": due,
        "danger_late": bool(due and due < timezone.now()),
        "read_before": staffed.read_due(story.wrote_at) if story.wrote_at else None,
        "staffed": staffed.in_words(),
    }


def preview_of(story: Story, reader: Member) -> dict[str, Any]:
    """The context of the page before a heavy story: why it is heavy, and how much of that she read today."""
    themes = story.themes.order_by("-heavy", "position").values_list("name", flat=True)
    return {**head_of(story, reader), "themes": list(themes), "load": load_of(reader)}
