"""Taking a story back, and taking its text along."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from core import journal
from core.http import TooLate
from stories.actions.answering import take_answers_along
from stories.actions.publishing import NOT_PUBLIC
from stories.actions.reporting import forget_reports
from stories.models import Danger, EditProposal, Reach, Recognition, Status, Story
from stories.states import move


@transaction.atomic
def withdraw(*, story: Story) -> None:
    """Empty the story for good, from whatever state: its texts, its talk, what the teller said about it.

    The row stays, so that nobody can hide that there was a story, and so that its code still answers; so do the
    consents, which prove that it was there with consent. What tells what it was about goes: reasons, initiatives,
    themes, that other stories answered it, how many recognised it. Others hear of it by the journal's
    `story.withdrawn` and take out what they hold; until then they read `status`. Raises TooLate when it
    was done already.
    """
    mine = Story.objects.filter(pk=story.pk)
    if not move(mine, "story.withdrawn", to=Status.WITHDRAWN, withdrawn_at=timezone.now(), **_EMPTY):
        raise TooLate
    story.messages.update(text=None)
    story.danger_notes.all().delete()
    Reach.objects.filter(story=story).delete()
    story.proposals.filter(state=EditProposal.State.OPEN).update(state=EditProposal.State.REPLACED)
    story.proposals.update(title=None, body=None, helped=None, feeling=None, why=None)
    forget_reports(story)
    story.initiative_links.all().delete()
    story.reasons.all().delete()
    story.themes.clear()
    story.replies.update(reply_to=None)
    Recognition.objects.filter(story=story).delete()
    take_answers_along(story)
    journal.record("story.withdrawn", story)
    story.refresh_from_db()


_EMPTY: dict[str, Any] = {
    **NOT_PUBLIC,
    **dict.fromkeys(("perspective", "told_for", "with_help", "age_band", "form_of_help"), ""),
    **dict.fromkeys(("raw_body", "raw_helped", "raw_feeling", "erase_raw_at", "published_on", "region", "reply_to")),
    **dict.fromkeys(("decided_me", "decided_family", "decided_professionals", "heard", "seen", "known")),
    "danger": Danger.NONE,
    "heavy": False,
    "heavy_said": None,
    "language": "nl",
    "red_flag": False,
    **dict.fromkeys(("danger_at", "danger_answered_at", "reader", "claimed_at", "first_approver", "second_approver")),
    **dict.fromkeys(("told_anew_at", "wrote_at")),
    "quotable": "no",
    "audience": "support",
}


def take_text(story: Story) -> dict[str, Any]:
    """All that we hold of the teller, for the teller: texts as told (or as published, once the told ones are
    erased), answers, talk and consents. No names of those who read it.
    """
    return {
        "verteld_op": timezone.localdate(story.told_at).isoformat(),
        "stand": str(story.get_status_display()),
        "taal": str(story.get_language_display()),
        "wat_er_gebeurde": story.raw_body or story.original_body or story.body,
        "wat_hielp": story.raw_helped or story.original_helped or story.helped,
        "hoe_het_voelde": story.raw_feeling or story.original_feeling or story.feeling,
        "gepubliceerd": {"titel": story.title, "tekst": story.body, "wat_hielp": story.helped, "gevoel": story.feeling}
        if story.is_published
        else None,
        "wie_besliste_in_procenten": None
        if story.decided_me is None
        else {"ik": story.decided_me, "familie": story.decided_family, "professionals": story.decided_professionals},
        "gehoord_gezien_gekend_1_tot_5": [story.heard, story.seen, story.known],
        "ik_ben": str(story.get_perspective_display()),
        "ik_vertel": str(story.get_told_for_display()),
        "kan_die_ander_het_met_hulp_zelf_vertellen": str(story.get_with_help_display()),
        "leeftijd": str(story.get_age_band_display()),
        "jeugdregio": story.region.name if story.region else "",
        "antwoord_op": story.reply_to.title if story.reply_to and story.reply_to.is_published else "",
        "soort_hulp": str(story.get_form_of_help_display()),
        "zinnen_die_aangehaald_mogen_worden": [quote.text for quote in story.quotes.living()],
        "themas": [theme.name for theme in story.themes.all()],
        "toestemmingen": [
            {"waarvoor": str(consent.get_use_display()), "antwoord": consent.in_words, "op": consent.at.isoformat()}
            for consent in story.consents.all()
        ],
        "mailadres_voor_berichtjes": "ja" if Reach.objects.filter(story=story).exists() else "nee",
        "berichten": [
            {"van": "mij" if message.from_teller else "het steunpunt", "tekst": message.text or ""}
            for message in story.messages.all()
        ],
    }
