"""A mail to a teller: only for who wants it, without a word of what it is about, once, and gone with one click."""

import datetime as dt
import re

import pytest
from django.conf import settings as house
from django.db import connection
from django.test import Client
from django.utils import timezone

from actionteams import actions as teams
from letters import actions, hours, notices
from letters.emails import _WAITS_FOR_TELLER
from letters.models import Notice
from movement.models import Organisation
from stories.actions import clock, deciding, replaying, talking, telling
from stories.actions.answering import publish_answer, settle_promise, write_answer
from stories.actions.reaching import erase_address, leave_address
from stories.actions.reporting import object_to_ruling, report_story
from stories.actions.withdrawing import withdraw
from stories.models import HouseRule, Reach, Story
from stories.states import MOVES, Who
from tests.letters.test_stopping import stop_path
from tests.smtp import html_of, text_of
from tests.stories.factory import put
from tests.stories.test_reporting import decide
from tests.test_doors import session_of

pytestmark = pytest.mark.django_db
ADDRESS = "noor@example.net"
BODY = "Ik mocht alleen om zes uur bellen met mijn moeder."


@pytest.fixture
def told():
    return telling.tell(
        token=b"0123456789abcdef", answers=telling.Answers(body=BODY, audience="everybody"), send_now=True
    )


@pytest.fixture
def story(told):
    leave_address(story=told.story, email=ADDRESS)
    return told.story


@pytest.fixture
def asked(story, coordinator):
    """The support centre asked this teller something."""
    deciding.claim(story=story, actor=coordinator)
    deciding.ask(story=story, text="Welk steunpunt belde jij?", actor=coordinator)
    story.refresh_from_db()
    return story


def post():
    """What the clock does, twice, and late enough for the next morning."""
    for _again in range(2):
        actions.make_letters()
        sent = actions.send_mails(timezone.now() + dt.timedelta(days=1))
    return sent


def behind(story):
    client = Client()
    client.cookies = session_of(None, second_factor=False, story=story)
    return client


def test_a_teller_is_told_once_that_there_is_something_and_nothing_else(smtp, asked, settings):
    settings.DEFAULT_FROM_EMAIL = f"{house.SITE_NAME} <post@example.org>"
    post()
    (message,) = smtp.to(ADDRESS)
    assert (message["Subject"], message["From"]) == ("Er is iets voor je", "post@example.org")
    for said in (text_of(message), html_of(message).split("</style>")[1]):
        assert "vijf woorden" in said
        links = said.count("http")
        assert links == said.count(stop_path(message)) == 1
        for word in (house.SITE_NAME, "verhaal", "vraag", "steunpunt", "jeugdzorg", "bellen", asked.public_id):
            assert word.lower() not in said.replace(house.SITE_URL, "").lower(), word
    assert Notice.objects.get().state == "sent"


@pytest.mark.parametrize(("language", "says", "never"), [("ar", "كلماتك الخمس", "قصت"), ("uk", "п’ять слів", "істор")])
def test_the_mail_speaks_the_language_of_the_page_where_the_address_was_left(
    smtp, told, coordinator, language, says, never
):
    behind(told.story).post(f"/{language}/code/verhaal/bericht/", {"email": ADDRESS})
    deciding.claim(story=told.story, actor=coordinator)
    deciding.ask(story=told.story, text="Welk steunpunt belde jij?", actor=coordinator)
    post()
    (message,) = smtp.to(ADDRESS)
    assert f'<html lang="{language}"' in html_of(message)
    link = stop_path(message)
    assert link.startswith(f"/{language}/")
    for said in (text_of(message), html_of(message).split("</style>")[1]):
        assert says in said
        assert never not in said, "not a word about a story"
        assert not re.search("woorden|mail|iets|steunpunt", said.replace(link, "")), "nothing Dutch is left"
    assert f'lang="{language}"' in Client().get(link).text
    Client().post(link)
    assert not Reach.objects.exists()


def test_the_address_is_shown_to_nobody_and_stands_nowhere_as_it_is(told, as_, coordinator):
    teller = behind(told.story)
    assert teller.post("/code/verhaal/bericht/", {"email": ADDRESS}).status_code == 302
    page = teller.get("/code/verhaal/").content.decode()
    assert "We hebben een e-mailadres van je" in page
    desk = as_(coordinator).get(f"/desk/verhalen/{told.story.public_id}/")
    taken = teller.post("/code/verhaal/meenemen/")
    assert desk.status_code == taken.status_code == 200
    for seen in (page, desk.content.decode(), taken.content.decode()):
        assert "noor" not in seen
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'select t::text from "{table}" t')
            assert not any("noor" in row or b"noor".hex() in row for (row,) in cursor.fetchall()), table
    assert Reach.objects.get().email == ADDRESS


