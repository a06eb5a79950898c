"""My page: my teams and what is next in them, my post, and what the house knows of me."""

from django.contrib import messages
from django.contrib.auth import logout
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from actionteams.models import Membership
from core.http import private_page
from letters.lines import inbox, piles
from movement.access import areas_to_analyse, second_factor_of_coordinators
from movement.actions import LastCoordinator
from movement.models import DreamEdition, Endorsement, Member
from portal.erasing import erase_everywhere
from portal.my_data import everything_about

INBOX = 20


def _member(request: HttpRequest) -> Member:
    if not isinstance(request.user, Member):
        raise PermissionDenied
    return request.user


@private_page
@require_safe
def mijn(request: HttpRequest) -> HttpResponse:
    """What is next, and what came in. The number of queries does not grow with teams or letters."""
    member = _member(request)
    mine = Endorsement.objects.filter(member=member, edition=OuterRef("pk"))
    edition = DreamEdition.objects.annotate(endorsed=Exists(mine)).first()
    words = {
        "memberships": Membership.objects.current_of(member),
        "post": piles([line for line in inbox(member, INBOX) if line.unread]),
        "edition": edition,
        "endorsed": edition is not None and edition.endorsed,
        "analyses": areas_to_analyse(member),
        "today": timezone.localdate(),
    }
    return TemplateResponse(request, "portal/mijn.html", words)


@private_page
@require_safe
@second_factor_of_coordinators
def download(request: HttpRequest) -> HttpResponse:
    """Everything that the house knows of this member, as one JSON file."""
    answer = JsonResponse(everything_about(_member(request)), json_dumps_params={"ensure_ascii": False, "indent": 2})
    answer.headers["Content-Disposition"] = 'attachment; filename="mijn-gegevens.json"'
    return answer


@private_page
@require_http_methods(["GET", "HEAD", "POST"])
@second_factor_of_coordinators
def erase(request: HttpRequest) -> HttpResponse:
    """Erase my account, after a page that says what goes and what stays."""
    member = _member(request)
    if request.method != "POST":
        return TemplateResponse(request, "portal/erase.html")
    try:
        erase_everywhere(member=member)
    except LastCoordinator:
        messages.error(request, _("You are the only coordinator. Make sure there is another one first."))
        return redirect("mijn")
    logout(request)
    messages.success(request, _("Your account is erased."))
    return redirect("home")
