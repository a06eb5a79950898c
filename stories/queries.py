"""What the list of stories asks of the database: one page, one capped count, one set of totals per filter."""

import datetime as dt
from typing import NamedTuple, TypedDict

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.search import TrigramWordSimilarity
from django.db import connection
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.utils import formats, timezone

from core.disclosure import facet, in_steps
from movement.models import Area, Perspective
from stories import search, totals
from stories.forms.reading import OTHER_HEAVY, Reading
from stories.models import FormOfHelp, Story, StoryQuerySet, StoryTheme

PAGE = 20
MOST_COUNTED = 1000  # counting on costs more than the page itself, and nobody reads further
FEW = 5  # with fewer hits than this, words that look alike are tried as well
LOOKED_AT = 300  # titles, of this many of the newest, so that a typing error costs no more than a page
KINDS = ("theme", "heavy", "who", "help", "region")


class Card(TypedDict):
    """A story as the list shows it, ready to print: the template formats nothing."""

    url: str
    title: str
    teaser: str
    facts: str
    themes: list[str]
    heavy: bool


class Option(NamedTuple):
    """A value of a filter; `total` is None when it may not be told."""

    kind: str
    key: str
    label: str
    total: int | None


class Page(NamedTuple):
    cards: list[Card]
    alike: list[Card]  # little fitted exactly; these look like what was asked
    following: str  # public id to go on after, or ""
    total: int  # at least so many; 0: not counted, or too few to tell
    capped: bool  # and certainly more than MOST_COUNTED


Row = tuple[str, str, str, str, dt.date, str, str | None, bool, list[str]]


def read_page(reader: object, asked: Reading) -> Page:
    """One page of stories that this reader may see, newest first. Two queries at most."""
    stories = _filtered(Story.objects.visible_to(reader), asked)
    found = search.query(asked.words)
    exact = stories.filter(search=found) if found else (stories.none() if asked.words else stories)
    rows = _rows(exact, asked.after)
    more = len(rows) > PAGE
    counted, alike = len(rows), []
    if asked.words and not asked.after and counted < FEW:
        have = {row[0] for row in rows}
        alike = [row for row in _rows(_look_alike(stories, asked.words)) if row[0] not in have][:PAGE]
    elif more and not asked.after:
        counted = exact.order_by()[: MOST_COUNTED + 1].count()
    return Page(
        cards=[_card(row) for row in rows[:PAGE]],
        alike=[_card(row) for row in alike],
        following=rows[PAGE - 1][0] if more else "",
        total=0 if asked.after else in_steps(min(counted, MOST_COUNTED)),
        capped=counted > MOST_COUNTED,
    )


def _filtered(stories: StoryQuerySet, asked: Reading) -> StoryQuerySet:
    stories = stories.filter(shown_heavy(asked.heavy))
    if asked.theme:
        stories = stories.filter(Exists(StoryTheme.objects.filter(story=OuterRef("pk"), theme__slug=asked.theme)))
    if asked.perspective:
        stories = stories.filter(perspective=asked.perspective)
    if asked.form_of_help:
        stories = stories.filter(form_of_help=asked.form_of_help)
    if asked.region:
        stories = stories.filter(region=Subquery(Area.objects.filter(code=asked.region).values("pk")))
    return stories


def shown_heavy(wanted: frozenset[str]) -> Q:
    """Stories without anything heavy, and those of which every heavy theme was asked for.

    A story can be heavy through a signal of danger alone, without a heavy theme; OTHER_HEAVY asks for those.
    """
    light = Q(heavy=False)
    if not wanted:
        return light
    heavy = StoryTheme.objects.filter(story=OuterRef("pk"), theme__heavy=True)
    asked_for = Exists(heavy.filter(theme__slug__in=wanted)) & ~Exists(heavy.exclude(theme__slug__in=wanted))
    return light | (Q(asked_for | ~Exists(heavy)) if OTHER_HEAVY in wanted else Q(asked_for))


def _rows(stories: StoryQuerySet, after: str = "") -> list[Row]:
    """The fields of a card of the newest stories, one more than a page holds so that we know whether it goes on.

    `after` is a public id, so that an address never tells on which day a story was published.
    """
    if after:
        day = Subquery(Story.objects.filter(public_id=after).values("published_on"))
        stories = stories.filter(
            Q(published_on__lt=day) | Q(published_on=day, public_id__gt=after), published_on__lte=day
        )
    themes = StoryTheme.objects.filter(story=OuterRef("pk")).order_by("theme__position").values("theme__name")
    return list(
        stories.order_by(F("published_on").desc(), "public_id").values_list(
            "public_id",
            "title",
            "teaser",
            "perspective",
            "published_on",
            "form_of_help",
            "region__name",
            "heavy",
            ArraySubquery(themes),
        )[: PAGE + 1]
    )


