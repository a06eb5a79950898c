"""What the desk shows of one story, put together: texts with marks, talk, edits, forms, what is alike, the history."""

import datetime as dt
from typing import Any, NamedTuple

from django.db.models import Case, Exists, OuterRef, Q, Subquery, Value, When, prefetch_related_objects
from django.utils import timezone
from django.utils.translation import gettext as _

from core.models import JournalEntry
from movement.models import Initiative, Member, Theme
from stories.actions import deciding
from stories.diff import Piece, word_diff
from stories.forms.desk import Choices, DeskForm, marked
from stories.meaning import meaning_of
from stories.models import Danger, EditProposal, HouseRule, InitiativeLink, Status, Story, StoryReason, StoryTheme
from stories.queries import facts
from stories.staffed import danger_due

_ALIKE = 5
_HISTORY = 40
# Which verbs can be done in which state, by whoever has the story in hand; the first is the likely one.
_IN_HAND = ("voorstel", "plaatsen", "vraag", "tweede", "vasthouden", "weigeren", "teruggeven")
_ALWAYS = ("redenen", "themas", "verbinden")


class Entry(NamedTuple):
    when: dt.datetime
    who: str
    what: str


def choices_for(story: Story) -> Choices:
    """The lists to choose from, each row knowing whether this story has it already (`chosen`)."""
    reasons = StoryReason.objects.filter(story=story, rule=OuterRef("pk"), solved_at=None)
    themes = StoryTheme.objects.filter(story=story, theme=OuterRef("pk"))
    links = InitiativeLink.objects.filter(story=story, initiative=OuterRef("pk"))
    return Choices(
        rules=list(HouseRule.objects.annotate(chosen=Exists(reasons))),
        themes=list(Theme.objects.annotate(chosen=Exists(themes))),
        initiatives=list(
            Initiative.objects.filter(Q(ended_on=None) | Q(Exists(links)))
            .annotate(chosen=Exists(links), why_linked=Subquery(links.values("why")[:1]))
            .defer("what")
        ),
    )


def page_of(
    story: Story, reader: Member, bound: dict[str, DeskForm], kinds: dict[str, type[DeskForm]]
) -> dict[str, Any]:
    """The context of the desk page of a story for this coordinator; `bound` holds a form that came back."""
    choices = choices_for(story)
    prefetch_related_objects([story], "proposals")
    mine = story.status == Status.IN_HAND and story.reader_id == reader.pk
    verbs = [*(_in_hand(story) if mine else ()), *_ALWAYS]
    dangerous = story.danger != Danger.NONE and story.danger_answered_at is None
    if dangerous:
        verbs.append("gevaar")
    initial = {
        "redenen": {"rules": [rule.slug for rule in choices.rules if getattr(rule, "chosen", False)]},
        "themas": {"themes": [theme.slug for theme in choices.themes if getattr(theme, "chosen", False)]},
    }
    forms = {
        verb: bound.get(verb)
        or kinds[verb](story=story, choices=choices, **({"initial": initial[verb]} if verb in initial else {}))
        for verb in verbs
    }
    texts, bound_verb = _texts(story), next(iter(bound), "")
    due = danger_due(story.danger, story.danger_at or story.told_at) if dangerous else None
    newest = deciding.newest_edit(story)
    return {
        "story": story,
        "mine": mine,
        "colleague": story.reader if story.status == Status.IN_HAND and not mine else None,
        "forms": forms,
        "failed": bound_verb,
        "apart": next((form for verb, form in bound.items() if verb not in verbs), None),
        "facts": facts(story.perspective, story.form_of_help, story.region.name if story.region else None, None),
        "texts": texts,
        "first": bound_verb or ("voorstel" if any(p.kind for _title, pieces in texts for p in pieces) else "plaatsen"),
        "meaning": meaning_of(story),
        "dangerous": dangerous,
        "danger_due": due,
        "danger_late": bool(due and due < timezone.now()),
        "talk": list(story.messages.select_related("author")),
        "proposal": newest,
        "diff": _diff(story, newest) if newest else [],
        "open_red": story.red_reasons,
        "linked": [one for one in choices.initiatives if getattr(one, "chosen", False)],
        "alike": _alike(story),
        "history": _history(story),
    }


