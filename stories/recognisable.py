"""Combinations of facts that make somebody recognisable, though each alone does not.

A rare form of help in one youth region leaves a handful of children of an age; another language than Dutch in a region
does the same for a family. Few children are in secure care or a family home at one time (some hundreds in the whole
country, see the figures of JeugdzorgPlus in the monitor), so in one of 42 regions an age band of them is a group.
"""

from stories.models import FormOfHelp, Story

RARE = frozenset({FormOfHelp.SECURE.value, FormOfHelp.FAMILY_HOME.value})


def combinations(story: Story) -> list[list[str]]:
    """The sets of facts of this story that together point at somebody, each in words; empty when none do."""
    region, age = story.region.name if story.region else "", str(story.get_age_band_display())
    form, language = str(story.get_form_of_help_display()), story.language
    found = []
    if region and age and story.form_of_help in RARE:
        found.append([form, region, age])
    if region and language != "nl" and (age or form):
        found.append([language.upper(), region, *(fact for fact in (form, age) if fact)])
    return found
