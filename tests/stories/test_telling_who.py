"""Who tells, and for whom; and what a form is worth that is too long, or was sent before."""

import re

import pytest
from django.db import IntegrityError, transaction

from movement import setup
from movement.models import Theme
from stories.actions.withdrawing import withdraw
from stories.models import Status, Story
from tests.stories.test_telling import TEXT, URL, fill, token_of, visitor, words_of

__all__ = ["visitor"]  # a fixture


def hidden_in(page):
    return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page.content.decode()))


def test_a_professional_meets_the_duty_of_secrecy_before_the_story(visitor):
    first = visitor.get(URL).content.decode().split("<form", 1)[1]
    assert first.index('value="duty"') < first.index('name="body"') < first.index('name="perspective"')
    assert not re.search(r'type="(?:radio|checkbox)"', first[: first.index('name="body"')]), (
        "nobody is asked who she is"
    )
    duty = visitor.post(URL, fill(visitor, do="duty", feeling="Alleen"))
    assert duty.status_code == 200
    assert hidden_in(duty).items() >= {"body": TEXT, "feeling": "Alleen"}.items()
    assert 'type="checkbox" name="secrecy"' in duty.content.decode()
    unticked = visitor.post(URL, hidden_in(duty) | {"do": "begin"})
    assert unticked.status_code == 422
    assert 'href="#id_secrecy"' in unticked.content.decode()
    page = visitor.post(URL, hidden_in(unticked) | {"do": "begin", "secrecy": "on"})
    assert page.status_code == 200
    assert TEXT in page.content.decode()
    assert re.search(r'value="professional"[^>]* checked', page.content.decode())
    assert hidden_in(page)["secrecy"] == "on"
    back = visitor.post(URL, hidden_in(duty) | {"do": "language"}).content.decode()
    assert TEXT in back
    assert not re.search(r'value="professional"[^>]* checked', back), "who only looked is not taken for one"
    assert not Story.objects.exists()


@pytest.mark.parametrize("do", ["check", "send", "back"])
def test_who_says_only_later_to_be_a_professional_meets_it_then_and_nothing_goes_before(visitor, do):
    page = visitor.post(URL, fill(visitor, perspective="professional", do=do, body="Ik ben bang dat hij zich ophangt."))
    assert page.status_code == 422
    assert 'name="secrecy"' in page.content.decode()
    body = page.content.decode().split("<main")[1].split("</main")[0]
    assert "tel:112" in body, "help for danger does not wait for a tick"
    assert not Story.objects.exists()
    review = visitor.post(URL, hidden_in(page) | {"do": "check", "secrecy": "on"})
    assert review.status_code == 200
    assert 'value="send"' in review.content.decode()
    assert words_of(visitor.post(URL, fill(visitor, perspective="professional", secrecy="on")))


@pytest.mark.parametrize(
    ("told_for", "with_help", "kept"),
    [
        ("child", "could", "could"),
        ("care", "", ""),
        ("self", "could", ""),
        ("", "no", ""),
        ("youth", "unknown", "unknown"),
    ],
)
def test_who_tells_for_another_says_for_whom_and_whether_they_could_with_help(
    visitor, as_, coordinator, told_for, with_help, kept
):
    data = fill(visitor, told_for=told_for, with_help=with_help, when="now")
    review = visitor.post(URL, data | {"do": "check"})
    assert ("Wil je het samen doen" in review.content.decode()) == (kept == "could")
    assert words_of(visitor.post(URL, data))
    story = Story.objects.get()
    assert (story.told_for, story.with_help) == (told_for, kept)
    desk = as_(coordinator).get(f"/desk/verhalen/{story.public_id}/").content.decode()
    assert ("Voor mijn kind" in desk) == (told_for == "child")
    assert ("Ja, met hulp" in desk) == (kept == "could")


def test_the_database_knows_no_help_without_another_person(visitor):
    visitor.post(URL, fill(visitor, told_for="self"))
    with pytest.raises(IntegrityError), transaction.atomic():
        Story.objects.update(with_help="could")


def test_only_the_empty_form_travels_packed(visitor):
    """Size tells of what is in it: a page with a word of a visitor goes as it is."""
    packed = {"accept-encoding": "gzip"}
    assert visitor.get(URL, headers=packed).headers.get("Content-Encoding") == "gzip"
    assert "Content-Encoding" not in visitor.get(URL, {"bij": "iets"}, headers=packed).headers
    assert "Content-Encoding" not in visitor.post(URL, fill(visitor, do="check"), headers=packed).headers
    assert "Content-Encoding" not in visitor.get("/code/", headers=packed).headers


@pytest.mark.parametrize("do", ["check", "send"])
def test_a_story_of_20_000_words_is_not_taken_in_and_not_lost_either(visitor, do):
    words = " ".join(f"woord{n}" for n in range(20_000))
    page = visitor.post(URL, fill(visitor, body=words, do=do))
    assert page.status_code == 422
    assert "vertel het in twee verhalen" in page.content.decode()
    assert words in page.content.decode()
    assert not Story.objects.exists()


