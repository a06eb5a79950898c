"""Pages for readers: the list with its search, a story with its thread, the feed. No cookie, never a day or a time."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_POST, require_safe

from core import ratelimit
from core.http import HtmxRequest, TooLate, TooMany, private_page, public_form
from movement.models import Explanation
from stories.access import MOST_ANSWERS, story_for_reader
from stories.actions import recognising
from stories.facts import DOT, facts
from stories.forms.reading import Reading
from stories.handled import handled
from stories.meaning import meaning_of
from stories.models import HouseRule
from stories.options import options
from stories.queries import read_list
from stories.search import corrected
from stories.views.feed import StoryFeed
from stories.views.filters import chips, filters

# A story that was taken back must not live on in any store, the reader's own neither.
_SHORT = "private, no-cache"
_NO_TRACE = "noindex, noarchive"  # docs/decisions/0025


@login_not_required
@require_safe
def story_list(request: HtmxRequest) -> HttpResponse:
    wanted = Reading.asked(request.GET)
    asked, page = read_list(request.user, wanted)
    choices = options()
    kept = asked.to_keep(corrected(asked.words, page.instead))
    context = {
        "asked": asked,
        "widened": asked != wanted,
        "page": page,
        "filters": filters(asked, choices),
        "chips": chips(asked, choices),
        "feed": kept.without_heavy().question(),
        "keep": kept.address() if kept.is_filtered else "",
        "next": f"{asked.address()}&na={page.following}" if page.following else "",
    }
    part = "stories/list.html#results" if request.htmx else "stories/list.html"
    response = TemplateResponse(request, part, context)
    response.headers["Cache-Control"] = _SHORT
    response.headers["X-Robots-Tag"] = _NO_TRACE
    patch_vary_headers(response, ["Cookie", "HX-Request"])
    return response


@login_not_required
@require_safe
def story(request: HttpRequest, public_id: str) -> HttpResponse:
    found = story_for_reader(request, public_id)
    told = found.story
    context = {
        "story": told,
        "address": told.get_absolute_url(),
        "facts": DOT.join(facts(told.perspective, told.form_of_help, found.region, told.published_on)),
        "themes": found.themes,
        "answers": found.answers,
        "answered_by": found.answered_by[:MOST_ANSWERS],
        "more_answers": len(found.answered_by) > MOST_ANSWERS,
        "recognised": found.recognised,
        "said": found.said,
        "may_answer": found.may_answer,
        "meaning": meaning_of(told),
        "listeners": found.listeners,
    }
    response = TemplateResponse(request, "stories/story.html", context)
    response.headers["Cache-Control"] = _SHORT
    response.headers["X-Robots-Tag"] = _NO_TRACE
    patch_vary_headers(response, ["Cookie"])
    return response


@login_not_required
@public_form
@private_page
@require_POST
def recognise(request: HttpRequest, public_id: str) -> HttpResponse:
    """ "Dit herken ik". The answer is always the same: another would tell the next one at this address who said it."""
    told = story_for_reader(request, public_id).story
    try:
        ratelimit.count(request, "recognise", most=20, of_all=2000, crowded=3, per=3600)
        if ratelimit.first_today(request, f"recognise {public_id}", of_all=25):
            recognising.recognise(story=told)
    except (TooMany, ratelimit.Unavailable, TooLate):
        pass
    return redirect(f"{told.get_absolute_url()}#dank")


@login_not_required
@require_safe
def house_rules(request: HttpRequest) -> HttpResponse:
    """By which rules stories are read, and how that goes: both in the open."""
    rules, figures = list(HouseRule.objects.current()), handled()
    texts = list(Explanation.objects.current().filter(place=Explanation.Place.RULES))
    severities = (HouseRule.Severity.RED, HouseRule.Severity.AMBER, HouseRule.Severity.GREEN)
    context = {
        "texts": texts,
        "groups": [
            (severity, [(rule, figures.reasons.get(rule.pk)) for rule in rules if rule.severity == severity])
            for severity in severities
        ],
        "figures": figures,
        "checked": min((one.checked_on for one in [*rules, *texts]), default=None),
    }
    return TemplateResponse(request, "stories/rules.html", context)


@login_not_required
@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    response = StoryFeed()(request)
    response.headers["Cache-Control"] = _SHORT
    response.headers["X-Robots-Tag"] = _NO_TRACE
    return response
