"""The states of a story: one table, held by the database; no order of acts breaks a promise or stays silent."""

import datetime as dt
import secrets
from html import unescape
from importlib import import_module

import pytest
from django.conf import settings as conf
from django.db import DatabaseError, transaction
from django.test import RequestFactory
from django.utils import timezone
from django.utils.translation import gettext as _
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)  # fmt: skip

from core.http import TooLate
from core.models import JournalEntry
from stories import states
from stories.actions import clock, deciding, quoting, reporting, revising, talking, telling, tending, withdrawing
from stories.models import EditProposal, HouseRule, Quote, Status, Story
from stories.setup import load_house_rules
from stories.waiting import piles
from tests.conftest import make_area, make_member
from tests.stories.factory import a_story, published, visit_of
from tests.test_doors import HOUSE

pytestmark = pytest.mark.django_db

SessionStore = import_module(conf.SESSION_ENGINE).SessionStore
HEADINGS = {
    Status.OWN_TIME: ["Your story is still with you"],
    Status.WAITING: ["Your story is with the support centre"],
    Status.IN_HAND: ["Somebody is reading your story"],
    Status.ESCALATED: ["A second person is going to read your story"],
    Status.QUESTION: ["There is a question for you"],
    Status.PROPOSED: ["There is a text for you to look at"],
    Status.PUBLISHED: ["Your story is on the site"],
    Status.ON_HOLD: ["The support centre has read your story", "Your story is not to be seen for now"],
    Status.REFUSED: ["Your story does not go on the site", "Your story is not on the site"],
    Status.WITHDRAWN: ["You took your story back"],
}
TEXTS = st.sampled_from(["Niemand luisterde.", "Ik wil niet meer leven."])
QUOTABLE = st.sampled_from(["yes", "yes", "ask", "no"])
AUDIENCES = st.sampled_from(["everybody", "members", "support"])
WHO = st.sampled_from(["who has it", "who has it", "somebody else"])
RULES_OF_OFF = st.sampled_from([(), ("other",), ("red", "other")])
RULES = st.sampled_from([(), ("red",), ("other",), ("red", "other")])


def can(verb):
    """Mostly what can happen now, so that a walk comes far; every fourth act is any act at all."""
    return precondition(lambda self: self.acts % 4 == 0 or self.story.status in states.before(verb))


def behind_the_code(story):
    """The teller's page. Without a new Client each time: every one of those reads all static files anew."""
    session = SessionStore()
    session["teller"] = visit_of(story)
    session.create()
    request = RequestFactory(HTTP_COOKIE=f"{conf.SESSION_COOKIE_NAME}={session.session_key}").get("/code/verhaal/")
    return unescape(b"".join(HOUSE(request.environ)).decode())


