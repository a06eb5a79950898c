"""Who may: the questions that views ask before they show or change anything.

Strangers are sent to the log-in (or get a 404 for a thing that is not theirs to know of); members without the
right get a 403.
"""

import time
from collections.abc import Callable
from functools import wraps
from http import HTTPStatus

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode

from core.http import private_page
from movement.models import Appointment, Area, Member, Organisation

View = Callable[..., HttpResponse]


_SEEN = "desk_seen"
_EVERY = 60  # seconds between two writes of the session, so that reading is not a write each time


def has_second_factor(request: HttpRequest) -> bool:
    """Whether a second factor was shown in this session (or a passkey, which is two in one), this working day, and
    the desk was not left alone since for DESK_IDLE_MINUTES."""
    shown = _shown_at(request)
    if not shown:
        return False
    now = time.time()
    last = max(shown, request.session.get(_SEEN, 0))
    return shown > now - settings.SECOND_FACTOR_HOURS * 3600 and last > now - settings.DESK_IDLE_MINUTES * 60


def _shown_at(request: HttpRequest) -> float:
    """When a second factor was last shown in this session; 0 for never."""
    if not isinstance(request.user, Member):
        return 0
    records = get_authentication_records(request, request.user)
    return max((record.get("at", 0) for record in records if record.get("method") == "mfa"), default=0)


def _note_presence(request: HttpRequest) -> None:
    now = int(time.time())
    if now - max(_shown_at(request), request.session.get(_SEEN, 0)) > _EVERY:
        request.session[_SEEN] = now


def _come_back(request: HttpRequest) -> HttpResponse:
    """What she typed while the time ran out, kept in the page itself until the second factor is shown once more."""
    typed = [(name, value) for name, values in request.POST.lists() for value in values if name != _TOKEN]
    context = {"typed": typed, "minutes": settings.DESK_IDLE_MINUTES, "back": reverse("desk")}
    return render(request, "movement/come_back.html", context, status=HTTPStatus.FORBIDDEN)


_TOKEN = "csrfmiddlewaretoken"  # noqa: S105 - the name of a field


def ask_second_factor(request: HttpRequest, back: str = "") -> HttpResponse:
    """To the page that asks for the second factor, or that sets one up, and back to where she was going."""
    page = "mfa_reauthenticate" if is_mfa_enabled(request.user) else "mfa_activate_totp"
    back = back or (request.get_full_path() if request.method == "GET" else reverse("desk"))
    return redirect(f"{reverse(page)}?{urlencode({REDIRECT_FIELD_NAME: back})}")


def coordinators_only(view: View) -> View:
    """A page of the desk: a coordinator, always with a second factor, never kept in any store."""

    @wraps(view)
    def wrapper(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not getattr(request.user, "is_coordinator", False):
            raise PermissionDenied
        if not has_second_factor(request):
            typed = any(str(value).strip() for name, value in request.POST.items() if name != _TOKEN)
            return _come_back(request) if typed and _shown_at(request) else ask_second_factor(request)
        _note_presence(request)
        return view(request, *args, **kwargs)

    return private_page(wrapper)


def second_factor_of_coordinators(view: View) -> View:
    """A page of a member's own that a coordinator opens as she does the desk: who reads her mailbox could otherwise
    take her away from it."""

    @wraps(view)
    def wrapper(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if getattr(request.user, "is_coordinator", False) and not has_second_factor(request):
            return ask_second_factor(request, back=request.path)
        return view(request, *args, **kwargs)

    return wrapper


def is_coordinator(request: HttpRequest) -> bool:
    return bool(getattr(request.user, "is_coordinator", False)) and has_second_factor(request)


def appointed_areas(member: Member) -> "set[str]":
    """Codes of the areas for which this member is an analyst now."""
    return {area.code for area in areas_to_analyse(member)}


def areas_to_analyse(member: Member) -> "list[Area]":
    """The areas for which this member is an analyst now, by name. One query."""
    now = Appointment.objects.current().filter(member=member, kind=Appointment.Kind.ANALYST)
    return list(Area.objects.filter(pk__in=now.values("area")).order_by("name"))


def speaks_for(member: object) -> list[Organisation]:
    """The organisations for which this member is a voice now. One query."""
    if not isinstance(member, Member):
        return []
    now = Appointment.objects.current().filter(member=member, kind=Appointment.Kind.VOICE)
    return list(Organisation.objects.filter(pk__in=now.values("organisation")))


def may_analyse(member: object, area: Area) -> bool:
    """Whether this member may work with the figures of an area: appointed for it, or for its youth region."""
    if not isinstance(member, Member):
        return False
    wanted = Q(area=area) | Q(area_id=area.youth_region_id) if area.youth_region_id else Q(area=area)
    return Appointment.objects.current().filter(wanted, member=member, kind=Appointment.Kind.ANALYST).exists()