def test_another_address_takes_the_place_of_the_first_and_of_what_was_on_its_way(smtp, asked):
    actions.make_letters()
    behind(asked).post("/code/verhaal/bericht/", {"email": "anders@example.net"})
    post()
    assert smtp.messages == []
    assert Reach.objects.get().email == "anders@example.net"


@pytest.mark.parametrize("how", ["button", "withdrawn", "click"])
def test_the_address_goes_when_the_teller_says_so_and_nothing_is_sent_any_more(smtp, asked, how):
    if how == "click":
        post()
        link = stop_path(smtp.messages.pop())
        assert Client().get(link).status_code == 200
        assert Reach.objects.exists(), "a scanner that looks at a link changes nothing"
        for _twice in range(2):
            answer = Client(enforce_csrf_checks=True).post(link, headers={"origin": "https://mail.example.com"})
            assert (answer.status_code, bool(answer.cookies)) == (200, False)
        assert Client().post(link[:-2] + "x/").status_code == 404
    else:
        actions.make_letters()
        if how == "button":
            behind(asked).post("/code/verhaal/bericht/", {"do": "erase"})
        else:
            withdraw(story=asked)
    assert not Reach.objects.exists()
    post()
    assert smtp.messages == []


def test_nobody_is_told_of_what_they_did_or_saw_themselves(smtp, asked, coordinator):
    telling.answer_question(story=asked, text="Het was de groep.")
    proposal = deciding.propose_edit(
        story=asked, actor=coordinator, title="Bellen", body="Ik mocht bellen.", helped="", feeling="", why="Een naam.",
        rules=[],
    )  # fmt: skip
    actions.make_letters()
    Notice.objects.all().delete()  # that a question and an edit came
    assert telling.answer_proposal(story=asked, proposal=proposal, agree=True)
    post()
    assert Story.objects.get().status == "published"
    assert [text_of(message) for message in smtp.messages] == [], "its teller put it on the site"


def test_while_one_is_on_its_way_there_is_no_second_and_who_answered_first_gets_none(smtp, asked, coordinator):
    actions.make_letters()
    telling.answer_question(story=asked, text="Het was de groep.")
    asked.refresh_from_db()
    post()
    assert smtp.messages == []
    assert Notice.objects.get().state == "void"
    deciding.ask(story=asked, text="En toen?", actor=coordinator)
    actions.make_letters()
    telling.answer_question(story=asked, text="Niets.")
    asked.refresh_from_db()
    deciding.ask(story=asked, text="Wat hielp?", actor=coordinator)
    post()
    assert len(smtp.to(ADDRESS)) == 1


def test_what_we_write_is_told_while_the_story_waits_for_us_too(smtp, story, coordinator):
    """At danger it is the only way to reach the teller, and nobody has to ask something for it."""
    talking.write_to_teller(story=story, text="Gaat het nu met je?", actor=coordinator)
    post()
    assert len(smtp.to(ADDRESS)) == 1, "it is on the pile"
    deciding.claim(story=story, actor=coordinator)
    talking.write_to_teller(story=story, text="We lezen het nu.", actor=coordinator)
    post()
    assert len(smtp.to(ADDRESS)) == 2, "somebody has it in hand"
    talking.write_to_teller(story=story, text="Nog iets.", actor=coordinator)
    actions.make_letters()
    talking.write_to_desk(story=story, text="Ik zag het al.")
    post()
    assert len(smtp.to(ADDRESS)) == 2, "she was there first"


def test_a_team_that_takes_it_up_and_a_change_are_news(smtp, story, host, country):
    from tests.movement_of import a_team

    put(story, "published", title="Bellen", body="Ik mocht bellen.", teaser="Ik", published_on="2026-10-14")
    team = a_team(host, country)
    teams.take_up(team=team, story=story, actor=host)
    post()
    assert len(smtp.to(ADDRESS)) == 1
    teams.record_change(team=team, actor=host, text="Bellen mag.")
    post()
    assert len(smtp.to(ADDRESS)) == 2


def test_what_an_organisation_answers_and_does_is_news_and_what_waits_for_us_is_not(smtp, story, coordinator, host):
    put(story, "published", title="Bellen", body="Ik mocht bellen.", teaser="Ik", published_on="2026-10-14")
    organisation = Organisation.objects.create(name="De Kromme Wilg", kind="provider")

    def write(kind, **due):
        words = {"organisation": organisation, "kind": kind, "text": "Dat horen we.", "actor": host}
        return write_answer(story=story, **words, **due)

    promise = write("will_do", due_on=timezone.localdate())
    post()
    assert smtp.messages == [], "nobody read it yet"
    publish_answer(answer=promise, actor=coordinator)
    post()
    assert len(smtp.to(ADDRESS)) == 1
    settle_promise(answer=promise, actor=coordinator)
    post()
    assert len(smtp.to(ADDRESS)) == 2, "it is done"