class OneStory(RuleBasedStateMachine):
    """One story, its teller, two coordinators and the clock; each rule is one of them doing what a form or job does."""

    def __init__(self):
        super().__init__()
        self.kept = transaction.atomic()
        self.kept.__enter__()
        load_house_rules()
        self.people = [make_member(name, "organisation", is_coordinator=True) for name in ("Marijke", "Hanna")]
        self.house = {
            "red": HouseRule.objects.filter(severity="red")[0],
            "other": HouseRule.objects.exclude(severity="red")[0],
        }
        self.region = make_area("JZ17", "youth_region", "Midden IJssel / Oost Veluwe")
        self.acts = 0

    def teardown(self):
        transaction.set_rollback(True)
        self.kept.__exit__(None, None, None)

    @initialize(text=TEXTS, audience=AUDIENCES, quotable=QUOTABLE, now=st.booleans())
    def tell(self, text, audience, quotable, now):
        answers = telling.Answers(body=text, audience=audience, quotable=quotable, region=self.region)
        self.story = telling.tell(token=secrets.token_bytes(16), answers=answers, send_now=now).story
        self.look(["story.told"])

    def act(self, action, *args, **kwargs):
        """Do it as a view does: on a row that was read just now; refused with a sentence, or done and told."""
        self.acts += 1
        was = Story.objects.get(pk=self.story.pk)
        seen = JournalEntry.objects.order_by("-pk").values_list("pk", flat=True)[0]
        try:
            with transaction.atomic():
                action(*args, **kwargs)
        except (TooLate, states.NotYet):
            assert Story.objects.get(pk=was.pk).status == was.status
            assert not JournalEntry.objects.filter(pk__gt=seen).exists()
            return
        self.story = Story.objects.get(pk=was.pk)
        new = JournalEntry.objects.about("story", was.public_id).filter(pk__gt=seen).order_by("pk")
        verbs = list(new.values_list("verb", flat=True))
        if self.story.status != was.status:
            moved = [move for move in states.MOVES if move.verb in verbs]
            assert any(was.status in m.old and self.story.status in m.new for m in moved), (was.status, verbs)
            self.look(verbs)

    def look(self, verbs):
        """What the teller reads now: where it stands, what happened, and why."""
        self.story = Story.objects.get(pk=self.story.pk)
        page, status = behind_the_code(self.story), Status(self.story.status)
        assert any(f"<h1>{_(words)}</h1>" in page for words in HEADINGS[status]), status
        if status == Status.WITHDRAWN:
            return
        for verb in verbs:
            assert verb not in states.TELLS or str(states.TELLS[verb]) in page, verb
        if status == Status.QUESTION:
            assert self.story.messages.order_by("-pk")[0].text in page
        if status == Status.PROPOSED:
            assert self.story.proposals.get(state="open").why in page
        if status == Status.REFUSED and "story.lapsed" not in verbs:
            assert self.house["other"].text in page
            assert "Daarom" in page

    # --- the teller
    @can("story.sent")
    @rule()
    def send_now(self):
        self.act(telling.send_now, story=self.story)

    @can("story.answered")
    @rule(text=TEXTS)
    def answer(self, text):
        self.act(telling.answer_question, story=self.story, text=text)

    @can("story.objected")
    @rule(text=TEXTS)
    def object_to_it(self, text):
        self.act(telling.object_to_decision, story=self.story, text=text)

    @can("story.agreed")
    @rule(agree=st.booleans(), note=st.sampled_from(["", "Een woord klopt niet."]))
    def answer_edit(self, agree, note):
        for edit in self.story.proposals.order_by("-pk")[:1]:
            self.act(telling.answer_proposal, story=self.story, proposal=edit, agree=agree, note="" if agree else note)

    @can("story.told_anew")
    @rule(text=TEXTS, audience=AUDIENCES, late=st.integers(0, 3), now=st.booleans())
    def tell_anew(self, text, audience, late, now):
        if self.acts % 3:  # else hardly a story comes far
            return
        answers = telling.Answers(body=text, audience=audience, quotable=self.story.quotable, region=self.region)
        version = self.story.version + (not late)
        self.act(revising.tell_anew, story=self.story, version=version, answers=answers, at_once=now)

    @rule(text=TEXTS, often=st.integers(0, 2))
    def write(self, text, often):
        if not often:
            self.act(talking.write_to_desk, story=self.story, text=text)

    @rule(who=WHO, often=st.integers(0, 2))
    def write_back(self, who, often):
        if not often:
            self.act(talking.write_to_teller, story=self.story, text="Nog niet.", actor=self.one(who))

    @rule(answer=AUDIENCES, often=st.integers(0, 2))
    def change_consent(self, answer, often):
        if not often:
            self.act(telling.change_consent, story=self.story, use="read", answer=answer)

    @rule(answer=QUOTABLE)
    def change_quoting(self, answer):
        self.act(telling.change_consent, story=self.story, use="quote", answer=answer)

    @rule(sure=st.integers(0, 5))
    def withdraw(self, sure):
        if not sure:  # else most stories would end here at once
            self.act(withdrawing.withdraw, story=self.story)

    # --- the support centre
    @can("story.claimed")
    @rule(who=WHO)
    def claim(self, who):
        self.act(deciding.claim, story=self.story, actor=self.one(who))

    @can("story.asked")
    @rule(who=WHO)
    def take_over(self, who):
        other = self.story.reader.public_id if self.story.reader else ""
        self.act(deciding.claim, story=self.story, actor=self.one(who), from_reader=other)

    @can("story.claimed")
    @rule(who=WHO)
    def claim_next(self, who):
        self.act(deciding.claim_next, actor=self.one(who))

    @can("story.handed_back")
    @rule(who=WHO)
    def hand_back(self, who):
        self.act(deciding.hand_back, story=self.story, actor=self.one(who))

    @can("story.passed_on")
    @rule(who=WHO)
    def pass_on(self, who):
        self.act(deciding.pass_on, story=self.story, actor=self.one(who))

    @rule(who=WHO)
    def put_on_hold(self, who):
        if self.story.audience == "support" or not self.acts % 3:
            self.act(deciding.put_on_hold, story=self.story, actor=self.one(who))

    @can("story.released")
    @rule(who=WHO)
    def release(self, who):
        self.act(deciding.release, story=self.story, actor=self.one(who))

    @can("story.asked")
    @rule(who=WHO, rules=RULES)
    def ask(self, who, rules):
        self.act(deciding.ask, story=self.story, text="Mag dit woord weg?", actor=self.one(who), rules=self.of(rules))

    @can("story.edit_proposed")
    @rule(who=WHO, rules=RULES)
    def propose(self, who, rules):
        edit = {
            "title": "Gehoord",
            "body": "Iemand luisterde.",
            "helped": "",
            "feeling": "",
            "why": "Er stond een naam.",
        }
        tending.look_at(story=self.story, actor=self.one(who))  # its page shows the text
        self.act(deciding.propose_edit, story=self.story, actor=self.one(who), rules=self.of(rules), **edit)

    @can("story.published")
    @rule(who=WHO)
    def publish(self, who):
        tending.look_at(story=self.story, actor=self.one(who))  # its page shows the text
        self.act(deciding.publish_unchanged, story=self.story, title="Gehoord", actor=self.one(who))

    @can("story.refused")
    @rule(who=WHO, red=st.booleans())
    def refuse(self, who, red):
        rules = [self.house["other"], *self.of(["red"] if red else [])]
        self.act(deciding.refuse, story=self.story, rules=rules, statement="Daarom.", actor=self.one(who))

    @precondition(lambda self: self.story.has_open_danger)
    @rule(who=WHO)
    def answer_the_danger(self, who):
        self.act(tending.answer_danger, story=self.story, steps=["no_colleague"], actor=self.one(who))

    @rule(who=WHO, rules=RULES)
    def note_reasons(self, who, rules):
        self.act(tending.set_reasons, story=self.story, rules=self.of(rules), actor=self.one(who))

    @precondition(lambda self: self.story.is_published)
    @rule(who=WHO)
    def choose_quote(self, who):
        for sentence in quoting.sentences(self.story):
            self.act(quoting.quote, story=self.story, sentence=sentence, actor=self.one(who))

    # --- readers, and what is decided about their reports
    @precondition(lambda self: self.story.published_on)
    @rule(text=TEXTS)
    def report(self, text):
        said = {"why": "recognised", "text": text, "token": secrets.token_bytes(16)}
        self.act(reporting.report_story, story=self.story, **said)

    @precondition(lambda self: reporting.is_open(self.story))
    @rule(who=st.integers(0, 1), outcome=st.sampled_from(["left", "held", "off"]), rules=RULES_OF_OFF)
    def decide_about_reports(self, who, outcome, rules):
        newest = self.story.rulings.order_by("pk").last()
        tending.look_at(story=self.story, actor=self.people[who])  # she opens it beside the reports
        said = {"statement": "Daarom.", "seen": str(newest.pk) if newest else "", "actor": self.people[who]}
        self.act(reporting.rule, story=self.story, outcome=outcome, rules=self.of(rules), **said)

    @precondition(lambda self: self.story.rulings.exists())
    @rule(text=TEXTS, teller=st.booleans())
    def object_to_what_was_decided(self, text, teller):
        report = None if teller else self.story.reports.order_by("-pk")[0]
        self.act(reporting.object_to_ruling, story=self.story, text=text, report=report)

    def one(self, who):
        has_it = self.story.reader or self.story.first_approver or self.people[0]
        return has_it if who == "who has it" else next(one for one in self.people if one != has_it)

    def of(self, names):
        return [self.house[name] for name in names]

    # --- the clock
    @can("story.sent")
    @rule()
    def own_time_is_over(self):
        self.act(clock.send_due, now=self.story.own_time_until)

    @can("story.came_back")
    @rule()
    def nobody_goes_on_with_it(self):
        self.act(clock.take_back_idle, now=timezone.now() + dt.timedelta(days=7))

    @rule(sure=st.integers(0, 3))
    def the_day_of_erasing(self, sure):
        if not sure and self.story.erase_raw_at:
            self.act(clock.erase_due, now=self.story.erase_raw_at)

    # --- what always holds
    @invariant()
    def no_promise_is_broken(self):
        story = self.story = Story.objects.select_related("reader", "first_approver").get(pk=self.story.pk)
        consent = story.consents.filter(use="read").order_by("-pk")[0].answer
        assert story.status == Status.WITHDRAWN or story.audience == consent
        if story.is_published:
            assert consent != "support"
            # Nothing comes on the site while a danger is open; what its teller writes later does not take it off.
            onto = [move.verb for move in states.MOVES if Status.PUBLISHED in move.new]
            came = JournalEntry.objects.about("story", story.public_id).filter(verb__in=onto).order_by("-pk")[0].at
            assert not story.has_open_danger or (story.danger_at and story.danger_at > came)
            assert not story.reasons.filter(rule__severity="red", solved_at=None).exists()
            two = story.red_flag or story.reasons.filter(rule__severity="red").exists()
            assert not two or len({story.first_approver_id, story.second_approver_id} - {None}) == 2
        for quote in Quote.objects.living():
            last = story.consents.filter(use="quote").order_by("-pk")[0].answer
            assert (story.is_published, consent, last) == (True, "everybody", "yes")
            assert quote.text in story.body + story.helped
        if story.is_withdrawn:
            assert not story.reasons.exists()
        if story.wrote_at:  # what a teller wrote stands at the desk until somebody has it in hand or answers
            found, _load = piles(self.people[0].pk, timezone.now())
            assert any(one.public_id == story.public_id for pile in found.values() for one in pile.first)
        told = JournalEntry.objects.about("story", story.public_id)
        assert story.version == 1 + told.filter(verb__in=("story.rewritten", "story.told_anew")).count()
        if story.version > 1 and story.is_published:  # nobody decided about it without having the new text in hand
            verbs = list(told.order_by("pk").values_list("verb", flat=True))
            anew = len(verbs) - 1 - verbs[::-1].index("story.told_anew" if story.told_anew_at else "story.rewritten")
            assert "story.claimed" in verbs[anew:]
        assert story.status != Status.IN_HAND or story.reader_id
        assert story.status not in (Status.WAITING, Status.ESCALATED) or story.reader_id is None
        assert (story.status == Status.PROPOSED) == story.proposals.filter(state=EditProposal.State.OPEN).exists()


