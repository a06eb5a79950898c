"""What a coordinator fills in about a story. One form per verb of the desk; the choices are read once and shared."""

from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Any, NamedTuple

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import Tidy, offer
from core.languages import IN_WORDS
from core.text import tidy
from movement.models import Initiative, Theme
from stories.actions.deciding import agreed_edit, newest_edit
from stories.actions.quoting import NOT_THERE, sentences
from stories.actions.tending import DANGER_STEPS
from stories.forms.marks import Choice, Review, left_alone
from stories.models import DangerNote, EditProposal, HouseRule, Quote, Story
from stories.models.quote import MOST_OF_ONE
from stories.recognisable import answered
from stories.recogniser import find_marks

TITLE = 120  # characters
_SEVERITY = dict(HouseRule.Severity.choices)


class Choices(NamedTuple):
    """What can be chosen on the desk, each list fetched once for all forms of a page."""

    rules: Sequence[HouseRule] = ()
    themes: Sequence[Theme] = ()
    initiatives: Sequence[Initiative] = ()
    quotes: Sequence[Quote] = ()
    texts: Mapping[str, str] | None = None  # where an edit begins: the texts with the choices for the marks
    marks: Sequence[Choice] | None = None  # what was found in the texts as told


class Tick(NamedTuple):
    """A box of a list to tick; `words` of the story that point at it."""

    value: str
    label: str
    ticked: bool
    words: str


class DeskForm(Tidy, forms.Form):
    """Knows its story and the choices; `slug` fields become objects."""

    def __init__(self, *args: Any, story: Story, choices: Choices, **kwargs: Any) -> None:
        self.story = story
        self.choices = choices
        # Of a list to tick: what the story's own words point at, by its value, with those words.
        self.pointed: Mapping[str, Mapping[str, Sequence[str]]] = {}
        kwargs.setdefault("prefix", None)
        kwargs.setdefault("auto_id", f"{type(self).__name__.lower()}_%s")
        super().__init__(*args, **kwargs)
        offer(self, "rules", ((rule.slug, f"{_SEVERITY[rule.severity]}: {rule}") for rule in choices.rules))
        offer(self, "themes", ((theme.slug, _named(theme)) for theme in choices.themes))
        offer(self, "initiative", chain([("", "—")], ((one.public_id, one.name) for one in choices.initiatives)))
        if "heavy" in self.fields:
            self.initial.setdefault("heavy", self._weight())

    def rule_boxes(self) -> tuple[list[Tick], list[Tick]]:
        return self._boxes("rules")

    def theme_boxes(self) -> tuple[list[Tick], list[Tick]]:
        return self._boxes("themes")

    def _boxes(self, name: str) -> tuple[list[Tick], list[Tick]]:
        """What is ticked or what the story's own words point at, the latter with those words; and the rest."""
        words, chosen = self.pointed.get(name, {}), {str(value) for value in self[name].value() or ()}
        field: Any = self.fields[name]  # of choices, which not every field has
        boxes = [
            Tick(value, label, value in chosen, "" if value in chosen else ", ".join(words.get(value, ())))
            for value, label in field.choices
        ]
        first = [one for one in boxes if one.ticked or one.words]
        return first, [one for one in boxes if one not in first]

    def _weight(self) -> str:
        """What was said; before that what the themes say, unless a signal of danger asks for somebody's own word."""
        heavy = self.story.heavy_said
        if heavy is None and self.fields["heavy"].required and self.story.danger == Story.Danger.NONE:
            heavy = any(theme.heavy and getattr(theme, "chosen", False) for theme in self.choices.themes)
        return "" if heavy is None else "yes" if heavy else "no"

    def clean_rules(self) -> list[HouseRule]:
        return [rule for rule in self.choices.rules if rule.slug in self.cleaned_data["rules"]]

    def clean_themes(self) -> list[Theme]:
        return [theme for theme in self.choices.themes if theme.slug in self.cleaned_data["themes"]]

    def clean_initiative(self) -> Initiative:
        return next(one for one in self.choices.initiatives if one.public_id == self.cleaned_data["initiative"])


def _named(theme: Theme) -> str:
    return f"{theme} ({_('heavy')})" if theme.heavy else str(theme)


def _rules(label: Any, *, required: bool) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(label=label, required=required, widget=forms.CheckboxSelectMultiple)


def _heavy(*, required: bool = True) -> forms.TypedChoiceField:
    """Whether readers are warned first: a person's word, whatever our own signals of danger heard."""
    return forms.TypedChoiceField(
        label=_("Is it heavy to read?"),
        choices=[("no", _("No, anybody may come across it")), ("yes", _("Yes, warn readers first"))],
        required=required, widget=forms.RadioSelect, coerce=lambda value: value == "yes", empty_value=None,
        help_text=_("A heavy story is shown to who asked for it, with help lines. A heavy theme does this by itself."),
    )  # fmt: skip


