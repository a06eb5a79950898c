"""Jobs of the clock. Each sweeps what is due, so a lost, late or double run loses and repeats nothing."""

from celery import shared_task
from django.core.management import call_command
from django.db import connection

from stories.actions import clock, quoting, recognising, reporting, taking, watching
from stories.options import count_options


@shared_task
def send_stories_whose_own_time_is_over() -> None:
    clock.send_due()


@shared_task
def erase_what_tellers_wrote() -> None:
    clock.erase_due()
    reporting.erase_reports()
    quoting.forget_gaps()


@shared_task
def put_back_what_nobody_went_on_with() -> None:
    clock.take_back_idle()
    taking.come_back_idle()


@shared_task
def show_how_many_recognise_a_story() -> None:
    recognising.show_recognitions()


@shared_task
def count_what_readers_filter_on() -> None:
    count_options()


@shared_task
def clear_ended_sessions() -> None:
    call_command("clearsessions")


@shared_task
def notice_who_reads_much() -> None:
    watching.notice_much_reading()


@shared_task
def forget_words_in_statistics() -> None:
    """PostgreSQL keeps the commonest words of what is searched; in a small house that is every word there is."""
    with connection.cursor() as cursor:
        cursor.execute("analyze stories_story (search)")