class OnTheSite(OneStory):
    """The same from where hardly a walk comes by itself: it stands on the site, read by one or by two people."""

    @initialize(quotable=QUOTABLE, red=st.booleans())
    def tell(self, quotable, red):
        super().tell("Niemand luisterde.", "everybody", quotable, now=True)
        first, second = self.people
        if red:
            self.act(deciding.claim, story=self.story, actor=first)
            self.act(deciding.pass_on, story=self.story, actor=first)
        self.act(deciding.claim, story=self.story, actor=second)
        tending.look_at(story=self.story, actor=second)
        self.act(deciding.publish_unchanged, story=self.story, title="Gehoord", actor=second)
        assert self.story.is_published


@pytest.mark.parametrize("begins", [OneStory, OnTheSite])
def test_no_order_of_acts_leaves_an_illegal_state_or_an_untold_teller(db, begins):
    run_state_machine_as_test(
        begins,
        settings=settings(
            max_examples=10, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )


@pytest.mark.parametrize("old", Status.values)
def test_the_database_refuses_what_is_not_in_the_table(old, coordinator):
    holds = {"reader": coordinator} if old == "in_hand" else {"red_flag": True} if old == "escalated" else {}
    gone = {"raw_body": None, "raw_helped": None, "withdrawn_at": timezone.now()} if old == "withdrawn" else {}
    story = published(status=old, **holds) if not gone else a_story(status=old, **gone)
    for new in Status.values:
        fields = {"reader": coordinator if new == "in_hand" else None, "red_flag": "escalated" in (old, new)}
        if new == "withdrawn":
            fields |= dict.fromkeys(("title", "body", "teaser", "words_beside"), "")
            fields |= {"raw_body": None, "raw_helped": None, "withdrawn_at": timezone.now()}
        with transaction.atomic():
            if old == new or (old, new) in states.PAIRS:
                assert Story.objects.filter(pk=story.pk).update(status=new, **fields) == 1, new
            else:
                with pytest.raises(DatabaseError, match="Invalid transition"), transaction.atomic():
                    Story.objects.filter(pk=story.pk).update(status=new, **fields)
            transaction.set_rollback(True)


def test_every_state_can_be_reached_and_left_and_only_a_withdrawn_story_stays():
    olds, news = {old for old, _new in states.PAIRS}, {new for _old, new in states.PAIRS}
    assert olds == set(Status.values) - {"withdrawn"}
    assert news == set(Status.values) - {"own_time"}
    with pytest.raises(ValueError, match="never leads"):
        states.move(Story.objects.none(), "story.asked", to=Status.PUBLISHED)


def test_who_read_first_leaves_it_to_a_colleague_and_the_teller_reads_why(coordinator, second_coordinator, as_):
    story = a_story(status=Status.IN_HAND, reader=coordinator)
    deciding.pass_on(story=story, actor=coordinator)
    assert story.status == Status.ESCALATED
    page = behind_the_code(story)
    assert "Een tweede persoon gaat je verhaal lezen" in page
    assert "Marijke" not in page
    with pytest.raises(states.NotYet):
        deciding.claim(story=story, actor=coordinator)
    desk = as_(second_coordinator).get("/desk/").content.decode()
    assert 'id="second"' in desk
    deciding.claim(story=story, actor=second_coordinator)
    deciding.hand_back(story=story, actor=second_coordinator)
    assert story.status == Status.ESCALATED


def test_a_red_reason_on_a_story_that_is_on_the_site_asks_to_take_it_off_first(coordinator, as_):
    load_house_rules()
    story, red = published(), HouseRule.objects.filter(severity="red")[0]
    answer = as_(coordinator).post(f"/desk/verhalen/{story.public_id}/redenen/", {"rules": [red.slug], "version": 1})
    assert answer.status_code == 422
    assert "Haal het eerst van de site" in unescape(answer.content.decode())
    assert not story.reasons.exists()