@pytest.mark.parametrize("held_first", [False, True])
def test_a_story_that_leaves_the_site_after_a_report_is_news_and_so_is_its_return(
    smtp, story, coordinator, second_coordinator, held_first
):
    rule = HouseRule.objects.create(slug="naam", severity="amber", text="Een naam van iemand.")
    put(story, "published", title="Bellen", body="Ik mocht bellen.", teaser="Ik", published_on="2026-10-14")
    report_story(story=story, token=b"0123456789abcdef", why="recognised", text="Dat is mijn buurjongen.")
    post()
    assert smtp.messages == [], "a report alone changes nothing for its teller"
    if held_first:
        decide(story, coordinator, "held")
        post()
        assert len(smtp.messages) == 1
        smtp.clear()
    decide(story, coordinator, "off", rules=[rule])
    post()
    assert len(smtp.to(ADDRESS)) == 1
    object_to_ruling(story=story, text="Niemand is te herkennen.")
    post()
    assert len(smtp.to(ADDRESS)) == 1, "what she did herself"
    decide(story, second_coordinator)
    post()
    assert (story.status, len(smtp.to(ADDRESS))) == ("published", 2)


def test_every_move_of_ours_after_which_a_teller_finds_something_is_news():
    ours = [move for move in MOVES if set(move.who) - {Who.TELLER} and set(move.new) & set(_WAITS_FOR_TELLER)]
    assert {move.verb for move in ours} - set(notices.RULES) == set()


def test_what_stays_with_us_is_news(smtp, story, coordinator):
    telling.change_consent(story=story, use="read", answer="support")
    deciding.claim(story=story, actor=coordinator)
    story.refresh_from_db()
    deciding.put_on_hold(story=story, actor=coordinator)
    post()
    assert len(smtp.to(ADDRESS)) == 1


def test_what_happened_before_there_was_an_address_is_no_news(smtp, told, coordinator):
    deciding.claim(story=told.story, actor=coordinator)
    deciding.ask(story=told.story, text="Wie belde jij?", actor=coordinator)
    leave_address(story=told.story, email=ADDRESS)
    post()
    assert smtp.messages == []


@pytest.mark.parametrize(("hour", "wait"), [(6, 1), (7, 0), (21, 0), (22, 9), (0, 7)])
def test_no_phone_lights_up_at_night(hour, wait):
    now = timezone.localtime().replace(month=7, day=1, hour=hour, minute=0, second=0, microsecond=0)
    assert hours.next_by_day(now) == now + dt.timedelta(hours=wait)


def test_when_the_story_ended_the_address_goes_as_well(story, settings):
    ended = timezone.now() - dt.timedelta(days=1)
    put(story, "refused", erase_raw_at=ended)
    clock.erase_due()
    assert Reach.objects.exists(), "the last notice may still be on its way"
    clock.erase_due(now=ended + dt.timedelta(days=settings.RAW_KEPT_DAYS))
    assert not Reach.objects.exists()


def test_nobody_leaves_one_address_after_the_other_and_erasing_it_is_never_held_back(story):
    """Each is a row in the journal, which nobody takes out again."""
    page, url = behind(story), "/code/verhaal/bericht/"
    answers = [page.post(url, {"email": f"n{n}@example.org", "message": "Nog iets."}) for n in range(21)]
    assert [answer.status_code for answer in answers[-2:]] == [200, 429]
    assert "Nog iets." in answers[-1].text
    assert 'value="n20@example.org"' in answers[-1].text
    assert Reach.objects.get(story=story).email == "n19@example.org"
    page.post(url, {"do": "erase"})
    assert not Reach.objects.exists()


def test_a_restore_does_not_bring_an_address_back(story):
    erase_address(reach=story.reach)
    listed = [row for row in replaying.taken_back() if row[0] == "address"]
    Reach.objects.create(story=story, email=ADDRESS, at=timezone.now() - dt.timedelta(hours=1))  # from the back-up
    assert [replaying.take_back_again(*row) for row in listed] == [True]
    assert [replaying.take_back_again(*row) for row in listed] == [False]
    leave_address(story=story, email=ADDRESS)
    assert [replaying.take_back_again(*row) for row in replaying.taken_back() if row[0] == "address"] == [False]
