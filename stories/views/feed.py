"""The Atom feed: the newest stories that are open to everybody and not heavy, as a teaser, dated by their month."""

import datetime as dt

from django.contrib.syndication.views import Feed
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext_lazy as _

from stories.models import Story

MOST = 30


class StoryFeed(Feed):
    feed_type = Atom1Feed
    title = _("Stories about youth care")
    subtitle = _("Told by youths, parents and professionals. The beginning of each story; the whole is on the site.")
    link = reverse_lazy("stories:list")
    feed_url = reverse_lazy("stories:feed")

    def items(self) -> list[Story]:
        return list(Story.objects.in_feed().only("public_id", "title", "teaser", "published_on")[:MOST])

    def item_title(self, item: Story) -> str:
        return item.title

    def item_description(self, item: Story) -> str:
        return item.teaser

    def item_pubdate(self, item: Story) -> dt.datetime:
        return _first_of_month(item)

    def item_updateddate(self, item: Story) -> dt.datetime:
        return _first_of_month(item)


def _first_of_month(story: Story) -> dt.datetime:
    day = story.published_on or timezone.localdate()
    return dt.datetime(day.year, day.month, 1, tzinfo=timezone.get_current_timezone())
