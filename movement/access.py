"""Who may: the questions that views ask before they show or change anything.

Strangers are sent to the log-in (or get a 404 for a thing that is not theirs to know of); members without the
right get a 403.
"""

from collections.abc import Callable
from functools import wraps

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.utils import is_mfa_enabled
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from core.http import private_page
from movement.models import Appointment, Area, Member

View = Callable[..., HttpResponse]


def has_second_factor(request: HttpRequest) -> bool:
    """Whether this session was opened with a second factor (or with a passkey, which is two in one)."""
    if not isinstance(request.user, Member):
        return False
    return any(record.get("method") == "mfa" for record in get_authentication_records(request, request.user))


def coordinators_only(view: View) -> View:
    """A page of the desk: a coordinator, always with a second factor, never kept in any store."""

    @wraps(view)
    def wrapper(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not getattr(request.user, "is_coordinator", False):
            raise PermissionDenied
        if not has_second_factor(request):
            return redirect("mfa_reauthenticate" if is_mfa_enabled(request.user) else "mfa_activate_totp")
        return view(request, *args, **kwargs)

    return private_page(wrapper)


def is_coordinator(request: HttpRequest) -> bool:
    return bool(getattr(request.user, "is_coordinator", False)) and has_second_factor(request)


def appointed_areas(member: Member) -> "set[str]":
    """Codes of the areas for which this member is an analyst now."""
    return set(
        Appointment.objects.current()
        .filter(member=member, kind=Appointment.Kind.ANALYST)
        .values_list("area__code", flat=True)
    )


def may_analyse(member: object, area: Area) -> bool:
    """Whether this member may work with the figures of an area: appointed for it, or for its youth region."""
    if not isinstance(member, Member):
        return False
    wanted = Q(area=area) | Q(area_id=area.youth_region_id) if area.youth_region_id else Q(area=area)
    return Appointment.objects.current().filter(wanted, member=member, kind=Appointment.Kind.ANALYST).exists()