def test_a_form_that_is_sent_again_after_its_story_was_taken_back_brings_nothing_back(visitor):
    data = fill(visitor)
    visitor.post(URL, data)
    withdraw(story=Story.objects.get())
    for text in (TEXT, "Een heel ander verhaal, met dezelfde bladzijde."):
        page = visitor.post(URL, data | {"body": text})
        assert page.status_code == 422
        assert "blijft weg" in page.content.decode()
        assert words_of(page) == []
        assert (Story.objects.get().status, Story.objects.get().raw_body) == (Status.WITHDRAWN, None)
    assert text in page.content.decode(), "what was typed is not lost"
    assert words_of(visitor.post(URL, data | hidden_in(page) | {"do": "send"})), "who means it can send it"
    assert Story.objects.get(status=Status.OWN_TIME).raw_body == text


def test_the_questions_are_kept_for_all_and_follow_the_house_while_each_visit_has_a_token_of_its_own(
    visitor, region, settings
):
    theme = Theme.objects.create(slug="contact", name="Contact")
    pages = [visitor.get(URL) for _ in range(2)]
    assert token_of(pages[0]) != token_of(pages[1])
    assert all(text in pages[1].text for text in (region.name, "Contact", "Na 48 uur"))
    Theme.objects.filter(pk=theme.pk).update(name="Bellen met thuis")
    settings.OWN_TIME_HOURS = 24
    page = visitor.get(URL).text
    assert "Bellen met thuis" in page
    assert "Contact" not in page
    assert "Na 24 uur" in page
    assert visitor.get(f"{URL}?bij=x").text.count("<fieldset") == page.count("<fieldset"), "and an answer asks the same"


@pytest.mark.parametrize(
    ("do", "shown", "onward", "there"),
    [
        ("terms", "Wat we nooit doen", "language", "</textarea>"),
        ("terms-check", "Wat we nooit doen", "check", 'class="review"'),
        ("help", "tel:08000432", "language", "</textarea>"),
        ("help-check", "tel:08000432", "check", 'class="review"'),
    ],
)
def test_terms_and_help_lines_are_read_on_the_way_and_nothing_is_lost(visitor, do, shown, onward, there):
    typed = fill(visitor, do=do, feeling="Alleen", heard="2", **{"mark-a": "leave"})
    page = visitor.post(URL, typed)
    assert shown in page.text.split("<main")[1].split("<footer")[0]
    assert "data-wipe" in page.text, "nothing of it is there for the next person"
    assert page.headers["Cache-Control"] == visitor.get(URL).headers["Cache-Control"], "what was typed is on it"
    assert hidden_in(page).items() >= {"body": TEXT, "feeling": "Alleen", "heard": "2", "mark-a": "leave"}.items()
    assert f'value="{onward}"' in page.text
    back = visitor.post(URL, hidden_in(page) | {"do": onward})
    assert back.status_code == 200
    assert there in back.text
    assert "Alleen" in back.text
    assert not Story.objects.exists()


def test_the_terms_say_what_the_settings_say(visitor, settings):
    settings.OWN_TIME_HOURS, settings.DESK_STAFFED, settings.CONTACT_EMAIL = 36, "di-do 10-16", "vraag@example.org"
    page = visitor.get("/vertel/afspraken/").text
    assert "36 uur" in page
    assert "dinsdag tot en met donderdag, van 10 tot 4" in page
    assert "vraag@example.org" in page
    assert "/vertel/afspraken/" in visitor.get("/privacy/").text


def test_what_follows_about_whom_answers_what_was_asked(visitor):
    page = visitor.get(URL).content.decode()
    assert "Vertel je over jezelf of voor iemand anders?" in page
    assert "Over mijzelf" in page
    assert "Voor mijn kind" in page


@pytest.mark.parametrize(
    ("language", "how_long"), [("", "2.000.000 tekens, en er passen er 20.000"), ("/en", "2,000,000 characters")]
)
def test_how_much_too_long_it_is_can_be_read(visitor, language, how_long):
    page = visitor.post(f"{language}{URL}", {"body": "a" * 2_000_000})
    assert page.status_code == 422
    assert how_long in page.content.decode()


def test_arabic_has_no_latin_commas(visitor):
    setup.load_help_lines()
    setup.load_themes()
    themes = [theme.slug for theme in Theme.objects.all()[:3]]
    answers = {"body": "Marieke zei dat Marieke kwam", "themes": themes, "do": "check"}
    for page in (visitor.post(f"/ar{URL}", answers), visitor.post(f"/ar{URL}", answers | {"do": "help"})):
        shown = re.sub(r"<[^>]+>", "", page.content.decode().split("<main")[1].split("</main")[0])
        assert not re.findall(r"[\u0600-\u06ff\d]\s*,.{0,20}", shown)
