"""Holds the addresses until their pages stand; goes when the last page is built."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


@login_not_required
def soon(request: HttpRequest, **kwargs: str) -> HttpResponse:
    return render(request, "portal/home.html")
