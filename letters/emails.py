"""What a mail to a member looks like. Composed at the moment of sending, from the rows as they are then."""

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from core import mail
from core.models import JournalEntry
from letters.lines import grouped, lines
from letters.models import Kind, Mail, Notice, Pace
from letters.tokens import notice_stop_url, stop_url
from stories.models import Status, Story

_DIGEST_SUBJECTS = {Pace.WEEKLY: _("The news of this week"), Pace.DAILY: _("The news of today")}
_SUBJECTS = {
    Kind.LOOK_BACK: _("Time to look back"),
    Kind.DESK: _("What waits for you"),
    Kind.ANSWER: _("About your answer"),
}


# Where a story stands when its teller finds something.
_WAITS_FOR_TELLER = (Status.QUESTION, Status.PROPOSED, Status.PUBLISHED, Status.ON_HOLD, Status.REFUSED)
# While it waits for us there is something when we wrote, and the teller did none of these since.
_WRITTEN = "story.written"
_TELLER_ACTED = ("answered", "agreed", "declined", "wrote", "told_anew", "objected", "sent")


def message_for(parcel: Mail | Notice) -> EmailMultiAlternatives | None:
    """The message of a mail, or None when nothing is left to say. Raises core.mail.Refused for a bad address."""
    return _notice(parcel) if isinstance(parcel, Notice) else _mail(parcel)


def _notice(parcel: Notice) -> EmailMultiAlternatives | None:
    """What could lie open on a table: not from whom, not about what, in the language in which the address was left."""
    story = parcel.reach.story
    if story.status not in _WAITS_FOR_TELLER and not _we_spoke_last(story):
        return None
    with override(parcel.reach.language):
        stop = notice_stop_url(parcel.reach)
        return mail.compose(
            parcel.reach.email,
            str(_("There is something for you")),
            "letters/notice",
            {"site_name": "", "stop_url": stop},
            headers=_headers(parcel, stop),
            nameless=True,
        )


def _we_spoke_last(story: Story) -> bool:
    spoken = JournalEntry.objects.filter(
        subject_kind="story",
        subject_id=story.public_id,
        verb__in=[_WRITTEN, *(f"story.{verb}" for verb in _TELLER_ACTED)],
    )
    return spoken.order_by("-at", "-pk").values_list("verb", flat=True).first() == _WRITTEN


def _mail(parcel: Mail) -> EmailMultiAlternatives | None:
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
        headers=_headers(parcel, stop),
    )


def _headers(parcel: Mail | Notice, stop: str) -> dict[str, str]:
    return {
        "Message-ID": mail.message_id(f"post.{parcel.public_id}"),
        "List-Unsubscribe": f"<{stop}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
