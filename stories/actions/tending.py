"""What a coordinator notes about a story without deciding on it: reasons, themes, danger, what it belongs with."""

import datetime as dt
from collections.abc import Collection

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import journal
from core.http import TooLate
from core.models import JournalEntry, JournalQuerySet
from movement.models import Initiative, Member, Theme
from stories.actions.talking import CHANGED, all_seen
from stories.actions.weighing import say_heavy, weigh
from stories.models import Danger, DangerNote, HouseRule, InitiativeLink, Status, Story, StoryReason, StoryTheme
from stories.states import NotYet

# The house protocol, after the five steps of the Meldcode. Each is a fact in the journal; words stand in DangerNote.
DANGER_STEPS = {
    "second_reader": gettext_lazy("A colleague looked along"),
    "help_shown": gettext_lazy("The teller saw the help lines"),
    "wrote_teller": gettext_lazy("We wrote to the teller behind the code"),
    "asked_veilig_thuis": gettext_lazy("We asked Veilig Thuis for advice"),
    "called_112": gettext_lazy("We called 112"),
    "no_danger": gettext_lazy("We looked together: there is no danger now"),
    "no_colleague": gettext_lazy("No colleague could be reached"),
}


@transaction.atomic
def look_at(*, story: Story, actor: Member) -> None:
    """Note that this coordinator saw the raw text. Each look is a row: that is what the teller was promised."""
    journal.record("story.looked_at", story, actor=actor)


@transaction.atomic
def note_danger(
    *, story: Story, actor: Member, steps: Collection[str] = (), to_whom: str = "", said: str = ""
) -> DangerNote:
    """Write down steps of the house protocol, or what was said to whom; the clock runs on.

    `steps` are keys of DANGER_STEPS. Raises TooLate when there is no danger (any more), NotYet when the journal knows
    of no colleague who looked, ValueError for an unknown step and for nothing at all.
    """
    if not set(steps) <= set(DANGER_STEPS) or not (steps or said):
        raise ValueError("A note of a danger holds known steps, or what was said.")
    here = still_here(story)
    if here.danger == Danger.NONE:
        raise TooLate
    if "second_reader" in steps and not second_look(here, actor):
        raise NotYet(_("No colleague has opened this story since. Ask one: her look is written down by itself."))
    for step in steps:
        journal.record(f"danger.{step}", story, actor=actor)
    if said:
        journal.record("danger.said", story, actor=actor)
    return DangerNote.objects.create(story=story, steps=list(steps), to_whom=to_whom, said=said or None, author=actor)


@transaction.atomic
def answer_danger(
    *, story: Story, actor: Member, steps: Collection[str] = (), to_whom: str = "", said: str = "",
    seen: int | None = None,
) -> None:  # fmt: skip
    """Close the clock of a danger, with what was done now or noted before.

    An urgent one takes two people, or the open statement that nobody else could be reached. `seen` is as for
    `write_to_teller`: what the teller said since may tell of danger too, also where the clock ran on. Raises TooLate,
    NotYet, ValueError as `note_danger` does.
    """
    here = still_here(story)
    all_seen(here, seen)
    if steps or said:
        note_danger(story=here, actor=actor, steps=steps, to_whom=to_whom, said=said)
    done = {step for note in here.danger_notes.filter(at__gte=began(here)) for step in note.steps}
    if not done:
        raise NotYet(_("Tick at least one thing that was done."))
    if here.danger == Danger.URGENT and not ("no_colleague" in done or second_look(here, actor)):
        raise NotYet(
            _("An urgent danger takes two people. Ask a colleague to open this story, or tick that none was there.")
        )
    answered = (
        Story.objects.filter(pk=story.pk, danger_answered_at=None)
        .exclude(danger=Danger.NONE)
        .update(danger_answered_at=timezone.now())
    )
    if not answered:
        raise TooLate(_("A colleague has already written down what was done."))
    journal.record("story.danger_answered", story, actor=actor)
    story.refresh_from_db()


def began(story: Story) -> dt.datetime:
    """When the clock of the danger began to run."""
    return story.danger_at or story.told_at


def second_look(story: Story, actor: Member) -> bool:
    """Whether another coordinator opened the text since the clock began; the log of looks says so, not a tick."""
    return _looks(story, began(story)).exclude(actor__in=("", actor.public_id)).exists()


