"""Four views: nothing at all; the hash of a story code and nothing else; one query with twenty rows in a plain template; and the same as it is usually written,
with filters that shorten a text and put a date and numbers into words."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path

from bench.floor.models import Row, WholeRow
from stories.codes import code_hash


def bare(request):
    return HttpResponse("ok")


def hash_of_a_code(request):
    return HttpResponse(code_hash(request.GET["of"]).hex())


def rows(request):
    newest = Row.objects.filter(status="published").order_by("-published_on", "public_id")[:20]
    return render(request, "rows.html", {"rows": newest})


def written_as_usual(request):
    newest = WholeRow.objects.filter(status="published").order_by("-published_on", "public_id")[:20]
    return render(request, "as_usual.html", {"rows": newest})


urlpatterns = [
    path("bare/", bare),
    path("hash/", hash_of_a_code),
    path("rows/", rows),
    path("as-usual/", written_as_usual),
]
