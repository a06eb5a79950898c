"""The Atom feed of any view of the list: the newest stories that are open to everybody and not heavy, as a teaser,
dated by their month."""

import datetime as dt

from django.contrib.auth.models import AnonymousUser
from django.contrib.syndication.views import Feed
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import gettext_lazy as _

from stories.forms.reading import Reading
from stories.queries import Entry, newest, wide_enough

MOST = 30


class StoryFeed(Feed):
    feed_type = Atom1Feed
    title = _("Stories about youth care")
    subtitle = _("Told by youths, parents and professionals. The beginning of each story; the whole is on the site.")

    def get_object(self, request: HttpRequest) -> Reading:
        """What the address asks, as a stranger: a feed has no reader who could ask for heavy stories."""
        return wide_enough(AnonymousUser(), Reading.asked(request.GET).from_the_start().without_heavy())

    def link(self, asked: Reading) -> str:
        return reverse("stories:list") + asked.question()

    def feed_url(self, asked: Reading) -> str:
        return reverse("stories:feed") + asked.question()

    def items(self, asked: Reading) -> list[Entry]:
        return newest(asked, most=MOST)

    def item_title(self, item: Entry) -> str:
        return item.title

    def item_description(self, item: Entry) -> str:
        return escape(item.teaser)  # Atom1Feed says that this is HTML, and a reader of feeds then reads it as that

    def item_link(self, item: Entry) -> str:
        return reverse("stories:story", args=[item.public_id])

    def item_pubdate(self, item: Entry) -> dt.datetime:
        return _first_of_month(item)

    def item_updateddate(self, item: Entry) -> dt.datetime:
        return _first_of_month(item)


def _first_of_month(story: Entry) -> dt.datetime:
    day = story.published_on
    return dt.datetime(day.year, day.month, 1, tzinfo=timezone.get_current_timezone())
