"""The door: allauth's own views, with what this house asks of every page about an account.

Never kept in a store, nothing half-written, an error that says what to do, and one answer for everybody: who
looks from outside cannot tell which addresses have an account.
"""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.utils import is_mfa_enabled
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from redis.exceptions import RedisError

from core import mail
from core.http import private_page

View = Callable[..., HttpResponse]


def account_page(view: View) -> View:
    """Wrap a view of allauth."""

    @wraps(view)
    def wrapper(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        try:
            with transaction.atomic():
                response = view(request, *args, **kwargs)
                _render(response)
        except mail.NotSent:
            return _sorry(request, "mail")
        except RedisError:  # without a count of the tries nobody is let in
            return _sorry(request, "count")
        if request.method == "POST" and response.status_code == HTTPStatus.OK:
            response.status_code = HTTPStatus.UNPROCESSABLE_ENTITY  # a form that comes back has an error in it
        return response

    return private_page(wrapper)


def open_page(view: View) -> View:
    """The same, for somebody who is not logged in (yet)."""
    return login_not_required(account_page(view))


def remembers_second_factor(view: View) -> View:
    """Who sets up a first second step has just shown it: that counts for this session, without asking again."""

    @wraps(view)
    def wrapper(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        had_one = request.method != "POST" or is_mfa_enabled(request.user)
        response = view(request, *args, **kwargs)
        if not had_one and is_mfa_enabled(request.user):
            record_authentication(request, request.user, "mfa", reauthenticated=True)
        return response

    return wrapper


def _render(response: HttpResponse) -> None:
    """Render now, inside the guard: allauth answers with responses that read the database later."""
    render_now = getattr(response, "render", None)
    if render_now:
        render_now()


def _sorry(request: HttpRequest, what: str) -> HttpResponse:
    response = render(request, "account/sorry.html", {"what": what}, status=HTTPStatus.SERVICE_UNAVAILABLE)
    response.headers["Retry-After"] = "120"
    return response
