"""Letters of long ago, and the mails that carried them, go."""

import datetime as dt

from django.conf import settings
from django.utils import timezone

from letters.models import Letter, Mail

_UNDER_WAY = (Mail.State.WAITING, Mail.State.SENDING)


def forget_letters(now: dt.datetime | None = None) -> int:
    """Delete letters of more than LETTERS_KEPT_DAYS ago, and mails that carry none any more; returns how many rows.

    No letter is made a second time: what became of an entry of the journal stands in Claim. Of a promise or a step
    that is open for longer than that its reminder comes once more. A mail never goes before its letters: a letter
    without one is a letter that was not sent.
    """
    before = (now or timezone.now()) - dt.timedelta(days=settings.LETTERS_KEPT_DAYS)
    letters, _of = Letter.objects.filter(at__lt=before).exclude(mail__state__in=_UNDER_WAY).delete()
    ended = Mail.objects.filter(made_at__lt=before, letters=None).exclude(state__in=_UNDER_WAY)
    return letters + ended.delete()[0]
