"""From what happened to a message in a mailbox: once, whatever breaks on the way."""

import datetime as dt

import pytest
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from actionteams import actions as teams
from core import mail
from core.journal import record
from core.models import JournalEntry
from letters import actions
from letters.actions import sending
from letters.models import Claim, Kind, Letter, Mail, Pace, Preference
from letters.recipients import rounds as rounds_of
from tests.letters.conftest import publish_story
from tests.smtp import html_of, text_of
from tests.story_of import published_story, withdraw_row

pytestmark = pytest.mark.django_db


def weekly(now=None):
    actions.make_letters()
    actions.compose_mails(now or timezone.now(), Pace.WEEKLY)
    return actions.send_mails()


def remind(now=None):
    made = actions.make_reminders(now or noon())
    actions.compose_mails(timezone.now(), Pace.AT_ONCE)
    return made, actions.send_mails()


def noon():
    return timezone.localtime().replace(hour=12, minute=0)


def test_the_weekly_digest_arrives_once(smtp, professional, team, host, parent):
    publish_story(title="Bellen naar huis")
    teams.record_success(team=team, actor=host, text="Iedereen belt nu om zeven uur.")
    assert weekly() == {"sent": 3}
    (message,) = smtp.to(parent.email)
    assert message["Subject"] == "Het nieuws van deze week"
    for body in (text_of(message), html_of(message)):
        assert "Bellen naar huis" in body
        assert "Iedereen belt nu om zeven uur." in body
        assert "Dag Rania" in body
    assert "Iedereen belt" not in text_of(smtp.to(professional.email)[0])
    assert "src=" not in html_of(message)
    assert weekly() == {}
    assert len(smtp.messages) == 3


def test_what_happened_twice_in_the_timetable_is_sent_once(smtp, parent):
    publish_story()
    for _ in range(3):
        actions.make_letters()
        actions.make_letters(thorough=True)
        actions.compose_due(timezone.now() + dt.timedelta(days=8))
    actions.send_mails(timezone.now() + dt.timedelta(days=8))
    actions.send_mails(timezone.now() + dt.timedelta(days=8))
    assert len(smtp.to(parent.email)) == 1


def test_a_letter_of_a_year_ago_goes_with_its_mail_and_comes_no_second_time(smtp, parent, settings):
    publish_story()
    assert weekly() == {"sent": 1}
    kept = dt.timedelta(days=settings.LETTERS_KEPT_DAYS)
    assert actions.forget_letters(timezone.now() + kept - dt.timedelta(minutes=1)) == 0
    publish_story(title="Van vandaag")
    actions.make_letters()
    later = timezone.now() + kept
    Letter.objects.filter(mail=None).update(at=later)  # the second one is new then
    assert actions.forget_letters(later) == 2
    assert Mail.objects.count() == 0
    assert Letter.objects.count() == 1
    actions.make_letters(thorough=True)
    actions.compose_mails(later, Pace.WEEKLY)
    assert actions.send_mails(later) == {"sent": 1}
    assert "Van vandaag" in text_of(smtp.messages[-1])
    assert len(smtp.messages) == 2


def test_a_letter_that_is_on_its_way_is_not_forgotten(smtp, parent, settings):
    publish_story()
    actions.make_letters()
    actions.compose_mails(timezone.now(), Pace.WEEKLY)
    assert actions.forget_letters(timezone.now() + dt.timedelta(days=settings.LETTERS_KEPT_DAYS + 1)) == 0
    assert actions.send_mails() == {"sent": 1}


def test_a_digest_waits_for_its_moment_and_a_late_job_loses_nothing(smtp, parent):
    publish_story()
    actions.make_letters()
    assert actions.compose_due(timezone.now()) == 0
    assert actions.compose_due(timezone.now() + dt.timedelta(days=40)) == 1


