"""A sentence of a story that may be quoted to a municipality, for as long as its teller says so."""

import datetime as dt

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from core.models import Public
from movement.models import Area, Member
from stories.models.story import Story

MOST = 300  # characters: a longer one is no sentence to quote
MOST_OF_ONE = 3  # sentences of a story: its teller was asked for a sentence, not for the whole of it in pieces

# Who quotes while the teller says no waits for her, or she for them: the story is held until this is done.
ONLY_WITH_CONSENT = pgtrigger.Trigger(
    name="only_with_consent",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.Update,
    condition=pgtrigger.Q(new__gone_at__isnull=True),
    func="""
                    perform from stories_story
                    where id = new.story_id and status = 'published' and audience = 'everybody' and quotable = 'yes'
                        and region_id = new.region_id and (strpos(body, new.text) > 0 or strpos(helped, new.text) > 0)
                    for share;
                    if not found then
                        raise exception using errcode = 'check_violation', constraint = 'only_with_consent',
                            message = 'A sentence is quoted while its teller wants that, as everybody can read it.';
                    end if;
                    return new;
                """,
)


class QuoteQuerySet(models.QuerySet["Quote"]):
    def living(self) -> "QuoteQuerySet":
        return self.filter(gone_at=None)

    def on_worksheet(self, region: Area) -> "QuoteQuerySet":
        """What may be quoted of this region, and the gaps between; each with of its story what its link needs."""
        since = timezone.now() - dt.timedelta(days=settings.QUOTE_GAP_DAYS)
        here = self.filter(Q(gone_at=None) | Q(gone_at__gt=since), region=region).order_by("-at", "-pk")
        story = (f"story__{name}" for name in ("public_id", "title", "heavy"))
        return here.select_related("story").only("text", "at", "gone_at", *story)


class Quote(Public):
    """Chosen by a coordinator, as it stands in the story. Whatever ends that empties it (QUOTES_GO_ALONG on Story):
    what remains points at no story, and says for QUOTE_GAP_DAYS that in this region there was one.
    """

    story = models.ForeignKey(Story, models.CASCADE, null=True, related_name="quotes")
    region = models.ForeignKey(Area, models.PROTECT, related_name="+", help_text="of the story")
    text = models.CharField(max_length=MOST, blank=True)
    by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    gone_at = models.DateTimeField(null=True)

    objects = QuoteQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["story", "text"], name="quote_once", condition=Q(gone_at=None)),
            models.CheckConstraint(
                name="quote_gone_is_empty",
                condition=Q(gone_at__isnull=False, story=None, text="")
                | Q(gone_at=None, story__isnull=False) & ~Q(text=""),
            ),
        ]
        triggers = [ONLY_WITH_CONSENT]

    def __str__(self) -> str:
        return self.public_id
