"""The recognisability check: finds what may give a person away in an informal Dutch text, on our own server.

    find_marks(text) -> list[Mark]   everything that may need another word, with a proposal

Pure: no database, no network, no logging. The lists in `lists/` are read at the first call. Nothing here is certain;
the marks are shown to the teller and to the moderator, who decide.
"""

from stories.recogniser.engine import find_marks
from stories.recogniser.marks import Mark, MarkKind

__all__ = ["Mark", "MarkKind", "find_marks"]
