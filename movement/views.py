"""Pages of the movement itself: the dream, and what exists already."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.http import TooLate
from movement import actions
from movement.access import coordinators_only
from movement.forms import VoiceForm
from movement.models import Appointment, DreamEdition, Initiative, Member
from movement.reading import endorsements_of


@login_not_required
@require_safe
def dream(request: HttpRequest, number: int | None = None) -> HttpResponse:
    """The newest edition of the dream, or an older one by its number."""
    editions = list(DreamEdition.objects.all())
    edition = next((each for each in editions if number in (None, each.number)), None)
    if number is not None and edition is None:
        raise Http404
    words = {
        "edition": edition,
        "is_newest": bool(editions) and edition == editions[0],
        "others": [other for other in editions if other != edition],
        "sentences": list(edition.sentences.all()) if edition else [],
        "values": list(edition.values.all()) if edition else [],
        "endorsements": endorsements_of(edition, request.user) if edition else None,
    }
    return TemplateResponse(request, "movement/dream.html", words)


@require_POST
def endorse(request: HttpRequest, number: int) -> HttpResponse:
    """Stand behind the newest edition; a page that was open while a newer one came leads to that one."""
    if not isinstance(request.user, Member) or request.user.is_listener:
        raise PermissionDenied
    edition = get_object_or_404(DreamEdition, number=number)
    try:
        actions.endorse(actor=request.user, edition=edition)
    except TooLate:
        messages.warning(request, _("There is a newer edition by now. Read that one first."))
    else:
        messages.success(request, _("You stand behind the dream. Good that you are here."))
    return redirect("dream")


@require_POST
def withdraw_endorsement(request: HttpRequest, number: int) -> HttpResponse:
    """No longer stand behind an edition."""
    if not isinstance(request.user, Member):
        raise PermissionDenied
    actions.withdraw_endorsement(actor=request.user, edition=get_object_or_404(DreamEdition, number=number))
    messages.success(request, _("You no longer stand behind this edition of the dream."))
    return redirect("dream")


@login_not_required
@require_safe
def initiatives(request: HttpRequest) -> HttpResponse:
    """What exists already and deserves strengthening. Each has an address in the page (#…)."""
    rows = Initiative.objects.filter(ended_on=None).select_related("area", "organisation").prefetch_related("themes")
    return TemplateResponse(
        request, "movement/initiatives.html", {"page": Paginator(rows, 60).get_page(request.GET.get("page"))}
    )


@coordinators_only
@require_http_methods(["GET", "POST"])
def voices(request: HttpRequest) -> HttpResponse:
    """Who speaks for which organisation; a coordinator appoints them and ends it."""
    actor = cast("Member", request.user)
    if request.method == "POST" and "end" in request.POST:
        _end_voice(request, actor)
        return redirect("voices")
    form = VoiceForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        member, organisation = form.cleaned_data["member"], form.cleaned_data["organisation"]
        actions.appoint_voice(member=member, organisation=organisation, actor=actor)
        messages.success(request, _("They can answer stories for this organisation now."))
        return redirect("voices")
    now = Appointment.objects.current().filter(kind=Appointment.Kind.VOICE).select_related("member", "organisation")
    context = {"form": form, "voices": now.order_by("organisation__name", "pk")}
    return TemplateResponse(request, "movement/voices.html", context, status=422 if form.is_bound else 200)


def _end_voice(request: HttpRequest, actor: Member) -> None:
    sent = request.POST["end"]
    number = int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 16 else 0
    try:
        actions.end_appointment(kind=Appointment.Kind.VOICE, appointment_id=number, actor=actor)
    except TooLate:
        messages.info(request, _("That had ended already."))
    else:
        messages.success(request, _("They do not speak for the organisation any more. What they answered stays."))
