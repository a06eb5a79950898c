"""The register of what we hold: every field of every table, and for what is about a person why, until when, for whom.

A field that stands in neither list fails `tests/config/test_field_register.py`: who adds one decides here what it is
for, before anybody's life is in it. `manage.py field_register` writes docs/register.md from it. The grounds are those
of the AVG (article 6, and 9 where it says so) as we see them; a data protection impact assessment confirms them.
"""

from dataclasses import dataclass

CONSENT = "consent; for health explicit, 9(2)(a)"
AGREEMENT = "agreement with the member"
INTEREST = "legitimate interest: answering for decisions"
VITAL = "vital interest, and explicit consent"

TAKEN_BACK = "until the teller takes it back"
ROW = "as long as the row, which is empty after it is taken back"
ERASED = "until the member erases the account"
LEFT = "after erasing the account it points at nobody by name"
NAMELESS = f"stays; {LEFT}"

TELLER = "the teller, behind the code"
DESK = "coordinators; each look is in the journal"
READERS = "whom the teller chose: everybody, members, or the support centre only"
STAFF = "coordinators"
SELF = "the member"
TEAM = "members of the team"
PUBLIC = "everybody, without a name"


@dataclass(frozen=True)
class Held:
    """Fields (names, separated by spaces) that are there for one reason."""

    fields: str
    purpose: str
    ground: str
    kept: str
    seen_by: str


