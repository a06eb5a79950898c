"""Combinations of facts that make somebody recognisable, though each alone does not.

The rule: a rare form of help (`RARE`), with a youth region and an age; or another language than Dutch, with a region
and an age or a form of help. A rare form of help in one youth region leaves a handful of children of an age; another
language does the same for a family. Few children are in secure care or a family home at one time (some hundreds in the
whole country, see the figures of JeugdzorgPlus in the monitor), so in one of 42 regions an age band is a group.

What can be done about it: an edit leaves one of the facts out (EditProposal.leave_out), and the teller agrees to that.

A fixed table, and no counts over our own stories: those would say more about who tells here than about who there are.
"""

from core.languages import LANGUAGES
from stories.models import AgeBand, FormOfHelp, Story

RARE = frozenset({FormOfHelp.SECURE.value, FormOfHelp.FAMILY_HOME.value})


def answered(story: Story) -> dict[str, str]:
    """What the teller answered that an edit can leave out, in words by the field of the story; not what was skipped."""
    words = {
        "region": story.region.name if story.region else "",
        "age_band": story.get_age_band_display(),
        "form_of_help": story.get_form_of_help_display(),
    }
    return {name: str(word) for name, word in words.items() if word}


def combinations(story: Story) -> list[list[str]]:
    """The sets of facts of this story that together point at somebody, each in words; empty when none do."""
    return together(
        region=story.region.name if story.region else "",
        age_band=story.age_band,
        form_of_help=story.form_of_help,
        language=story.language,
    )


def together(*, region: str, age_band: str, form_of_help: str, language: str) -> list[list[str]]:
    """The same for answers that are not a story yet: the name of a region, and values of the choices ("" for none)."""
    age = str(AgeBand(age_band).label) if age_band else ""
    form = str(FormOfHelp(form_of_help).label) if form_of_help else ""
    found = []
    if region and age and form_of_help in RARE:
        found.append([form, region, age])
    if region and language != "nl" and (age or form):
        found.append([LANGUAGES[language], region, *(fact for fact in (form, age) if fact)])
    return found
