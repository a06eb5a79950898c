"""What coordinators do with the texts of the house: add, edit, check, end, bring back.

Every text says when it was last checked. Each change keeps a version, and the journal names that version:

| verb            | what                                             |
|-----------------|--------------------------------------------------|
| text.added      | version 1                                        |
| text.edited     | the next version                                 |
| text.checked    | nothing changed; the version that was looked at  |
| text.ended      | no longer on any page; the version that ended    |
| text.back       | on the pages again                               |
"""

from collections.abc import Mapping
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils import timezone

from core.http import SECOND_CLICK, TooLate
from core.journal import record
from movement.callers import tell_when_done
from movement.models import Checked, HelpLine, Member, TextVersion

T = TypeVar("T", bound=Checked)


def versions(text: Checked) -> list[TextVersion]:
    """All versions that are kept of a text, the newest first; none for one that nobody touched since the beginning."""
    return list(TextVersion.objects.filter(kind=_kind(text), row=text.pk))


@transaction.atomic
def add(*, text: T, actor: Member) -> T:
    """Save a new text, the last on its page and checked today. Twice the same is once."""
    Member.objects.select_for_update(no_key=True).get(pk=actor.pk)  # one click after the other
    said = {name: getattr(text, name) for name in text.EDITED if name != "position"}
    just_now = TextVersion.objects.filter(kind=_kind(text), number=1, at__gt=timezone.now() - SECOND_CLICK)
    if same := _rows(text).filter(**said, pk__in=just_now.values("row"), ended_on=None).first():
        return same
    text.position = 1 + (_rows(text).aggregate(last=Max("position"))["last"] or 0)
    text.checked_on = timezone.localdate()
    text.save(force_insert=True)
    _record("text.added", text, _keep(text, 1), actor)
    return text


@transaction.atomic
def edit(*, text: Checked, changes: Mapping[str, Any], seen: int, actor: Member, why: str = "") -> None:
    """Change fields of `text.EDITED`; that also says that it was checked today.

    `seen` is the number of the version that was on the page, 0 for none; `why` is kept with the version. Raises
    TooLate when somebody changed it since, unless it says all this by now.
    """
    now = held(text)
    newest = _newest(now)
    if (newest.number if newest else 0) != seen:
        if all(getattr(now, name) == said for name, said in changes.items()):
            return
        raise TooLate
    if newest is None:  # what it said before anybody touched it is a version too
        newest = _keep(now, 1)
    for name in now.EDITED:
        setattr(now, name, changes.get(name, getattr(now, name)))
    now.checked_on = timezone.localdate()
    now.save()
    _record("text.edited", now, _keep(now, newest.number + 1, why), actor)


@transaction.atomic
def check(*, text: Checked, actor: Member) -> None:
    """Say that it was read again and is still right."""
    now = held(text)
    now.checked_on = timezone.localdate()
    now.save(update_fields=["checked_on"])
    _record("text.checked", now, _newest(now) or _keep(now, 1), actor)


@transaction.atomic
def end(*, text: Checked, actor: Member) -> None:
    """Take it off all pages; it can be brought back. Raises TooLate when it has ended already."""
    now = held(text)
    if now.ended_on:
        raise TooLate
    now.ended_on = timezone.localdate()
    now.save(update_fields=["ended_on"])
    _record("text.ended", now, _newest(now) or _keep(now, 1), actor)


@transaction.atomic
def bring_back(*, text: Checked, actor: Member) -> None:
    """Put it on the pages again, with the day on which it was last checked. Raises TooLate when it is there."""
    now = held(text)
    if not now.ended_on:
        raise TooLate
    now.ended_on = None
    now.save(update_fields=["ended_on"])
    _record("text.back", now, _newest(now) or _keep(now, 1), actor)


def held(text: T) -> T:
    """The row as it is now, held until the end of the transaction (part of an action)."""
    return _rows(text).select_for_update().get(pk=text.pk)


def _rows(text: T) -> QuerySet[T]:
    return type(text)._default_manager.all()


def _record(verb: str, text: Checked, version: TextVersion, actor: Member) -> None:
    record(verb, version, actor=actor)
    if isinstance(text, HelpLine):
        tell_when_done()


def _kind(text: Checked) -> str:
    return text._meta.model_name or ""


def _newest(text: Checked) -> TextVersion | None:
    return TextVersion.objects.filter(kind=_kind(text), row=text.pk).first()


def _keep(text: Checked, number: int, why: str = "") -> TextVersion:
    content = {name: getattr(text, name) for name in text.EDITED}
    return TextVersion.objects.create(kind=_kind(text), row=text.pk, number=number, content=content, why=why)