def _look_alike(stories: StoryQuerySet, typed: str) -> StoryQuerySet:
    """Stories with a word that begins the same, or, among the newest, one with a title
    that is spelled nearly the same."""
    newest = stories.order_by(F("published_on").desc(), "public_id")
    # A union of keys, not an `or` of conditions: with `or` PostgreSQL looks at every story there is.
    # In no order: asked for the newest, it reads all stories from new to old instead of its index of words.
    wide = search.query(typed, prefix=True)
    near = [stories.order_by().filter(search=wide).values("pk")[:LOOKED_AT]] if wide else []
    looked_at = Story.objects.filter(pk__in=Subquery(newest.values("pk")[:LOOKED_AT]))
    for word in [word for word in search.words(typed) if len(word) > 3][:3]:
        spelled = looked_at.annotate(likeness=TrigramWordSimilarity(word, "title")).filter(likeness__gte=0.5)
        near.append(spelled.values("pk")[: PAGE + 1])
    return stories.filter(pk__in=near[0].union(*near[1:])) if near else stories.none()


def month(day: dt.date) -> str:
    """Month and year: a day would tell a neighbour too much."""
    return formats.date_format(day.replace(day=1), "F Y")


def _card(row: Row) -> Card:
    public_id, title, teaser, perspective, published_on, form_of_help, region, heavy, themes = row
    return {
        "url": f"/verhalen/{public_id}/",
        "title": title,
        "teaser": teaser,
        "facts": " · ".join(facts(perspective, form_of_help, region, published_on)),
        "themes": themes,
        "heavy": heavy,
    }


def facts(perspective: str, form_of_help: str, region: str | None, published_on: dt.date | None) -> list[str]:
    """Who told it, about what, where and when, in words; what the teller did not say is left out."""
    return [
        *([str(Perspective(perspective).label)] if perspective else []),
        *([str(FormOfHelp(form_of_help).label)] if form_of_help else []),
        *([region] if region else []),
        *([month(published_on)] if published_on else []),
    ]


def options() -> list[Option]:
    """Every value of every filter with its total over all stories that are open to everybody and not heavy.

    Totals of one filter at a time, so that no two of them can be subtracted to find one small group.
    """
    return totals.kept_or(_count_options)


_OPEN = "s.status = 'published' AND s.audience = 'everybody' AND NOT s.heavy"
_TOTALS = f"""
SELECT 'theme' AS kind, t.slug AS key, t.name AS label, t.position AS place, count(s.id)
  FROM movement_theme t
  LEFT JOIN stories_storytheme st ON st.theme_id = t.id
  LEFT JOIN stories_story s ON s.id = st.story_id AND {_OPEN}
 WHERE NOT t.heavy GROUP BY t.id
UNION ALL
SELECT 'heavy', t.slug, t.name, t.position, 0 FROM movement_theme t WHERE t.heavy
UNION ALL
SELECT 'region', a.code, a.name, 0, count(s.id)
  FROM movement_area a LEFT JOIN stories_story s ON s.region_id = a.id AND {_OPEN}
 WHERE a.kind = 'youth_region' AND (a.valid_to IS NULL OR a.valid_to > %(today)s) GROUP BY a.id
UNION ALL
SELECT 'who', s.perspective, '', 0, count(*) FROM stories_story s WHERE {_OPEN} GROUP BY s.perspective
UNION ALL
SELECT 'help', s.form_of_help, '', 0, count(*) FROM stories_story s WHERE {_OPEN} GROUP BY s.form_of_help
ORDER BY kind, place, label
"""  # noqa: S608 - nothing but the constant above goes into it


def _count_options() -> list[Option]:
    with connection.cursor() as cursor:
        cursor.execute(_TOTALS, {"today": timezone.localdate()})
        rows = cursor.fetchall()
    labels: dict[str, dict[str, str]] = {"who": {}, "help": {}}
    counts: dict[str, dict[str, int]] = {kind: {} for kind in KINDS}
    for kind, key, label, _place, count in rows:
        counts[kind][key] = count
        labels.setdefault(kind, {})[key] = label
    labels["who"] = {value: str(label) for value, label in Perspective.choices}
    labels["help"] = {value: str(label) for value, label in FormOfHelp.choices}
    found = []
    for kind in KINDS:
        told = facet(counts[kind])
        found += [Option(kind, key, label, told.get(key)) for key, label in labels.get(kind, {}).items()]
    return found
