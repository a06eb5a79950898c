"""The lists that the desk of a story offers: which rows this story has already, and which its own words point at."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Case, Exists, F, Model, OuterRef, Q, QuerySet, Value, When
from django.utils.translation import ngettext

from movement.models import Initiative, Theme
from stories.forms.desk import Choices
from stories.forms.marks import Review
from stories.models import HouseRule, InitiativeLink, Story, StoryReason, StoryTheme
from stories.suggest import rules_at, themes_in

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
        _as_choices(current, "public_id", "name", Value(0), links),
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
        one = model(pk=pk, **dict(zip(names, values, strict=False)))
        setattr(one, "chosen", chosen)  # noqa: B010 - what this story has, not a column
        found[kind].append(one)
    return Choices(found["HouseRule"], found["Theme"], found["Initiative"])


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


def summed(choices: Choices, pointed: Pointed) -> dict[str, str]:
    """How it stands with what is noted, for who does not open it: what is ticked, else how much is proposed."""
    chosen = {
        verb: [str(one) for one in rows if getattr(one, "chosen", False)]
        for verb, rows in (
            ("redenen", choices.rules), ("themas", choices.themes), ("verbinden", choices.initiatives),
        )
    }  # fmt: skip
    proposed = {"redenen": len(pointed["rules"]), "themas": len(pointed["themes"]), "verbinden": 0}
    return {
        verb: " · ".join(ticked) or (ngettext("%(n)s proposal", "%(n)s proposals", n) % {"n": n} if n else "")
        for verb, ticked in chosen.items()
        for n in (proposed[verb],)
    }