def has_read(story: Story, actor: Member) -> bool:
    """Whether this coordinator opened the text as it is now, by the same log."""
    return _looks(story, story.told_anew_at or story.told_at).filter(actor=actor.public_id).exists()


def _looks(story: Story, since: dt.datetime) -> JournalQuerySet:
    return JournalEntry.objects.about("story", story.public_id).filter(verb="story.looked_at", at__gte=since)


def still_here(story: Story) -> Story:
    """Hold the row (part of an action), so that nothing is noted about a story that was taken back, or about a text
    that `story` does not hold any more. Raises TooLate."""
    here = Story.objects.select_for_update().filter(pk=story.pk).exclude(status=Status.WITHDRAWN).first()
    if here is None:
        raise TooLate
    if here.version != story.version:
        raise TooLate(CHANGED)
    return here


@transaction.atomic
def set_reasons(*, story: Story, rules: Collection[HouseRule], actor: Member) -> None:
    """The house rules that stand open now; what is no longer among them is solved. An open red one blocks, and one
    that ever stood there takes two people.

    Raises NotYet for a red one while the story is on the site, TooLate when it was taken back.
    """
    now = still_here(story)
    if now.is_published and any(rule.severity == HouseRule.Severity.RED for rule in rules):
        raise NotYet(_("This story is on the site. Take it off the site for now, then note the red reason."))
    note_reasons(story, rules, actor=actor)
    story.reasons.exclude(rule__in=rules).filter(solved_at=None).update(solved_at=timezone.now())
    see_red(story)
    journal.record("story.reasons_set", story, actor=actor)


def note_reasons(story: Story, rules: Collection[HouseRule], *, actor: Member, solved: bool = False) -> None:
    """Write reasons down (part of an action); `solved` when the decision itself takes them away.

    The database counts a red one that stands open, and from then on two people read it before it is published, of whom
    who noted it is the first. So a new one stands open for a moment, also when it is solved.
    """
    noted = [StoryReason(story=story, rule=rule, author=actor) for rule in rules]
    if solved:
        StoryReason.objects.bulk_create(noted, ignore_conflicts=True)
        story.reasons.filter(rule__in=rules).update(solved_at=timezone.now())
    else:
        once = ["story", "rule"]
        StoryReason.objects.bulk_create(noted, update_conflicts=True, unique_fields=once, update_fields=["solved_at"])
    see_red(story)


def see_red(story: Story) -> None:
    """Read again what the database makes of the reasons of a story: what blocks it, and who has to read it."""
    story.refresh_from_db(fields=["red_reasons", "red_flag", "first_approver", "second_approver"])


@transaction.atomic
def set_themes(*, story: Story, themes: Collection[Theme], actor: Member, heavy: bool | None = None) -> None:
    """What the story is about, as the desk sees it, and with `heavy` whether readers are warned first."""
    still_here(story)
    StoryTheme.objects.filter(story=story).exclude(theme__in=themes).delete()
    StoryTheme.objects.bulk_create([StoryTheme(story=story, theme=theme) for theme in themes], ignore_conflicts=True)
    say_heavy(story, heavy, actor=actor)
    weigh(story)
    journal.record("story.themes_set", story, actor=actor)


@transaction.atomic
def set_language(*, story: Story, language: str, actor: Member) -> None:
    """Say in which language it was told, where the page on which it was told did not know. Raises TooLate."""
    if still_here(story).language == language:
        return
    if not Story.objects.filter(pk=story.pk, status__in=Story.ON_DESK).update(language=language):
        raise TooLate
    journal.record("story.language_set", story, actor=actor)
    story.refresh_from_db()


@transaction.atomic
def link_initiative(*, story: Story, initiative: Initiative, actor: Member, why: str = "") -> InitiativeLink:
    """Say that a story and an initiative belong together; `why` is shown to readers. Raises TooLate when it is so."""
    still_here(story)
    try:
        with transaction.atomic():
            link = InitiativeLink.objects.create(story=story, initiative=initiative, why=why, author=actor)
    except IntegrityError as error:
        raise TooLate(_("This story is linked with that initiative already.")) from error
    journal.record("story.initiative_linked", story, actor=actor)
    return link


@transaction.atomic
def unlink_initiative(*, story: Story, initiative: Initiative, actor: Member) -> None:
    deleted, _rows = InitiativeLink.objects.filter(story=story, initiative=initiative).delete()
    if not deleted:
        raise TooLate
    journal.record("story.initiative_unlinked", story, actor=actor)