@pytest.mark.parametrize(
    ("pace", "now", "moment"),
    [
        (Pace.WEEKLY, "2026-11-23T07:29+01:00", "2026-11-16T07:30+01:00"),
        (Pace.WEEKLY, "2026-11-23T07:30+01:00", "2026-11-23T07:30+01:00"),
        (Pace.WEEKLY, "2026-11-29T23:59+01:00", "2026-11-23T07:30+01:00"),
        (Pace.DAILY, "2026-11-23T07:14+01:00", "2026-11-22T07:15+01:00"),
        (Pace.DAILY, "2026-03-29T12:00+02:00", "2026-03-29T07:15+02:00"),  # the night in which the clock changed
        (Pace.WEEKLY, "2026-03-30T00:10+02:00", "2026-03-23T07:30+01:00"),
    ],
)
def test_moments_are_those_of_the_clock_on_the_wall(pace, now, moment):
    from letters.actions.composing import last_moment

    assert last_moment(pace, dt.datetime.fromisoformat(now)) == dt.datetime.fromisoformat(moment)


def test_the_look_back_reminder_arrives_once_at_the_host(smtp, due_step, host, parent):
    assert remind() == (1, {"sent": 1})
    (message,) = smtp.messages
    assert message["To"] == host.email
    assert message["Subject"] == "Tijd om terug te kijken"
    assert "Helpt een vast belmoment?" in text_of(message)
    assert f"/actieteams/{due_step.team.public_id}/" in html_of(message)
    assert remind() == (1, {})
    assert len(smtp.messages) == 1


def test_nobody_is_reminded_at_night_nor_before_the_day(smtp, due_step):
    assert remind(noon().replace(hour=3)) == (0, {})
    assert remind(noon() - dt.timedelta(days=1)) == (0, {})


def test_looking_back_takes_the_reminder_away(smtp, due_step, host):
    actions.make_reminders(noon())
    actions.compose_mails(timezone.now(), Pace.AT_ONCE)
    teams.look_back(step=due_step, actor=host, saw="Rust.", learned="Vast werkt.", outcome="go_on", dream_check="yes")
    actions.make_letters()
    assert actions.send_mails() == {"void": 1}
    assert smtp.messages == []
    assert Letter.objects.get(kind=Kind.LOOK_BACK).cancelled_at


def test_a_worker_that_dies_while_sending_sends_the_same_message_again(smtp, parent, monkeypatch):
    publish_story()
    actions.make_letters()
    actions.compose_mails(timezone.now(), Pace.WEEKLY)

    class Killed(BaseException):
        pass

    def die_after_handing_over(message, **kwargs):
        real(message, **kwargs)
        raise Killed

    real = mail.hand_over
    monkeypatch.setattr(mail, "hand_over", die_after_handing_over)
    with pytest.raises(Killed):
        actions.send_mails()
    monkeypatch.undo()
    assert Mail.objects.get().state == Mail.State.SENDING
    assert actions.send_mails() == {}, "the lease still holds"
    assert actions.send_mails(timezone.now() + sending.LEASE) == {"sent": 1}
    first, second = smtp.to(parent.email)
    assert first["Message-ID"] == second["Message-ID"]
    assert Mail.objects.get().public_id in first["Message-ID"]


def test_a_worker_whose_lease_ended_does_not_end_the_mail_of_another(smtp, parent, monkeypatch):
    publish_story()
    actions.make_letters()
    actions.compose_mails(timezone.now(), Pace.WEEKLY)
    real = mail.hand_over

    def slow(message, **kwargs):
        monkeypatch.setattr(mail, "hand_over", real)
        Mail.objects.update(try_at=timezone.now() + dt.timedelta(hours=1))  # another worker took it in the meantime
        real(message, **kwargs)

    monkeypatch.setattr(mail, "hand_over", slow)
    actions.send_mails()
    assert Mail.objects.get().state == Mail.State.SENDING


def test_two_senders_at_once_send_one_mail(smtp, parent):
    publish_story()
    actions.make_letters()
    actions.compose_mails(timezone.now(), Pace.WEEKLY)
    stale = Mail.objects.select_related("member").get()
    actions.send_mails()
    with mail.open_line() as line:
        assert sending._send(stale, line, timezone.now()) == "taken"
    assert len(smtp.messages) == 1


