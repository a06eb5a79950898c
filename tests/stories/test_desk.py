"""The desk of one story: who may, what is written down, and what can never happen."""

import datetime as dt
import re
from html import unescape
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from core.http import TooLate
from core.models import JournalEntry
from movement.models import Initiative
from stories import staffed
from stories.actions import deciding, tending
from stories.models import EditProposal, HouseRule, Status, Story
from stories.setup import load_house_rules
from stories.states import NotYet
from stories.views.desk_choices import choices_for
from tests.stories.factory import a_story, a_theme, looked_at, published

pytestmark = pytest.mark.django_db


@pytest.fixture
def rules():
    load_house_rules()
    return {rule.slug: rule for rule in HouseRule.objects.all()}


@pytest.fixture
def initiative(region):
    return Initiative.objects.create(name="Vaste gezichten", summary="Een vaste begeleider", what="Wat", area=region)


@pytest.fixture
def in_hand(coordinator, region):
    return a_story(status=Status.IN_HAND, reader=coordinator, claimed_at=timezone.now(), region=region)


def verbs(story):
    return list(JournalEntry.objects.about("story", story.public_id).order_by("pk").values_list("verb", flat=True))


def do(client, story, verb, **data):
    if verb == "plaatsen":
        data.setdefault("stays", looked_at(story))
    data.setdefault("version", Story.objects.get(pk=story.pk).version)
    return client.post(f"/desk/verhalen/{story.public_id}/{verb}/", data)


EDIT: dict[str, Any] = {
    "title": "Niet geluisterd",
    "body": "Een begeleider luisterde niet.",
    "helped": "",
    "feeling": "",
    "why": "Een naam.",
}


def test_every_look_at_a_raw_story_is_written_down(coordinator, as_):
    story, desk = a_story(), as_(coordinator)
    address = f"/desk/verhalen/{story.public_id}/"
    pages = (
        *[lambda: desk.get(address)] * 2,
        lambda: desk.post(f"{address}merken/", {"version": 1}),
        lambda: desk.post(f"{address}merken/", {"version": 0}),  # made for a text before this one
        lambda: do(desk, story, "vraag", text=""),
    )
    for number, opened in enumerate(pages, 1):
        page = opened()
        assert "Zonnehoek" in page.content.decode()
        assert page.headers["Cache-Control"] == "no-store"
        looks = JournalEntry.objects.about("story", story.public_id).filter(verb="story.looked_at")
        assert [look.actor for look in looks] == [coordinator.public_id] * number
    story.refresh_from_db()
    assert story.status == Status.WAITING


def test_nobody_else_comes_to_the_desk(client, professional, listener, analyst, as_):
    story = a_story()
    address = f"/desk/verhalen/{story.public_id}/"
    assert client.get(address).status_code == 302
    for member in (professional, listener, analyst):
        assert as_(member).get(address).status_code == 403
        assert as_(member).post(f"{address}plaatsen/", {"title": "Toch"}).status_code == 403
        assert as_(member).post("/desk/volgende/").status_code == 403
    assert verbs(story) == []


def test_a_coordinator_without_a_second_factor_sees_no_text(coordinator, client):
    client.force_login(coordinator)
    story = a_story()
    response = client.get(f"/desk/verhalen/{story.public_id}/")
    assert response.status_code == 302
    assert verbs(story) == []


def test_in_its_own_time_a_story_is_the_tellers_alone(coordinator, as_):
    story = a_story(status=Status.OWN_TIME, sent_at=None)
    assert as_(coordinator).get(f"/desk/verhalen/{story.public_id}/").status_code == 404
    assert do(as_(coordinator), story, "oppakken").status_code == 404


def test_of_two_coordinators_the_second_hears_who_has_it(coordinator, second_coordinator, as_):
    story = a_story()
    assert do(as_(coordinator), story, "oppakken").status_code == 302
    late = do(as_(second_coordinator), story, "oppakken")
    assert late.status_code == 409
    assert "Marijke" in late.content.decode()
    story.refresh_from_db()
    assert story.reader == coordinator
    assert do(as_(coordinator), story, "oppakken").status_code == 302  # a double click is one click
    assert verbs(story).count("story.claimed") == 1


