"""Signing up, logging in and the second step, as a person does it: through the pages and the mail."""

import time

from allauth.mfa.totp.internal import auth as totp
from django.core.cache import cache
from django.test import Client

from movement.models import Member
from tests.smtp import Post


def sign_up(
    client: Client, smtp: Post, email: str, *, name: str = "Anouk", perspective: str = "professional"
) -> Member:
    """From an empty form to a member who is logged in."""
    page = client.post(
        "/inloggen/aanmelden/", {"email": email, "name": name, "perspective": perspective, "sixteen": "on"}
    )
    assert page.status_code == 302, page.content.decode()
    page = client.post(page.headers["Location"], {"code": smtp.code_for(email)})
    assert page.status_code == 302, page.content.decode()
    return Member.objects.get(email=email)


def log_in(client: Client, smtp: Post, email: str, *, next_page: str = "") -> str:
    """With a code by mail. Returns where the site sends her: to her page, or to the second step."""
    query = f"?next={next_page}" if next_page else ""
    page = client.post(f"/inloggen/{query}", {"email": email})
    assert page.status_code == 302, page.content.decode()
    page = client.post(page.headers["Location"], {"code": smtp.code_for(email)})
    assert page.status_code == 302, page.content.decode()
    return page.headers["Location"]


def set_second_factor(client: Client) -> str:
    """Set up the app with codes for who is logged in. Returns the secret, for `second_step` later on."""
    assert client.get("/inloggen/bewijs/app/").status_code == 200
    secret: str = client.session[totp.SECRET_SESSION_KEY]
    page = client.post("/inloggen/bewijs/app/", {"code": code_from_app(secret)})
    assert page.status_code == 302, page.content.decode()
    return secret


def second_step(client: Client, secret: str, *, page: str = "/inloggen/bewijs/code/") -> str:
    """Type the code from the app, at log-in or when the desk asks again. Returns where the site sends her."""
    cache.clear()  # a code works once; in a test two steps fall within its thirty seconds
    answer = client.post(page, {"code": code_from_app(secret)})
    assert answer.status_code == 302, answer.content.decode()
    return answer.headers["Location"]


def code_from_app(secret: str) -> str:
    """What an authenticator app shows now for this secret."""
    return str(totp.format_hotp_value(totp.hotp_value(secret, int(time.time()) // 30)))
