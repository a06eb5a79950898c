"""How answers of tellers to 'do you notice?' may be shown."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from core.disclosure import Portion, in_steps, portion

IN_WORDS = {Portion.FEW: _("few or none"), Portion.HALF: _("about half"), Portion.MOST: _("most of them")}


@dataclass(frozen=True, slots=True)
class Tally:
    """What a group of tellers answered, in words: `at_least` of them, and a portion for each answer."""

    at_least: int
    yes: Portion
    little: Portion
    no: Portion

    @property
    def in_words(self) -> dict[str, str]:
        return {name: str(IN_WORDS[getattr(self, name)]) for name in ("yes", "little", "no")}


def tally_of(answers: Sequence[str]) -> Tally | None:
    """Return how a change was noticed from the answers (oldest first), None below five.

    Answers come in by whole groups of five and are told in words. So neither yesterday's page beside today's, nor a
    group that all said the same, gives away what one teller answered.
    """
    heard = answers[: in_steps(len(answers))]
    yes, little, no = (portion(heard.count(answer), len(heard)) for answer in ("yes", "little", "no"))
    return Tally(len(heard), yes, little, no) if yes and little and no else None
