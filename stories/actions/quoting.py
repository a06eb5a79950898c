"""A sentence of a story is chosen to be quoted, and is taken back.

That no quote outlives its consent is held by the database (stories/models/quote.py, QUOTES_GO_ALONG): nobody who
changes a story has to think of its quotes.
"""

import datetime as dt
import re
from typing import cast

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import journal
from core.http import TooLate
from movement.models import Area, Member
from stories.models import Audience, Quote, Story
from stories.models.quote import MOST, MOST_OF_ONE
from stories.states import NotYet

NOT_THERE = gettext_lazy("This sentence does not stand in the story like this. Choose one from the list.")
# Where a sentence ends: behind its sign, with what closes a quotation, and before what begins another.
_END = re.compile(r"""(?:(?<=[.!?…])|(?<=[.!?…]["”’')]))\s+(?=["“„‘'(]?[^\W\d_a-zß-ÿ]|['’]\w\s)|\n+""")


def sentences(story: Story) -> list[str]:
    """What can be quoted of its public text, as it stands there. The title is ours as often as the teller's."""
    found = (one.strip() for text in (story.body, story.helped) for one in _END.split(text))
    return list(dict.fromkeys(one for one in found if 0 < len(one) <= MOST))


def why_not(story: Story) -> str | Promise:
    """Why nothing of this story may be quoted, and what to do; empty when it may."""
    if not story.is_published or story.audience != Audience.EVERYBODY:
        return gettext_lazy("Only what everybody can read on the site is quoted.")
    if story.quotable == "ask":
        return gettext_lazy(
            "The teller wants to be asked first. Write to them which sentence it is, and for what. When they choose "
            "“Yes” behind the code, you choose the sentence here."
        )
    if story.quotable != "yes":
        return gettext_lazy("The teller does not want to be quoted.")
    if story.region_id is None:
        return gettext_lazy("This story names no region, and quotes stand on the worksheets of a region.")
    return ""


@transaction.atomic
def quote(*, story: Story, sentence: str, actor: Member) -> Quote:
    """Let a sentence of this story be quoted. Raises NotYet for what does not stand there as one sentence, TooLate
    when it may not be quoted (any more) or was chosen already."""
    here = Story.objects.select_for_update(no_key=True).get(pk=story.pk)
    if reason := why_not(here):
        raise TooLate(str(reason))
    if sentence not in sentences(here):
        raise NotYet(str(NOT_THERE))
    living = here.quotes.living().values_list("text", flat=True)
    if len(living) >= MOST_OF_ONE and sentence not in living:
        raise NotYet(_("Of one story we quote three sentences. Take one of them away first."))
    try:
        with transaction.atomic():
            made = Quote.objects.create(story=here, region=cast("Area", here.region), text=sentence, by=actor)
    except IntegrityError as error:
        raise TooLate(_("This sentence was chosen already.")) from error
    journal.record("quote.chosen", made, actor=actor)
    return made


@transaction.atomic
def unquote(*, story: Story, quote: str, actor: Member) -> None:
    """Take a quote (by its public id) back: it is emptied at once. Raises TooLate when it went before."""
    mine = Quote.objects.living().filter(story=story, public_id=quote)
    found = mine.select_for_update().first()
    if found is None:
        raise TooLate
    mine.update(text="", story=None, gone_at=timezone.now())
    journal.record("quote.taken_back", found, actor=actor)


def forget_gaps(*, now: dt.datetime | None = None) -> int:
    """Let go of quotes that went QUOTE_GAP_DAYS ago; return how many. From then on nothing says that there was one."""
    until = (now or timezone.now()) - dt.timedelta(days=settings.QUOTE_GAP_DAYS)
    return Quote.objects.filter(gone_at__lte=until).delete()[0]
