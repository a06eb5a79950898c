"""What was answered beside the texts, in words: for the look back, where a teller sees once more what goes along."""

from django.utils.translation import gettext as _

from stories.forms.telling import DECIDED, SCALES, TellForm
from stories.said import in_words

_CHOSEN = ("perspective", "told_for", "with_help", "age_band", "form_of_help")


def chosen(form: TellForm) -> list[tuple[str, str]]:
    """Each question with its answer, of a valid form and in its order; what was skipped is left out.

    Who may read it and quote from it is always there: no answer is an answer too.
    """
    given = form.cleaned_data
    said = {"decided": _decided(form)}
    said |= {name: _scale(name, given[name]) for name in SCALES if given[name]}
    said |= {name: _choice(form, name, given[name]) for name in _CHOSEN if given[name]}
    said["region"] = given["region"].name if given["region"] else ""
    said["themes"] = " · ".join(in_words(theme.name) for theme in given["themes"])
    said["audience"] = _choice(form, "audience", given["audience"] or "support")
    said["quotable"] = _choice(form, "quotable", given["quotable"] or "no")
    return [(str(form[name].label), said[name]) for name in form.fields if said.get(name)]


def _decided(form: TellForm) -> str:
    if sentence := form.cleaned_data["decided"]:
        return str(DECIDED[sentence][0])
    if not (point := form.cleaned_data["decided_point"]):
        return ""
    words = _("me {me}, my family {family}, the professionals {professionals} percent")
    return words.format(me=point[0], family=point[1], professionals=point[2])


def _scale(name: str, value: str) -> str:
    _label, low, high = SCALES[name]
    return _("%(n)s, from 1 “%(low)s” to 5 “%(high)s”") % {"n": value, "low": low, "high": high}


def _choice(form: TellForm, name: str, value: str) -> str:
    return next(option.choice_label for option in form[name] if option.data["value"] == value)
