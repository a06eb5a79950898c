"""The filters above the list, put together in Python: eighty options in a template loop cost more than the page."""

from functools import lru_cache
from typing import NamedTuple

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from stories.forms.reading import OTHER_HEAVY, Reading
from stories.options import Option


class Filter(NamedTuple):
    name: str
    label: str
    options: SafeString


class Heavy(NamedTuple):
    value: str
    label: str
    wanted: bool


class Filters(NamedTuple):
    selects: list[Filter]
    heavy: list[Heavy]
    asked_for_heavy: bool
    counted: bool  # whether a number stands beside any choice


class Chip(NamedTuple):
    label: str
    address: str


_FIELDS = (("theme", "thema"), ("who", "wie"), ("help", "hulp"), ("region", "regio"))


def filters(asked: Reading, choices: list[Option]) -> Filters:
    """The four filters and the heavy themes, each in the state that was asked."""
    labels = {"theme": _("Theme"), "who": _("Told by"), "help": _("Kind of help"), "region": _("Youth region")}
    chosen = _chosen(asked)
    by_kind: dict[str, list[Option]] = {}
    for option in choices:
        by_kind.setdefault(option.kind, []).append(option)
    heavy = by_kind.get("heavy", [])
    by_kind["theme"] = [*by_kind.get("theme", []), *(option for option in heavy if option.key in asked.heavy)]
    selects = [
        Filter(name, labels[kind], _options(tuple(by_kind.get(kind, ())), chosen[kind], get_language()))
        for kind, name in _FIELDS
    ]
    switches = [Heavy(option.key, option.label, option.key in asked.heavy) for option in heavy]
    switches.append(Heavy(OTHER_HEAVY, _("Something else that is heavy"), OTHER_HEAVY in asked.heavy))
    return Filters(selects, switches, bool(asked.heavy), any(option.total for option in choices))


@lru_cache(maxsize=512)
def _options(choices: tuple[Option, ...], chosen: str, _language: str | None) -> SafeString:
    everything = format_html('<option value="">{}</option>', _("All"))
    rest = format_html_join(
        "",
        '<option value="{}"{}>{}{}</option>',
        (
            (
                option.key,
                SELECTED if option.key == chosen else "",
                option.label,
                f" ({option.total}+)" if option.total else "",
            )
            for option in choices
        ),
    )
    return format_html("{}{}", everything, rest)


SELECTED = SafeString(" selected")


def chips(asked: Reading, choices: list[Option]) -> list[Chip]:
    """What is filtered on now, each with the address of the list without it."""
    chosen = _chosen(asked)
    names = dict(_FIELDS)
    found = [Chip(f"“{asked.words}”", asked.address(q=""))] if asked.words else []
    if asked.reply:
        found.append(Chip(_("Answers to one story"), asked.address(bij="")))
    for option in choices:
        kind = "theme" if option.kind == "heavy" else option.kind
        if option.key and option.key == chosen[kind]:
            found.append(Chip(option.label, asked.address(**{names[kind]: ""})))
    return found


def _chosen(asked: Reading) -> dict[str, str]:
    return {
        "theme": asked.theme,
        "who": asked.perspective,
        "help": asked.form_of_help,
        "region": asked.region,
    }
