"""A BSN or an account in any field of any form, in an address or in the name of a file: it is nowhere afterwards.

What a browser sends by itself (`hidden`, `silent`) is tried as well, and the question behind the address of a form. A
form that is made tomorrow is tried by itself; what an encrypted column holds is looked into.
"""

from collections.abc import Iterator
from urllib.parse import urlencode

import pytest
from django.core.exceptions import ValidationError

from movement.account_forms import AddPasskeyForm
from stories.actions.saving import save_search
from stories.forms.code import ReachForm
from stories.forms.desk import Choices, ProposeForm
from stories.states import NotYet
from tests.forms_of import CODE, EMAIL, LINE, TEXT, Form, forms, knock
from tests.rows import everything
from tests.stories.factory import a_story
from tests.test_bad_input import holds_number

__all__ = ["forms"]  # a fixture

BSN, IBAN = "111222333", "NL91ABNA0417164300"
BOTH = f"{BSN} en {IBAN}"
REFUSED = "Er staat nog een BSN of rekeningnummer in. Haal het eruit."
TYPED = {TEXT: BOTH, LINE: BOTH, CODE: BOTH, EMAIL: f"{BSN}@example.org"}


class Asked(Form):
    """The same form, sent to its address with a question in it."""

    question = {"q": BSN, "naam": IBAN}

    @property
    def url(self) -> str:
        return f"{super().url}?{urlencode(self.question)}"


def with_a_number(form: Form, before: dict) -> Iterator[tuple[str, dict]]:
    """Where the numbers stood, and all that was in the database after it.

    All fields at once, and when it was not said at each of them that it is refused, each of them alone.
    """
    filled, typed = dict(form.filled), {name: TYPED[kind] for name, kind in form.kinds.items() if kind in TYPED}
    if typed:
        answer = knock(form, filled | typed, before)
        yield "every field", answer.rows
        alone = answer.page.count(REFUSED) < len(typed)
        for name, value in typed.items() if alone and len(typed) > 1 else ():
            yield name, knock(form, filled | {name: value}, before).rows
    if by_itself := [*form.hidden, *form.silent]:
        yield ", ".join(by_itself), knock(form, filled | dict.fromkeys(by_itself, BOTH), before).rows
    named = {name: (f"{BSN} {IBAN}.csv", value[1]) for name, value in filled.items() if isinstance(value, tuple)}
    asked = Asked(**{name: getattr(form, name) for name in form.__dataclass_fields__})
    yield "the address, and the name of a file", knock(asked, filled | named, before).rows


def test_no_form_keeps_a_bsn_or_an_account_wherever_it_is_typed(forms):
    before = everything()
    kept = {
        f"{form}: {place} is kept in {table}.{column}"
        for form in forms
        for place, rows in with_a_number(form, before)
        for (table, key), row in rows.items()
        if before.get((table, key)) != row
        for column, value in row.items()
        if isinstance(value, str | list | dict) and holds_number(str(value))
    }
    assert not kept, "\n".join(sorted(kept))


def test_a_search_with_a_number_in_it_is_not_kept_and_says_why(parent):
    with pytest.raises(NotYet, match="zoekvraag"):
        save_search(asked=urlencode({"q": f"bellen {BSN}"}), actor=parent)
    assert save_search(asked="q=bellen+op+12-03-2025", actor=parent).asked


def test_an_address_for_mail_with_a_number_in_it_is_refused_beside_its_field():
    form = ReachForm({"email": f"{BSN}@example.org"})
    assert "BSN of rekeningnummer" in form.errors["email"][0]
    assert ReachForm({"email": "jan.2009@example.org"}).is_valid()


def test_the_name_of_a_passkey_holds_no_number(parent):
    form = AddPasskeyForm(user=parent)
    form.cleaned_data = {"name": f"telefoon {BSN}"}
    with pytest.raises(ValidationError, match="BSN"):
        form.clean_name()


def test_a_translation_with_a_number_in_it_is_refused(db):
    story = a_story(language="pl", raw_body="Mieszkałem w domu dziecka.")
    form = ProposeForm({"title": "Een huis", "body": f"Ik woonde in een huis, {BSN}.", "why": "vertaald"}, story=story,
                       choices=Choices())  # fmt: skip
    assert "BSN of rekeningnummer" in str(form.errors["body"])
