"""What a member looks for: a view of the list of stories that is kept, so that new stories in it are told of."""

from django.db import models
from django.utils import timezone

from core.models import Public
from movement.models import Member


class SavedSearch(Public):
    """`asked` is the query string of `stories.forms.reading.Reading`, as its `address()` writes it."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="saved_searches")
    asked = models.CharField(max_length=700)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at", "pk"]
        verbose_name_plural = "saved searches"
        constraints = [
            models.UniqueConstraint(fields=["member", "asked"], name="saved_search_once"),
            models.CheckConstraint(name="saved_search_asks_something", condition=~models.Q(asked="")),
        ]

    def __str__(self) -> str:
        return self.public_id
