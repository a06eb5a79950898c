"""The forms behind the code."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.forbidden import holds_forbidden
from stories import codewords
from stories.forms.telling import MOST_BESIDE, StoryText
from stories.models import Audience


class AnyWords(forms.CharField):
    """Asked for, yet never refused here: a code that is empty takes the same way as one that is wrong."""

    def validate(self, value: str) -> None:
        pass


class Kept(forms.CharField):
    """Text that goes along unseen: as long as it is, and without the one sign that no form takes."""

    widget = forms.HiddenInput

    def to_python(self, value: Any) -> str:
        return str(value or "").replace("\0", "")

    def prepare_value(self, value: Any) -> str:
        return self.to_python(value)


class CodeForm(forms.Form):
    """Five words. Whether they are a code is for the view to find out, in the same way for every input."""

    code = AnyWords(
        label=_("Your five words"),
        help_text=_("Capitals, spaces and hyphens do not matter."),
        widget=forms.TextInput(
            attrs={
                "lang": "nl",
                "dir": "ltr",
                "autocomplete": "off",
                "autocapitalize": "none",
                "autocorrect": "off",
                "spellcheck": "false",
            }
        ),
    )
    # What was being written when the time behind the code was over; never shown on this page.
    kept = Kept(required=False)


class CardForm(forms.Form):
    """The five words to draw. It takes words of the list, now or before, and never asks whether they are a code."""

    words = forms.CharField(max_length=200)

    def clean_words(self) -> list[str]:
        words = codewords.typed(self.cleaned_data["words"])
        if len(words) != codewords.WORDS_IN_CODE or not codewords.known().issuperset(words):
            raise ValidationError("not five words")
        return words


class Behind(forms.Form):
    """A part of the page behind the code. All parts belong to the one form with the id `mine`, so that every button
    takes along what was typed anywhere on the page, and another language loses none of it.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs["form"] = "mine"


class AnswerForm(Behind):
    text = StoryText(
        most=MOST_BESIDE,
        rows=5,
        label=_("Your answer"),
        error_messages={"required": _("There is no answer here yet. One sentence is enough.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].widget.attrs["autocomplete"] = "off"


class WriteForm(Behind):
    """To the support centre, wherever the story stands."""

    message = StoryText(
        most=MOST_BESIDE,
        rows=4,
        label=_("What do you want to say or ask?"),
        error_messages={"required": _("There is nothing here yet. One sentence is enough.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["message"].widget.attrs["autocomplete"] = "off"


class ProposalForm(Behind):
    """Agree, or say no and what should be different."""

    agree = forms.ChoiceField(
        label=_("Your answer"),
        choices=[("yes", "yes"), ("no", "no")],
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Choose one of the two buttons below.")),
    )
    original = forms.BooleanField(
        required=False,
        label=_("What I wrote myself may stand beside it."),
        help_text=_("Then everybody can read your own words too. You can take that back later."),
    )
    note = StoryText(
        most=MOST_BESIDE,
        rows=3,
        required=False,
        label=_("What should be different?"),
        help_text=_("Only when you do not agree. The support centre then makes a new text."),
    )


class OwnForm(Behind):
    """No longer the own words beside the translation; the other way goes by agreeing to a translation."""

    answer = forms.ChoiceField(choices=[("no", "no")], widget=forms.HiddenInput)


class ReachForm(Behind):
    email = forms.EmailField(
        label=_("Your e-mail address"),
        help_text=_("It is not shown again, here neither."),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
        error_messages=dict.fromkeys(("required", "invalid"), _("Type a whole address, such as name@example.org.")),
    )

    def clean_email(self) -> str:
        email = str(self.cleaned_data["email"])
        if holds_forbidden(email):
            raise ValidationError(_("There is a BSN or bank account number in this address. Type another one."))
        return email


class ReadForm(Behind):
    answer = forms.ChoiceField(label=_("Who may read it?"), choices=Audience.choices, widget=forms.RadioSelect)


class QuoteForm(Behind):
    answer = forms.ChoiceField(
        label=_("May we quote a sentence of it in a letter to a municipality?"),
        choices=[("yes", _("Yes")), ("ask", _("Ask me first")), ("no", _("No"))],
        widget=forms.RadioSelect,
    )


class WithdrawForm(forms.Form):
    sure = forms.BooleanField(
        label=_("Yes, take my whole story away"),
        error_messages={"required": _("Tick this when you are sure. Nothing has been taken away yet.")},
    )
