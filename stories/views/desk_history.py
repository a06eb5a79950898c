"""What stands below a story at the desk: published stories that are alike, and what happened to it."""

import datetime as dt
from typing import NamedTuple

from django.db.models import Case, DateTimeField, Exists, F, OuterRef, Subquery, Value, When
from django.db.models.functions import Cast, Coalesce
from django.utils.translation import gettext as _

from core.models import JournalEntry
from movement.models import Member
from stories.models import Story, StoryTheme

_ALIKE = 5
_HISTORY = 40


class Entry(NamedTuple):
    when: dt.datetime
    who: str
    what: str


def alike_and_history(story: Story) -> tuple[list[dict[str, str]], list[Entry]]:
    """A few published stories with a theme in common, those of the same region first (for tone, and to link); and
    who did what and when, newest first, from the journal. One query."""
    columns = ("kind", "one", "two", "three", "moment", "place")
    shared = StoryTheme.objects.filter(
        story=OuterRef("pk"), theme__in=StoryTheme.objects.filter(story=story).values("theme")
    )
    here = Case(When(region_id=story.region_id, then=Value(0)), default=Value(1))
    alike = (
        Story.objects.published()
        .exclude(pk=story.pk)
        .filter(Exists(shared))
        .annotate(
            kind=Value("alike"), one=F("public_id"), two=F("title"), three=Coalesce("region__name", Value("")),
            moment=Cast("published_on", DateTimeField()), place=here,
        )
        .order_by("place", "-published_on", "public_id")
        .values_list(*columns)[:_ALIKE]
    )  # fmt: skip
    names = Member.objects.filter(public_id=OuterRef("actor")).values("name")[:1]
    done = (
        JournalEntry.objects.about("story", story.public_id)
        .annotate(
            kind=Value("done"), one=F("verb"), two=F("actor"), three=Coalesce(Subquery(names), Value("")),
            moment=F("at"), place=F("pk"),
        )
        .order_by("-at", "-pk")
        .values_list(*columns)[:_HISTORY]
    )  # fmt: skip
    # Both are cut in their own order; joined, they come in none.
    rows = sorted(alike.union(done, all=True), key=lambda row: (row[4], row[5]), reverse=True)
    near = sorted((row for row in rows if row[0] == "alike"), key=lambda row: (row[5], -row[4].timestamp(), row[1]))
    known, nobody, gone = verbs_in_words(), _("The teller or the clock"), _("Somebody who left")
    return (
        [{"public_id": one, "title": two, "region__name": three} for _kind, one, two, three, *_rest in near],
        [
            Entry(at, name or (gone if actor else nobody), known.get(verb, verb))
            for kind, verb, actor, name, at, _place in rows
            if kind == "done"
        ],
    )


def verbs_in_words() -> dict[str, str]:
    """The journal's verbs about a story, for people."""
    return {
        "story.told": _("told the story"),
        "story.rewritten": _("changed the story in their own time"),
        "story.told_anew": _("changed the story and sent it again"),
        "story.sent": _("sent it to the support centre"),
        "story.looked_at": _("looked at the text"),
        "story.claimed": _("took it in hand"),
        "story.handed_back": _("put it back"),
        "story.came_back": _("put it back: nobody went on with it"),
        "story.passed_on": _("read it first and passed it on"),
        "story.second_read": _("read it as the second"),
        "story.asked": _("asked the teller something"),
        "story.answered": _("answered"),
        "story.wrote": _("wrote to the support centre"),
        "story.written": _("wrote to the teller"),
        "story.words_read": _("read what the teller wrote"),
        "story.objected": _("did not agree, and asked to read it again"),
        "story.edit_proposed": _("proposed an edit"),
        "story.agreed": _("agreed to the edit"),
        "story.declined": _("did not agree to the edit"),
        "story.published": _("published it"),
        "story.refused": _("decided not to publish it"),
        "story.held": _("took it off the site for now"),
        "story.kept": _("read it; it stays with us"),
        "story.released": _("ended the hold"),
        "story.consent_changed": _("changed a consent"),
        "story.raw_erased": _("erased the original text"),
        "story.lapsed": _("ended it without the text: the time was over"),
        "story.reported": _("a reader reported it"),
        "story.reports_looked_at": _("looked at what was reported"),
        "story.reports_taken": _("took the reports in hand"),
        "story.reports_given_back": _("put the reports back"),
        "story.reports_came_back": _("put the reports back: nobody went on with them"),
        "story.report_left": _("decided that it stays, after it was reported"),
        "story.report_off": _("decided that it goes, after it was reported"),
        "story.put_back": _("put it back on the site"),
        "story.taken_off": _("took it off the site"),
        "story.ruling_objected": _("did not agree with what was decided about the report"),
        "story.public_text_erased": _("erased the public text"),
        "story.danger_answered": _("closed the danger clock"),
        "story.reasons_set": _("noted reasons"),
        "story.themes_set": _("set the themes"),
        "story.said_heavy": _("said that it is heavy to read"),
        "story.said_light": _("said that it is not heavy to read"),
        "story.language_set": _("said in which language it was told"),
        "story.initiative_linked": _("linked an initiative"),
        "story.initiative_unlinked": _("took a link away"),
        **_at_danger(),
    }


def _at_danger() -> dict[str, str]:
    return {
        "danger.said": _("danger: wrote down what was said"),
        "danger.no_colleague": _("danger: could reach no colleague"),
        "danger.second_reader": _("danger: a colleague looked along"),
        "danger.help_shown": _("danger: the help lines were shown"),
        "danger.wrote_teller": _("danger: wrote to the teller"),
        "danger.asked_veilig_thuis": _("danger: asked Veilig Thuis for advice"),
        "danger.called_112": _("danger: called 112"),
        "danger.no_danger": _("danger: looked together, none now"),
    }
