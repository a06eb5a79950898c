"""A member's post: what came, how fast it comes by mail, and how to stop it."""

from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from core.http import private_page
from letters import actions
from letters.access import mail_behind, reach_behind
from letters.actions.preferring import paces_of
from letters.forms import PaceForm
from letters.lines import inbox, piles
from letters.models import Kind
from movement.models import Member
from stories.actions.reaching import erase_address


@private_page
def preferences(request: HttpRequest) -> HttpResponse:
    member = request.user
    assert isinstance(member, Member)
    sent = request.POST if request.method == "POST" else None
    form = PaceForm(sent, member=member, initial=paces_of(member))
    if request.method == "POST" and form.is_valid():
        actions.choose_paces(actor=member, paces=form.cleaned_data)
        messages.success(request, _("Saved. From now on your mail comes like this."))
        return redirect("letters:preferences")
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    post = inbox(member)
    return TemplateResponse(
        request,
        "letters/post.html",
        {"form": form, "post": piles(post, 5), "unread": sum(line.unread for line in post)},
        status=status,
    )


@require_POST
@private_page
def read(request: HttpRequest) -> HttpResponse:
    assert isinstance(request.user, Member)
    actions.mark_read(actor=request.user)
    return redirect("letters:preferences")


@login_not_required
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@private_page
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """Stop the kinds of the mail that this token stood in.

    Mail programmes send the POST by themselves, from anywhere, without a cookie (RFC 8058). So nothing is asked
    but the token; it can only stop mail of its own reader, and looking at the page (as scanners do) changes nothing.
    """
    parcel = mail_behind(token)
    kinds = list(parcel.letters.order_by("kind").values_list("kind", flat=True).distinct())
    if request.method == "POST":
        actions.stop_kinds(member=parcel.member, kinds=kinds)
    context = {"kinds": [Kind(kind).label for kind in kinds], "done": request.method == "POST"}
    return TemplateResponse(request, "letters/stop.html", context)


@login_not_required
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@private_page
def stop_notices(request: HttpRequest, token: str) -> HttpResponse:
    """Erase the address that a notice went to. It asks for nothing but the token, as above, and says nothing about
    whose address it was or whether it was still here.
    """
    reach = reach_behind(token)
    if request.method == "POST" and reach:
        erase_address(reach=reach)
    return TemplateResponse(request, "letters/stop_notices.html", {"done": request.method == "POST"})
