"""What the desk shows of one story, put together: texts with marks, talk, edits, forms."""

import datetime as dt
from collections.abc import Mapping
from typing import Any, NamedTuple

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _

from core import prepared
from core.encryption import decrypt
from movement.callers import number_of
from movement.models import Member
from stories.actions import deciding
from stories.actions.quoting import why_not
from stories.actions.tending import DANGER_STEPS
from stories.diff import Piece, word_diff
from stories.forms.desk import Choices, DeskForm
from stories.forms.marks import Review
from stories.meaning import meaning_of
from stories.models import DangerNote, EditProposal, Story
from stories.recognisable import answered, combinations
from stories.views.desk_choices import Pointed, choices_for, chosen_themes, initiatives_that_fit, pointed_at, summed
from stories.views.desk_history import alike_and_history
from stories.views.desk_preview import head_of

# Which verbs can be done in which state, by whoever has the story in hand; the first is the likely one.
_IN_HAND = ("voorstel", "plaatsen", "vraag", "tweede", "vasthouden", "weigeren", "teruggeven")
_ALWAYS = ("schrijf", "redenen", "themas", "taal", "verbinden")


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
    # A form that came back with this very story brings the lists that were read for it.
    back = [form.choices for form in bound.values() if form.story is story]
    choices = (back[0] if back else choices_for(story))._replace(texts=review.texts(), marks=review.open)
    prefetch_related_objects([story], "proposals")
    head = head_of(story, reader)
    no_quotes = why_not(story)
    verbs = [*(_in_hand(story, reader) if head["mine"] else ()), *_ALWAYS]
    verbs += [verb for verb, here in (("gevaar", head["dangerous"]), ("aanhalen", not no_quotes)) if here]
    facts = combinations(story)
    pointed = pointed_at(story, review, facts)
    forms = _forms(story, choices, pointed, {verb: bound.get(verb) or kinds[verb] for verb in verbs})
    bound_verb = next(iter(bound), "")
    newest, fits = deciding.newest_edit(story), initiatives_that_fit(story, choices, pointed)
    alike, history = alike_and_history(story, chosen_themes(choices) or pointed["themes"])
    return {
        **head,
        "forms": forms,
        "failed": bound_verb,
        "apart": next((form for verb, form in bound.items() if verb not in verbs), None),
        "texts": _texts(review),
        "marks": review.asked,
        "first": bound_verb or _likely(story, review, head),
        "combinations": facts,
        "fits": fits,
        "summed": summed(choices, pointed, len(fits)),
        "meaning": meaning_of(story),
        "opened": True,  # every form of the page comes back to the text
        **_talk_of(story),
        "advice_number": number_of("Veilig Thuis", "0800-2000"),
        "proposal": newest,
        "diff": _diff(story, newest) if newest else [],
        "left_out": [word for name, word in answered(story).items() if newest and name in newest.leave_out],
        "open_red": story.red_reasons,
        "reported": deciding.held_for_report(story),
        "danger_first": head["dangerous"] and _would_be_public(story, head["mine"]),
        "linked": [one for one in choices.initiatives if getattr(one, "chosen", False)],
        "quotes": choices.quotes,
        "no_quotes": no_quotes,
        "alike": alike,
        "history": history,
    }


def _forms(
    story: Story, choices: Choices, pointed: Pointed, asked: Mapping[str, DeskForm | type[DeskForm]]
) -> dict[str, DeskForm]:
    """A form for each verb, as it came back or begun with what the story has."""
    initial = {
        "redenen": {"rules": [rule.slug for rule in choices.rules if getattr(rule, "chosen", False)]},
        "taal": {"language": story.language},
        "themas": {"themes": chosen_themes(choices)},
    }
    forms = {}
    for verb, form in asked.items():
        begun = {"initial": initial[verb]} if verb in initial else {}
        forms[verb] = form if isinstance(form, DeskForm) else form(story=story, choices=choices, **begun)
        forms[verb].pointed = pointed
    return forms


def _likely(story: Story, review: Review, head: Mapping[str, Any]) -> str:
    """What is done first and stands open; while a danger is open that is its own form."""
    if head["dangerous"]:
        return "gevaar"
    if not head["mine"]:
        return "schrijf" if head["read_before"] else ""
    return "voorstel" if review.choices or not story.is_dutch else "plaatsen"


class Said(NamedTuple):
    """A question, an answer, or what was done about a danger and said to whom."""

    from_teller: bool
    who: str
    at: dt.datetime
    text: str
    whom: str
    steps: list[str]
    of_before: bool  # about another text than the one that is there now


class Talk(NamedTuple):
    """All that was said, oldest first; what is older than the last words of both sides is folded."""

    earlier: list[Said]
    lately: list[Said]


_LATELY = 2


def _talk_of(story: Story) -> dict[str, Any]:
    talk = _talk(story)
    return {
        "talk": Talk(talk[:-_LATELY], talk[-_LATELY:]) if talk else None,
        "seen": sum(one.from_teller for one in talk),
        "talk_now": bool(talk) and talk[-1].from_teller,  # somebody waits for what is done with these words
    }


_WHOM = dict(DangerNote.Whom.choices)
_TALK = """
select from_teller, member.name, at, text, '', array[]::varchar[]
from stories_message said left join movement_member member on member.id = author_id where story_id = %(story)s
union all
select false, member.name, at, said, to_whom, steps
from stories_dangernote note left join movement_member member on member.id = author_id where story_id = %(story)s
union all
select true, '', objection.at, text, '', array[]::varchar[]
from stories_objection objection join stories_ruling ruling on ruling.id = ruling_id
where story_id = %(story)s and report_id is null
order by at
"""


def _talk(story: Story) -> list[Said]:
    """What was said about this story, oldest first: behind the code, on the telephone, and by its teller of a ruling.
    One query."""
    return [
        Said(
            teller,
            name or "",
            at,
            decrypt(text) if text else "",
            str(_WHOM.get(whom, "")),
            [str(DANGER_STEPS[step]) for step in steps],
            bool(story.told_anew_at and at < story.told_anew_at),
        )
        for teller, name, at, text, whom, steps in prepared.fetch(_TALK, {"story": story.pk})
    ]


def _in_hand(story: Story, reader: Member) -> list[str]:
    """What can be decided now; what only the support centre may read is kept, and never published."""
    ours = story.audience == Story.Audience.SUPPORT
    agreed = deciding.agreed_edit(story)
    untranslated = not story.is_dutch and not (agreed and agreed.translates)
    blocked = story.red_reasons or story.has_open_danger or deciding.is_first_of_two(story, reader)
    never = {"plaatsen"} if ours or blocked or untranslated else set()
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
