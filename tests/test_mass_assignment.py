"""Fields that no form asks for: whoever sends them, nothing comes of it.

Every form is sent with the name of every column of the house besides its own fields, and with some that other houses
have. The database may differ in what the form is for, and in nothing else.
"""

import pytest
from django.apps import apps
from django.db import models

from tests.forms_of import Form, forms, knock
from tests.rows import everything, written
from tests.test_doors import session_of

__all__ = ["forms"]  # a fixture

JOURNAL = "core_journalentry +"
# What each form is for: `+` a row more, `-` a row less, else the columns that it changes.
_CLAIMED = {f"stories_story.{name}" for name in ("status", "reader_id", "claimed_at")}
_LEFT_HAND = {"stories_story.status", "stories_story.erase_raw_at"}  # who waits for a teller sets its day as well
_PUBLISHED = (
    "status", "title", "body", "helped", "feeling", "teaser", "words_beside", "published_on", "heavy", "erase_raw_at",
    "search", "heavy_said",
)  # fmt: skip
WRITES = {
    "stories:tell": {"stories_story +", "stories_consent +", "stories_storytheme +"},
    "stories:code": {"stories_story.visit"},
    "stories:report": {"stories_report +"},
    "stories:recognise": {"stories_recognition +"},
    "stories:saved": {"stories_savedsearch +", "stories_savedsearch -"},
    "stories:answer": {"stories_publicanswer +"},
    "stories:desk_answer": {
        f"stories_publicanswer.{name}" for name in ("state", "decided_by_id", "decided_at", "rule_id", "statement")
    },
    "voices": {"movement_appointment +", "movement_organisation +"},
    "stories:reported_objection": {"stories_objection +", "stories_ruling.state"},
    "stories:desk_reports": {"stories_ruling +", "stories_report.ruling_id", "stories_story.status",
                             "stories_storyreason +"},
    "stories:mine_anew": {"stories_consent +", "stories_storytheme +"} | {
        f"stories_story.{name}"
        for name in (
            "raw_body", "raw_helped", "raw_feeling", "version", "own_time_until", "decided_me", "decided_family",
            "decided_professionals", "heard", "seen", "known", "told_for", "with_help", "age_band", "form_of_help",
            "perspective", "region_id", "audience", "quotable", "theme_ids",
        )
    },
    "stories:mine_write": {"stories_message +", "stories_story.wrote_at"},
    "schrijf": {"stories_message +", "stories_story.wrote_at"},
    "gelezen": {"stories_story.wrote_at"},
    "stories:mine_answer": {"stories_message +", *_LEFT_HAND},
    "stories:mine_objection": {"stories_message +", *_CLAIMED, "stories_story.erase_raw_at"},
    "stories:mine_proposal": {
        "stories_message +", *_LEFT_HAND, "stories_editproposal.state", "stories_editproposal.answered_at",
    },
    "stories:mine_send": {"stories_story.status", "stories_story.sent_at"},
    "stories:mine_consent": {"stories_consent +", "stories_story.audience"},
    "stories:mine_notices": {"stories_reach +"},
    "stories:mine_withdraw": {
        f"stories_story.{name}"
        for name in ("status", "audience", "raw_body", "raw_helped", "raw_feeling", "withdrawn_at")
    },
    "actionteams:notice": {"actionteams_noticed +"},
    "account_signup": {"movement_member +", "account_emailaddress +"},
    "endorse": {"movement_endorsement +"},
    "letters:preferences": {"letters_preference +"},
    "erase_me": {"account_emailaddress -", "mfa_authenticator -", "movement_appointment -",
                 "actionteams_membership.left_at"} | {
        f"movement_member.{name}"
        for name in ("email", "is_active", "is_coordinator", "name", "password", "perspectives", "last_login")
    },
    "actionteams:join": {"actionteams_membership +"},
    "actionteams:end": {"actionteams_team.learned", "actionteams_team.ended_on"},
    "actionteams:found": {"actionteams_team +", "actionteams_team_values +", "actionteams_membership +"},
    "actionteams:edit": {"actionteams_team_values +"} | {
        f"actionteams_team.{name}" for name in ("name", "question", "what", "how", "why", "learned", "sentence_id",
                                                "theme_id", "change_task_id", "area_id")
    },
    "actionteams:leave": {"actionteams_membership.left_at"},
    "actionteams:take_up": {"actionteams_takenup +"},
    "actionteams:step": {"actionteams_step +"},
    "actionteams:look_back": {
        f"actionteams_step.{name}" for name in ("saw", "learned", "outcome", "dream_check", "looked_back_at")
    },
    "actionteams:success": {"actionteams_success +"},
    "actionteams:change": {"actionteams_change +"},
    "monitor:upload": {"monitor_import +"},
    "monitor:decide_import": {"monitor_observation +", "monitor_source +"} | {
        f"monitor_import.{name}" for name in ("state", "confirmed_at", "rows")
    },
    "stories:text": {"movement_textversion +"} | {
        f"stories_houserule.{name}" for name in ("text", "explanation", "severity", "checked_on")
    },
    "stories:text_new": {
        "movement_textversion +", "movement_helpline +", "stories_houserule +", "movement_explanation +",
    },
    "nagekeken": {"movement_textversion +", "stories_houserule.checked_on"},
    "stories:desk_next": _CLAIMED,
    "pakken": {"stories_inhand +"},
    "oppakken": _CLAIMED,
    "teruggeven": _CLAIMED,
    "tweede": _CLAIMED | {"stories_story.first_approver_id", "stories_story.red_flag"},
    "vraag": {"stories_message +", "stories_storyreason +", *_LEFT_HAND},
    "voorstel": {"stories_editproposal +", "stories_storyreason +", "stories_story.heavy_said", *_LEFT_HAND},
    "plaatsen": {f"stories_story.{name}" for name in _PUBLISHED},
    "weigeren": {"stories_message +", "stories_storyreason +", "stories_story.erase_raw_at", *_LEFT_HAND},
    "vasthouden": _LEFT_HAND,
    "vrijgeven": _LEFT_HAND,
    "gevaar": {"stories_story.danger_answered_at", "stories_story.heavy", "stories_dangernote +"},
    "stap": {"stories_dangernote +"},
    "redenen": {"stories_storyreason +"},
    "taal": {"stories_story.language"},
    # The database itself keeps these two beside the themes of a story.
    "themas": {"stories_storytheme +", "stories_story.theme_ids", "stories_story.heavy_said", "stories_story.heavy"},
    "verbinden": {"stories_initiativelink +"},
    "losmaken": {"stories_initiativelink -"},
    "aanhalen": {"stories_quote +"},
    "terughalen": {f"stories_quote.{name}" for name in ("text", "story_id", "gone_at")},
}  # fmt: skip
# What asks for a code or a key that no test of forms can know.
NO_CODE = {"account_confirm_login_code", "account_email_verification_sent", "mfa_activate_totp", "mfa_add_webauthn",
           "mfa_generate_recovery_codes", "mfa_reauthenticate"}  # fmt: skip
