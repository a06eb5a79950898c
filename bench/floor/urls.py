"""Two views: nothing at all, and one query with twenty rows in a plain template."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path

from bench.floor.models import Row


def bare(request):
    return HttpResponse("ok")


def rows(request):
    newest = Row.objects.filter(status="published").order_by("-published_on", "public_id")[:20]
    return render(request, "rows.html", {"rows": newest})


urlpatterns = [path("bare/", bare), path("rows/", rows)]
