"""Pages that compose what the other packages know."""

import datetime as dt

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_POST, require_safe

from core.http import private_page, public_form
from movement.models import Explanation, HelpLine
from portal import activity
from stories import staffed
from stories.facts import DOT, facts


@require_safe
@login_not_required
def home(request: HttpRequest) -> HttpResponse:
    story = activity.furthest(request.user)
    about = facts(story.perspective, story.form_of_help, None, None) if story else ()
    context = {"story": story, "facts": DOT.join(about), "tiles": activity.tiles()}
    return TemplateResponse(request, "portal/home.html", context)


@require_safe
@login_not_required
def tile_map(request: HttpRequest) -> HttpResponse:
    tiles = activity.tiles()
    by_name = sorted(tiles, key=lambda tile: tile.name)
    glowing = [tile for tile in by_name if tile.level]
    quiet = [tile for tile in by_name if not tile.level]
    return TemplateResponse(request, "portal/map.html", {"tiles": tiles, "glowing": glowing, "quiet": quiet})


@require_safe
@login_not_required
def help_lines(request: HttpRequest) -> HttpResponse:
    lines = list(HelpLine.objects.current())
    texts = list(Explanation.objects.current().filter(place=Explanation.Place.HELP))
    checked = min((line.checked_on for line in lines), default=None)
    context = {"lines": lines, "texts": texts, "checked": checked, "staffed": staffed.in_words()}
    return TemplateResponse(request, "portal/help.html", context)


@require_safe
@login_not_required
def privacy(request: HttpRequest) -> HttpResponse:
    periods = {
        "own_time": settings.OWN_TIME_HOURS,
        "kept": settings.RAW_KEPT_DAYS,
        "refused": settings.RAW_KEPT_DAYS_REFUSED,
        "unanswered": settings.RAW_KEPT_DAYS_UNANSWERED,
        "held": settings.RAW_KEPT_DAYS_HELD,
    }
    return TemplateResponse(request, "portal/privacy.html", {**periods, "contact": settings.CONTACT_EMAIL})


@require_safe
@login_not_required
def accessibility(request: HttpRequest) -> HttpResponse:
    words = {"contact": settings.CONTACT_EMAIL, "made_on": dt.date(2026, 11, 23)}
    return TemplateResponse(request, "portal/accessibility.html", words)


@login_not_required
@public_form
@private_page
@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """The quick exit ends what this browser could still open: as a beacon while the page goes, or where there are no
    scripts as a form. No form of ours may lead to another site, so a page without a word does."""
    request.session.flush()
    if request.POST.get("do") != "go":
        return HttpResponse(status=204)
    response = TemplateResponse(request, "portal/left.html", {"to": settings.QUICK_EXIT_URL})
    response.headers["Refresh"] = f"0; url={settings.QUICK_EXIT_URL}"
    return response
