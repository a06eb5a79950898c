"""From letters to mails: all that a member was not sent yet, bundled.

A digest is never a window of time: a job that runs late, twice or not at all shifts the moment, and loses nothing.
"""

import datetime as dt
import zlib
from itertools import groupby

from allauth.account.models import EmailAddress
from django.db import connection, transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from letters.models import Kind, Letter, Mail, Pace

MEMBERS_AT_ONCE = 200
DAILY_AT = dt.time(7, 15)
WEEKLY_AT = dt.time(7, 30)  # on Monday
# What goes together in one mail. A reminder and the desk stand alone, so that each can be stopped alone.
_BUNDLE = {
    Kind.NEWS: Kind.NEWS,
    Kind.SEARCH: Kind.NEWS,
    Kind.TEAM: Kind.NEWS,
    Kind.ANSWER: Kind.ANSWER,
    Kind.LOOK_BACK: Kind.LOOK_BACK,
    Kind.DESK: Kind.DESK,
}


def compose_mails(now: dt.datetime, pace: str, *, before: dt.datetime | None = None) -> int:
    """Bundle the unsent letters of this pace into one mail per member and bundle; returns how many mails.

    `before` leaves newer letters for the next time. A second run finds nothing and makes nothing.
    """
    made = 0
    while mails := _compose_some(now, pace, before or now):
        made += mails
    return made


def compose_due(now: dt.datetime) -> int:
    """Compose what should have gone at the last moment of each pace, whenever this runs."""
    return sum(compose_mails(now, pace, before=last_moment(pace, now)) for pace in (Pace.DAILY, Pace.WEEKLY))


def last_moment(pace: str, now: dt.datetime) -> dt.datetime:
    """The newest moment, not after `now`, at which mails of this pace go out (local time)."""
    local = timezone.localtime(now)
    at = {Pace.DAILY: DAILY_AT, Pace.WEEKLY: WEEKLY_AT}.get(Pace(pace))
    if at is None:
        return now
    day = local.date() - dt.timedelta(days=local.weekday() if pace == Pace.WEEKLY else 0)
    moment = dt.datetime.combine(day, at, tzinfo=local.tzinfo)
    return moment if moment <= now else moment - dt.timedelta(days=7 if pace == Pace.WEEKLY else 1)


def _unsent(pace: str, before: dt.datetime) -> QuerySet[Letter]:
    """Only to addresses that are known to be the member's own."""
    unconfirmed = EmailAddress.objects.filter(user=OuterRef("member"), verified=False)
    wanted = Letter.objects.unsent().of_pace(pace)
    return wanted.filter(~Exists(unconfirmed), at__lte=before, member__is_active=True)


def _compose_some(now: dt.datetime, pace: str, before: dt.datetime) -> int:
    with transaction.atomic():
        _one_at_a_time()
        unsent = _unsent(pace, before)
        members = list(unsent.order_by("member_id").values_list("member_id", flat=True).distinct()[:MEMBERS_AT_ONCE])
        letters = list(unsent.filter(member_id__in=members).order_by("member_id", "pk").only("pk", "member_id", "kind"))
        letters.sort(key=_bundle_of)
        bundles = [(key, list(group)) for key, group in groupby(letters, key=_bundle_of)]
        mails = Mail.objects.bulk_create(
            Mail(member_id=member, kind=kind, pace=pace, try_at=now, made_at=now) for (member, kind), _group in bundles
        )
        for parcel, (_key, group) in zip(mails, bundles, strict=True):
            for letter in group:
                letter.mail = parcel
        Letter.objects.bulk_update(letters, ["mail"], batch_size=1000)
    return len(mails)


def _bundle_of(letter: Letter) -> tuple[int, str]:
    return letter.member_id, _BUNDLE[Kind(letter.kind)]


def _one_at_a_time() -> None:
    """Two composers would split one member's letters over two mails; the second waits for the first."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [zlib.crc32(b"letters.compose")])
