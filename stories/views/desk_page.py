"""What the desk shows of one story, put together: texts with marks, talk, edits, forms, what is alike, the history."""

import datetime as dt
from collections.abc import Mapping
from typing import Any, NamedTuple

from django.db.models import (
    Case,
    CharField,
    DateTimeField,
    Exists,
    F,
    Func,
    Model,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
    prefetch_related_objects,
)  # fmt: skip
from django.db.models.functions import Cast, Coalesce
from django.utils.translation import gettext as _

from core.models import JournalEntry
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
from stories.views.desk_preview import head_of

_ALIKE = 5
_HISTORY = 40
# Which verbs can be done in which state, by whoever has the story in hand; the first is the likely one.
_IN_HAND = ("voorstel", "plaatsen", "vraag", "tweede", "vasthouden", "weigeren", "teruggeven")
_ALWAYS = ("redenen", "themas", "taal", "verbinden")


class Entry(NamedTuple):
    when: dt.datetime
    who: str
    what: str


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
    choices = choices_for(story)._replace(texts=review.texts())
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
    alike, history = _alike_and_history(story)
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
    never = {"plaatsen"} if ours or story.red_reasons or untranslated else set()
    return [verb for verb in _IN_HAND if verb not in (never if ours else {*never, "vasthouden"})]


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


def _alike_and_history(story: Story) -> tuple[list[dict[str, str]], list[Entry]]:
    """A few published stories with a theme in common, those of the same region first (for tone, and to link); and
    who did what and when, newest first, from the journal. One query."""
    columns = ("kind", "one", "two", "three", "moment", "place")
    shared = StoryTheme.objects.filter(
        story=OuterRef("pk"), theme__in=StoryTheme.objects.filter(story=story).values("theme")
    )
    here = Case(When(region_id=story.region_id, then=Value(0)), default=Value(1))
    alike = (
        Story.objects.published()
        .exclude(pk=story.pk)
        .filter(Exists(shared))
        .annotate(
            kind=Value("alike"), one=F("public_id"), two=F("title"), three=Coalesce("region__name", Value("")),
            moment=Cast("published_on", DateTimeField()), place=here,
        )
        .order_by("place", "-published_on", "public_id")
        .values_list(*columns)[:_ALIKE]
    )  # fmt: skip
    names = Member.objects.filter(public_id=OuterRef("actor")).values("name")[:1]
    done = (
        JournalEntry.objects.about("story", story.public_id)
        .annotate(
            kind=Value("done"), one=F("verb"), two=F("actor"), three=Coalesce(Subquery(names), Value("")),
            moment=F("at"), place=F("pk"),
        )
        .order_by("-at", "-pk")
        .values_list(*columns)[:_HISTORY]
    )  # fmt: skip
    # Both are cut in their own order; joined, they come in none.
    rows = sorted(alike.union(done, all=True), key=lambda row: (row[4], row[5]), reverse=True)
    near = sorted((row for row in rows if row[0] == "alike"), key=lambda row: (row[5], -row[4].timestamp(), row[1]))
    known, nobody, gone = verbs_in_words(), _("The teller or the clock"), _("Somebody who left")
    return (
        [{"public_id": one, "title": two, "region__name": three} for _kind, one, two, three, *_rest in near],
        [
            Entry(at, name or (gone if actor else nobody), known.get(verb, verb))
            for kind, verb, actor, name, at, _place in rows
            if kind == "done"
        ],
    )


def verbs_in_words() -> dict[str, str]:
    """The journal's verbs about a story, for people."""
    return {
        "story.told": _("told the story"),
        "story.sent": _("sent it to the support centre"),
        "story.looked_at": _("looked at the text"),
        "story.claimed": _("took it in hand"),
        "story.handed_back": _("put it back"),
        "story.came_back": _("put it back: nobody went on with it"),
        "story.passed_on": _("read it first and passed it on"),
        "story.second_read": _("read it as the second"),
        "story.asked": _("asked the teller something"),
        "story.answered": _("answered"),
        "story.objected": _("did not agree, and asked to read it again"),
        "story.edit_proposed": _("proposed an edit"),
        "story.agreed": _("agreed to the edit"),
        "story.declined": _("did not agree to the edit"),
        "story.published": _("published it"),
        "story.refused": _("decided not to publish it"),
        "story.held": _("took it off the site for now"),
        "story.kept": _("read it; it stays with us"),
        "story.released": _("ended the hold"),
        "story.consent_changed": _("changed a consent"),
        "story.raw_erased": _("erased the original text"),
        "story.lapsed": _("ended it without the text: the time was over"),
        "story.reported": _("a reader reported it"),
        "story.reports_looked_at": _("looked at what was reported"),
        "story.report_left": _("decided that it stays, after it was reported"),
        "story.report_off": _("decided that it goes, after it was reported"),
        "story.put_back": _("put it back on the site"),
        "story.taken_off": _("took it off the site"),
        "story.ruling_objected": _("did not agree with what was decided about the report"),
        "story.public_text_erased": _("erased the public text"),
        "story.danger_answered": _("closed the danger clock"),
        "story.reasons_set": _("noted reasons"),
        "story.themes_set": _("set the themes"),
        "story.language_set": _("said in which language it was told"),
        "story.initiative_linked": _("linked an initiative"),
        "story.initiative_unlinked": _("took a link away"),
        "danger.said": _("danger: wrote down what was said"),
        "danger.no_colleague": _("danger: could reach no colleague"),
        "danger.second_reader": _("danger: a colleague looked along"),
        "danger.help_shown": _("danger: the help lines were shown"),
        "danger.wrote_teller": _("danger: wrote to the teller"),
        "danger.asked_veilig_thuis": _("danger: asked Veilig Thuis for advice"),
        "danger.called_112": _("danger: called 112"),
        "danger.no_danger": _("danger: looked together, none now"),
    }
