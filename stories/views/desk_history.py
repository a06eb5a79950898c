"""What stands below a story at the desk: published stories that are alike, and what happened to it."""

import datetime as dt
from collections.abc import Collection
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from core import prepared
from stories.models import Story

_ALIKE = 5
_HISTORY = 40
_NOBODY, _GONE = _("The teller or the clock"), _("Somebody who left")


class Entry(NamedTuple):
    when: dt.datetime
    who: str
    what: str


# The journal's verbs about a story, for people.
VERBS = {
    "story.told": _("told the story"),
    "story.rewritten": _("changed the story in their own time"),
    "story.told_anew": _("changed the story and sent it again"),
    "story.sent": _("sent it to the support centre"),
    "story.looked_at": _("looked at the text"),
    "story.claimed": _("took it in hand"),
    "story.handed_back": _("put it back"),
    "story.came_back": _("put it back: nobody went on with it"),
    "story.passed_on": _("read it first and passed it on"),
    "story.second_read": _("read it as the second"),
    "story.asked": _("asked the teller something"),
    "story.answered": _("answered"),
    "story.wrote": _("wrote to the support centre"),
    "story.written": _("wrote to the teller"),
    "story.words_read": _("read what the teller wrote"),
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
    "story.reports_taken": _("took the reports in hand"),
    "story.reports_given_back": _("put the reports back"),
    "story.reports_came_back": _("put the reports back: nobody went on with them"),
    "story.report_left": _("decided that it stays, after it was reported"),
    "story.report_off": _("decided that it goes, after it was reported"),
    "story.put_back": _("put it back on the site"),
    "story.taken_off": _("took it off the site"),
    "story.ruling_objected": _("did not agree with what was decided about the report"),
    "story.public_text_erased": _("erased the public text"),
    "story.danger_answered": _("closed the danger clock"),
    "story.reasons_set": _("noted reasons"),
    "story.themes_set": _("set the themes"),
    "story.said_heavy": _("said that it is heavy to read"),
    "story.said_light": _("said that it is not heavy to read"),
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
# Published stories with one of these themes, those of the same region first; and what the journal says, newest first.
_BELOW = f"""
select
    array(select json_build_object('public_id', s.public_id, 'title', s.title, 'region__name', region.name)
        from stories_story s left join movement_area region on region.id = s.region_id
        where s.status = 'published' and s.id <> %(story)s and exists (
            select from stories_storytheme where story_id = s.id
            and theme_id in (select id from movement_theme where slug = any(%(themes)s)))
        order by s.region_id is distinct from %(region)s, s.published_on desc, s.public_id limit {_ALIKE}),
    array(select json_build_array(
            at, verb, actor, (select name from movement_member where public_id = actor))
        from core_journalentry where subject_kind = 'story' and subject_id = %(public_id)s
        order by at desc, id desc limit {_HISTORY})
"""  # noqa: S608 - nothing but the constants above goes into it


def alike_and_history(story: Story, themes: Collection[str]) -> tuple[list[dict[str, str]], list[Entry]]:
    """A few published stories to compare, and who did what and when. One query.

    `themes` are the slugs of those chosen; a teller may skip them, and then of those that her words point at.
    """
    asked = {"story": story.pk, "region": story.region_id, "public_id": story.public_id, "themes": list(themes)}
    [(alike, done)] = prepared.fetch(_BELOW, asked)
    history = [
        Entry(dt.datetime.fromisoformat(at), name or str(_GONE if actor else _NOBODY), str(VERBS.get(verb, verb)))
        for at, verb, actor, name in done
    ]
    return alike, history
