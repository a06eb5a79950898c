"""The telling route once more, for a story that its teller changes: the same questions, the same look back."""

from collections.abc import Callable
from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext as _

from core.http import TooLate, TooMany
from stories.actions import revising, telling
from stories.forms.marks import sent_choices
from stories.forms.telling import TEXTS, AnewForm, TellForm, as_told
from stories.models import Status, Story
from stories.views import route

Page = Callable[..., HttpResponse]  # the page behind the code, of a request and a story


def way_of(story: Story, page: Page, typed: dict[str, str]) -> route.Route:
    """The route for this story; `page` is where it leads to, `typed` what was being written there and goes along."""
    send = partial(_send, story=story, page=page, typed=typed)
    return route.Route("stories:mine_anew", partial(AnewForm, story=story), send, {"story": story, "typed": typed})


def begin(request: HttpRequest, story: Story, way: route.Route) -> HttpResponse:
    """The form with what was told in it."""
    return route.ask(request, way, AnewForm(initial=as_told(story), story=story))


def resume(request: HttpRequest, story: Story, page: Page, kept: QueryDict) -> HttpResponse:
    """The form with what was typed in it when the time behind the code was over; nothing of it was sent."""
    if not revising.may_be_told_anew(story):
        return page(request, story, kept=_typed(kept), status=409)
    messages.info(request, _("What you wrote is still here. It has not been sent yet."))
    form = AnewForm(initial=route.as_typed(kept), story=story)
    return route.ask(request, way_of(story, page, {}), form, carried=sent_choices(kept))


def why_not(story: Story) -> str:
    """Why this story cannot be changed here now; empty when it can."""
    if revising.may_be_told_anew(story):
        return ""
    if story.is_published:
        return _("Your story is on the site. Write below, under your text, what is not right. Then you can change it.")
    if story.raw_body is None:
        return _("What you wrote has been erased, so it cannot be changed here. You can always tell a new story.")
    return _("Your story cannot be changed just now. Below is how it stands.")


def _send(
    request: HttpRequest, form: TellForm, data: QueryDict, *, story: Story, page: Page, typed: dict[str, str]
) -> HttpResponse:
    """Keep the new text in the place of the old one, and show how the story stands now."""
    answers = route.to_send(form)
    try:
        route.count(request)
        revising.tell_anew(
            story=story, version=form.cleaned_data["version"], answers=answers,
            at_once=form.cleaned_data.get("when") == "now",
        )  # fmt: skip
    except TooMany as error:
        way = way_of(story, page, typed)
        return route.look_back(request, way, form, data, status=429, notice=route.wait(error.wait))
    except TooLate:
        story.refresh_from_db()
        if story.raw_body == telling.clean(answers.body):  # the second click of a double click
            return page(request, story)
        if not revising.may_be_told_anew(story):
            return page(request, story, kept=_typed(data), status=409)
        data["version"] = str(story.version)
        notice = _("This story was changed in the meantime, in another window or on another device. What stands here "
                   "was not sent. If you send it now, it takes the place of that other text.")  # fmt: skip
        again = AnewForm(data, story=story)
        again.is_valid()
        return route.look_back(request, way_of(story, page, typed), again, data, status=409, notice=notice)
    if story.status == Status.OWN_TIME:
        messages.success(request, _("Your story has been changed. It is still with you."))
    else:
        messages.success(request, _("Your story is with the support centre now."))
    return page(request, story)


def _typed(data: QueryDict) -> str:
    """The texts of the form, one under the other, to copy."""
    return "\n\n".join(text for name in TEXTS if (text := data.get(name, "").strip()))