def test_a_colleague_takes_over_from_whom_she_saw_and_from_nobody_else(coordinator, second_coordinator, in_hand):
    with pytest.raises(TooLate):
        deciding.claim(story=in_hand, actor=second_coordinator, from_reader=second_coordinator.public_id)
    deciding.claim(story=in_hand, actor=second_coordinator, from_reader=coordinator.public_id)
    assert in_hand.reader == second_coordinator


@pytest.mark.parametrize(
    ("verb", "data"),
    [("plaatsen", {"title": "Mijn", "heavy": "no"}), ("vraag", {"text": "Hoe?"}), ("teruggeven", {}), ("tweede", {})],
)
def test_only_who_has_the_story_in_hand_decides(second_coordinator, in_hand, as_, verb, data):
    assert do(as_(second_coordinator), in_hand, verb, **data).status_code == 409
    in_hand.refresh_from_db()
    assert in_hand.status == Status.IN_HAND
    assert verbs(in_hand) == ["story.looked_at"]


def test_the_next_story_is_the_dangerous_one_and_then_the_oldest(coordinator, second_coordinator, as_):
    now = timezone.now()
    young = a_story(sent_at=now)
    old = a_story(sent_at=now - dt.timedelta(days=2))
    danger = a_story(sent_at=now, danger="concern")
    desk = as_(coordinator)
    opened = [desk.post("/desk/volgende/").url for _ in range(4)]
    assert opened == [f"/desk/verhalen/{story.public_id}/" for story in (danger, old, young)] + ["/desk/"]


def test_a_question_goes_to_the_teller_and_is_nowhere_readable_else(in_hand, coordinator, as_):
    assert do(as_(coordinator), in_hand, "vraag", text="Mag het woord kerk weg?").status_code == 302
    in_hand.refresh_from_db()
    assert in_hand.status == Status.QUESTION
    assert in_hand.messages.get().text == "Mag het woord kerk weg?"
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM stories_message WHERE convert_from(text, 'UTF8') LIKE '%kerk%'")
        assert cursor.fetchone() == (0,)
    assert not [e for e in JournalEntry.objects.all() if "kerk" in f"{e.verb}{e.subject_id}{e.actor}{e.area}"]


def test_the_edit_begins_with_the_marks_already_replaced(in_hand, coordinator, as_):
    page = as_(coordinator).get(f"/desk/verhalen/{in_hand.public_id}/").content.decode()
    assert '<mark class="mark mark--' in page
    form = page[page.index('name="body"') :]
    assert "De Vries" not in form[: form.index("</textarea>")]


def test_the_moderator_decides_for_each_mark_and_loses_no_word_of_her_own(in_hand, coordinator, as_):
    desk, address = as_(coordinator), f"/desk/verhalen/{in_hand.public_id}/"
    page = desk.get(address).content.decode()
    keys = {text: key for key, text in re.findall(r'href="#in-(\w+)"><mark[^>]*>([^<]+)<', page)}
    name, group = (next(key for text, key in keys.items() if part in text) for part in ("Vries", "Zonnehoek"))
    assert f'id="in-{name}"' in page
    sent = {f"mark-{name}": "own", f"own-{name}": "een begeleider", f"mark-{group}": "leave", "title": "Luisteren",
            "body": "Hier schreef ik zelf.", "why": "Een naam.", "version": 1}  # fmt: skip
    answer = desk.post(f"{address}merken/", sent)
    page = answer.content.decode()
    body = re.findall(r'<textarea name="body"[^>]*>\s*(.*?)</textarea>', page, re.DOTALL)[0]
    assert answer.status_code == 200
    assert "een begeleider" in body.casefold()
    assert "Zonnehoek" in body
    assert "Vries" not in body
    assert 'value="Luisteren"' in page
    assert "Hier schreef ik zelf." in page  # beside it, to copy
    assert not EditProposal.objects.exists()


