"""The review before sending: what may make somebody recognisable, and what the teller wants to do with it.

One choice stands for every place where the same word was found with the same proposal. The names of the choices are
digests, so that a choice survives going back to change the text.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from core.languages import DUTCH
from core.text import tidy
from stories.recogniser import Mark, MarkKind, find_marks
from stories.tongue import reads_as_dutch

NEVER_KEPT = (MarkKind.BSN, MarkKind.IBAN)
MOST_OWN = 120
MOST_CHOICES = 150  # a form holds so many fields; what is found beyond them gets its proposal
# What could stand there, where the text is not Dutch; for the other kinds the kind itself.
INSTEAD = {
    MarkKind.NAME: _("somebody"),
    MarkKind.DATE: _("some time ago"),
    MarkKind.BSN: _("a number"),
    MarkKind.CASE_NUMBER: _("a number"),
}
KINDS = {
    MarkKind.NAME: _("a name"),
    MarkKind.PLACE: _("a place"),
    MarkKind.ORGANISATION: _("an organisation"),
    MarkKind.PHONE: _("a phone number"),
    MarkKind.EMAIL: _("an e-mail address"),
    MarkKind.WEB: _("a web address"),
    MarkKind.SOCIAL_HANDLE: _("an account name"),
    MarkKind.ADDRESS: _("an address"),
    MarkKind.DATE_OF_BIRTH: _("a date of birth"),
    MarkKind.DATE: _("a date"),
    MarkKind.AGE: _("an age"),
    MarkKind.BSN: _("a citizen service number (BSN)"),
    MarkKind.IBAN: _("a bank account number"),
    MarkKind.CASE_NUMBER: _("a file number"),
    MarkKind.SCHOOL_CLASS: _("a school class"),
}
SCHOOL = "een school"  # as the recogniser proposes it: of the organisations, the one that who goes there calls none


@dataclass
class Choice:
    """What to do with one word: `do` is "replace", "own" or "leave". `label` says what it looks like."""

    key: str
    kind: MarkKind
    label: str
    text: str
    proposal: str
    times: int
    do: str
    own: str
    asked: bool = True

    @property
    def fixed(self) -> bool:
        return self.kind in NEVER_KEPT

    @property
    def becomes(self) -> str:
        if not self.fixed and self.do == "leave":
            return self.text
        return self.own if not self.fixed and self.do == "own" and self.own else self.proposal


def left_alone(marks: Iterable[Mark]) -> frozenset[MarkKind]:
    """The kinds that stay as they were told unless somebody chooses otherwise: one age, and no date of birth.

    One age gives nobody away among thousands, an age group is asked for anyway, and 'ik ben een tiener' is not how
    anybody talks. Two ages or more may be the ages of one family, and those are proposed to be replaced.
    """
    found = list(marks)
    ages = {mark.text.casefold() for mark in found if mark.kind == MarkKind.AGE}
    born = any(mark.kind == MarkKind.DATE_OF_BIRTH for mark in found)
    return frozenset() if born or len(ages) > 1 else frozenset({MarkKind.AGE})


@dataclass(frozen=True)
class Piece:
    """A stretch of a text for the page: plain, or marked with its choice."""

    text: str
    choice: Choice | None = None
    opens: bool = False  # it begins a sentence

    @property
    def becomes(self) -> str:
        if self.choice is None:
            return self.text
        text = self.choice.becomes
        return text[:1].upper() + text[1:] if self.opens and text == self.choice.proposal else text


class Review:
    """Marks of several texts with the choices made so far. `pieces[name]` is a text to show, `texts()` the outcome."""

    def __init__(self, texts: Mapping[str, str], sent: Mapping[str, str]) -> None:
        self.choices: dict[str, Choice] = {}
        self._dutch = get_language() == DUTCH or reads_as_dutch(texts.get("body", ""))
        self.pieces: dict[str, list[Piece]] = {}
        found = {name: find_marks(text) for name, text in texts.items()}
        self._left = left_alone(mark for marks in found.values() for mark in marks)
        for name, text in texts.items():
            self.pieces[name] = self._cut(text, found[name], sent)

    def texts(self) -> dict[str, str]:
        """The texts with every choice carried out."""
        return {name: "".join(piece.becomes for piece in pieces) for name, pieces in self.pieces.items()}

    @property
    def open(self) -> list[Choice]:
        """What somebody has to look at before these texts are read by others as they are."""
        return [choice for choice in self.choices.values() if choice.kind not in self._left]

    @property
    def asked(self) -> list[Choice]:
        return [choice for choice in self.choices.values() if choice.asked]

    def _cut(self, text: str, marks: list[Mark], sent: Mapping[str, str]) -> list[Piece]:
        pieces, at = [], 0
        for mark in marks:
            before = text[: mark.start].rstrip()
            opens = mark.text[:1].isupper() and (not before or before[-1] in ".!?")
            pieces += [Piece(text[at : mark.start]), Piece(mark.text, self._choice(mark, sent), opens)]
            at = mark.end
        return [piece for piece in [*pieces, Piece(text[at:])] if piece.text]

    def _choice(self, mark: Mark, sent: Mapping[str, str]) -> Choice:
        named = f"{mark.kind}|{mark.text.casefold()}|{mark.proposal}"
        key = hashlib.sha256(named.encode("utf-8", "replace")).hexdigest()[:10]
        if key not in self.choices:
            first = "leave" if mark.kind in self._left else "replace"
            do = sent.get(f"mark-{key}", first)
            label = str(_("a school") if mark.proposal == SCHOOL else KINDS[mark.kind])
            self.choices[key] = Choice(
                key=key,
                kind=mark.kind,
                label=label,
                text=mark.text,
                proposal=mark.proposal if self._dutch else str(INSTEAD.get(mark.kind) or label),
                times=0,
                do=do if do in ("replace", "own", "leave") else first,
                own=" ".join(tidy(sent.get(f"own-{key}", "")).split())[:MOST_OWN],
                asked=len(self.choices) < MOST_CHOICES,
            )
        self.choices[key].times += 1
        return self.choices[key]


def sent_choices(data: Mapping[str, str]) -> dict[str, str]:
    """What a form said about marks, to carry along: a few hundred short values at most."""
    names = [name for name in data if name.startswith(("mark-", "own-")) and len(name) < 20]
    return {name: data[name][: MOST_OWN * 2] for name in names[:300]}
