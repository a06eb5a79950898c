"""The door as a person sees it: on a phone without JavaScript, with an app with codes, and with a passkey."""

import os
import pathlib

import pytest

from movement.models import Member
from tests.accounts.flows import code_from_app, sign_up
from tests.browser import faults

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SHOTS = os.environ.get("SHOTS")


def shoot(page, name):
    """Keep a picture, for who asks for them, and look for what keeps people out."""
    if SHOTS:
        page.screenshot(path=pathlib.Path(SHOTS) / f"{name}.png", full_page=True)


def accessible(page):
    assert faults(page) == []


def test_somebody_signs_up_on_a_phone_without_javascript(phone_without_js, smtp):
    page = phone_without_js
    page.goto("/inloggen/")
    shoot(page, "login-phone")
    page.get_by_role("link", name="Maak een account").click()
    page.get_by_role("button", name="Stuur mij een code").click()
    shoot(page, "signup-errors-phone")
    assert page.get_by_role("alert").is_visible()
    page.get_by_label("Je e-mailadres").fill("noor@example.org")
    page.get_by_label("Je voornaam").fill("Noor")
    page.get_by_label("Jongere").check()
    page.get_by_label("Ik ben 16 jaar of ouder").check()
    shoot(page, "signup-phone")
    page.get_by_role("button", name="Stuur mij een code").click()
    shoot(page, "code-phone")
    page.get_by_label("Code", exact=True).fill(smtp.code_for("noor@example.org"))
    page.get_by_role("button", name="Bevestigen").click()
    page.wait_for_url("**/mijn/")
    assert Member.objects.get().name == "Noor"


def test_what_goes_wrong_at_the_door_and_the_code_keep_nobody_out(new_page, smtp):
    page = new_page(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    page.goto("/inloggen/aanmelden/")
    page.get_by_role("button", name="Stuur mij een code").click()
    by_day_and_by_night(page, "signup-errors")
    page.goto("/inloggen/")
    page.get_by_label("Je e-mailadres").fill("iemand@example.org")
    page.get_by_role("button", name="Stuur mij een code").click()
    page.wait_for_url("**/inloggen/code/")
    by_day_and_by_night(page, "code")


def by_day_and_by_night(page, name):
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        accessible(page)
        shoot(page, f"{name}-{scheme}")


def logged_in(new_page, client, smtp, live_server, settings, **options):
    member = sign_up(client, smtp, "marijke@example.org", name="Marijke")
    page = new_page(**options)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
    return member, page


def test_a_coordinator_sets_up_the_app_with_codes(new_page, client, smtp, live_server, settings):
    _member, page = logged_in(new_page, client, smtp, live_server, settings, viewport={"width": 360, "height": 740})
    Member.objects.update(is_coordinator=True)
    page.goto("/inloggen/bewijs/app/")
    accessible(page)
    shoot(page, "totp-phone")
    page.get_by_text("Ik kan mijn telefoon er niet op richten").click()
    secret = (page.locator("code.key").inner_text()).replace(" ", "")
    page.get_by_label("Code", exact=True).fill(code_from_app(secret))
    page.get_by_role("button", name="Zet aan").click()
    page.wait_for_url("**/bewijs/reserve/")
    accessible(page)
    shoot(page, "spare-codes-phone")
    page.goto("/inloggen/bewijs/")
    accessible(page)
    shoot(page, "index-phone")
    page.goto("/mijn/post/")
    accessible(page)
    shoot(page, "post-phone")


def test_somebody_makes_a_passkey_and_logs_in_with_it_alone(new_page, client, smtp, live_server, settings):
    _member, page = logged_in(new_page, client, smtp, live_server, settings)
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    page.goto("/inloggen/sleutels/nieuw/")
    shoot(page, "passkey-add")
    page.get_by_role("button", name="Maak de sleutel").click()
    page.wait_for_url("**/bewijs/reserve/")
    page.goto("/inloggen/uit/")
    shoot(page, "logout")
    page.locator("main").get_by_role("button", name="Uitloggen").click()
    page.goto("/inloggen/")
    shoot(page, "login-with-passkey")
    page.get_by_role("button", name="Inloggen met een toegangssleutel").click()
    page.wait_for_url("**/mijn/")
    assert len(smtp.messages) == 2, "the code of the sign-up, and the notice of the passkey"
