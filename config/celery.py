"""The worker's app and its timetable. The timetable is code, so that a change of it is reviewed."""

import os

from celery import Celery
from celery.schedules import crontab

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
app = Celery("draad")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
# Each job looks in the database for what waits: late, twice or never does no harm, the next one finds it. A wake-up
# that nobody took in time is worth nothing, so it expires; a worker that comes back is not flooded.
app.conf.beat_sync_every = 1  # config.beat reads there when the last one was
app.conf.beat_schedule = {
    "heartbeat": {"task": "core.tasks.heartbeat", "schedule": 30.0, "options": {"expires": 25}},
    "seal-journal": {"task": "core.tasks.seal_journal", "schedule": 60.0, "options": {"expires": 55}},
    "verify-journal": {
        "task": "core.tasks.verify_journal",
        "schedule": crontab(minute="20", hour="4"),
        "options": {"expires": 3600},
    },
    "tell-who-can-be-called": {
        "task": "movement.tasks.tell_who_can_be_called",
        "schedule": crontab(minute="*/10"),
        "options": {"expires": 590},
    },
    "make-letters": {"task": "letters.tasks.make_letters", "schedule": 60.0, "options": {"expires": 55}},
    "send-mails": {"task": "letters.tasks.send_mails", "schedule": 60.0, "options": {"expires": 55}},
    # Composes what should have gone at the last moment of each pace: daily at 7.15, weekly on Monday at 7.30.
    "compose-digests": {
        "task": "letters.tasks.compose_due",
        "schedule": crontab(minute="*/5"),
        "options": {"expires": 290},
    },
    "make-reminders": {
        "task": "letters.tasks.make_reminders",
        "schedule": crontab(minute="0", hour="7-20"),
        "options": {"expires": 3000},
    },
    "look-through-journal": {
        "task": "letters.tasks.look_through_journal",
        "schedule": crontab(minute="40", hour="3"),
        "options": {"expires": 3600},
    },
    "forget-letters": {
        "task": "letters.tasks.forget_letters",
        "schedule": crontab(minute="0", hour="4"),
        "options": {"expires": 3600},
    },
    "send-stories": {
        "task": "stories.tasks.send_stories_whose_own_time_is_over",
        "schedule": crontab(minute="*/5"),
        "options": {"expires": 290},
    },
    "erase-what-tellers-wrote": {
        "task": "stories.tasks.erase_what_tellers_wrote",
        "schedule": crontab(minute="20"),
        "options": {"expires": 3000},
    },
    "put-back-what-nobody-went-on-with": {
        "task": "stories.tasks.put_back_what_nobody_went_on_with",
        "schedule": crontab(minute="*/10"),
        "options": {"expires": 590},
    },
    "notice-who-reads-much": {
        "task": "stories.tasks.notice_who_reads_much",
        "schedule": crontab(minute="*/5"),
        "options": {"expires": 290},
    },
    # Counts only when a story left the site since, or some minutes after the last time.
    "count-what-readers-filter-on": {
        "task": "stories.tasks.count_what_readers_filter_on",
        "schedule": 60.0,
        "options": {"expires": 55},
    },
    "show-how-many-recognise-a-story": {
        "task": "stories.tasks.show_how_many_recognise_a_story",
        "schedule": crontab(minute="30", hour="4"),
        "options": {"expires": 3600},
    },
    "forget-words-in-statistics": {
        "task": "stories.tasks.forget_words_in_statistics",
        "schedule": crontab(minute="50", hour="3"),
        "options": {"expires": 3600},
    },
    "clear-ended-sessions": {
        "task": "stories.tasks.clear_ended_sessions",
        "schedule": crontab(minute="10", hour="4"),
        "options": {"expires": 3600},
    },
}
