"""What a mail to a member looks like. Composed at the moment of sending, from the rows as they are then."""

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core import mail
from letters.lines import grouped, lines
from letters.models import Kind, Mail, Pace
from letters.tokens import stop_url

_DIGEST_SUBJECTS = {Pace.WEEKLY: _("The news of this week"), Pace.DAILY: _("The news of today")}
_SUBJECTS = {Kind.LOOK_BACK: _("Time to look back"), Kind.DESK: _("What waits for you")}


def message_for(parcel: Mail) -> EmailMultiAlternatives | None:
    """The message of a mail, or None when nothing is left to say. Raises core.mail.Refused for a bad address."""
    member = parcel.member
    if not member.is_active:
        return None
    groups = grouped(lines(member, parcel.letters.filter(cancelled_at=None, by_mail=True).order_by("at", "pk")))
    if not groups:
        return None
    stop = stop_url(parcel)
    default = _DIGEST_SUBJECTS.get(Pace(parcel.pace), _("News"))
    return mail.compose(
        member.email,
        str(_SUBJECTS.get(Kind(parcel.kind), default)),
        f"letters/{'reminder' if parcel.kind == Kind.LOOK_BACK else 'digest'}",
        {
            "name": member.name,
            "groups": groups,
            "site": settings.SITE_URL,
            "stop_url": stop,
            "preferences_url": settings.SITE_URL + reverse("letters:preferences"),
            "weekly": parcel.pace == Pace.WEEKLY,
            "desk": parcel.kind == Kind.DESK,
        },
        headers={
            "Message-ID": mail.message_id(f"post.{parcel.public_id}"),
            "List-Unsubscribe": f"<{stop}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        },
    )
