"""The words of the thread: what each moment says to a reader, or to the teller behind the code.

In Python and not in the template: a chain of ten conditions for every moment cost more than the rest of the page.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from monitor.journey import Moment
from stories.models import PublicAnswer


class Knot(NamedTuple):
    """One moment in words. `text` may come from people; all of it is escaped by the template."""

    moment: Moment
    heading: str
    text: str = ""
    link: str = ""
    href: str = ""
    meta: str = ""

    @property
    def when(self) -> str:
        if self.moment.kind == "change" and self.moment.when:
            return _("since %(month)s") % {"month": self.moment.month}
        return self.moment.month


def knots_of(moments: Sequence[Moment], *, for_teller: bool) -> list[Knot]:
    """Put the moments of a thread into words."""
    return [_WORDS[moment.kind](moment, for_teller) for moment in moments]


def _told(moment: Moment, for_teller: bool) -> Knot:
    return Knot(moment, _("You told your story") if for_teller else _("Somebody told this story"))


def _published(moment: Moment, for_teller: bool) -> Knot:
    return Knot(moment, _("Your story is on the site") if for_teller else _("Put on the site by the support centre"))


def _initiative(moment: Moment, _for_teller: bool) -> Knot:
    heading = _("Belongs with %(name)s") % {"name": moment.name}
    where = f"{reverse('initiatives')}#{moment.ref}"
    return Knot(moment, heading, moment.text, _("Read about this initiative"), where)


def _taken_up(moment: Moment, _for_teller: bool) -> Knot:
    heading = _("Taken up by action team %(name)s") % {"name": moment.name}
    together = ngettext("Together with %(n)s other story.", "Together with %(n)s other stories.", moment.others)
    text = together % {"n": moment.others} if moment.others else ""
    return Knot(moment, heading, text, _("See what this team does"), reverse("actionteams:team", args=[moment.ref]))


def _step(moment: Moment, _for_teller: bool) -> Knot:
    heading = _("The team stops something") if moment.mark == "stops" else _("The team tries something")
    look_back = _("The team looks back on this in %(month)s.") % {"month": moment.look_back_month}
    return Knot(moment, heading, moment.more, meta=look_back if moment.look_back_on else "")


def _looked_back(moment: Moment, _for_teller: bool) -> Knot:
    outcomes = {
        "go_on": _("The team goes on with it."),
        "change": _("The team does it differently from now on."),
        "stop": _("The team stops with it."),
    }
    meta = outcomes.get(moment.mark) or _("The team passes it on to others.")
    return Knot(moment, _("The team looked back and learned"), moment.text, meta=meta)


def _success(moment: Moment, _for_teller: bool) -> Knot:
    return Knot(moment, _("A small success"), moment.text)


def _failure(moment: Moment, _for_teller: bool) -> Knot:
    return Knot(moment, _("This did not work"), moment.text)


def _change(moment: Moment, _for_teller: bool) -> Knot:
    return Knot(moment, _("This is different now"), moment.text)


def _answer(moment: Moment, _for_teller: bool) -> Knot:
    heading = _("%(name)s answered") % {"name": moment.name}
    before = _("In %(month)s at the latest.") % {"month": moment.look_back_month} if moment.look_back_on else ""
    kind = str(PublicAnswer.Kind(moment.mark).label)
    return Knot(moment, heading, kind + ".", _("Read the answer"), f"#antwoord-{moment.ref}", before)


def _kept(moment: Moment, _for_teller: bool) -> Knot:
    return Knot(moment, _("%(name)s did what it promised") % {"name": moment.name})


def _not_yet_published(moment: Moment, _for_teller: bool) -> Knot:
    text = _("What happens with your story will appear here, month by month.")
    return Knot(moment, _("Not on the site yet"), text)


def _not_for_now(moment: Moment, _for_teller: bool) -> Knot:
    return Knot(moment, _("Not on the site for now"), _("At the top of this page you read how it stands."))


def _not_on_site(moment: Moment, _for_teller: bool) -> Knot:
    return Knot(moment, _("Not on the site"), _("At the top of this page you read how it stands."))


def _stays(moment: Moment, _for_teller: bool) -> Knot:
    return Knot(moment, _("Read by the support centre"), _("It stays with them, as you chose."))


def _not_yet_taken_up(moment: Moment, _for_teller: bool) -> Knot:
    text = _("An action team can take this story up. You will see it here.")
    return Knot(moment, _("No team works on this yet"), text, _("All action teams"), reverse("actionteams:list"))


def _not_yet_changed(moment: Moment, _for_teller: bool) -> Knot:
    return Knot(moment, _("What changes?"), _("The team tells it here, also when it does not work."))


_WORDS: dict[str, Callable[[Moment, bool], Knot]] = {
    "told": _told,
    "published": _published,
    "initiative": _initiative,
    "taken_up": _taken_up,
    "step": _step,
    "looked_back": _looked_back,
    "success": _success,
    "failure": _failure,
    "change": _change,
    "answer": _answer,
    "kept": _kept,
    "not_yet_published": _not_yet_published,
    "not_for_now": _not_for_now,
    "not_on_site": _not_on_site,
    "stays": _stays,
    "not_yet_taken_up": _not_yet_taken_up,
    "not_yet_changed": _not_yet_changed,
}
