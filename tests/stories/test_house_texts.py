"""Help lines, house rules and explanations: coordinators keep them, with the day on which they were checked."""

import datetime as dt

import pytest
from django.db import Error, IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from core.http import TooLate
from core.journal import record
from core.models import JournalEntry
from movement import texts
from movement.models import Explanation, HelpLine, TextVersion
from movement.setup import load_explanations, load_help_lines
from stories.actions import deciding, tending
from stories.handled import handled
from stories.models import HouseRule, Status
from stories.setup import load_house_rules
from stories.states import NotYet
from tests.stories.factory import a_story, published

pytestmark = pytest.mark.django_db
LONG_AGO = dt.date(2025, 1, 2)


@pytest.fixture
def house():
    load_help_lines(), load_house_rules(), load_explanations()
    HelpLine.objects.update(checked_on=LONG_AGO)


@pytest.fixture
def desk(coordinator, as_, house):
    return as_(coordinator)


def rule(slug="naam"):
    return HouseRule.objects.get(slug=slug)


def line(name="Veilig Thuis"):
    return HelpLine.objects.get(name=name)


def send(desk, text, kind, **changes):
    fields = [name for name in text.EDITED if name != "position"]
    now = {name: getattr(text, name) for name in fields} | changes
    return desk.post(f"/desk/teksten/{kind}/{text.pk}/", {name: value for name, value in now.items() if value})


def test_an_edited_help_line_is_on_every_page_with_today_as_the_day_it_was_checked(desk, client):
    assert send(desk, line(), "hulplijn", number="0800-2001", purpose="Bij geweld <3").status_code == 302
    assert line().checked_on == timezone.localdate()
    page = client.get("/hulp/").content.decode()
    assert 'href="tel:08002001"' in page
    assert "Bij geweld &lt;3" in page
    answer = client.post("/vertel/", {"do": "check", "body": "Ik word thuis geslagen.", "audience": "everybody"})
    assert "0800-2001" in answer.content.decode()


def test_the_old_text_is_kept_and_the_journal_names_it(desk, coordinator):
    send(desk, line(), "hulplijn", number="0800-2001")
    send(desk, line(), "hulplijn", number="0800-2002", seen="2")
    kept = TextVersion.objects.filter(kind="helpline", row=line().pk).order_by("number")
    assert [version.content["number"] for version in kept] == ["0800-2000", "0800-2001", "0800-2002"]
    edits = JournalEntry.objects.filter(verb="text.edited").order_by("pk")
    assert [(entry.subject_id, entry.actor) for entry in edits] == [
        (version.public_id, coordinator.public_id) for version in kept[1:]
    ]
    assert "0800-2000" in desk.get(f"/desk/teksten/hulplijn/{line().pk}/").content.decode()
    with pytest.raises(Error), transaction.atomic():
        kept.delete()


def test_who_edits_an_older_text_than_there_is_loses_nothing(desk, coordinator):
    texts.edit(text=line(), changes={"number": "0800-2001"}, seen=0, actor=coordinator)
    answer = send(desk, line(), "hulplijn", hours="altijd open")  # from a page without versions
    assert answer.status_code == 409
    assert "altijd open" in answer.content.decode()
    assert line().hours != "altijd open"
    assert send(desk, line(), "hulplijn", hours="altijd open", seen="2").status_code == 302


def test_a_second_click_is_no_second_text_and_no_second_version(desk, coordinator):
    new = {"title": "Met wie", "text": "Met twee.", "place": "help"}
    for _click in range(2):
        assert desk.post("/desk/teksten/uitleg/nieuw/", new).url == "/desk/teksten/"
    added = Explanation.objects.get(title="Met wie")
    for _click in range(2):
        assert send(desk, added, "uitleg", title="Wie", seen="1").url == "/desk/teksten/"
    assert [version.content["title"] for version in texts.versions(added)] == ["Wie", "Met wie"]
    assert list(JournalEntry.objects.order_by("pk").values_list("verb", flat=True)) == ["text.added", "text.edited"]
    texts.edit(text=added, changes={"title": "Hoe"}, seen=2, actor=coordinator)
    with pytest.raises(TooLate):
        texts.edit(text=added, changes={"title": "Wie"}, seen=2, actor=coordinator)


