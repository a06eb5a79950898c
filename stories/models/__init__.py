"""What happened: a story from telling to publishing, and back to its teller."""

from stories.models.recognition import Recognition
from stories.models.report import Objection, Report, Ruling
from stories.models.story import (
    AgeBand,
    Audience,
    Danger,
    FormOfHelp,
    Story,
    StoryQuerySet,
    StoryTheme,
    ToldFor,
    WithHelp,
)
from stories.models.talk import (
    Consent,
    DangerNote,
    EditProposal,
    HouseRule,
    InitiativeLink,
    Message,
    Reach,
    StoryReason,
)
from stories.states import Status

__all__ = [
    "AgeBand",
    "Audience",
    "Consent",
    "Danger",
    "DangerNote",
    "EditProposal",
    "FormOfHelp",
    "HouseRule",
    "InitiativeLink",
    "Message",
    "Objection",
    "Reach",
    "Recognition",
    "Report",
    "Ruling",
    "Status",
    "Story",
    "StoryQuerySet",
    "StoryReason",
    "StoryTheme",
    "ToldFor",
    "WithHelp",
]
