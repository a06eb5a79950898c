"""Pages that compose what the other packages know."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_POST

from core.http import private_page, public_form


@login_not_required
def home(request: HttpRequest) -> HttpResponse:
    return TemplateResponse(request, "portal/home.html")


@login_not_required
@public_form
@private_page
@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """The quick exit ends what this browser could still open; sent as a beacon while the page goes."""
    request.session.flush()
    return HttpResponse(status=204)
