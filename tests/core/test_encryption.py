from allauth.mfa.totp.internal import auth as totp
from cryptography.fernet import Fernet
from django.core.management import call_command
from django.db import connection

from config.demo.people import second_factor
from core.encryption import Undecryptable, decrypt, encrypt
from stories.models import Message, Story
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


def test_a_value_that_no_key_opens_says_so(settings):
    token = encrypt("iets")
    settings.ENCRYPTION_KEYS = [Fernet.generate_key().decode()]
    try:
        decrypt(token)
    except Undecryptable:
        return
    raise AssertionError("a foreign token was opened")