def _in_hand(story: Story) -> list[str]:
    """What can be decided now; what only the support centre may read is kept, and never published."""
    ours = story.audience == Story.Audience.SUPPORT
    never = {"plaatsen"} if ours or story.red_reasons else set()
    return [verb for verb in _IN_HAND if verb not in (never if ours else {*never, "vasthouden"})]


def _diff(story: Story, proposal: EditProposal) -> list[Piece]:
    return word_diff(str(story.raw_body or ""), str(proposal.body)) if proposal.body else []


def _texts(story: Story) -> list[tuple[str, Any]]:
    """The three texts with their marks: as told, or as published once the told ones are erased."""
    told = story.raw_body is not None
    pairs = (
        (_("What happened"), story.raw_body if told else story.body),
        (_("What helped, or would have helped"), story.raw_helped if told else story.helped),
        (_("How it felt"), story.raw_feeling if told else story.feeling),
    )
    return [(title, marked(str(text))) for title, text in pairs if text]


def _alike(story: Story) -> list[Any]:
    """A few published stories with a theme in common, those of the same region first: for tone, and to link."""
    shared = StoryTheme.objects.filter(
        story=OuterRef("pk"), theme__in=StoryTheme.objects.filter(story=story).values("theme")
    )
    near = Story.objects.published().exclude(pk=story.pk).filter(Exists(shared))
    here = Case(When(region_id=story.region_id, then=Value(0)), default=Value(1))
    return list(near.order_by(here, "-published_on", "public_id").values("public_id", "title", "region__name")[:_ALIKE])


def _history(story: Story) -> list[Entry]:
    """Who did what and when, newest first, from the journal."""
    names = Member.objects.filter(public_id=OuterRef("actor")).values("name")[:1]
    entries = JournalEntry.objects.about("story", story.public_id).annotate(who=Subquery(names)).order_by("-at", "-pk")
    known = verbs_in_words()
    return [
        Entry(at, who or (_("The teller or the clock") if not actor else _("Somebody who left")), known.get(verb, verb))
        for at, actor, who, verb in entries.values_list("at", "actor", "who", "verb")[:_HISTORY]
    ]


def verbs_in_words() -> dict[str, str]:
    """The journal's verbs about a story, for people."""
    return {
        "story.told": _("told the story"),
        "story.sent": _("sent it to the support centre"),
        "story.looked_at": _("looked at the text"),
        "story.claimed": _("took it in hand"),
        "story.handed_back": _("put it back"),
        "story.passed_on": _("read it first and passed it on"),
        "story.second_read": _("read it as the second"),
        "story.asked": _("asked the teller something"),
        "story.answered": _("answered"),
        "story.objected": _("did not agree, and asked to read it again"),
        "story.edit_proposed": _("proposed an edit"),
        "story.agreed": _("agreed to the edit"),
        "story.declined": _("did not agree to the edit"),
        "story.published": _("published it"),
        "story.refused": _("decided not to publish it"),
        "story.held": _("took it off the site for now"),
        "story.released": _("ended the hold"),
        "story.consent_changed": _("changed a consent"),
        "story.raw_erased": _("erased the original text"),
        "story.lapsed": _("ended it without the text: the time was over"),
        "story.danger_answered": _("closed the danger clock"),
        "story.reasons_set": _("noted reasons"),
        "story.themes_set": _("set the themes"),
        "story.initiative_linked": _("linked an initiative"),
        "story.initiative_unlinked": _("took a link away"),
        "danger.second_reader": _("danger: a colleague looked along"),
        "danger.help_shown": _("danger: the help lines were shown"),
        "danger.wrote_teller": _("danger: wrote to the teller"),
        "danger.asked_veilig_thuis": _("danger: asked Veilig Thuis for advice"),
        "danger.called_112": _("danger: called 112"),
        "danger.no_danger": _("danger: looked together, none now"),
    }
