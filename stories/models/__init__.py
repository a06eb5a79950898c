"""What happened: a story from telling to publishing, and back to its teller."""

from stories.models.answer import PublicAnswer
from stories.models.in_hand import InHand
from stories.models.quote import Quote
from stories.models.recognition import Recognition
from stories.models.report import Objection, Report, Ruling
from stories.models.saved import SavedSearch
from stories.models.story import (
    OPEN_TO_ALL,
    OPEN_TO_MEMBERS,
    OPEN_TO_READER,
    AgeBand,
    Audience,
    Danger,
    FormOfHelp,
    Story,
    StoryQuerySet,
    ToldFor,
    WithHelp,
)
from stories.models.story_theme import StoryTheme
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
    "OPEN_TO_ALL",
    "OPEN_TO_MEMBERS",
    "OPEN_TO_READER",
    "AgeBand",
    "Audience",
    "Consent",
    "Danger",
    "DangerNote",
    "EditProposal",
    "FormOfHelp",
    "HouseRule",
    "InHand",
    "InitiativeLink",
    "Message",
    "Objection",
    "PublicAnswer",
    "Quote",
    "Reach",
    "Recognition",
    "Report",
    "Ruling",
    "SavedSearch",
    "Status",
    "Story",
    "StoryQuerySet",
    "StoryReason",
    "StoryTheme",
    "ToldFor",
    "WithHelp",
]
