"""Pages that compose what the other packages know."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse


@login_not_required
def home(request: HttpRequest) -> HttpResponse:
    return TemplateResponse(request, "portal/home.html")


def mijn(request: HttpRequest) -> HttpResponse:
    return TemplateResponse(request, "portal/home.html")
