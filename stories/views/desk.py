"""The desk of one story: read it, and decide. Coordinators with a second factor only."""

from collections.abc import Callable
from typing import Any, NamedTuple, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from core.http import TooLate
from movement.access import coordinators_only
from movement.models import Member
from stories.access import story_for_desk
from stories.actions import deciding, quoting, talking, tending
from stories.forms import desk as forms
from stories.models import Story
from stories.states import NotYet
from stories.views.desk_choices import choices_for
from stories.views.desk_page import page_of
from stories.views.desk_preview import preview_of


class Verb(NamedTuple):
    """A thing to do with a story: its form, its action, what is said after it, and whether it leaves the hand."""

    form: type[forms.DeskForm]
    action: Callable[..., Any]
    said: Any
    leaves: bool = False
    unread: bool = False  # says nothing about the text, so it asks for no version of it


VERBS = {
    "oppakken": Verb(forms.ClaimForm, deciding.claim, _("This story is yours now."), unread=True),
    "teruggeven": Verb(
        forms.NothingForm, deciding.hand_back, _("The story is back on the pile."), leaves=True, unread=True
    ),
    "tweede": Verb(forms.NothingForm, deciding.pass_on, _("A colleague reads this story as well."), leaves=True),
    "vraag": Verb(forms.AskForm, deciding.ask, _("Your question waits behind the code."), leaves=True),
    "schrijf": Verb(forms.WriteForm, talking.write_to_teller, _("Your words stand behind the code.")),
    "gelezen": Verb(forms.ReadForm, talking.note_read, _("It is noted that it was read.")),
    "voorstel": Verb(forms.ProposeForm, deciding.propose_edit, _("Your edit waits for the teller."), leaves=True),
    "plaatsen": Verb(forms.PublishForm, deciding.publish_unchanged, _("The story is on the site."), leaves=True),
    "weigeren": Verb(forms.RefuseForm, deciding.refuse, _("The teller reads why behind the code."), leaves=True),
    "vasthouden": Verb(forms.NothingForm, deciding.put_on_hold, _("The story is not on the site.")),
    "vrijgeven": Verb(forms.NothingForm, deciding.release, _("The hold is over.")),
    "stap": Verb(forms.DangerNoteForm, tending.note_danger, _("It is written down. The clock runs on.")),
    "gevaar": Verb(forms.DangerForm, tending.answer_danger, _("It is written down what was done.")),
    "redenen": Verb(forms.ReasonsForm, tending.set_reasons, _("The reasons are kept.")),
    "themas": Verb(forms.ThemesForm, tending.set_themes, _("The themes are kept.")),
    "taal": Verb(forms.LanguageForm, tending.set_language, _("The language is kept.")),
    "verbinden": Verb(forms.LinkForm, tending.link_initiative, _("The initiative is linked.")),
    "losmaken": Verb(forms.UnlinkForm, tending.unlink_initiative, _("The link is gone.")),
    "aanhalen": Verb(forms.QuoteForm, quoting.quote, _("The sentence stands on the worksheets of the region.")),
    "terughalen": Verb(forms.UnquoteForm, quoting.unquote, _("The sentence is gone from the worksheets.")),
}


@coordinators_only
@require_safe
def story(request: HttpRequest, public_id: str) -> HttpResponse:
    # State never changes on GET, and it does not here. But tellers were promised that each look at their own words
    # is written down, so every GET that shows them adds a row to the journal; two looks are two rows.
    found = story_for_desk(public_id)
    return _page(request, found, {}) if _opened(found, request.GET) else _preview(request, found)


def _opened(story: Story, asked: QueryDict) -> bool:
    """Nobody meets what is heavy by accident: she says that she wants to read it."""
    return not story.is_heavy_to_open or "tekst" in asked


@coordinators_only
@require_POST
def act(request: HttpRequest, public_id: str, verb: str) -> HttpResponse:
    doing = VERBS.get(verb)
    if doing is None:
        raise Http404
    found = story_for_desk(public_id)
    form = doing.form(request.POST, story=found, choices=choices_for(found))
    if not doing.unread and request.POST.get("version") != str(found.version):
        return anew(request, found, form)
    if not form.is_valid():
        return _again(request, found, verb, form, status=422)
    try:
        doing.action(story=found, actor=request.user, **form.cleaned_data)
    except NotYet as error:
        form.add_error(None, str(error))
        return _again(request, found, verb, form, status=422)
    except TooLate as error:  # what was typed stays on the page, beside how it stands now
        form.add_error(None, str(error) or _("This was changed in the meantime. Your change was not saved."))
        return _again(request, story_for_desk(public_id), verb, form, status=409)
    messages.success(request, doing.said)  # never a word of the story: this passes through the session
    if doing.leaves:  # to the desk, with the next story one press of a key away
        return redirect(f"{reverse('desk')}?verder")
    return redirect(reverse("stories:desk_story", args=[public_id]) + ("?tekst" if "tekst" in request.POST else ""))


@coordinators_only
@require_POST
def claim_next(request: HttpRequest) -> HttpResponse:
    found = deciding.claim_next(actor=cast("Member", request.user))
    if found is None:
        messages.info(request, _("No story waits."))
        return redirect("desk")
    return redirect("stories:desk_story", found.public_id)


@coordinators_only
@require_POST
def hand_over(request: HttpRequest) -> HttpResponse:
    number = deciding.hand_over_heavy(actor=cast("Member", request.user))
    said = ngettext(
        "One heavy story waits for a colleague now.", "%(n)s heavy stories wait for a colleague now.", number
    )
    messages.success(request, said % {"n": number} if number else _("You have no heavy story in hand."))
    return redirect("desk")


def anew(request: HttpRequest, found: Story, form: forms.DeskForm) -> HttpResponse:
    """The page of the text as it is now, with what was typed beside the one before it, to copy."""
    form.errors.clear()  # what else is wrong with it is not asked now
    form.add_error(None, str(talking.CHANGED))
    if found.is_heavy_to_open:  # what she opened was another text
        return _preview(request, found, form, 409)
    return _page(request, found, {"": form}, 409)


def _again(request: HttpRequest, found: Story, verb: str, form: forms.DeskForm, *, status: int) -> HttpResponse:
    """The page from which it came, with what is wrong: not the text when that was not open."""
    if _opened(found, request.POST):
        return _page(request, found, {"gevaar" if verb == "stap" else verb: form}, status)
    return _preview(request, found, form, status)


def _page(request: HttpRequest, found: Story, bound: dict[str, forms.DeskForm], status: int = 200) -> HttpResponse:
    tending.look_at(story=found, actor=cast("Member", request.user))
    context = page_of(found, cast("Member", request.user), bound, {verb: VERBS[verb].form for verb in VERBS})
    return TemplateResponse(request, "stories/desk_story.html", context, status=status)


def _preview(request: HttpRequest, found: Story, form: forms.DeskForm | None = None, status: int = 200) -> HttpResponse:
    context = preview_of(found, cast("Member", request.user)) | {"form": form, "apart": form if status == 409 else None}
    return TemplateResponse(request, "stories/desk_preview.html", context, status=status)
