"""The telling form: one form, every question optional but the story."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.formats import number_format
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from core.forms import offer
from core.languages import DUTCH
from core.text import tidy
from movement.models import Area, Perspective, Theme
from stories.actions.telling import Answers
from stories.models import AgeBand, Audience, FormOfHelp, Status, Story, ToldFor, WithHelp
from stories.said import in_words
from stories.tongue import language_of

MOST = 20_000  # characters; some forty pages of a phone
MOST_BESIDE = 5_000
TELLERS = (Perspective.YOUTH, Perspective.PARENT, Perspective.PROFESSIONAL, Perspective.EXPERT)
SKIPPED = ("", _("I would rather not say"))
# The plain alternative to the triangle: the same three percentages, by a sentence.
DECIDED = {
    "me": (_("Mostly me"), (80, 10, 10)),
    "family": (_("Mostly my family"), (10, 80, 10)),
    "professionals": (_("Mostly the professionals"), (10, 10, 80)),
    "equal": (_("All of us together"), (34, 33, 33)),
    "unknown": (_("I do not know"), None),
}
SCALES = {
    "heard": (_("Were you heard?"), _("not heard"), _("heard")),
    "seen": (_("Were you seen as you are?"), _("not seen"), _("seen")),
    "known": (_("Did they know you?"), _("not known"), _("known")),
}


UNTICKED = _("Tick this when it is so. When it is not, change your story first so that it is.")


class DutyForm(forms.Form):
    """What a professional says before telling: see docs/decisions/0015."""

    secrecy = forms.BooleanField(
        label=_("Nobody can recognise the child or the family in it, they themselves neither, or they agreed to this."),
        error_messages={"required": UNTICKED},
        widget=forms.CheckboxInput(attrs={"autocomplete": "off"}),
    )


class StoryText(forms.CharField):
    """Text of a person: invisible signs go, everything else stays, and one in which nothing shows is empty.

    Too long is said, never cut.
    """

    def __init__(self, *, most: int, rows: int, **kwargs: Any) -> None:
        self.most = most
        # A browser that looks at spelling in depth sends what is typed to its maker.
        attrs = {"rows": rows, "data-most": most, "dir": "auto", "spellcheck": "false"}
        super().__init__(widget=forms.Textarea(attrs=attrs), **kwargs)

    def to_python(self, value: Any) -> str:
        return tidy(super().to_python(value) or "")

    def validate(self, value: str) -> None:
        super().validate(value)
        lengths = {"length": len(value), "most": self.most}
        if len(value) > self.most:
            raise ValidationError(
                _("This is %(length)s characters, and %(most)s fit. Take something out, or tell it in two stories."),
                params={name: number_format(n, force_grouping=True) for name, n in lengths.items()},
            )


class Themes(forms.ModelMultipleChoiceField):
    def label_from_instance(self, theme: Any) -> str:
        return in_words(theme.name)


class TellForm(forms.Form):
    """`answers()` gives what stories.actions.telling.tell takes."""

    token = forms.CharField(widget=forms.HiddenInput, required=False)
    reply = forms.CharField(widget=forms.HiddenInput, required=False)  # the story that is answered
    body = StoryText(
        most=MOST,
        rows=9,
        label=_("Your story"),
        help_text=_("Write it as you would say it. Spelling does not matter."),
        error_messages={"required": _("There is no story here yet. A few sentences are enough.")},
    )
    helped = StoryText(most=MOST_BESIDE, rows=5, required=False, label=_("What helped, or would have helped"))
    feeling = StoryText(most=MOST_BESIDE, rows=4, required=False, label=_("How it felt"))
    decided = forms.ChoiceField(
        required=False,
        label=_("Who decided what happened?"),
        choices=[(key, label) for key, (label, _point) in DECIDED.items()],
        widget=forms.RadioSelect,
    )
    decided_point = forms.CharField(required=False, widget=forms.HiddenInput, max_length=11)
    heard, seen, known = (
        forms.ChoiceField(
            required=False,
            label=label,
            choices=[(n, str(n)) for n in range(1, 6)],
            widget=forms.RadioSelect,
        )
        for label, _low, _high in SCALES.values()
    )
    perspective = forms.ChoiceField(
        required=False,
        label=_("Who are you in this story?"),
        choices=[SKIPPED, *((p.value, p.label) for p in TELLERS)],
        widget=forms.RadioSelect,
    )
    secrecy = forms.BooleanField(required=False, widget=forms.HiddenInput)  # asked by DutyForm, on a page of its own
    told_for = forms.ChoiceField(
        required=False,
        label=_("Do you tell about yourself, or for somebody else?"),
        choices=[SKIPPED, *ToldFor.choices],
        widget=forms.RadioSelect,
    )
    with_help = forms.ChoiceField(
        required=False,
        label=_("Could they tell it themselves, if somebody helps?"),
        help_text=_(
            "Only when you tell for somebody else. You can help: read the questions aloud, type what they say in their "
            "own words, and let them choose what is sent."
        ),
        choices=[SKIPPED, *WithHelp.choices],
        widget=forms.RadioSelect,
    )
    age_band = forms.ChoiceField(
        required=False,
        label=_("How old is the child or young person it is about?"),
        choices=[SKIPPED, *AgeBand.choices],
    )
    region = forms.ModelChoiceField(
        Area.objects.none(),
        required=False,
        label=_("In which youth region was it?"),
        help_text=_("A region is big. We never ask for your town or village."),
        empty_label=SKIPPED[1],
        to_field_name="code",
    )
    form_of_help = forms.ChoiceField(
        required=False, label=_("What kind of help?"), choices=[SKIPPED, *FormOfHelp.choices]
    )
    themes = Themes(
        Theme.objects.all(),
        required=False,
        label=_("What is it about?"),
        help_text=_("Choose as many as you like."),
        widget=forms.CheckboxSelectMultiple,
        template_name="stories/parts/themes.html",
        to_field_name="slug",
    )
    audience = forms.ChoiceField(
        required=False,
        label=_("Who may read it?"),
        help_text=_(
            "If you choose nothing, only the support centre reads it. You can change this later with your code."
        ),
        choices=Audience.choices,
        widget=forms.RadioSelect,
    )
    quotable = forms.ChoiceField(
        required=False,
        label=_("May we quote a sentence of it in a letter to a municipality?"),
        help_text=_("Never with your name: we do not have it. If you choose nothing, we do not quote."),
        choices=[("yes", _("Yes")), ("ask", _("Ask me first")), ("no", _("No"))],
        widget=forms.RadioSelect,
    )
    when = forms.ChoiceField(
        required=False,
        label=_("When do we send it to the support centre?"),
        choices=[("later", ""), ("now", _("At once"))],
        widget=forms.RadioSelect,
        help_text=_("When a story tells of danger it is sent at once, so that somebody sees it soon."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        region = self.fields["region"]
        assert isinstance(region, forms.ModelChoiceField)
        region.queryset = _regions()
        later = _("After %(hours)s hours. Until then only you can see it, with your code")
        offer(self, "when", [("later", str(later) % {"hours": settings.OWN_TIME_HOURS}), ("now", _("At once"))])
        if get_language() != DUTCH:
            self.fields["when"].help_text = _(
                "Are you in danger? We may not see that in this language. Choose “at once”, and call 112."
            )
        for field in self.fields.values():
            field.widget.attrs["autocomplete"] = "off"

    @property
    def scales(self) -> list[tuple[forms.BoundField, Any, Any]]:
        """Each question with five steps, and the words at its two ends."""
        return [(self[name], low, high) for name, (_label, low, high) in SCALES.items()]

    def clean_decided_point(self) -> tuple[int, int, int] | None:
        """The point that was set in the triangle, as "me,family,professionals"; what makes no sense is left out."""
        parts = self.cleaned_data["decided_point"].split(",")
        if len(parts) != 3 or not all(part.isascii() and part.isdigit() and len(part) < 4 for part in parts):
            return None
        me, family, professionals = (int(part) for part in parts)
        return (me, family, professionals) if me + family + professionals == 100 else None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("perspective") == Perspective.PROFESSIONAL and not cleaned.get("secrecy"):
            self.add_error("secrecy", UNTICKED)
        return cleaned

    def answers(self, **texts: str) -> Answers:
        """What was filled in; `texts` (body, helped, feeling) take the place of the texts as typed."""
        cleaned = self.cleaned_data
        scales = {name: int(cleaned[name]) if cleaned[name] else None for name in SCALES}
        # Setting a point takes the sentence away, so a sentence beside a point was chosen after it.
        point = DECIDED[cleaned["decided"]][1] if cleaned["decided"] else cleaned["decided_point"]
        return Answers(
            body=texts.get("body", cleaned["body"]),
            language=language_of(cleaned["body"], get_language() or DUTCH),
            helped=texts.get("helped", cleaned["helped"]),
            feeling=texts.get("feeling", cleaned["feeling"]),
            audience=cleaned["audience"] or Audience.SUPPORT,
            quotable=cleaned["quotable"] or "no",
            perspective=cleaned["perspective"],
            told_for=cleaned["told_for"],
            with_help=cleaned["with_help"],
            age_band=cleaned["age_band"],
            region=cleaned["region"],
            form_of_help=cleaned["form_of_help"],
            themes=tuple(cleaned["themes"]),
            decided=point,
            heard=scales["heard"],
            seen=scales["seen"],
            known=scales["known"],
        )


class AnewForm(TellForm):
    """The same form with what was told in it, to change and send again. `version` is of the text that it began with."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=32_000)

    def __init__(self, *args: Any, story: Story, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if story.status != Status.OWN_TIME:  # it goes back to the support centre at once
            del self.fields["when"]


def as_told(story: Story) -> dict[str, Any]:
    """What was told and answered, as the form asks for it."""
    decided = (story.decided_me, story.decided_family, story.decided_professionals)
    sentence = next((key for key, (_label, point) in DECIDED.items() if point == decided), "")
    same = ("perspective", "told_for", "with_help", "age_band", "form_of_help", "audience", "quotable", "version")
    return {
        **{name: getattr(story, f"raw_{name}") or "" for name in TEXTS},
        **{name: getattr(story, name) for name in (*same, *SCALES)},
        "decided": sentence,
        "decided_point": "" if sentence or None in decided else ",".join(map(str, decided)),
        "region": story.region.code if story.region else "",
        "themes": list(story.themes.values_list("slug", flat=True)),
    }


@dataclass(frozen=True)
class Blank:
    """The questions before anything is answered. Equal ones look the same in one language, so a page keeps them."""

    regions: tuple[tuple[str, str], ...]
    themes: tuple[tuple[str, str], ...]
    hours: int

    @property
    def form(self) -> TellForm:
        form = TellForm()
        offer(form, "region", [SKIPPED, *self.regions])
        offer(form, "themes", [(slug, in_words(name)) for slug, name in self.themes])
        return form


def blank() -> Blank:
    """What there is to choose from now; two queries."""
    regions, themes = _regions().values_list("code", "name"), Theme.objects.values_list("slug", "name")
    return Blank(tuple(regions), tuple(themes), settings.OWN_TIME_HOURS)


def _regions() -> QuerySet[Area]:
    return Area.objects.youth_regions().current()


TEXTS = ("body", "helped", "feeling")