def test_a_server_that_is_down_costs_no_try(settings, parent):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    publish_story()
    assert weekly() == {}
    parcel = Mail.objects.get()
    assert (parcel.state, parcel.attempts) == (Mail.State.WAITING, 0)


def test_a_full_mailbox_is_tried_again_later_and_not_for_ever(smtp, parent):
    smtp.refuse[parent.email] = "452 4.2.2 Mailbox full"
    publish_story()
    assert weekly() == {"waiting": 1}
    assert actions.send_mails() == {}
    now = timezone.now()
    for wait in sending.WAITS:
        now += dt.timedelta(minutes=wait)
        ended = actions.send_mails(now)
    assert ended == {"failed": 1}
    smtp.refuse.clear()
    assert actions.send_mails(now + dt.timedelta(days=9)) == {}


def test_a_mailbox_that_is_full_now_gets_it_later(smtp, parent):
    smtp.refuse[parent.email] = "452 4.2.2 Mailbox full"
    publish_story()
    weekly()
    smtp.refuse.clear()
    assert actions.send_mails(timezone.now() + dt.timedelta(minutes=1)) == {"sent": 1}


@pytest.mark.parametrize("moment", ["RCPT", "DATA"])
def test_an_address_that_does_not_exist_fails_at_once_and_the_others_get_theirs(smtp, parent, professional, moment):
    smtp.refuse[parent.email if moment == "RCPT" else "DATA"] = "550 5.1.1 No such user"
    publish_story()
    assert weekly() == ({"failed": 1, "sent": 1} if moment == "RCPT" else {"failed": 2})


def test_a_withdrawn_story_is_in_no_digest_however_far_it_had_come(smtp, parent):
    gone, stays = publish_story(title="Dit gaat weg"), publish_story(title="Dit blijft")
    actions.make_letters()
    actions.compose_mails(timezone.now(), Pace.WEEKLY)
    withdraw_row(gone)  # before the journal was read
    actions.send_mails()
    (message,) = smtp.to(parent.email)
    assert "Dit blijft" in text_of(message)
    assert "Dit gaat weg" not in message.as_string()
    assert stays.public_id in text_of(message)


def test_a_withdrawal_cancels_the_letters_about_the_story(smtp, parent, team, host):
    story = publish_story(title="Dit gaat weg")
    teams.take_up(team=team, story=story, actor=host)
    actions.make_letters()
    with transaction.atomic():
        withdraw_row(story)
        record("story.withdrawn", story)
    weekly()
    assert smtp.messages == []
    assert not Letter.objects.filter(cancelled_at=None).exists()


def test_a_heavy_story_is_not_news(smtp, parent):
    publish_story(title="Zwaar", heavy=True)
    assert weekly() == {}


def test_nobody_gets_mail_about_what_she_did_herself(smtp, team, host, parent):
    teams.record_success(team=team, actor=host, text="Het lukte.")
    weekly()
    assert smtp.to(host.email) == []
    assert len(smtp.to(parent.email)) == 1


def test_a_team_that_stops_says_goodbye_to_everybody_in_it(smtp, team, host, parent, professional):
    teams.end_team(team=team, actor=host, learned="Bellen helpt.")
    weekly()
    assert smtp.to(host.email) == smtp.to(professional.email) == []
    (mail,) = smtp.to(parent.email)
    assert f"{team.name} is gestopt." in text_of(mail)
    assert team.get_absolute_url() in text_of(mail)


def test_who_left_the_team_reads_nothing_of_it_any_more(smtp, team, host, parent):
    teams.record_success(team=team, actor=host, text="Het lukte.")
    actions.make_letters()
    teams.leave(team=team, actor=parent)
    weekly()
    assert smtp.messages == []