def _text(label: Any, *, rows: int, required: bool = True, help_text: Any = "") -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, required=required, max_length=20_000, widget=widget, help_text=help_text)


class ClaimForm(DeskForm):
    from_reader = forms.CharField(required=False, max_length=10, widget=forms.HiddenInput)


class NothingForm(DeskForm):
    """For a verb that needs nothing but the button."""


class AskForm(DeskForm):
    text = _text(_("Your question"), rows=4, help_text=_("The teller reads this behind the code. Ask one thing."))
    rules = _rules(_("About which house rule?"), required=False)


class ReadForm(DeskForm):
    """For a verb about the teller's words: how often they had written when the page was made."""

    seen = forms.IntegerField(required=False, max_value=2**31, widget=forms.HiddenInput)

    def clean_seen(self) -> int:
        return self.cleaned_data["seen"] or 0


class WriteForm(ReadForm):
    text = _text(_("What do you write?"), rows=4, help_text=_("The teller reads this behind the code."))


class TitledForm(DeskForm):
    title = forms.CharField(label=_("Title"), max_length=TITLE)


class TicksField(forms.MultipleChoiceField):
    """Boxes to tick, of which some may be gone since the page was made: a tick for what is not there says nothing."""

    widget = forms.CheckboxSelectMultiple

    def valid_value(self, value: str) -> bool:
        return True


class PublishForm(TitledForm):
    """As the teller wrote it, or as they agreed to; each mark in the former asks for somebody's own look."""

    heavy = _heavy()
    stays = TicksField(
        label=_("Looked at, and may stay"), required=False,
        help_text=_("Tick each by which nobody can be recognised. Can somebody be? Then propose an edit."),
    )  # fmt: skip

    def __init__(self, *args: Any, story: Story, choices: Choices, **kwargs: Any) -> None:
        edit = agreed_edit(story)
        kwargs.setdefault("initial", {"title": edit.title if edit else story.title})
        super().__init__(*args, story=story, choices=choices, **kwargs)
        self.open: Sequence[Choice] = ()
        if edit:
            self.fields["title"].disabled = True  # the teller agreed to this one
        elif choices.marks is not None and not self.is_bound:
            self.open = choices.marks
        else:
            told = {"body": story.raw_body, "helped": story.raw_helped, "feeling": story.raw_feeling}
            texts = {"title": (self.data.get("title") or "")[:TITLE], **told}  # a longer one is refused for that
            self.open = Review({name: tidy(str(text)) for name, text in texts.items() if text}, {}).open
        offer(self, "stays", [(one.key, f"“{one.text}” ({one.label})") for one in self.open])
        if not self.open:
            del self.fields["stays"]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        looked = data.pop("stays", ())
        if words := [f"“{one.text}”" for one in self.open if one.key not in looked]:
            text = _(
                "Somebody may be recognised by: %(words)s. Propose an edit without it, or tick it when you looked."
            )
            self.add_error("stays", text % {"words": ", ".join(words)})
        return data


