"""`{% count_linked_stories initiatives as linked %}`: how many stories belong with each initiative."""

from collections.abc import Iterable

from django import template
from django.db.models import Count

from core.disclosure import facet
from movement.models import Initiative
from stories.models import Audience, InitiativeLink, Status

register = template.Library()


@register.simple_tag
def count_linked_stories(initiatives: Iterable[Initiative]) -> dict[str, int]:
    """Return 'at least so many' stories that everybody can read, by the initiative's key; from five on. One query."""
    links = InitiativeLink.objects.filter(
        initiative__in=[initiative.pk for initiative in initiatives],
        story__status=Status.PUBLISHED,
        story__audience=Audience.EVERYBODY,
    )
    counts = links.order_by().values_list("initiative").annotate(n=Count("pk"))
    return facet({str(key): n for key, n in counts})


@register.filter
def of(counts: dict[str, int], key: object) -> int | None:
    return counts.get(str(key))
