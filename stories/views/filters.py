"""The filters above the list, put together in Python: eighty options in a template loop cost more than the page."""

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from stories.forms.reading import OTHER_HEAVY, Reading
from stories.options import Option
from stories.themes import grouped


class Filters(NamedTuple):
    selects: SafeString
    heavy: SafeString
    asked_for_heavy: bool
    counted: bool  # whether a number stands beside any choice


class Chip(NamedTuple):
    label: str
    address: str


_FIELDS = (("theme", "thema"), ("who", "wie"), ("help", "hulp"), ("region", "regio"))


def filters(asked: Reading, choices: list[Option]) -> Filters:
    """The four filters and the heavy themes, each in the state that was asked."""
    chosen, language = _chosen(asked), get_language()
    by_kind: dict[str, list[Option]] = {}
    for option in choices:
        by_kind.setdefault(option.kind, []).append(option)
    heavy = by_kind.get("heavy", [])
    by_kind["theme"] = [*by_kind.get("theme", []), *(option for option in heavy if option.key in asked.heavy)]
    selects = [_select(kind, name, tuple(by_kind.get(kind, ())), chosen[kind], language) for kind, name in _FIELDS]
    switches = tuple((option.key, option.label, option.key in asked.heavy) for option in heavy)
    return Filters(
        format_html("{}{}{}{}", *selects),
        _switches(switches, OTHER_HEAVY in asked.heavy, language),
        bool(asked.heavy),
        any(option.total for option in choices),
    )


_SELECT = '<div class="field"><label for="{0}">{1}</label><select id="{0}" name="{0}">{2}{3}</select></div>'
_GROUP = '<optgroup label="{}">{}</optgroup>'
_SWITCH = '<label><input type="checkbox" name="zwaar" value="{}"{}> {}</label>'


@lru_cache(maxsize=512)
def _select(kind: str, name: str, choices: tuple[Option, ...], chosen: str, _language: str | None) -> SafeString:
    labels = {"theme": _("Theme"), "who": _("Told by"), "help": _("Kind of help"), "region": _("Youth region")}
    everything = format_html('<option value="">{}</option>', _("All"))
    if kind == "theme":
        groups = grouped(choices, lambda option: option.key)
        rest = format_html_join("", _GROUP, ((group, _options(of, chosen)) for group, of in groups))
    else:
        rest = _options(choices, chosen)
    return format_html(_SELECT, name, labels[kind], everything, rest)


def _options(choices: Iterable[Option], chosen: str) -> SafeString:
    return format_html_join(
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


@lru_cache(maxsize=64)
def _switches(heavy: tuple[tuple[str, str, bool], ...], other: bool, _language: str | None) -> SafeString:
    every = (*heavy, (OTHER_HEAVY, _("Something else that is heavy"), other))
    return format_html_join("", _SWITCH, ((value, CHECKED if wanted else "", label) for value, label, wanted in every))


SELECTED, CHECKED = SafeString(" selected"), SafeString(" checked")


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
