"""What a member gets who asks: what do you know of me?

PARTS says what goes into the file and LEFT_OUT what does not, and why; together they are the register of what we hold
(config/register.py), or a test fails.
"""

import datetime as dt
from collections.abc import Mapping
from typing import Any, NamedTuple

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db.models import Model, Q

from actionteams.models import Change, Membership, Step, Success, TakenUp
from core.models import JournalEntry
from letters.models import Letter, Mail, Preference
from monitor.models import Import
from movement.models import Appointment, Endorsement, Member
from stories.models import (
    DangerNote,
    EditProposal,
    InHand,
    InitiativeLink,
    Message,
    PublicAnswer,
    Quote,
    Ruling,
    SavedSearch,
    Story,
    StoryReason,
)


class Part(NamedTuple):
    """Rows of one table, under a name in the file."""

    name: str
    model: type[Model]
    by: Mapping[str, str]  # what points at the member, and what she is to the row
    fields: Mapping[str, str] = {}


_AT = {"at": "op"}
PARTS = (
    Part("inloggen met", EmailAddress, {"user": "van wie"},
         {"email": "adres", "verified": "bevestigd", "primary": "eerste"}),
    Part("tweede stappen", Authenticator, {"user": "van wie"},
         {"type": "soort", "data": "naam", "created_at": "sinds", "last_used_at": "laatst gebruikt"}),
    Part("achter de droom", Endorsement, {"member": "wie"}, {"edition": "editie", "at": "sinds"}),
    Part("aanstellingen", Appointment, {"member": "wie"},
         {"kind": "soort", "area": "gebied", "organisation": "organisatie", "begins_on": "van", "ends_on": "tot"}),
    Part("actieteams", Membership, {"member": "wie"},
         {"team": "team", "role": "rol", "motivation": "motivatie", "joined_at": "van", "left_at": "tot"}),
    Part("opgepakte verhalen", TakenUp, {"by": "wie"}, {"team": "team", **_AT}),
    Part("stappen", Step, {"set_by": "wie"},
         {"team": "team", "question": "vraag", "trying": "wat we proberen", "with_whom": "met wie",
          "look_back_on": "terugkijken op", "set_at": "op"}),
    Part("successen", Success, {"by": "wie"}, {"team": "team", "kind": "soort", "text": "tekst", **_AT}),
    Part("veranderingen", Change, {"by": "wie"}, {"team": "team", "text": "tekst", "since": "sinds", **_AT}),
    Part("ingevoerde cijfers", Import, {"by": "wie"},
         {"file_name": "bestand", "state": "stand", "confirmed_at": "bevestigd op", **_AT}),
    Part("bewaarde zoekvragen", SavedSearch, {"member": "wie"}, {"asked": "vraag", "at": "sinds"}),
    Part("antwoorden namens een organisatie", PublicAnswer, {"author": "wie"},
         {"organisation": "organisatie", "kind": "soort", "text": "tekst", "due_on": "voor", "done_on": "gedaan op",
          "state": "stand", "rule": "huisregel", "statement": "uitleg van het steunpunt", **_AT}),
    Part("voorkeuren voor post", Preference, {"member": "wie"}, {"kind": "soort", "pace": "tempo"}),
    Part("post", Letter, {"member": "aan wie"},
         {"kind": "soort", "verb": "waarover", "at": "op", "read_at": "gelezen op", "cancelled_at": "vervallen op",
          "by_mail": "ook per mail"}),
    Part("mails", Mail, {"member": "aan wie"},
         {"kind": "soort", "pace": "tempo", "state": "stand", "attempts": "pogingen", "try_at": "te versturen op",
          "made_at": "gemaakt op", "sent_at": "verstuurd op"}),
    # At the desk: that she did it and when. The words are about a teller, and stand with the story.
    Part("verhalen aan de desk", Story,
         {"reader": "leest het", "first_approver": "keurde het goed", "second_approver": "keurde het als tweede goed"}),
    Part("vragen en antwoorden aan vertellers", Message, {"author": "wie"}, _AT),
    Part("voorstellen aan vertellers", EditProposal, {"author": "wie"}, _AT),
    Part("zorg bij gevaar", DangerNote, {"author": "wie"}, _AT),
    Part("redenen bij een verhaal", StoryReason, {"author": "wie"}, {"rule": "huisregel", **_AT}),
    Part("besluiten over meldingen", Ruling, {"author": "besliste", "reviewer": "besliste na bezwaar"}, _AT),
    Part("besluiten over antwoorden", PublicAnswer, {"decided_by": "wie"}, {"decided_at": "op"}),
    Part("verbonden initiatieven", InitiativeLink, {"author": "wie"},
         {"initiative": "initiatief", "why": "waarom", **_AT}),
    Part("zinnen om aan te halen", Quote, {"by": "koos"}, _AT),
    Part("nu in handen", InHand, {"reader": "wie"},
         {"house_rule": "huisregel", "help_line": "hulplijn", "explanation": "uitleg", "at": "sinds"}),
    Part("logboek", JournalEntry, {"actor": "deed het", "subject_id": "het ging over jou"},
         {"verb": "wat", "subject_kind": "waarmee", "area": "gebied", "at": "op"}),
)  # fmt: skip
ABOUT_HER = {
    "email": "e-mailadres", "name": "naam", "perspectives": "perspectieven", "area": "jeugdregio",
    "joined_at": "lid sinds", "last_login": "laatst ingelogd", "is_active": "kan inloggen",
    "is_coordinator": "coördinator", "is_listener": "meeluisteraar",
}  # fmt: skip