class ProposeForm(TitledForm):
    body = _text(_("What happened"), rows=12)
    helped = _text(_("What helped, or would have helped"), rows=4, required=False)
    feeling = _text(_("How it felt"), rows=3, required=False)
    leave_out = forms.MultipleChoiceField(
        label=_("What do you leave out beside the text?"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("The teller sees it crossed out. When they agree it is taken off the story for good."),
    )  # fmt: skip
    heavy = _heavy()
    why = _text(
        _("Why do you change this?"), rows=3, help_text=_("For the teller. Say it kindly and in a few short sentences.")
    )
    rules = _rules(_("Which house rules does your edit solve?"), required=True)
    original = forms.BooleanField(
        label=_("What the teller wrote may stand beside it. Nobody can be recognised in that either."),
        help_text=_("Only when you can read it, or an interpreter read it. The teller decides."),
        required=False,
    )
    looked = forms.BooleanField(label=_("We looked: nobody can be recognised by these words."), required=False)

    def __init__(self, *args: Any, story: Story, choices: Choices, **kwargs: Any) -> None:
        newest = newest_edit(story)
        told = {"body": story.raw_body, "helped": story.raw_helped, "feeling": story.raw_feeling}
        texts = choices.texts
        if not story.is_dutch:  # a translation begins with the one before it, or empty
            texts = {name: str((getattr(newest, name) if newest else "") or "") for name in told}
        elif texts is None and not args:  # what was sent needs no beginning
            texts = Review({name: str(text) for name, text in told.items() if text}, {}).texts()
        begun = {name: (texts or {}).get(name, "") for name in told}
        kwargs.setdefault("initial", {"title": (newest.title if newest else "") or "", **begun})
        kwargs["initial"].setdefault("leave_out", newest.leave_out if newest else [])
        super().__init__(*args, story=story, choices=choices, **kwargs)
        beside = [(name, f"{EditProposal.Answered(name).label}: {word}") for name, word in answered(story).items()]
        offer(self, "leave_out", beside)
        if not beside:
            del self.fields["leave_out"]
        if story.is_dutch:
            del self.fields["original"]
        else:
            self.fields["rules"].required = self.fields["why"].required = False
            self.fields["why"].label = _("What do you want to say about it?")
        if not self.is_bound:
            del self.fields["looked"]

    def clean(self) -> dict[str, Any]:
        """A word by which somebody may be recognised and that the teller did not leave there is asked about."""
        data = super().clean()
        looked = data.pop("looked", False)
        if words := self._strange(data):
            if not looked:
                found = ", ".join(f"“{word}”" for word in words)
                text = _("Somebody may be recognised by: %(words)s. Take it out, or tick this when you looked.")
                self.add_error("looked", text % {"words": found})
        else:
            del self.fields["looked"]  # nothing was asked
        return data

    def _strange(self, data: dict[str, Any]) -> list[str]:
        """What the check finds and a Dutch teller did not write; in a translation all that it finds."""
        texts = [str(data.get(name) or "") for name in ("title", "body", "helped", "feeling")]
        marks = [mark for text in texts for mark in find_marks(text)]
        left = left_alone(marks)
        story = self.story
        told = f"{story.raw_body}\n{story.raw_helped}\n{story.raw_feeling}".casefold() if story.is_dutch else ""
        found = [mark.text for mark in marks if mark.kind not in left and mark.text.casefold() not in told]
        return list(dict.fromkeys(found))


class RefuseForm(DeskForm):
    rules = _rules(_("For which reason?"), required=True)
    statement = _text(
        _("What do you tell the teller?"), rows=4,
        help_text=_("They read this behind the code. Say which rule it is, and what they can still do."),
    )  # fmt: skip


class DangerForm(ReadForm):
    steps = forms.MultipleChoiceField(
        label=_("What was done?"), choices=list(DANGER_STEPS.items()), widget=forms.CheckboxSelectMultiple,
        required=False,
    )  # fmt: skip
    to_whom = forms.ChoiceField(
        label=_("With whom did you speak?"), choices=[("", "—"), *DangerNote.Whom.choices], required=False
    )
    said = forms.CharField(
        label=_("What was said?"), required=False, max_length=5000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Kept locked, and erased together with the text of the story."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("said") and not data.get("to_whom"):
            self.add_error("to_whom", _("Say with whom."))
        if data.get("to_whom") and not data.get("said"):
            self.add_error("said", _("Write in a sentence what was said."))
        return data


class DangerNoteForm(DangerForm):
    """The same, while the clock runs on: there is something to keep."""

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        data.pop("seen", None)  # what was done is kept, whatever the teller wrote since
        if not self.errors and not data.get("steps") and not data.get("said"):
            self.add_error("steps", _("Tick at least one thing that was done."))
        return data


class ThemesForm(DeskForm):
    themes = forms.MultipleChoiceField(label=_("Themes"), required=False, widget=forms.CheckboxSelectMultiple)
    heavy = _heavy(required=False)


class LanguageForm(DeskForm):
    language = forms.ChoiceField(label=_("In which language was it told?"), choices=list(IN_WORDS.items()))


class ReasonsForm(DeskForm):
    rules = _rules(_("What stands open in this story?"), required=False)


class LinkForm(DeskForm):
    initiative = forms.ChoiceField(label=_("Initiative"))
    why = forms.CharField(
        label=_("Why do they belong together?"), max_length=200, required=False, help_text=_("Readers see this.")
    )


class UnlinkForm(DeskForm):
    initiative = forms.ChoiceField(label=_("Initiative"), widget=forms.HiddenInput)


class QuoteForm(DeskForm):
    """One of the sentences of the text that can be read on the site."""

    sentence = forms.ChoiceField(
        label=_("Which sentence?"), widget=forms.RadioSelect, error_messages={"invalid_choice": NOT_THERE}
    )

    def __init__(self, *args: Any, story: Story, choices: Choices, **kwargs: Any) -> None:
        super().__init__(*args, story=story, choices=choices, **kwargs)
        chosen = () if self.is_bound else {quote.text for quote in choices.quotes}
        self.full = len(choices.quotes) >= MOST_OF_ONE
        self.left = [one for one in sentences(story) if one not in chosen]
        offer(self, "sentence", ((one, one) for one in self.left))


class UnquoteForm(DeskForm):
    quote = forms.CharField(max_length=10, widget=forms.HiddenInput)