HELD: dict[str, tuple[Held, ...]] = {
    "stories.Story": (
        Held("raw_body raw_helped raw_feeling", "to understand what happened and propose an edit; encrypted", CONSENT,
             "RAW_KEPT_DAYS after publishing, _REFUSED after refusing, _UNANSWERED, _HELD; or until it is taken back",
             f"{DESK}; {TELLER}"),
        Held("title body helped feeling teaser words_beside search translated", "the story as readers see it", CONSENT,
             TAKEN_BACK, READERS),
        Held("original_body original_helped original_feeling", "what was told, beside its translation into Dutch",
             CONSENT, "until the teller takes it back, or only this", READERS),
        Held("reply_to", "that a story answers another, when its teller came from there and left it so", CONSENT,
             f"{TAKEN_BACK}, of either story", READERS),
        Held("language perspective age_band region form_of_help themes theme_ids heavy",
             "to find stories that are alike, and to count them; bands and regions only", CONSENT, TAKEN_BACK,
             f"{READERS}; in figures from five tellers on"),
        Held("decided_me decided_family decided_professionals heard seen known",
             "what it meant to the teller", CONSENT, TAKEN_BACK, f"{READERS}; in figures from five tellers on"),
        Held("told_for with_help", "to know who speaks, and whether the person can be helped to speak", CONSENT,
             TAKEN_BACK, f"{DESK}; {TELLER}"),
        Held("audience quotable", "what the teller allows now", CONSENT, TAKEN_BACK, f"{STAFF}; {TELLER}"),
        Held("code_hash submission_hash", "the way back for the teller; a double click is one story", CONSENT,
             "stays, so that the code still answers", "nobody"),
        Held("visit", "one visit behind the code ends the one before", CONSENT, "until the next visit", "nobody"),
        Held("status version told_anew_at wrote_at told_at own_time_until sent_at published_on withdrawn_at "
             "erase_raw_at",
             "where the story stands, and when something must happen to it", CONSENT, ROW,
             f"{STAFF}; {TELLER}; of a public story the month"),
        Held("heavy_said", "whether readers are warned before they read it, as a coordinator said", CONSENT, TAKEN_BACK,
             f"{STAFF}; readers see whether they are warned"),
        Held("danger urgency danger_at danger_answered_at", "to answer in time when somebody is in danger", VITAL, ROW,
             DESK),
        Held("reader claimed_at red_flag first_approver second_approver red_reasons",
             "who decided: two people where that must be", INTEREST, f"{TAKEN_BACK}; {LEFT}", STAFF),
    ),
    "stories.StoryTheme": (Held("story theme", "what the story is about", CONSENT, TAKEN_BACK, READERS),),
    "stories.Consent": (
        Held("story use answer at", "proof of what the teller allowed, and when", CONSENT, "stays: it is the proof",
             f"{STAFF}; {TELLER}"),
    ),
    "stories.Message": (
        Held("story from_teller text at", "questions and answers about the story; encrypted", CONSENT,
             "the text goes with the text as told, or RAW_KEPT_DAYS later", f"{DESK}; {TELLER}"),
        Held("author", "who asked", INTEREST, NAMELESS, STAFF),
    ),
    "stories.DangerNote": (
        Held("story steps to_whom said at", "what was done about a danger, and what was said to whom; encrypted", VITAL,
             "the words go with the text as told, or RAW_KEPT_DAYS later", DESK),
        Held("author", "who did it", INTEREST, NAMELESS, STAFF),
    ),
    "stories.Reach": (
        Held("story email language at",
             "to send the teller a notice, in a language, that says nothing but that there is something; encrypted",
             CONSENT, f"until the teller erases it, {TAKEN_BACK[6:]}, or the story ended and RAW_KEPT_DAYS went by",
             "nobody; the post when it sends"),
    ),
    "stories.EditProposal": (
        Held("story title body helped feeling why state at answered_at translates original original_agreed "
             "leave_out",
             "an edit that the teller agrees to or not; encrypted", CONSENT,
             "the texts go with the text as told", f"{DESK}; {TELLER}"),
        Held("author", "who proposed it", INTEREST, NAMELESS, STAFF),
    ),
    "stories.Report": (
        Held("story why text danger at erase_at ruling", "what a reader says is wrong with a story; encrypted",
             INTEREST, "the text RAW_KEPT_DAYS after the decision, RAW_KEPT_DAYS_HELD whatever happens, or until the "
             "story is taken back", f"{DESK}; whoever reported it"),
        Held("code_hash submission_hash", "the way back for who reported it; a double click is one report", INTEREST,
             "stays, so that the receipt still answers", "nobody"),
    ),
    "stories.Ruling": (
        Held("story outcome state round statement at erase_at review", "what was decided about reports, and why; "
             "encrypted", INTEREST, "the words RAW_KEPT_DAYS, or until the story is taken back",
             f"{STAFF}; {TELLER}; whoever reported it"),
        Held("author reviewer", "who decided: two people after an objection", INTEREST, NAMELESS, STAFF),
    ),
    "stories.Objection": (
        Held("ruling report text at", "why a decision is not right; encrypted", INTEREST,
             "the text goes with the words of the decision", STAFF),
    ),
    "stories.StoryReason": (
        Held("story rule at solved_at", "why an edit, a question or a refusal", CONSENT, TAKEN_BACK,
             f"{STAFF}; {TELLER}"),
        Held("author", "who decided", INTEREST, NAMELESS, STAFF),
    ),
    "stories.PublicAnswer": (
        Held("story organisation kind text due_on done_on state at", "what an organisation answers to a story",
             AGREEMENT,
             "until the teller takes the story back; then the row is empty and points at no story",
             f"{READERS}, once a coordinator has read it"),
        Held("author", "who wrote it for the organisation", AGREEMENT, NAMELESS, f"{STAFF}; {SELF}"),
        Held("decided_by decided_at rule statement", "why it is on the site or not", INTEREST, NAMELESS,
             f"{STAFF}; who speaks for the organisation"),
    ),
    "stories.Quote": (
        Held("story text region at gone_at", "a sentence that a letter to a municipality may quote", CONSENT,
             "until the teller takes it or the consent back, or the story leaves the site; then the row is empty, "
             "points at no story, and goes after QUOTE_GAP_DAYS", "coordinators and analysts of the region"),
        Held("by", "who chose it, and is told when it went", INTEREST, NAMELESS, STAFF),
    ),
    "stories.InHand": (
        Held("reader at reported answer house_rule help_line explanation",
             "which coordinator takes care of a report, an answer or a text of ours", INTEREST,
             "until she decided or put it back, CLAIM_HOURS at most", STAFF),
    ),
    "stories.SavedSearch": (
        Held("member asked at", "to tell of new stories that a member looks for", AGREEMENT,
             f"until she lets go of it; {ERASED}", SELF),
    ),
    "stories.Recognition": (
        Held("story times shown", "how many readers recognise the story; a number, nothing of whose", INTEREST,
             TAKEN_BACK, f"{PUBLIC}: from five on, in steps"),
    ),
    "stories.InitiativeLink": (
        Held("story initiative why at", "a story and what exists already belong together", CONSENT,
             TAKEN_BACK, READERS),
        Held("author", "who saw it", INTEREST, NAMELESS, STAFF),
    ),
    "actionteams.TakenUp": (
        Held("team story at", "which team works on the story", CONSENT, TAKEN_BACK, READERS),
        Held("by", "who took it up", AGREEMENT, NAMELESS, SELF),
    ),
    "actionteams.Noticed": (
        Held("change story answer at", "whether the teller notices the change", CONSENT, TAKEN_BACK,
             f"{TELLER}; everybody from five answers on, never one by one"),
    ),
    "actionteams.Membership": (
        Held("team member role joined_at left_at", "who takes part in a team", AGREEMENT, NAMELESS,
             f"names: {TEAM}; {PUBLIC}: from where they look"),
        Held("motivation", "why somebody wants to join", AGREEMENT, ERASED, TEAM),
    ),
    "actionteams.Step": (Held("set_by", "who set the step", AGREEMENT, NAMELESS, SELF),),
    "actionteams.Success": (Held("by", "who wrote it down", AGREEMENT, NAMELESS, SELF),),
    "actionteams.Change": (Held("by", "who wrote it down", AGREEMENT, NAMELESS, SELF),),
    "monitor.Import": (
        Held("by", "who answers for the figures", INTEREST, NAMELESS, f"{SELF}; coordinators and analysts"),
    ),
    "movement.Member": (
        Held("email", "to log in and to send post to", AGREEMENT, ERASED, SELF),
        Held("name", "how teams address a member", AGREEMENT, ERASED, f"{SELF}; {TEAM}; {STAFF}"),
        Held("perspectives area", "from where somebody looks", AGREEMENT, ERASED, PUBLIC),
        Held("password last_login is_active", "whether somebody can log in; there are no passwords", AGREEMENT, ERASED,
             SELF),
        Held("joined_at", "since when somebody is a member", AGREEMENT, NAMELESS, SELF),
        Held("is_coordinator is_listener", "what somebody is trusted with", AGREEMENT, ERASED, f"{SELF}; {STAFF}"),
    ),
    "movement.Appointment": (
        Held("member kind area organisation begins_on ends_on", "what a coordinator entrusted to a member", AGREEMENT,
             ERASED, f"{SELF}; {STAFF}"),
    ),
    "movement.Endorsement": (
        Held("member edition at", "who stands behind the dream", AGREEMENT,
             "until it is taken back or the account erased", "everybody, as a number"),
    ),
    "letters.Preference": (Held("member kind pace", "how fast post comes", AGREEMENT, ERASED, SELF),),
    "letters.Mail": (
        Held("member kind pace state attempts try_at made_at sent_at", "to send a mail once", AGREEMENT,
             f"as the letters in it: LETTERS_KEPT_DAYS, or {ERASED}", SELF),
    ),
    "letters.Notice": (
        Held("reach state attempts try_at made_at sent_at", "to send a notice to a teller once", CONSENT,
             "as long as the address", "nobody"),
    ),
    "letters.Letter": (
        Held("member kind verb subject_kind subject_id unique_key at read_at cancelled_at by_mail mail",
             "what a member is told of; no words of a story", AGREEMENT, f"LETTERS_KEPT_DAYS, or {ERASED}", SELF),
    ),
    "core.JournalEntry": (
        Held("verb subject_kind subject_id actor area at",
             "who did or looked at what, so that it can be answered for; public ids, no texts", INTEREST,
             "stays, see decision 28; nobody can change or remove a row", f"{STAFF}; {SELF} what is about her"),
    ),
    "core.Seal": (
        Held("upto entries digest at", "to see whether anybody changed the journal; encrypted, no word of anybody",
             INTEREST, "stays, beside the journal", "nobody"),
    ),
    "sessions.Session": (
        Held("session_key session_data expire_date",
             "that a browser is logged in, or has a story open; encrypted, what was typed when its time was over",
             AGREEMENT,
             "SESSION_HOURS at most, for a story TELLER_SESSION_MINUTES without a click; what was typed for one look",
             f"nobody; {TELLER}"),
    ),
    "account.EmailAddress": (
        Held("user email verified primary", "that the address is really the member's", AGREEMENT, ERASED, SELF),
    ),
    "account.EmailConfirmation": (
        Held("email_address created sent key", "unused: a code confirms an address", AGREEMENT, ERASED, "nobody"),
    ),
    "mfa.Authenticator": (
        Held("user type data created_at last_used_at", "a second step to log in", AGREEMENT, ERASED,
             f"{SELF}, but for what opens the door"),
    ),
}  # fmt: skip

