"""The five words: what opens the page behind them, and what ends it."""

from contextlib import suppress

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods, require_POST

from core import ratelimit
from core.http import TooMany, private_page, public_form
from core.languages import calm
from stories.access import behind_code, close_to_teller, keep, open_to_reporter, open_to_teller
from stories.actions.telling import put_words_away
from stories.codes import BadToken, code_hash, opened
from stories.forms.code import CodeForm
from stories.models import Report, Story
from stories.views.mine_page import code_page, told_so_far


@login_not_required
@public_form
@private_page
@require_http_methods(["GET", "HEAD", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """Ask for the five words. A wrong and a broken code get the same answer, by the same work.

    An empty one takes that work too, and is told that nothing was typed.
    """
    if request.method != "POST":
        return TemplateResponse(request, "stories/code.html", {"form": CodeForm()})
    if request.POST.get("do") == "language":
        return code_page(request, CodeForm(initial=request.POST.dict()))
    form = CodeForm(request.POST)
    try:
        ratelimit.count(request, "code", most=10, of_all=300, crowded=3)
    except ratelimit.Unavailable:
        return code_page(request, form, status=503, closed=True)
    except TooMany as error:
        return code_page(request, form, status=429, wait=error.wait // 60 + 1)
    found = behind_code(code_hash(request.POST.get("code", "")))
    if found is None:
        return code_page(request, form, status=422, unknown=True)
    ratelimit.forgive(request, "code")
    # Always by leading on: a page that answers the five words would stay in the history, and open all this again.
    onward = _open(request, found)
    told, kept = told_so_far(request.POST), form["kept"].value()
    if told or kept:
        keep(request, told or [("kept", kept)])
    return redirect("stories:mine_anew" if told and onward == "stories:mine" else onward)


def _open(request: HttpRequest, found: Story | Report) -> str:
    """Begin the session that these words open; where it leads to."""
    if isinstance(found, Report):
        open_to_reporter(request, found)
        return "stories:reported"
    open_to_teller(request, found)
    return "stories:mine"


@login_not_required
@public_form
@private_page
@require_POST
def done(request: HttpRequest) -> HttpResponse:
    """End the session, put the five words away, and have the browser forget what it kept of this site."""
    close_to_teller(request)
    with suppress(BadToken):  # behind the code there is none
        put_words_away(token=opened(request.POST.get("token", "")))
    response = redirect(calm())
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response
