"""What a reader asked of the list: words, filters, heavy themes, and where the page begins.

No Django form: nothing here can be wrong in a way that a reader must repair. What is not known is left out, and the
page shows what it did use.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from django.http import QueryDict

from movement.models import Perspective
from stories.models import FormOfHelp
from stories.search import tidy_query

OTHER_HEAVY = "anders"
_VOICES, _HELP = Perspective.values, FormOfHelp.values  # put together anew at each look


@dataclass(frozen=True)
class Reading:
    """One view of the list; `heavy` holds the slugs of the heavy themes that the reader wants to see, `reply` the
    public id of the story that these answer."""

    words: str = ""
    theme: str = ""
    perspective: str = ""
    form_of_help: str = ""
    region: str = ""
    heavy: frozenset[str] = field(default_factory=frozenset)
    reply: str = ""
    after: str = ""

    @classmethod
    def asked(cls, data: QueryDict) -> "Reading":
        return cls(
            words=tidy_query(data.get("q", "")),
            theme=_slug(data.get("thema")),
            perspective=_known(data.get("wie"), _VOICES),
            form_of_help=_known(data.get("hulp"), _HELP),
            region=_slug(data.get("regio")),
            heavy=frozenset(slug for slug in map(_slug, data.getlist("zwaar")[:20]) if slug),
            reply=_slug(data.get("bij")),
            after=_slug(data.get("na")),
        )

    @property
    def is_filtered(self) -> bool:
        return any((self.words, self.theme, self.perspective, self.form_of_help, self.region, self.reply))

    def from_the_start(self) -> "Reading":
        return replace(self, after="")

    def without_heavy(self) -> "Reading":
        """As somebody sees it who did not ask for heavy stories, such as the reader of a feed."""
        return replace(self, heavy=frozenset())

    def to_keep(self, words: str) -> "Reading":
        """As it is saved or followed: with the words that were looked for, and of all stories, not of answers to one,
        so that no kept search names a story that may be taken back."""
        return replace(self, words=words, reply="", after="")

    def question(self) -> str:
        """`address()`, and nothing at all for the plain list."""
        found = self.address()
        return "" if found == "?" else found

    def address(self, **changed: str) -> str:
        """The query string of this view with some parts changed; the page's beginning is always left out."""
        asked = {
            "q": self.words,
            "thema": self.theme,
            "wie": self.perspective,
            "hulp": self.form_of_help,
            "regio": self.region,
            "bij": self.reply,
        }
        pairs = [(name, value) for name, value in {**asked, **changed}.items() if value]
        return "?" + urlencode([*pairs, *(("zwaar", slug) for slug in sorted(self.heavy))])


def _slug(value: str | None) -> str:
    value = value or ""
    return value if len(value) <= 50 and value.replace("-", "").replace("_", "").isalnum() else ""


def _known(value: str | None, values: Iterable[str]) -> str:
    return value if value and value in values else ""
