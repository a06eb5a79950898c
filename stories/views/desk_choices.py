"""The lists that the desk of a story offers: which rows this story has already, and which its own words point at."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import prepared
from movement.models import Initiative, Theme
from stories.facts import DOT
from stories.forms.desk import Choices
from stories.forms.marks import Review
from stories.models import HouseRule, Quote, Story
from stories.suggest import Fit, Offer, fitting, rules_at, themes_in

Pointed = Mapping[
    str, Mapping[str, Sequence[str]]
]  # of each list: what is pointed at, by its value, and by which words


# Rows as the models have them, `chosen` when this story has it already; what has ended is there for who has it only.
_LISTS = """
select
    array(select json_build_object('id', id, 'slug', slug, 'text', text, 'severity', severity, 'chosen', chosen)
        from stories_houserule rule, lateral (select exists (
            select from stories_storyreason where story_id = %(story)s and rule_id = rule.id and solved_at is null
        ) as chosen) here
        where ended_on is null or chosen order by position, text),
    array(select json_build_object('id', id, 'slug', slug, 'name', name, 'heavy', heavy, 'chosen', exists (
            select from stories_storytheme where story_id = %(story)s and theme_id = theme.id))
        from movement_theme theme order by position, name),
    array(select json_build_object('id', id, 'public_id', public_id, 'name', name, 'chosen', chosen, 'about',
            json_build_object('key', public_id, 'words', name || E'\\n' || summary, 'themes', array(
                select slug from movement_theme join movement_initiative_themes on theme_id = movement_theme.id
                where initiative_id = initiative.id order by position
            ), 'near', exists (
                select from movement_area where id = area_id and %(region)s in (id, youth_region_id))))
        from movement_initiative initiative, lateral (select exists (
            select from stories_initiativelink where story_id = %(story)s and initiative_id = initiative.id
        ) as chosen) here
        where ended_on is null or chosen order by name),
    array(select json_build_object('public_id', public_id, 'text', text)
        from stories_quote where story_id = %(story)s order by at, id)
"""


def choices_for(story: Story) -> Choices:
    """The lists to choose from, each row knowing whether this story has it already (`chosen`). One query."""
    [(rules, themes, initiatives, quotes)] = prepared.fetch(_LISTS, {"story": story.pk, "region": story.region_id})
    quoted = [Quote(**row) for row in quotes]
    return Choices(_offered(HouseRule, rules), _offered(Theme, themes), _offered(Initiative, initiatives), quoted)


def _offered(model: type[Model], rows: Sequence[dict[str, Any]]) -> list[Any]:
    found = []
    for row in rows:
        chosen, about = row.pop("chosen"), row.pop("about", None)
        one: Any = model(**row)
        one.chosen, one.about = chosen, about and Offer(**about)
        found.append(one)
    return found


def pointed_at(story: Story, review: Review, facts: Sequence[Sequence[str]]) -> Pointed:
    """House rules that the marks touch, or `facts` that together point at somebody, and themes; with the words."""
    rules = rules_at((choice.kind, choice.text) for choice in review.open)
    if facts:
        rules["combinatie"] = [" + ".join(facts[0])]
    texts = (story.raw_body, story.raw_helped, story.raw_feeling)
    return {"rules": rules, "themes": themes_in(*(str(text) for text in texts if text))}


def chosen_themes(choices: Choices) -> list[str]:
    """The slugs of the themes that stand with the story."""
    return [theme.slug for theme in choices.themes if getattr(theme, "chosen", False)]


def initiatives_that_fit(story: Story, choices: Choices, pointed: Pointed) -> list[tuple[Initiative, str]]:
    """Initiatives that may belong with this story and are not linked yet, each with the reasons in words."""
    names = {theme.slug: str(theme) for theme in choices.themes}
    texts = [str(text) for text in (story.raw_body, story.raw_helped, story.raw_feeling) if text]
    open_now: dict[str, Any] = {one.public_id: one for one in choices.initiatives if not getattr(one, "chosen", False)}
    offers = [one.about for one in open_now.values()]
    found = fitting(texts or [story.body, story.helped], {*chosen_themes(choices), *pointed["themes"]}, offers)
    return [(open_now[fit.key], _why(fit, names, story)) for fit in found]


def _why(fit: Fit, names: Mapping[str, str], story: Story) -> str:
    themes = ", ".join(names[slug] for slug in fit.themes)
    whys = [
        *([_("the same theme: %(themes)s") % {"themes": themes}] if themes else []),
        *([_("also in %(region)s") % {"region": story.region}] if fit.near else []),
        *([_("both say: %(words)s") % {"words": ", ".join(fit.words)}] if fit.words else []),
    ]
    return DOT.join(whys)


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
        verb: DOT.join(ticked) or (ngettext("%(n)s proposal", "%(n)s proposals", n) % {"n": n} if n else "")
        for verb, ticked in chosen.items()
        for n in (proposed[verb],)
    }
