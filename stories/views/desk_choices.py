"""The lists that the desk of a story offers: which rows this story has already, and which its own words point at."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, Exists, F, Model, OuterRef, Q, QuerySet, TextField, Value, When
from django.db.models.functions import Cast, Concat, JSONObject
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from movement.models import Initiative, Theme
from stories.forms.desk import Choices
from stories.forms.marks import Review
from stories.models import HouseRule, InitiativeLink, Story, StoryReason, StoryTheme
from stories.suggest import Fit, Offer, fitting, rules_at, themes_in

Pointed = Mapping[
    str, Mapping[str, Sequence[str]]
]  # of each list: what is pointed at, by its value, and by which words


def choices_for(story: Story) -> Choices:
    """The lists to choose from, each row knowing whether this story has it already (`chosen`). One query."""
    rules = StoryReason.objects.filter(story=story, rule=OuterRef("pk"), solved_at=None)
    themes = StoryTheme.objects.filter(story=story, theme=OuterRef("pk"))
    links = InitiativeLink.objects.filter(story=story, initiative=OuterRef("pk"))
    current = Initiative.objects.filter(Q(ended_on=None) | Q(Exists(links)))
    in_use = HouseRule.objects.filter(Q(ended_on=None) | Q(Exists(rules)))
    lists = [
        _as_choices(in_use, "slug", "text", F("position"), rules, extra=F("severity")),
        _as_choices(
            Theme.objects.all(),
            "slug",
            "name",
            F("position"),
            themes,
            extra=Case(When(heavy=True, then=Value("heavy")), default=Value("")),
        ),
        _as_choices(current, "public_id", "name", Value(0), links, extra=_about(story)),
    ]
    columns: dict[str, tuple[type[Model], list[str]]] = {
        "HouseRule": (HouseRule, ["slug", "text", "severity"]),
        "Theme": (Theme, ["slug", "name", "heavy"]),
        "Initiative": (Initiative, ["public_id", "name"]),
    }
    found: dict[str, list[Any]] = {kind: [] for kind in columns}
    for kind, pk, key, label, extra, chosen, _place in lists[0].union(*lists[1:], all=True).order_by("place", "label"):
        model, names = columns[kind]
        values = [key, label, bool(extra) if "heavy" in names else extra]
        one: Any = model(pk=pk, **dict(zip(names, values, strict=False)))
        one.chosen = chosen
        if kind == "Initiative":
            one.about = Offer(key, **json.loads(extra))
        found[kind].append(one)
    return Choices(found["HouseRule"], found["Theme"], found["Initiative"])


def _about(story: Story) -> Cast:
    """What an initiative is about, where it is, and what it says of itself, as text: a column for every list."""
    here = Q(area=story.region_id) | Q(area__youth_region=story.region_id) if story.region_id else Q(pk=None)
    themes = Theme.objects.filter(initiative=OuterRef("pk")).order_by("position").values("slug")
    words = Concat("name", Value("\n"), "summary")
    near = Case(When(here, then=Value(True)), default=Value(False))
    return Cast(JSONObject(themes=ArraySubquery(themes), near=near, words=words), TextField())


def _as_choices(rows: QuerySet[Any], key: str, label: str, place: Any, has: QuerySet[Any], *, extra: Any = None) -> Any:
    """Rows of any list in the columns that the lists have in common."""
    return (
        rows.order_by()
        .annotate(
            kind=Value(rows.model.__name__),
            key=F(key),
            label=F(label),
            extra=extra or Value(""),
            chosen=Exists(has),
            place=place,
        )
        .values_list("kind", "pk", "key", "label", "extra", "chosen", "place")
    )


def pointed_at(story: Story, review: Review, facts: Sequence[Sequence[str]]) -> Pointed:
    """House rules that the marks touch, or `facts` that together point at somebody, and themes; with the words."""
    rules = rules_at((choice.kind, choice.text) for choice in review.open)
    if facts:
        rules["combinatie"] = [" + ".join(facts[0])]
    texts = (story.raw_body, story.raw_helped, story.raw_feeling)
    return {"rules": rules, "themes": themes_in(*(str(text) for text in texts if text))}


def initiatives_that_fit(story: Story, choices: Choices, pointed: Pointed) -> list[tuple[Initiative, list[str]]]:
    """Initiatives that may belong with this story and are not linked yet, each with the reasons in words."""
    names = {theme.slug: str(theme) for theme in choices.themes}
    chosen = [theme.slug for theme in choices.themes if getattr(theme, "chosen", False)]
    texts = [str(text) for text in (story.raw_body, story.raw_helped, story.raw_feeling) if text]
    open_now: dict[str, Any] = {one.public_id: one for one in choices.initiatives if not getattr(one, "chosen", False)}
    offers = [one.about for one in open_now.values()]
    found = fitting(texts or [story.body, story.helped], {*chosen, *pointed["themes"]}, offers)
    return [(open_now[fit.key], _why(fit, names, story)) for fit in found]


def _why(fit: Fit, names: Mapping[str, str], story: Story) -> list[str]:
    themes = ", ".join(names[slug] for slug in fit.themes)
    return [
        *([_("the same theme: %(themes)s") % {"themes": themes}] if themes else []),
        *([_("also in %(region)s") % {"region": story.region}] if fit.near else []),
        *([_("both say: %(words)s") % {"words": ", ".join(fit.words)}] if fit.words else []),
    ]


def summed(choices: Choices, pointed: Pointed, fits: int) -> dict[str, str]:
    """How it stands with what is noted, for who does not open it: what is ticked, else how much is proposed."""
    chosen = {
        verb: [str(one) for one in rows if getattr(one, "chosen", False)]
        for verb, rows in (
            ("redenen", choices.rules), ("themas", choices.themes), ("verbinden", choices.initiatives),
        )
    }  # fmt: skip
    proposed = {"redenen": len(pointed["rules"]), "themas": len(pointed["themes"]), "verbinden": fits}
    return {
        verb: " · ".join(ticked) or (ngettext("%(n)s proposal", "%(n)s proposals", n) % {"n": n} if n else "")
        for verb, ticked in chosen.items()
        for n in (proposed[verb],)
    }
