"""The story table seen through the smallest model that can list it."""

from django.db import models


class Row(models.Model):
    public_id = models.CharField(max_length=10)
    title = models.CharField(max_length=120)
    teaser = models.CharField(max_length=200)
    status = models.CharField(max_length=10)
    published_on = models.DateField()

    class Meta:
        app_label = "floor"
        managed = False
        db_table = "stories_story"

    def __str__(self) -> str:
        return self.title


class WholeRow(models.Model):
    """The same with its whole text, for a template that shortens it on every visit."""

    public_id = models.CharField(max_length=10)
    title = models.CharField(max_length=120)
    body = models.TextField()
    status = models.CharField(max_length=10)
    heard = models.SmallIntegerField(null=True)
    seen = models.SmallIntegerField(null=True)
    published_on = models.DateField()

    class Meta:
        app_label = "floor"
        managed = False
        db_table = "stories_story"

    def __str__(self) -> str:
        return self.title