def test_checked_and_unchanged_takes_it_off_the_desk(desk):
    HelpLine.objects.exclude(name="Veilig Thuis").update(checked_on=timezone.localdate())
    assert 'id="texts"' in desk.get("/desk/").content.decode()
    desk.post(f"/desk/teksten/hulplijn/{line().pk}/nagekeken/")
    assert 'id="texts"' not in desk.get("/desk/").content.decode()
    entry = JournalEntry.objects.get(verb="text.checked")
    assert TextVersion.objects.get(public_id=entry.subject_id).content["name"] == "Veilig Thuis"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        *(("number", value) for value in ("bel ons", "12", "0800", "+31 6", "06-123456789012", "112; rm")),
        *(("chat_url", value) for value in ("http://113.nl/", "javascript:alert(1)", "113", "https://")),
        ("purpose", "<b>Bel</b> ons"),
    ],
)
def test_what_is_no_number_no_safe_address_or_no_plain_text_is_refused(desk, field, value):
    answer = send(desk, line(), "hulplijn", **{field: value})
    assert answer.status_code == 422
    assert not TextVersion.objects.exists()


@pytest.mark.parametrize(
    "number", ["112", "14 020", "116 111", "0800-0432", "0800 123 4567", "085-1234567", "+31 20 1234567"]
)
def test_dutch_numbers_of_every_kind_are_taken(desk, number):
    assert send(desk, line(), "hulplijn", number=number).status_code == 302


def test_an_explanation_of_a_rule_is_no_longer_than_any_other(desk):
    assert send(desk, rule(), "huisregel", explanation="Een bijnaam ook. " * 200).status_code == 422
    assert send(desk, rule(), "huisregel", explanation="Een bijnaam ook.").status_code == 302


def test_the_last_line_for_danger_does_not_end_and_an_ended_one_comes_back(desk, client):
    HelpLine.objects.filter(urgent=True).exclude(name="112").update(urgent=False)
    desk.post(f"/desk/teksten/hulplijn/{line('112').pk}/beeindigen/")
    assert line("112").ended_on is None
    desk.post(f"/desk/teksten/hulplijn/{line().pk}/beeindigen/")
    assert "Veilig Thuis" not in client.get("/hulp/").content.decode()
    desk.post(f"/desk/teksten/hulplijn/{line().pk}/terug/")
    assert "Veilig Thuis" in client.get("/hulp/").content.decode()


def test_a_rule_that_turns_red_blocks_every_story_where_it_stands_open(desk, coordinator):
    story = a_story(status=Status.IN_HAND, reader=coordinator)
    tending.set_reasons(story=story, rules=[rule()], actor=coordinator)
    assert send(desk, rule(), "huisregel", severity="red").status_code == 422  # why?
    assert send(desk, rule(), "huisregel", severity="red", why="Er ging iets mis.").status_code == 302
    story.refresh_from_db()
    assert story.red_reasons == 1
    with pytest.raises(NotYet):
        deciding.publish_unchanged(story=story, title="Toch", actor=coordinator)


def test_a_red_rule_keeps_blocking_in_the_form_and_in_the_database(desk, coordinator):
    story = a_story(status=Status.IN_HAND, reader=coordinator)
    tending.set_reasons(story=story, rules=[rule("reclame")], actor=coordinator)
    assert send(desk, rule("reclame"), "huisregel", severity="green", why="Milder").status_code == 422
    with pytest.raises(IntegrityError), transaction.atomic():
        HouseRule.objects.filter(slug="reclame").update(severity="green")
    texts.end(text=rule("reclame"), actor=coordinator)
    story.refresh_from_db()
    assert story.red_reasons == 1
    tending.set_reasons(story=story, rules=[], actor=coordinator)
    assert send(desk, rule("reclame"), "huisregel", severity="green", why="Milder", seen="1").status_code == 302


