"""What members of a team fill in."""

import datetime as dt
import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from actionteams.models import Change, Membership, Step, Success, Team
from core.forms import Tidy
from core.ids import ALPHABET, LENGTH
from core.text import tidy
from movement.models import Area, AreaQuerySet, DreamEdition, DreamSentence, Member, Value
from stories.models import Story

LONG = 4000  # characters; about two pages


def day_field(**kwargs: Any) -> forms.DateField:
    """A day, in the browser's own picker."""
    return forms.DateField(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **kwargs)


class JoinForm(Tidy, forms.ModelForm):
    class Meta:
        model = Membership
        fields = ["motivation"]
        widgets = {"motivation": forms.Textarea(attrs={"rows": 4, "maxlength": 300})}
        help_texts = {"motivation": _("One or two sentences. Members of the team read it.")}


class StepForm(Tidy, forms.ModelForm):
    trying = forms.CharField(
        label=_("What do we try?"),
        max_length=LONG,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Small enough to begin this week. Everybody can read this: no names."),
    )
    look_back_on = day_field(
        label=_("When do we look back?"), help_text=_("On that day the hosts of the team get a reminder.")
    )

    class Meta:
        model = Step
        fields = ["question", "trying", "with_whom", "look_back_on", "stops_something"]

    def clean_look_back_on(self) -> dt.date:
        day: dt.date = self.cleaned_data["look_back_on"]
        today = timezone.localdate()
        if not today < day <= today + dt.timedelta(days=366):
            raise ValidationError(_("Choose a day from tomorrow on, within a year."))
        return day


class LookBackForm(Tidy, forms.ModelForm):
    saw = forms.CharField(
        label=_("What did we see?"), max_length=LONG, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("What happened, also when it was nothing."),
    )  # fmt: skip
    learned = forms.CharField(
        label=_("What did we learn?"), max_length=LONG, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("This stands in the thread of every story that you took up. No names."),
    )  # fmt: skip
    outcome = forms.ChoiceField(label=_("And now?"), choices=Step.Outcome.choices, widget=forms.RadioSelect)
    dream_check = forms.ChoiceField(
        label=_("Does this still serve the dream?"), choices=Step.DreamCheck.choices, widget=forms.RadioSelect
    )

    class Meta:
        model = Step
        fields = ["saw", "learned", "outcome", "dream_check"]


class SuccessForm(Tidy, forms.ModelForm):
    kind = forms.ChoiceField(
        label=_("What was it?"), choices=Success.Kind.choices, initial=Success.Kind.SUCCESS, widget=forms.RadioSelect
    )

    class Meta:
        model = Success
        fields = ["kind", "text"]
        widgets = {"text": forms.Textarea(attrs={"rows": 4, "maxlength": 300})}
        help_texts = {"text": _("What did somebody do, and what did it bring? No names.")}


class ChangeForm(Tidy, forms.ModelForm):
    since = day_field(label=_("Since when?"), help_text=_("Only the month is shown."))

    class Meta:
        model = Change
        fields = ["text", "since"]
        widgets = {"text": forms.Textarea(attrs={"rows": 4, "maxlength": 300})}
        help_texts = {"text": _("Something that people can notice. The tellers of your stories are asked about it.")}

    def clean_since(self) -> dt.date:
        day: dt.date = self.cleaned_data["since"]
        if day > timezone.localdate():
            raise ValidationError(_("That is still to come. Write it down when it is there."))
        return day


class TeamForm(Tidy, forms.ModelForm):
    class Meta:
        model = Team
        fields = ["name", "question", "sentence", "values", "theme", "change_task", "area", "what", "how", "why"]
        widgets = {
            "what": forms.Textarea(attrs={"rows": 4}),
            "how": forms.Textarea(attrs={"rows": 4}),
            "why": forms.Textarea(attrs={"rows": 4}),
            "learned": forms.Textarea(attrs={"rows": 4}),
            "sentence": forms.RadioSelect,
            "values": forms.CheckboxSelectMultiple,
        }
        help_texts = {"question": _("One question that you want to find out by trying.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        edition = DreamEdition.objects.first()
        own = self.instance.sentence.edition_id if self.instance.pk else None
        editions = {edition.pk if edition else None, own}
        self.fields["sentence"] = forms.ModelChoiceField(
            label=_("Which sentence of the dream do you work on?"),
            queryset=DreamSentence.objects.filter(edition__in=editions - {None}),
            widget=forms.RadioSelect,
            empty_label=None,
        )
        self.fields["values"].label = _("Which values matter most?")
        values, area = self.fields["values"], self.fields["area"]
        assert isinstance(values, forms.ModelMultipleChoiceField)
        assert isinstance(area, forms.ModelChoiceField)
        values.queryset = Value.objects.filter(edition__in=editions - {None})
        self.fields["theme"].label = _("Theme")
        self.fields["change_task"].label = _("Change task")
        self.fields["theme"].help_text = _("Choose a theme, a change task, or both.")
        self.fields["area"].label = _("Where?")
        area.queryset = areas_of_teams()

    def validate_unique(self) -> None:
        """Whether the name is free the action says, which knows a second click."""

    def clean(self) -> dict[str, Any]:
        for name in ("what", "how", "why", "learned"):  # first: what is too long is not looked through
            if len(tidy(self.cleaned_data.get(name) or "")) > LONG:
                self.add_error(name, _("This is longer than two pages. Make it shorter."))
        data = super().clean()
        if not data.get("theme") and not data.get("change_task"):
            self.add_error("theme", _("Choose a theme or a change task."))
        return data


class EditTeamForm(TeamForm):
    class Meta(TeamForm.Meta):
        fields = [*TeamForm.Meta.fields, "learned"]


class EndForm(Tidy, forms.Form):
    """The goodbye of a team, after which its page only can be read."""

    learned = forms.CharField(
        label=_("What did you learn?"),
        help_text=_("This stays on your page, for the next ones. Name nobody."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Write at least one sentence. It is what stays of your work.")},
    )
    sure = forms.BooleanField(
        label=_("We decided this together, and know that nothing can be added after this."),
        error_messages={"required": _("Tick this when you are sure. The team still goes on.")},
    )


_ADDRESS = re.compile(rf"(?:^|/verhalen/)([{ALPHABET}]{{{LENGTH}}})(?:/|[?#]|$)")


class TakeUpForm(forms.Form):
    """The address of a story, as copied from the browser."""

    story = forms.CharField(
        label=_("Address of the story"),
        max_length=300,
        help_text=_("Open the story, and copy the address from the top of your browser."),
    )

    def __init__(self, *args: Any, reader: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reader = reader

    def clean_story(self) -> Story:
        found = _ADDRESS.search(tidy(self.cleaned_data["story"]))
        story = Story.objects.visible_to(self.reader).filter(public_id=found[1]).first() if found else None
        if story is None:
            raise ValidationError(_("We know no published story at this address. Copy it again from the story's page."))
        return story


def areas_of_teams() -> AreaQuerySet:
    """The country and the youth regions: fine enough to find each other."""
    return Area.objects.current().filter(kind__in=[Area.Kind.COUNTRY, Area.Kind.YOUTH_REGION]).order_by("kind", "name")
