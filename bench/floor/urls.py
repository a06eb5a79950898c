"""Three views: nothing at all; one query with twenty rows in a plain template; and the same as it is usually written,
with filters that shorten a text and put a date and numbers into words."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path

from bench.floor.models import Row, WholeRow


def bare(request):
    return HttpResponse("ok")


def rows(request):
    newest = Row.objects.filter(status="published").order_by("-published_on", "public_id")[:20]
    return render(request, "rows.html", {"rows": newest})


def written_as_usual(request):
    newest = WholeRow.objects.filter(status="published").order_by("-published_on", "public_id")[:20]
    return render(request, "as_usual.html", {"rows": newest})


urlpatterns = [path("bare/", bare), path("rows/", rows), path("as-usual/", written_as_usual)]