def test_a_rule_does_not_turn_red_under_a_story_on_the_site(desk, coordinator):
    tending.set_reasons(story=published(), rules=[rule()], actor=coordinator)
    answer = send(desk, rule(), "huisregel", severity="red", why="Toch")
    assert answer.status_code == 422
    assert "van de site" in answer.content.decode()
    with pytest.raises(IntegrityError), transaction.atomic():
        HouseRule.objects.filter(slug="naam").update(severity="red")


def test_a_rule_is_never_deleted_and_an_ended_one_is_chosen_no_more(desk, coordinator):
    with pytest.raises(Error), transaction.atomic():
        rule("lengte").delete()
    story = a_story(status=Status.IN_HAND, reader=coordinator)
    texts.end(text=rule("lengte"), actor=coordinator)
    assert 'value="lengte"' not in desk.get(f"/desk/verhalen/{story.public_id}/?tekst").content.decode()
    with pytest.raises(TooLate):
        texts.end(text=rule("lengte"), actor=coordinator)


def test_a_new_text_stands_last_on_its_page(desk, client):
    given = {"title": "Mag ik bellen?", "text": "Ja.\n\nAltijd & overal.", "place": "rules"}
    assert desk.post("/desk/teksten/uitleg/nieuw/", given).status_code == 302
    page = client.get("/huisregels/").content.decode()
    assert "<p>Altijd &amp; overal.</p>" in page
    assert list(Explanation.objects.values_list("title", flat=True))[-1] == "Mag ik bellen?"
    new = {"text": "Een nieuwe regel", "severity": "amber"}
    assert desk.post("/desk/teksten/huisregel/nieuw/", new).status_code == 302
    assert desk.post("/desk/teksten/huisregel/nieuw/", new).status_code == 422


def test_what_coordinators_changed_stays_when_the_house_is_set_up_again(desk, house):
    send(desk, line(), "hulplijn", name="Veilig Thuis Nederland")
    count = HelpLine.objects.count()
    load_help_lines()
    assert HelpLine.objects.count() == count


def test_the_rules_stand_open_for_everybody_with_how_it_goes_and_nothing_of_a_few(client, coordinator, house):
    stories = [a_story(status=Status.IN_HAND, reader=coordinator) for _ in range(4)]
    for story in stories:
        deciding.refuse(story=story, rules=[rule()], statement="Dit gaat niet.", actor=coordinator)
    assert handled() == (None, None, {})
    page = client.get("/huisregels/").content.decode()
    assert page.count("te weinig verhalen om het te zeggen") == 2
    assert "In een jaar" not in page
    assert "Reclame, bedrog" in page
    assert not client.cookies
    HouseRule.objects.filter(pk=rule().pk).update(checked_on=dt.date(2026, 3, 9))
    page = client.get("/huisregels/").content.decode()
    assert "nagekeken op 9 maart 2026" in page, "the day of what was checked longest ago, not of the last press"


def test_the_figures_of_a_year_are_a_median_a_rounded_share_and_reasons_in_fives(client, coordinator, house):
    today = timezone.localdate()
    for number in range(40):
        story = published(published_on=today, sent_at=timezone.now() - dt.timedelta(days=number % 9))
        record("story.sent", story)
        if number < 9:
            record("story.asked", story)
        if number < 13:
            tending.note_reasons(story, [rule()], actor=coordinator)
    found = handled()
    assert found.median_days == 3  # the twentieth of forty
    assert found.asked == 20  # 22.5 percent in steps of five
    assert found.reasons == {rule().pk: 10}
    page = client.get("/huisregels/").content.decode()
    assert "de helft binnen 3 dagen" in page
    assert "In een jaar een reden bij minstens 10 verhalen." in page


@pytest.mark.parametrize("address", ["/huisregels/", "/hulp/"])
def test_the_public_pages_cost_the_same_with_many_texts(client, house, address):
    client.get(address)

    def cost():
        with CaptureQueriesContext(connection) as captured:
            client.get(address)
        return len(captured)

    first = cost()
    for number in range(50):
        HouseRule.objects.create(slug=f"r{number}", text=f"R{number}", severity="amber")
        HelpLine.objects.create(name=f"L{number}", purpose="x", number="113", hours="x")
        Explanation.objects.create(title=f"U{number}", text="x", place="rules")
    assert cost() == first <= 4