_TOLD = "what a teller or a reader told, and what was written to or about them: it stands with the story"
_WHICH = "which story it is about would point at somebody else, and stay when it is taken back"
_STORY = (
    "raw_body raw_helped raw_feeling title body helped feeling teaser words_beside search translated original_body "
    "original_helped original_feeling reply_to language perspective age_band region form_of_help themes theme_ids "
    "heavy decided_me decided_family decided_professionals heard seen known told_for with_help audience quotable "
    "code_hash submission_hash visit status version told_anew_at wrote_at told_at own_time_until sent_at published_on "
    "withdrawn_at erase_raw_at heavy_said danger urgency danger_at danger_answered_at claimed_at red_flag "
    "red_reasons"
)
LEFT_OUT = {
    "stories.Story": (_STORY, _TOLD),
    "stories.StoryTheme": ("story theme", _TOLD),
    "stories.Consent": ("story use answer at", _TOLD),
    "stories.Message": ("story from_teller text", _TOLD),
    "stories.DangerNote": ("story steps to_whom said", _TOLD),
    "stories.Reach": ("story email language at", _TOLD),
    "stories.EditProposal": (
        "story title body helped feeling why state answered_at translates original original_agreed leave_out", _TOLD),
    "stories.Report": ("story why text danger at erase_at ruling code_hash submission_hash", _TOLD),
    "stories.Ruling": ("story outcome state round statement erase_at review", _TOLD),
    "stories.Objection": ("ruling report text at", _TOLD),
    "stories.StoryReason": ("story solved_at", _WHICH),
    "stories.PublicAnswer": ("story", _WHICH),
    "stories.Quote": ("story region text gone_at", _TOLD),
    "stories.InHand": ("reported answer", _WHICH),
    "stories.Recognition": ("story times shown", "a number, of which nobody knows whose it is"),
    "stories.InitiativeLink": ("story", _WHICH),
    "actionteams.TakenUp": ("story", _WHICH),
    "actionteams.Noticed": ("change story answer at", _TOLD),
    "movement.Member": ("password", "nobody has one: a random word that is new at each log-in and ends older sessions"),
    "letters.Notice": ("reach state attempts try_at made_at sent_at", _TOLD),
    "letters.Letter": ("subject_kind subject_id unique_key mail", _WHICH),
    "core.Seal": ("upto entries digest at", "no word of anybody"),
    "sessions.Session": ("session_key session_data expire_date", "over within hours; whose it is stands only inside"),
    "account.EmailConfirmation": ("email_address created sent key", "unused, so there is never a row"),
}  # fmt: skip


def everything_about(member: Member) -> dict[str, Any]:
    """Return all that is kept about a member, in plain Dutch keys and values that JSON can carry."""
    about = {called: _said(member, name) for name, called in ABOUT_HER.items()}
    about["perspectieven"] = member.perspective_labels
    return about | {part.name: _rows(part, member) for part in PARTS}


def _rows(part: Part, member: Member) -> list[dict[str, Any]]:
    her = member.public_id if part.model is JournalEntry else member.pk
    hers = Q.create([(by, her) for by in part.by], connector=Q.OR)
    whole = [name for name in part.fields if part.model._meta.get_field(name).is_relation]
    found = []
    rows = part.model._default_manager.filter(hers).only(*part.by, *part.fields)  # no told text is even fetched
    for row in rows.select_related(*whole).order_by("pk"):
        said = {called: _said(row, name) for name, called in part.fields.items()}
        if len(part.by) > 1:
            as_what = [what for by, what in part.by.items() if row.serializable_value(by) == her]
            said = {"jij": ", ".join(as_what), **said}
        found.append(said)
    return found


def _said(row: Model, name: str) -> Any:
    value = getattr(row, name)
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, dict):  # of a second step: the name that she gave it, and never what opens the door
        return value.get("name")
    if getattr(row._meta.get_field(name), "choices", None):
        return str(getattr(row, f"get_{name}_display")())
    return str(value) if isinstance(value, Model) else value
