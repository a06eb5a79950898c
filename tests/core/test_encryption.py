import re
from io import StringIO

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from cryptography.fernet import Fernet
from django.core.management import call_command
from django.db import connection
from django.test import Client

from config.demo.people import second_factor
from core.encryption import Undecryptable, decrypt, encrypt
from stories.actions.telling import Answers, tell
from stories.models import Message, Story
from tests.accounts.flows import log_in, second_step, set_second_factor
from tests.story_of import published_story


def test_text_is_read_back_and_the_database_holds_none_of_it(db):
    story = published_story(raw_body="Mijn mentor bleef.")
    with connection.cursor() as cursor:
        cursor.execute("SELECT raw_body FROM stories_story")
        (token,) = cursor.fetchone()
    assert b"mentor" not in bytes(token)
    assert Story.objects.get(pk=story.pk).raw_body == "Mijn mentor bleef."


def test_after_rotation_the_old_key_can_be_dropped(coordinator, settings):
    totp.TOTP.activate(coordinator, totp.generate_totp_secret())
    story = published_story(raw_body="Mijn mentor bleef.")
    Message.objects.create(story=story, from_teller=True, text="Ja.")
    new = Fernet.generate_key().decode()
    settings.ENCRYPTION_KEYS = [new, *settings.ENCRYPTION_KEYS]
    call_command("rotate_keys", verbosity=0)
    settings.ENCRYPTION_KEYS = [new]
    assert Story.objects.get(pk=story.pk).raw_body == "Mijn mentor bleef."
    assert Message.objects.get().text == "Ja."
    assert second_factor(coordinator) is not None


def rotated_and_dropped(settings):
    """A new key in front, everything anew, and a start without the old one."""
    new = Fernet.generate_key().decode()
    settings.ENCRYPTION_KEYS = [new, *settings.ENCRYPTION_KEYS]
    call_command("rotate_keys", stdout=StringIO())
    settings.ENCRYPTION_KEYS = [new]


def test_after_rotation_a_coordinator_comes_in_with_her_app_and_with_a_recovery_code(smtp, coordinator, settings):
    first = Client()
    log_in(first, smtp, coordinator.email)
    secret = set_second_factor(first)
    spare = re.findall(r"<code>(\d{8})</code>", first.get("/inloggen/bewijs/reserve/").content.decode())
    rotated_and_dropped(settings)
    app, code = Client(), Client()
    for browser in (app, code):
        assert log_in(browser, smtp, coordinator.email) == "/inloggen/bewijs/code/"
    assert app.post("/inloggen/bewijs/code/", {"code": "000000"}).status_code == 422
    assert code.post("/inloggen/bewijs/code/", {"code": spare[0]}).status_code == 302
    assert code.get("/desk/").status_code == 200
    second_step(app, secret)
    assert app.get("/desk/").status_code == 200
    second_step(app, secret, page="/inloggen/bewijs/opnieuw/")
    assert spare[1] in app.get("/inloggen/bewijs/reserve/").content.decode()


def test_after_rotation_recovery_codes_that_came_from_elsewhere_are_read_back(coordinator, settings):
    adapter = get_adapter()
    row = Authenticator.objects.create(
        user=coordinator,
        type=Authenticator.Type.RECOVERY_CODES,
        data={"seed": adapter.encrypt("00"), "migrated_codes": [adapter.encrypt("12345678")], "used_mask": 0},
    )
    rotated_and_dropped(settings)
    row.refresh_from_db()
    assert row.wrap().get_unused_codes() == ["12345678"]


def test_after_rotation_what_was_typed_when_the_time_was_over_waits_behind_the_code(db, settings):
    told = tell(token=b"a form", answers=Answers(body="Ik mocht alleen om zes uur bellen."))
    typed = {"code": told.code, "kept": "Mijn halve zin."}
    teller = Client()
    assert teller.post("/code/", typed).status_code == 302
    rotated_and_dropped(settings)
    assert "Mijn halve zin." in teller.get("/code/verhaal/").content.decode()


def test_a_value_that_no_key_opens_says_so(settings):
    token = encrypt("iets")
    settings.ENCRYPTION_KEYS = [Fernet.generate_key().decode()]
    try:
        decrypt(token)
    except Undecryptable:
        return
    raise AssertionError("a foreign token was opened")