def test_coordinators_hear_once_a_day_how_much_waits(smtp, coordinator, professional):
    for danger in ("none", "urgent"):
        with transaction.atomic():
            story = published_story(status="waiting", published_on=None, title="", body="", danger=danger,
                                     heavy=danger != "none")  # fmt: skip
            record("story.sent", story)
    actions.make_letters()
    actions.compose_mails(timezone.now(), Pace.DAILY)
    assert actions.send_mails() == {"sent": 1}
    (message,) = smtp.to(coordinator.email)
    assert "Er wachten 2 verhalen, 1 daarvan met spoed" in text_of(message)
    assert text_of(message).count("Er wachten") == 1


def test_an_address_that_was_never_confirmed_gets_no_mail(smtp, client, parent):
    client.post(
        "/inloggen/aanmelden/",
        {"email": "slachtoffer@example.org", "name": "X", "perspective": "youth", "sixteen": "on"},
    )
    smtp.clear()
    publish_story()
    weekly()
    assert smtp.to("slachtoffer@example.org") == []
    assert len(smtp.to(parent.email)) == 1


def test_never_means_the_inbox_only_and_stays_so_for_what_came_meanwhile(smtp, parent):
    actions.choose_paces(actor=parent, paces={"news": "never"})
    publish_story(title="In de brievenbus")
    assert weekly() == {}
    actions.choose_paces(actor=parent, paces={"news": "weekly"})
    assert weekly() == {}, "switching on again does not send a heap of old news"
    publish_story(title="Nieuw")
    assert weekly() == {"sent": 1}
    assert "In de brievenbus" not in text_of(smtp.messages[0])


def test_a_member_chooses_another_pace(smtp, parent):
    Preference.objects.create(member=parent, kind=Kind.NEWS, pace=Pace.DAILY)
    publish_story()
    actions.make_letters()
    assert actions.compose_mails(timezone.now(), Pace.WEEKLY) == 0
    assert actions.compose_mails(timezone.now(), Pace.DAILY) == 1


def test_one_entry_that_cannot_be_read_does_not_stop_the_post(smtp, parent, monkeypatch):
    broken, fine = publish_story(), publish_story(title="Gaat door")
    real = rounds_of

    def rounds(entry):
        if entry.subject_id == broken.public_id:
            raise RuntimeError
        return real(entry)

    monkeypatch.setattr("letters.actions.making.rounds", rounds)
    assert weekly() == {"sent": 1}
    assert fine.public_id in text_of(smtp.messages[0])
    assert not Claim.objects.filter(entry__subject_id=broken.public_id).exists()
    monkeypatch.undo()
    assert weekly() == {"sent": 1}


def test_many_members_cost_no_more_questions_each(smtp, django_assert_max_num_queries):
    from tests.conftest import make_member

    for number in range(60):
        make_member(f"Lid{number}", "parent")
    for _ in range(20):
        publish_story()
    with django_assert_max_num_queries(5 + 20 * 6):
        actions.make_letters()
    with django_assert_max_num_queries(20):
        assert actions.compose_mails(timezone.now(), Pace.WEEKLY) == 60
    with django_assert_max_num_queries(1 + 60 * 5):
        assert actions.send_mails() == {"sent": 60}
    assert Letter.objects.count() == 1200


def test_an_operator_can_send_without_waiting(smtp, due_step, host, parent, capsys, monkeypatch):
    from letters import hours

    monkeypatch.setattr(hours, "WAKE", dt.time(0))
    monkeypatch.setattr(hours, "SLEEP", dt.time(23, 59, 59))
    publish_story()
    call_command("send_digests")
    call_command("send_reminders")
    assert len(smtp.messages) == 3
    call_command("send_digests")
    call_command("send_reminders")
    assert len(smtp.messages) == 3
    assert "0 mails made, 0 sent" in capsys.readouterr().out


def test_the_journal_holds_no_word_of_a_letter(smtp, parent):
    publish_story(title="Een herkenbare titel")
    weekly()
    assert "herkenbare" not in "".join(f"{e.verb}{e.subject_id}{e.area}" for e in JournalEntry.objects.all())