INTRUDER, DAY, NUMBER = "indringer", "1999-01-02", 424_242
OTHERS = {"is_staff": "1", "is_superuser": "1", "groups": "1", "user_permissions": "1", "status": "published",
          "is_coordinator": "1", "role": "host", "state": "confirmed", "audience": "everybody"}  # fmt: skip


def test_no_form_takes_a_field_that_it_did_not_ask_for(forms, other_region):
    before, wrong = everything(), []
    for form in forms:
        own = knock(form, form.filled, before)
        more = knock(form, foreign(form, other_region) | dict(form.filled), before)
        wrote = written(before, more.rows)
        if own.status not in form.good or (own.status == 422 and form.door not in NO_CODE):
            wrong.append(f"{form}: answers {own.status}, and what is refused shows nothing")
        if more.status not in (own.status, *form.beside):
            wrong.append(f"{form}: answers {more.status} where it answered {own.status}")
        if extra := wrote - may_write(form):
            wrong.append(f"{form}: changed {sorted(extra)}")
        wrong += [f"{form}: took {hit}" for hit in taken(before, more.rows)]
        if sorted(shape(before, own.rows)) != sorted(shape(before, more.rows)):
            wrong.append(f"{form}: wrote something else than without those fields")
    assert not wrong, "\n".join(wrong)