def test_facts_that_together_point_at_somebody_are_pointed_out(in_hand, coordinator, as_):
    desk, address = as_(coordinator), f"/desk/verhalen/{in_hand.public_id}/"
    Story.objects.filter(pk=in_hand.pk).update(form_of_help="group", age_band="12-15")
    assert "Samen wijzen deze" not in desk.get(address).content.decode()
    Story.objects.filter(pk=in_hand.pk).update(form_of_help="secure")
    assert "Samen wijzen deze" in desk.get(address).content.decode()
    Story.objects.filter(pk=in_hand.pk).update(age_band="")
    assert "Samen wijzen deze" not in desk.get(address).content.decode()


def test_an_edit_waits_for_the_teller_and_replaces_the_one_before(in_hand, coordinator, rules, as_):
    assert do(as_(coordinator), in_hand, "voorstel", rules=["naam"], heavy="no", **EDIT).status_code == 302
    in_hand.refresh_from_db()
    proposal = in_hand.proposals.get()
    assert (in_hand.status, proposal.body, proposal.state) == (Status.PROPOSED, EDIT["body"], "open")
    assert in_hand.reasons.get().solved_at
    Story.objects.filter(pk=in_hand.pk).update(status=Status.IN_HAND)
    in_hand.refresh_from_db()
    deciding.propose_edit(story=in_hand, rules=[rules["naam"]], actor=coordinator, **EDIT)
    assert list(in_hand.proposals.values_list("state", flat=True)) == ["replaced", "open"]


def test_what_is_wrong_is_said_and_nothing_typed_is_lost(in_hand, coordinator, rules, as_):
    edit = {**EDIT, "body": "Mijn nummer is 111222333 en verder niets.", "title": "", "rules": ["naam"], "heavy": "no"}
    response = do(as_(coordinator), in_hand, "voorstel", **edit)
    page = response.content.decode()
    assert response.status_code == 422
    assert "Mijn nummer is 111222333" in page
    assert "BSN" in page
    assert not EditProposal.objects.exists()


def test_an_open_red_reason_makes_publishing_impossible(in_hand, coordinator, rules, as_):
    desk = as_(coordinator)
    do(desk, in_hand, "redenen", rules=["methode", "naam"])
    in_hand.refresh_from_db()
    assert in_hand.red_reasons == 1
    refused = do(desk, in_hand, "plaatsen", title="Toch plaatsen", heavy="no")
    assert refused.status_code == 422
    assert do(desk, in_hand, "voorstel", rules=["naam"], heavy="no", **EDIT).status_code == 422
    whole = {"status": "published", "title": "T", "body": "B", "teaser": "B", "published_on": dt.date(2026, 11, 1)}
    with pytest.raises(IntegrityError), transaction.atomic():
        Story.objects.filter(pk=in_hand.pk).update(**whole)
    assert do(desk, in_hand, "voorstel", rules=["naam", "methode"], heavy="no", **EDIT).status_code == 302
    in_hand.refresh_from_db()
    assert in_hand.red_reasons == 0


def test_publishing_as_it_is_puts_it_on_the_site(client, in_hand, coordinator, as_):
    assert do(as_(coordinator), in_hand, "plaatsen", title="Niemand luisterde", heavy="no").status_code == 302
    assert "Niemand luisterde" in client.get("/verhalen/").content.decode()
    assert verbs(in_hand)[-1] == "story.published"


