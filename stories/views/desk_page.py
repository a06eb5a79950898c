"""What the desk shows of one story, put together: texts with marks, talk, edits, forms."""

import datetime as dt
from collections.abc import Mapping
from typing import Any, NamedTuple

from django.db.models import (
    Case,
    CharField,
    Exists,
    F,
    Func,
    Model,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
    prefetch_related_objects,
)  # fmt: skip
from django.utils.translation import gettext as _

from movement.callers import number_of
from movement.models import Initiative, Member, Theme
from stories.actions import deciding
from stories.actions.tending import DANGER_STEPS
from stories.diff import Piece, word_diff
from stories.forms.desk import Choices, DeskForm
from stories.forms.marks import Review
from stories.meaning import meaning_of
from stories.models import DangerNote, EditProposal, HouseRule, InitiativeLink, Story, StoryReason, StoryTheme
from stories.recognisable import answered, combinations
from stories.suggest import themes_in
from stories.views.desk_history import alike_and_history
from stories.views.desk_preview import head_of

# Which verbs can be done in which state, by whoever has the story in hand; the first is the likely one.
_IN_HAND = ("voorstel", "plaatsen", "vraag", "tweede", "vasthouden", "weigeren", "teruggeven")
_ALWAYS = ("schrijf", "redenen", "themas", "taal", "verbinden")


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


def page_of(
    story: Story,
    reader: Member,
    bound: dict[str, DeskForm],
    kinds: dict[str, type[DeskForm]],
    review: Review | None = None,
) -> dict[str, Any]:
    """The context of the desk page of a story for this coordinator; `bound` holds a form that came back, `review` what
    was chosen for the marks."""
    review = review or reviewed(story, {})
    choices = choices_for(story)._replace(texts=review.texts(), marks=review.open)
    prefetch_related_objects([story], "proposals")
    head = head_of(story, reader)
    verbs = [*(_in_hand(story) if head["mine"] else ()), *_ALWAYS]
    if head["dangerous"]:
        verbs.append("gevaar")
    initial = {
        "redenen": {"rules": [rule.slug for rule in choices.rules if getattr(rule, "chosen", False)]},
        "taal": {"language": story.language},
        "themas": {"themes": [theme.slug for theme in choices.themes if getattr(theme, "chosen", False)]},
    }
    forms = {
        verb: bound.get(verb)
        or kinds[verb](story=story, choices=choices, **({"initial": initial[verb]} if verb in initial else {}))
        for verb in verbs
    }
    texts, bound_verb = _texts(review), next(iter(bound), "")
    newest = deciding.newest_edit(story)
    alike, history = alike_and_history(story)
    return {
        **head,
        "forms": forms,
        "failed": bound_verb,
        "apart": next((form for verb, form in bound.items() if verb not in verbs), None),
        "texts": texts,
        "marks": review.asked,
        "first": bound_verb or ("voorstel" if review.choices or not story.is_dutch else "plaatsen"),
        "combinations": combinations(story),
        "suggested": _suggested(story, choices),
        "meaning": meaning_of(story),
        "opened": True,  # every form of the page comes back to the text
        "talk": _talk(story),
        "advice_number": number_of("Veilig Thuis", "0800-2000"),
        "proposal": newest,
        "diff": _diff(story, newest) if newest else [],
        "left_out": [word for name, word in answered(story).items() if newest and name in newest.leave_out],
        "open_red": story.red_reasons,
        "danger_first": head["dangerous"] and _would_be_public(story, head["mine"]),
        "linked": [one for one in choices.initiatives if getattr(one, "chosen", False)],
        "alike": alike,
        "history": history,
    }


class Said(NamedTuple):
    """A question, an answer, or what was done about a danger and said to whom."""

    from_teller: bool
    who: str
    at: dt.datetime
    text: str
    whom: str
    steps: list[str]


def _talk(story: Story) -> list[Said]:
    """What was said about this story, oldest first: behind the code, and on the telephone. One query."""
    columns = ("from_teller", "author__name", "at", "words", "whom", "done")
    words = story.messages.order_by().annotate(words=F("text"), whom=Value(""), done=Value(""))
    notes = story.danger_notes.order_by().annotate(
        from_teller=Value(False),
        words=F("said"),
        whom=F("to_whom"),
        done=Func("steps", Value(" "), function="array_to_string", output_field=CharField()),
    )
    rows = words.values_list(*columns).union(notes.values_list(*columns), all=True).order_by("at")
    spoken = dict(DangerNote.Whom.choices)
    return [
        Said(
            teller, name or "", at, text or "", str(spoken.get(whom, "")), [str(DANGER_STEPS[s]) for s in done.split()]
        )
        for teller, name, at, text, whom, done in rows
    ]


def _in_hand(story: Story) -> list[str]:
    """What can be decided now; what only the support centre may read is kept, and never published."""
    ours = story.audience == Story.Audience.SUPPORT
    agreed = deciding.agreed_edit(story)
    untranslated = not story.is_dutch and not (agreed and agreed.translates)
    never = {"plaatsen"} if ours or story.red_reasons or story.has_open_danger or untranslated else set()
    return [verb for verb in _IN_HAND if verb not in (never if ours else {*never, "vasthouden"})]


def _would_be_public(story: Story, mine: bool) -> bool:
    """Whether it could go on the site, or back there, from here."""
    if story.audience == Story.Audience.SUPPORT or story.red_reasons:
        return False
    return mine or (story.status == Story.Status.ON_HOLD and bool(story.title))


def _diff(story: Story, proposal: EditProposal) -> list[Piece]:
    if not proposal.body or proposal.translates:
        return [Piece("same", proposal.body)] if proposal.body else []
    return word_diff(str(story.raw_body or ""), proposal.body)


def reviewed(story: Story, sent: Mapping[str, str]) -> Review:
    """The three texts with their marks and what was chosen for each: as told, or as published once those are erased."""
    told = story.raw_body is not None
    texts = {name: getattr(story, f"raw_{name}" if told else name) for name in ("body", "helped", "feeling")}
    return Review({name: str(text) for name, text in texts.items() if text}, sent)


def _texts(review: Review) -> list[tuple[str, Any]]:
    titles = {"body": _("What happened"), "helped": _("What helped, or would have helped"), "feeling": _("How it felt")}
    seen: set[str] = set()  # the first place of each mark can be gone to
    shown: list[tuple[str, Any]] = []
    for name, pieces in review.pieces.items():
        marked = []
        for piece in pieces:
            key = piece.choice.key if piece.choice else ""
            marked.append((piece, "" if key in seen else key))
            seen.add(key)
        shown.append((titles[name], marked))
    return shown


def _suggested(story: Story, choices: Choices) -> list[tuple[Theme, list[str]]]:
    """Themes that the words of the story point at and that it does not have yet, each with those words."""
    words = themes_in(*(str(text) for text in (story.raw_body, story.raw_helped, story.raw_feeling) if text))
    by_slug = {theme.slug: theme for theme in choices.themes if not getattr(theme, "chosen", False)}
    return [(by_slug[slug], why) for slug, why in words.items() if slug in by_slug]
