"""Data for the benchmark: stories with Dutch words in a natural spread of frequencies, and observations.

The demo is made by the real actions; a hundred thousand stories would take an hour that way, so these rows are
written at once, and hold to the same constraints.
"""

import datetime as dt
import random
import secrets
from itertools import accumulate

from django.db import connection
from django.utils import timezone

from movement.models import Area, Theme
from stories.codewords import words
from stories.dutch.beside import words_beside
from stories.models import Story, StoryTheme

# Common words first: rank decides how often a word comes up.
COMMON = [
    "ik",
    "en",
    "de",
    "het",
    "een",
    "dat",
    "is",
    "in",
    "niet",
    "van",
    "op",
    "mijn",
    "te",
    "met",
    "was",
    "voor",
    "die",
    "maar",
    "er",
    "ze",
    "zijn",
    "als",
    "ook",
    "naar",
    "dan",
    "nog",
    "bij",
    "hij",
    "om",
    "heb",
    "jeugdzorg",
    "hulp",
    "groep",
    "kind",
    "kinderen",
    "moeder",
    "vader",
    "school",
    "gezin",
    "begeleider",
    "wachten",
    "wachtlijst",
    "huis",
    "thuis",
    "bellen",
    "gesprek",
    "besluit",
    "rechter",
    "pleegouders",
    "mentor",
    "regels",
    "verhaal",
    "vertrouwen",
    "luisteren",
    "gehoord",
    "gezien",
    "dossier",
    "formulier",
    "gemeente",
    "wijkteam",
    "slapen",
    "bang",
    "boos",
    "blij",
    "alleen",
    "samen",
    "blijven",
    "weg",
    "plek",
    "plekken",
    "kamer",
    "deur",
    "telefoon",
    "week",
    "maand",
    "jaar",
]
BATCH = 2_000


def stories(count: int, *, seed: int = 1) -> None:
    """Add `count` published stories of about 150 words, two themes each, spread over regions and three years."""
    source = random.Random(seed)
    vocabulary = COMMON + list(words())
    weights = [1 / (rank + 3) for rank in range(len(vocabulary))]
    cumulative = list(accumulate(weights))
    regions = list(Area.objects.youth_regions())
    themes = list(Theme.objects.all())
    now = timezone.now()
    with connection.cursor() as cursor:
        # Filling the index of words story by story takes ten times as long as making it of all of them at once.
        cursor.execute("SELECT pg_get_indexdef('story_search'::regclass)")
        (index,) = cursor.fetchone()
        cursor.execute("DROP INDEX story_search")
    for start in range(0, count, BATCH):
        batch = [
            _story(source, source.choices(vocabulary, cum_weights=cumulative, k=source.randint(110, 190)), regions, now)
            for _ in range(min(BATCH, count - start))
        ]
        made = Story.objects.bulk_create(batch)
        StoryTheme.objects.bulk_create(
            [StoryTheme(story=story, theme=theme) for story in made for theme in source.sample(themes, 2)]
        )
    with connection.cursor() as cursor:
        cursor.execute(index)
        cursor.execute("VACUUM ANALYZE stories_story")
        cursor.execute("VACUUM ANALYZE stories_storytheme")


def _story(source: random.Random, text: list[str], regions: list[Area], now: dt.datetime) -> Story:
    body = " ".join(text).capitalize() + "."
    title, helped = " ".join(text[5:10]).capitalize(), " ".join(text[20:32]).capitalize()
    told = now - dt.timedelta(days=source.randint(10, 1_000))
    return Story(
        status="published",
        told_at=told,
        own_time_until=told,
        sent_at=told,
        code_hash=secrets.token_bytes(32),
        submission_hash=secrets.token_bytes(32),
        title=title,
        body=body,
        helped=helped,
        words_beside=words_beside(title, body, helped),
        teaser=body[:180],
        published_on=(told + dt.timedelta(days=5)).date(),
        perspective=source.choice(["youth", "parent", "professional", "expert"]),
        age_band=source.choice(["12-15", "16-17", "18-22", "23+"]),
        region=source.choice(regions),
        form_of_help=source.choice(["home", "group", "foster", "secure", "mental", "waiting"]),
        audience="everybody" if source.random() < 0.9 else "members",
        quotable="yes",
        heard=source.randint(1, 5),
        seen=source.randint(1, 5),
        known=source.randint(1, 5),
        decided_me=20,
        decided_family=30,
        decided_professionals=50,
    )


def waiting(count: int) -> None:
    """Put `count` stories on the desk."""
    now = timezone.now()
    Story.objects.bulk_create(
        [
            Story(
                status="waiting",
                own_time_until=now,
                sent_at=now - dt.timedelta(hours=number),
                code_hash=secrets.token_bytes(32),
                submission_hash=secrets.token_bytes(32),
                raw_body="Een verhaal dat wacht.",
                audience="everybody",
                danger=("none", "none", "concern", "urgent")[number % 4],
                heavy=number % 4 > 1,
            )
            for number in range(count)
        ]
    )


def observations(count: int) -> int:
    """Add about `count` observations: every area, the indicators there are, month by month; return how many."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO monitor_source (name, url, licence) VALUES ('bench', '', '') ON CONFLICT DO NOTHING"
        )
        cursor.execute(
            """
            INSERT INTO monitor_indicator (slug, name, definition, unit, whole, direction, rule, caveat, position)
            SELECT 'bench-' || n, 'Bench ' || n, 'Alleen voor de meting.', 'jongeren', true, 'none', 'A',
                   'Zegt niets.', 100 + n
            FROM generate_series(1, 30) n ON CONFLICT DO NOTHING
            """
        )
        cursor.execute(
            """
            INSERT INTO monitor_observation
                (indicator_id, source_id, area_id, period, period_months, value, status, "table", at)
            SELECT i.id, s.id, a.id, (date '2000-01-01' + (m || ' months')::interval)::date, 1,
                   5 * (1 + (a.id * 7 + i.id * 13 + m) %% 400), 'final', 'bench', now()
            FROM monitor_indicator i, monitor_source s, movement_area a,
                 generate_series(0, %s / (30 * (SELECT count(*) FROM movement_area))) m
            WHERE i.slug LIKE 'bench-%%' AND s.name = 'bench' ON CONFLICT DO NOTHING
            """,
            [count],
        )
        made = cursor.rowcount
        cursor.execute("VACUUM ANALYZE monitor_observation")
    return made