def test_each_mark_is_looked_at_before_a_story_goes_on_the_site_as_it_is(in_hand, coordinator, as_):
    desk, address = as_(coordinator), f"/desk/verhalen/{in_hand.public_id}/"
    page = desk.get(address).content.decode()
    form = page[page.index("/plaatsen/") :]
    ticks = re.findall(r'name="stays" value="(\w+)"', form)
    assert len(ticks) == len(looked_at(in_hand)) >= 2
    for some in ([], ticks[:1], ["koning"]):
        refused = do(desk, in_hand, "plaatsen", title="Niemand luisterde", stays=some, heavy="no")
        assert refused.status_code == 422
        assert "Zonnehoek" in re.findall(r'class="field__error"[^>]*>(.*?)</p>', refused.content.decode(), re.DOTALL)[0]
    named = do(desk, in_hand, "plaatsen", title="Fatima Yilmaz uit Almelo, 06-12345678", stays=ticks, heavy="no")
    said = unescape(" ".join(re.findall(r'class="field__error"[^>]*>(.*?)</p>', named.content.decode(), re.DOTALL)))
    assert all(word in said for word in ("Fatima Yilmaz", "Almelo", "06-12345678"))
    assert "Zonnehoek" not in said
    both = re.findall(r'name="stays" value="(\w+)"', named.content.decode())
    # A tick for what was taken out of the title in the meantime is no reason to say no.
    assert do(desk, in_hand, "plaatsen", title="Niemand luisterde", stays=both, heavy="no").status_code == 302
    in_hand.refresh_from_db()
    assert in_hand.is_published


def test_only_what_the_support_centre_alone_may_read_stays_there_and_is_never_published(in_hand, coordinator, as_):
    kept = do(as_(coordinator), in_hand, "vasthouden")
    assert (kept.status_code, verbs(in_hand)) == (422, ["story.looked_at"])
    assert "het blijft niet bij ons alleen" in kept.content.decode()
    Story.objects.filter(pk=in_hand.pk).update(audience="support")
    assert do(as_(coordinator), in_hand, "plaatsen", title="Toch", heavy="no").status_code == 422
    assert do(as_(coordinator), in_hand, "vasthouden").status_code == 302
    in_hand.refresh_from_db()
    assert in_hand.status == Status.ON_HOLD


def test_a_red_flagged_story_takes_two_different_people(in_hand, coordinator, second_coordinator, as_):
    first, second = as_(coordinator), as_(second_coordinator)
    assert do(first, in_hand, "tweede").status_code == 302
    do(first, in_hand, "oppakken")
    assert do(first, in_hand, "plaatsen", title="Alleen", heavy="no").status_code == 422
    do(first, in_hand, "teruggeven")
    do(second, in_hand, "oppakken")
    in_hand.refresh_from_db()
    blind: Any = ((deciding.propose_edit, EDIT | {"rules": []}), (deciding.publish_unchanged, {"title": "Blind"}))
    for decide, given in blind:
        with pytest.raises(NotYet, match="Open"):
            decide(story=in_hand, actor=second_coordinator, **given)
    assert "Zonnehoek" in do(second, in_hand, "plaatsen", title="Blind", heavy="no").content.decode()
    assert verbs(in_hand)[-1] == "story.looked_at"  # she sees it now
    assert do(second, in_hand, "plaatsen", title="Samen", heavy="no").status_code == 302
    in_hand.refresh_from_db()
    assert (in_hand.status, in_hand.first_approver, in_hand.second_approver) == (
        Status.PUBLISHED, coordinator, second_coordinator,
    )  # fmt: skip


