"""What a coordinator notes about a story without deciding on it: reasons, themes, danger, what it belongs with."""

from collections.abc import Collection

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import journal
from core.http import TooLate
from movement.models import Initiative, Member, Theme
from stories.models import Danger, HouseRule, InitiativeLink, Status, Story, StoryReason, StoryTheme
from stories.states import NotYet

# The house protocol, after the five steps of the Meldcode: what was done is kept as a fact, never as a text.
DANGER_STEPS = {
    "second_reader": gettext_lazy("A colleague looked along"),
    "help_shown": gettext_lazy("The teller saw the help lines"),
    "wrote_teller": gettext_lazy("We wrote to the teller behind the code"),
    "asked_veilig_thuis": gettext_lazy("We asked Veilig Thuis for advice"),
    "called_112": gettext_lazy("We called 112"),
    "no_danger": gettext_lazy("We looked together: there is no danger now"),
}


@transaction.atomic
def look_at(*, story: Story, actor: Member) -> None:
    """Note that this coordinator saw the raw text. Each look is a row: that is what the teller was promised."""
    journal.record("story.looked_at", story, actor=actor)


@transaction.atomic
def answer_danger(*, story: Story, steps: Collection[str], actor: Member) -> None:
    """Close the clock of a danger with what was done, each step a row of its own. Raises TooLate, ValueError."""
    if not steps or not set(steps) <= set(DANGER_STEPS):
        raise ValueError("A danger is answered with one or more of the known steps.")
    answered = (
        Story.objects.filter(pk=story.pk, danger_answered_at=None)
        .exclude(danger=Danger.NONE)
        .update(danger_answered_at=timezone.now())
    )
    if not answered:
        raise TooLate(_("A colleague has already written down what was done."))
    for step in steps:
        journal.record(f"danger.{step}", story, actor=actor)
    journal.record("story.danger_answered", story, actor=actor)
    story.refresh_from_db()


def still_here(story: Story) -> Story:
    """Hold the row (part of an action), so that nothing is noted about a story that was taken back. Raises TooLate."""
    here = Story.objects.select_for_update().filter(pk=story.pk).exclude(status=Status.WITHDRAWN).first()
    if here is None:
        raise TooLate
    return here


@transaction.atomic
def set_reasons(*, story: Story, rules: Collection[HouseRule], actor: Member) -> None:
    """The house rules that stand open now; what is no longer among them is solved. An open red one blocks.

    Raises NotYet for a red one while the story is on the site, TooLate when it was taken back.
    """
    now = still_here(story)
    if now.is_published and any(rule.severity == HouseRule.Severity.RED for rule in rules):
        raise NotYet(_("This story is on the site. Take it off the site for now, then note the red reason."))
    note_reasons(story, rules, actor=actor)
    story.reasons.exclude(rule__in=rules).filter(solved_at=None).update(solved_at=timezone.now())
    count_red(story)
    journal.record("story.reasons_set", story, actor=actor)


def note_reasons(story: Story, rules: Collection[HouseRule], *, actor: Member, solved: bool = False) -> None:
    """Write reasons down (part of an action); `solved` when the decision itself takes them away."""
    solved_at = timezone.now() if solved else None
    StoryReason.objects.bulk_create(
        [StoryReason(story=story, rule=rule, author=actor, solved_at=solved_at) for rule in rules],
        update_conflicts=True,
        unique_fields=["story", "rule"],
        update_fields=["solved_at"],
    )
    count_red(story)


def count_red(story: Story) -> None:
    """Keep the number of open red reasons beside the story, where the database forbids to publish it."""
    red = story.reasons.filter(rule__severity=HouseRule.Severity.RED, solved_at=None).count()
    Story.objects.filter(pk=story.pk).update(red_reasons=red)
    story.red_reasons = red


@transaction.atomic
def set_themes(*, story: Story, themes: Collection[Theme], actor: Member) -> None:
    """What the story is about, as the desk sees it. A heavy theme, or a signal of danger, makes it heavy."""
    still_here(story)
    StoryTheme.objects.filter(story=story).exclude(theme__in=themes).delete()
    StoryTheme.objects.bulk_create([StoryTheme(story=story, theme=theme) for theme in themes], ignore_conflicts=True)
    story.heavy = story.danger != Danger.NONE or any(theme.heavy for theme in themes)
    Story.objects.filter(pk=story.pk).update(heavy=story.heavy)
    journal.record("story.themes_set", story, actor=actor)


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
