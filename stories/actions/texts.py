"""Editing the texts of the house where more is at stake than words: help lines in danger, rules that block."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from movement import texts
from movement.models import Checked, HelpLine, Member
from stories.actions import taking
from stories.models import HouseRule, Status, StoryReason
from stories.states import NotYet

RED = HouseRule.Severity.RED


@transaction.atomic
def edit(*, text: Checked, changes: Mapping[str, Any], seen: int, actor: Member, why: str = "") -> None:
    """Change a text. Raises TooLate when somebody changed it since, NotYet when stories depend on what it was."""
    if isinstance(text, HouseRule):
        _severity(texts.held(text), changes.get("severity", text.severity))
    if isinstance(text, HelpLine) and not changes.get("urgent", True):
        _another_urgent(text)
    _decide(text, actor)
    texts.edit(text=text, changes=changes, seen=seen, actor=actor, why=why)


@transaction.atomic
def check(*, text: Checked, actor: Member) -> None:
    """Say that it was read again and is still right. Raises TooLate when a colleague has it in hand."""
    _decide(text, actor)
    texts.check(text=text, actor=actor)


def _decide(text: Checked, actor: Member) -> None:
    taking.only_hers(text, actor)
    taking.finish(text)


def _severity(rule: HouseRule, new: str) -> None:
    """The database refuses the same two; this says what has to happen first."""
    if rule.severity == new or RED not in (rule.severity, new):
        return
    reasons = StoryReason.objects.filter(rule=rule, solved_at=None)
    if rule.severity == RED and (n := reasons.count()):
        raise NotYet(
            ngettext(
                "This red rule stands open at one story. Decide about that story first; until then it stays red.",
                "This red rule stands open at %(n)s stories. Decide about those first; until then it stays red.",
                n,
            )
            % {"n": n}
        )
    if new == RED and (n := reasons.filter(story__status=Status.PUBLISHED).count()):
        raise NotYet(
            ngettext(
                "One story is on the site for which this rule stands open. Take it off the site for now, then make "
                "the rule red.",
                "%(n)s stories are on the site for which this rule stands open. Take them off the site for now, then "
                "make the rule red.",
                n,
            )
            % {"n": n}
        )


@transaction.atomic
def end(*, text: Checked, actor: Member) -> None:
    """Take a text off all pages. Raises NotYet for the last help line for danger and the last house rule."""
    if isinstance(text, HelpLine):
        _another_urgent(text)
    if isinstance(text, HouseRule) and not HouseRule.objects.current().exclude(pk=text.pk).exists():
        raise NotYet(_("This is the last house rule, and a decision needs one. Add another one first."))
    _decide(text, actor)
    texts.end(text=text, actor=actor)


def _another_urgent(line: HelpLine) -> None:
    if line.urgent and not HelpLine.objects.current().filter(urgent=True).exclude(pk=line.pk).exists():
        raise NotYet(_("This is the last help line for danger. Add another one first."))