@pytest.mark.long
def test_who_may_not_send_a_form_changes_nothing(forms, coordinator, other_region):
    theirs = {form.who: form.cookies for form in forms}
    theirs["without a second factor"] = session_of(coordinator, second_factor=False, story=None)
    del theirs["coordinator"]
    assert len(theirs) == 6
    before, wrong = everything(), []
    for form in forms:
        if form.who == "stranger":
            continue
        for who, cookies in theirs.items():
            if who == form.who:
                continue
            other = Form(form.door, who, cookies, at=form.at, filled=form.filled, multipart=form.multipart)
            answer = knock(other, foreign(form, other_region) | dict(form.filled), before)
            wrote = written(before, answer.rows)
            if answer.status in (403, 404, 405, 422) or "/inloggen/" in answer.to or answer.to == "/code/":
                wrong += [f"{other}: refused, and changed {sorted(wrote)}"] if wrote else []
            elif wrote - may_write(form):
                wrong.append(f"{other}: changed {sorted(wrote)}")
            wrong += [f"{other}: took {hit}" for hit in taken(before, answer.rows)]
    assert not wrong, "\n".join(wrong)


def may_write(form: Form) -> set[str]:
    return {JOURNAL, *WRITES.get(form.at.get("verb", form.door), ())}


def foreign(form: Form, region) -> dict[str, str]:
    """A value that is nowhere yet for the name of every column that is no field of this form."""
    own = {*form.filled, *form.kinds, *form.hidden, *form.silent, "next"}
    values = dict(OTHERS)
    for model in apps.get_models():
        for field in [*model._meta.fields, *model._meta.many_to_many]:
            values |= {name: values.get(name, value(field)) for name in (field.name, field.attname)}
    values |= {"region": region.code, "region_id": str(region.pk), "area_id": str(region.pk), "area": str(region.pk)}
    return {name: one for name, one in values.items() if name not in own}


def value(field: models.Field) -> str:
    if isinstance(field, models.BooleanField):
        return "on"
    if isinstance(field, models.DateTimeField):
        return f"{DAY}T03:04"
    if isinstance(field, models.DateField):
        return DAY
    if isinstance(field, models.IntegerField | models.ForeignKey | models.ManyToManyField | models.DecimalField):
        return str(NUMBER)
    return INTRUDER


def taken(before, after) -> list[str]:
    """Where a value of ours landed."""
    return [
        f"{table}.{column} = {str(kept)[:40]}"
        for (table, key), row in after.items()
        for column, kept in row.items()
        if before.get((table, key), {}).get(column) != kept
        and (kept == NUMBER or (isinstance(kept, str) and (INTRUDER in kept or DAY in kept)))
    ]


# What differs each time that the same thing is done: keys, moments, what is encrypted, and what is worked out of them.
_EACH_TIME = (
    "id", "public_id", "subject_id", "subject_kind", "code_hash", "submission_hash", "email", "rows", "password",
    "last_login", "own_time_until", "actor", "row",
)  # fmt: skip


def shape(before, after) -> list[str]:
    """The rows that differ, without what is different each time that the same is done."""
    return [
        f"{table}: " + ", ".join(f"{name}={kept}" for name, kept in sorted(row.items()) if not _passes(name, kept))
        for (table, key), row in after.items()
        if before.get((table, key)) != row
    ]


def _passes(name: str, kept: object) -> bool:
    return (
        name in _EACH_TIME
        or name.endswith(("_id", "_at"))
        or name == "at"
        or (isinstance(kept, str) and kept.startswith("\\x"))
    )
