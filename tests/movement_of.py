"""A dream, a theme and a team for tests that begin where people act."""

from actionteams.actions import found_team
from movement.models import DreamEdition, Theme, Value


def a_dream(number=1):
    edition = DreamEdition.objects.create(
        number=number, title="De droom", introduction="Zo begint het.", reason="Eerst."
    )
    edition.sentences.create(position=1, text="Wij luisteren eerst.")
    edition.sentences.create(position=2, text="Een kind woont in een thuis.")
    Value.objects.create(edition=edition, position=1, name="openheid", meaning="We zeggen wat we zien.")
    return edition


def a_team(host, area, name="Bellen naar huis", theme=None, **fields):
    edition = DreamEdition.objects.first() or a_dream()
    theme = theme or Theme.objects.get_or_create(slug="contact", defaults={"name": "Contact met thuis"})[0]
    values = {
        "question": "Hoe kan iedereen naar huis bellen?",
        "what": "We maken bellen gewoon.",
        "sentence": edition.sentences.first(),
        **fields,
    }
    return found_team(actor=host, name=name, area=area, theme=theme, **values)