_PUBLIC = "id public_id"
# What is about nobody: our own texts and figures, and numbers of rows.
NOBODY: dict[str, str] = {
    **dict.fromkeys(("stories.Story", "stories.Report", "stories.PublicAnswer", "stories.Quote"), _PUBLIC),
    "stories.InHand": "id",
    **dict.fromkeys(("stories.SavedSearch", "stories.InitiativeLink", "actionteams.TakenUp"), _PUBLIC),
    **dict.fromkeys(("movement.Member", "letters.Mail", "letters.Notice", "stories.Reach"), _PUBLIC),
    **dict.fromkeys(("stories.StoryTheme", "stories.Consent", "stories.Message", "stories.EditProposal"), "id"),
    "stories.DangerNote": "id",
    **dict.fromkeys(("stories.Ruling", "stories.Objection"), "id"),
    **dict.fromkeys(("stories.StoryReason", "actionteams.Noticed", "actionteams.Membership"), "id"),
    **dict.fromkeys(("movement.Appointment", "movement.Endorsement", "letters.Preference", "letters.Letter"), "id"),
    **dict.fromkeys(("core.JournalEntry", "core.Seal", "account.EmailAddress", "account.EmailConfirmation"), "id"),
    "mfa.Authenticator": "id",
    "stories.HouseRule": "id slug severity text explanation position checked_on ended_on",
    # A team writes for everybody; its pages ask not to name anybody.
    "actionteams.Team": f"{_PUBLIC} name question what how why learned sentence theme change_task area begun_on "
    "ended_on farewell values members",
    "actionteams.Step": f"{_PUBLIC} team question trying with_whom stops_something look_back_on set_at saw learned "
    "outcome dream_check looked_back_at",
    "actionteams.Success": f"{_PUBLIC} team step kind text at",
    "actionteams.Change": f"{_PUBLIC} team step text since at",
    "monitor.Indicator": "id slug name definition unit whole direction rule caveat position",
    "monitor.Source": "id name url licence",
    "monitor.Import": f"{_PUBLIC} file_name sha256 rows problems added changed same notes areas state at confirmed_at",
    "monitor.Observation": "id indicator source area period period_months value status table imported at",
    "movement.Area": "id code kind name province youth_region successor valid_from valid_to tile_column tile_row",
    "movement.Organisation": f"{_PUBLIC} name kind area joined_on left_on",
    "movement.Theme": "id slug name heavy position",
    "movement.DreamEdition": "id number title introduction reason adopted_on",
    "movement.DreamSentence": "id edition position text",
    "movement.Value": "id edition position name meaning",
    "movement.Initiative": f"{_PUBLIC} name summary what organisation area begun_on ended_on themes",
    "movement.ChangeTask": "id name pace position reconstructed",
    "movement.HelpLine": "id name purpose number chat_url hours free urgent position checked_on ended_on",
    "movement.Explanation": "id title text place position checked_on ended_on",
    "movement.TextVersion": f"{_PUBLIC} kind row number content why at",
    "letters.Claim": "entry at",
    "auth.Permission": "id name content_type codename",
    "auth.Group": "id name permissions",
    "contenttypes.ContentType": "id app_label model",
}


def as_markdown() -> str:
    """The register as a page of documentation: a heading and a table for each that holds something of a person."""
    lines = [
        "# What we hold about people",
        "",
        "Made by `manage.py field_register` from `config/register.py`; a test fails when a field is missing there.",
        "The grounds are those of the AVG as we see them; a data protection impact assessment confirms them.",
    ]
    for label, groups in HELD.items():
        lines += [
            "",
            f"## {label}",
            "",
            "| fields | what for | ground | until | who sees it |",
            "|---|---|---|---|---|",
        ]
        for held in groups:
            names = ", ".join(f"`{name}`" for name in held.fields.split())
            lines.append(f"| {names} | {held.purpose} | {held.ground} | {held.kept} | {held.seen_by} |")
    about_nobody = sorted(label for label in NOBODY if label not in HELD)
    lines += ["", "## About nobody", "", f"{', '.join(f'`{label}`' for label in about_nobody)}.", ""]
    return "\n".join(lines)