def test_the_database_itself_asks_for_two_people(in_hand, coordinator):
    whole = {"status": "published", "title": "T", "body": "B", "teaser": "B", "published_on": dt.date(2026, 11, 1)}
    for approvers in (
        {},
        {"first_approver": coordinator},
        {"first_approver": coordinator, "second_approver": coordinator},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Story.objects.filter(pk=in_hand.pk).update(red_flag=True, **whole, **approvers)


def test_an_agreed_edit_is_published_in_the_words_that_the_teller_agreed_to(in_hand, coordinator, rules):
    proposal = deciding.propose_edit(story=in_hand, rules=[rules["naam"]], actor=coordinator, **EDIT)
    EditProposal.objects.filter(pk=proposal.pk).update(state="agreed")
    Story.objects.filter(pk=in_hand.pk).update(status=Status.IN_HAND)
    in_hand.refresh_from_db()
    deciding.publish_unchanged(story=in_hand, title="Een andere titel", actor=coordinator)
    assert (in_hand.title, in_hand.body) == (EDIT["title"], EDIT["body"])


def test_a_refusal_has_a_reason_a_word_to_the_teller_and_an_end(in_hand, coordinator, rules, as_):
    desk = as_(coordinator)
    assert do(desk, in_hand, "weigeren", statement="Zonder reden").status_code == 422
    assert do(desk, in_hand, "weigeren", rules=["reclame"], statement="Dit is reclame.").status_code == 302
    in_hand.refresh_from_db()
    assert in_hand.status == Status.REFUSED
    assert dt.timedelta(days=6) < in_hand.erase_raw_at - timezone.now() <= dt.timedelta(days=7)
    assert in_hand.messages.get().text == "Dit is reclame."
    assert in_hand.reasons.get().rule == rules["reclame"]


def test_a_hold_takes_it_off_the_site_and_its_end_puts_it_back(client, coordinator, as_):
    story, desk = published(title="Even weg"), as_(coordinator)
    do(desk, story, "vasthouden")
    assert client.get(f"/verhalen/{story.public_id}/").status_code == 404
    assert "Even weg" not in client.get("/verhalen/?q=wachten").content.decode()
    do(desk, story, "vrijgeven")
    assert client.get(f"/verhalen/{story.public_id}/").status_code == 200


def test_a_danger_is_answered_once_with_what_was_done(coordinator, second_coordinator, as_):
    story = a_story(danger="urgent")
    assert do(as_(coordinator), story, "gevaar", tekst="1").status_code == 422
    as_(second_coordinator).get(f"/desk/verhalen/{story.public_id}/?tekst")
    assert do(as_(coordinator), story, "gevaar", steps=["second_reader", "asked_veilig_thuis"]).status_code == 302
    assert {"danger.second_reader", "danger.asked_veilig_thuis", "story.danger_answered"} <= set(verbs(story))
    assert do(as_(second_coordinator), story, "gevaar", steps=["called_112"]).status_code == 409


def test_a_heavy_theme_makes_the_story_heavy_and_taking_it_away_light(in_hand, coordinator):
    heavy = a_theme("geweld", heavy=True)
    tending.set_themes(story=in_hand, themes=[heavy, a_theme()], actor=coordinator)
    in_hand.refresh_from_db()
    assert in_hand.heavy
    tending.set_themes(story=in_hand, themes=[a_theme()], actor=coordinator)
    in_hand.refresh_from_db()
    assert not in_hand.heavy
    assert in_hand.themes.count() == 1


def test_a_linked_initiative_is_shown_in_the_thread_until_it_is_taken_away(client, coordinator, initiative, as_):
    story, desk = published(), as_(coordinator)
    assert do(desk, story, "verbinden", initiative=initiative.public_id, why="Zij doen dit al").status_code == 302
    page = client.get(f"/verhalen/{story.public_id}/").content.decode()
    assert "Vaste gezichten" in page
    assert "Zij doen dit al" in page
    assert do(desk, story, "verbinden", initiative=initiative.public_id).status_code == 409
    assert do(desk, story, "losmaken", initiative=initiative.public_id).status_code == 302
    assert "Vaste gezichten" not in client.get(f"/verhalen/{story.public_id}/").content.decode()


def test_what_a_teller_wrote_is_shown_to_the_desk_and_never_run(coordinator, as_):
    script = "<script>alert(1)</script><img src=x onerror=alert(1)> Mevrouw De Vries <b>uit</b> Apeldoorn"
    story = a_story(status=Status.IN_HAND, reader=coordinator, raw_body=script, raw_helped=script, raw_feeling=script)
    page = as_(coordinator).get(f"/desk/verhalen/{story.public_id}/").content.decode()
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "<b>uit" not in page
    assert "&lt;script&gt;" in page


def test_an_unknown_verb_is_not_found_and_a_get_does_nothing(coordinator, as_):
    story, desk = a_story(), as_(coordinator)
    assert do(desk, story, "verbranden").status_code == 404
    assert desk.get(f"/desk/verhalen/{story.public_id}/oppakken/").status_code == 405
    story.refresh_from_db()
    assert story.status == Status.WAITING


def test_no_word_of_a_story_passes_through_the_session(in_hand, coordinator, as_):
    desk = as_(coordinator)
    do(desk, in_hand, "vraag", text="Mag het woord kerk weg?")
    assert "kerk" not in str(dict(desk.session))
    assert "Zonnehoek" not in str(dict(desk.session))


def test_each_list_of_the_desk_says_what_its_rows_are_and_which_this_story_has(in_hand, coordinator, rules, initiative):
    heavy, light = a_theme("geweld", "Geweld", heavy=True), a_theme()
    tending.set_themes(story=in_hand, themes=[heavy], actor=coordinator)
    tending.set_reasons(story=in_hand, rules=[rules["naam"]], actor=coordinator)
    tending.link_initiative(story=in_hand, initiative=initiative, actor=coordinator)
    choices: Any = choices_for(in_hand)  # each row carries `chosen`, which is no column
    assert [(rule.pk, rule.slug, str(rule), rule.severity, rule.chosen) for rule in choices.rules] == [
        (rule.pk, rule.slug, rule.text, rule.severity, rule.slug == "naam") for rule in HouseRule.objects.all()
    ]
    assert {(theme.pk, str(theme), theme.heavy, theme.chosen) for theme in choices.themes} == {
        (heavy.pk, "Geweld", True, True),
        (light.pk, "Wachten", False, False),
    }
    assert [(one, str(one), one.get_absolute_url(), one.chosen) for one in choices.initiatives] == [
        (initiative, "Vaste gezichten", initiative.get_absolute_url(), True)
    ]


def test_the_history_begins_with_the_newest_and_names_who_did_it(in_hand, coordinator, as_):
    tending.set_reasons(story=in_hand, rules=[], actor=coordinator)
    page = as_(coordinator).get(f"/desk/verhalen/{in_hand.public_id}/").content.decode()
    history = page[page.index('class="history"') :]
    assert history.index("bekeek de tekst") < history.index("noteerde redenen")
    assert "Marijke" in history


def test_loading_the_house_rules_twice_changes_nothing(rules):
    HouseRule.objects.filter(slug="naam").update(text="Door ons herschreven")
    assert load_house_rules() == 0
    assert HouseRule.objects.get(slug="naam").text == "Door ons herschreven"
    assert {rule.severity for rule in rules.values()} == {"green", "amber", "red"}


MONDAY_TO_FRIDAY = staffed.parse("ma-vr 9-17")


@pytest.mark.parametrize(
    ("since", "hours", "due"),
    [
        ("2026-11-18 10:15", 1, "2026-11-18 11:15"),
        ("2026-11-18 16:30", 1, "2026-11-19 09:30"),
        ("2026-11-20 16:30", 1, "2026-11-23 09:30"),  # over the weekend
        ("2026-11-21 03:00", 1, "2026-11-23 10:00"),
        ("2026-11-18 07:00", 1, "2026-11-18 10:00"),
        ("2026-11-18 12:00", 8, "2026-11-19 12:00"),
        ("2026-11-20 12:00", 8, "2026-11-23 12:00"),
        ("2026-10-23 16:30", 1, "2026-10-26 09:30"),  # summer time ends in between
    ],
)
def test_the_danger_clock_runs_in_staffed_hours(since, hours, due):
    zone = timezone.get_current_timezone()
    begin, end = (dt.datetime.fromisoformat(moment).replace(tzinfo=zone) for moment in (since, due))
    assert staffed.deadline(begin, hours, MONDAY_TO_FRIDAY) == end


@pytest.mark.parametrize("text", ["", "altijd", "ma-vr", "vr-ma 9-17", "ma-vr 17-9", "xx-vr 9-17"])
def test_staffed_hours_that_make_no_sense_are_refused_at_once(text):
    with pytest.raises(ImproperlyConfigured):
        staffed.parse(text)
