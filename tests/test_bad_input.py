"""Every form of the house with everything that does not belong in it: it says no beside the cause, or takes it whole.

Never broken, never half-written, an error in Dutch next to its field, and what was typed is still on the page.
"""

import html
import json
import re
from collections.abc import Iterator
from functools import lru_cache

import pytest

from core.encryption import decrypt
from core.text import tidy
from stories.views.desk import VERBS
from tests.forms_of import CHOICE, CODE, DAY, EMAIL, LINE, MANY, TEXT, YES, Answer, Form, forms, knock
from tests.rows import everything, written
from tests.test_doors import TABLE

__all__ = ["forms"]  # a fixture

# Making the house takes as long as thirty forms, so it is made twice: the desk has nearly half of them.
WHO = [["coordinator"], ["stranger", "teller", "member", "host", "analyst"]]
# Some hold several sorts of harm: one round through the house costs as much as all its forms.
TEXTS = {
    "nothing": "",
    "only what nobody sees": " \u200b\u2060\ufeff\t\r\n",
    "bytes and a NUL": bytes(range(256)).decode("latin-1"),
    "half a sign, right to left, no width, emoji, a script and a header": (
        "een \ud800 \u202enetxet\u202c مرحبا on\u200bzicht\ufeff 👩‍👧‍👦"
        "</textarea><script>alert(1)</script>'\"><img src=x onerror=x()>{{ 7*7 }}\r\nBcc: a@b.nl"
    ),
    "one long word": "a" * 19_000,
}
NUMBERS = "De school gaf 111222333 en NL91ABNA0417164300"  # never stored, and no address either
CHOICES = {"unknown": "koning", "no text": "\x00\ud800\u202e", "more than a column holds": "9" * 5000}
DAYS = ["gisteren", "2026-02-30", "99999-12-31", "9999-12-31", "0001-01-01", "\x00"]
# Nothing that a browser would say of a passkey.
KEYS = (
    "[]", "null", "7", '{"id": 1, "response": []}', "[" * 100_000, "1" * 5000, '{"a": "\\u0000"}',
    json.dumps({"id": "AAAA", "rawId": "AAAA", "type": "public-key", "response": {
        "clientDataJSON": "AAAA", "attestationObject": "AAAA", "authenticatorData": "AAAA", "signature": "AA",
        "userHandle": "OTk5OTk5OTk5OTk5OTk5OTk5OTk5"}}),
)  # fmt: skip
HUGE = "woord " * 340_000  # 2 MB

# Words of an error that was not put into Dutch.
ENGLISH = re.compile(r"\b(?:the|this|that|is not|ensure|enter|select|valid|required|field|characters)\b", re.IGNORECASE)
UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffd]+")
NEVER_STORED = re.compile("[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u200b\u202a-\u202e\u2060\ufeff]")


@pytest.mark.long
@pytest.mark.parametrize("who", WHO, ids=["the desk", "everybody else"])
def test_no_form_breaks_or_writes_half_or_loses_what_was_typed(forms, who):
    before, wrong = everything(), []
    for form in (one for one in forms if one.who in who):
        right = knock(form, form.filled, before)
        if right.status not in form.good:
            wrong.append(f"{form}: filled in as it should be it answers {right.status}")
        may_write = written(before, right.rows) | {"core_journalentry +"}
        for what, sent in bad(form):
            answer = knock(form, sent, before)
            changed = {place: row for place, row in answer.rows.items() if before.get(place) != row}
            wrong += [f"{form} with {what}: {fault}" for fault in faults(form, sent, answer)]
            wrote = written(before, answer.rows)
            if answer.status >= 400 and wrote - {"core_journalentry +"}:
                wrong.append(f"{form} with {what}: refused with {answer.status}, and wrote {sorted(wrote)}")
            if {place.split(".")[0] for place in wrote} - {place.split(".")[0] for place in may_write}:
                wrong.append(f"{form} with {what}: wrote {sorted(wrote - may_write)}")
            wrong += [
                f"{form} with {what}: kept invisible signs or a BSN or an IBAN in {hit}" for hit in unclean(changed)
            ]
    assert not wrong, "\n".join(wrong)


def test_every_door_that_takes_a_form_is_tried(forms):
    asked = {door.split("/")[0] for door, (_get, post) in TABLE.items() if set(post) - set("-k02x")}
    # What needs no form to be tried: it sends everybody on, or it is there only after something else was done.
    elsewhere = {"account_email", "mfa_authenticate", "mfa_reauthenticate_webauthn", "mfa_deactivate_totp",
                 "mfa_remove_webauthn", "stories:mine", "stories:reported"}  # fmt: skip
    assert asked - {form.door for form in forms} <= elsewhere
    assert {form.at["verb"] for form in forms if form.door == "stories:desk_act"} == set(VERBS)


def bad(form: Form) -> Iterator[tuple[str, dict]]:
    """This form with what does not belong in it, each time with the rest as it should be."""
    texts = [name for name, kind in form.kinds.items() if kind in (TEXT, LINE, CODE, EMAIL)]
    chosen = [name for name, kind in form.kinds.items() if kind in (CHOICE, MANY, YES)]
    loose = [*form.hidden, *form.silent]
    filled = dict(form.filled)
    if form.kinds:
        yield "nothing at all", {}
    for what, text in TEXTS.items() if texts else ():
        yield what, filled | dict.fromkeys(texts, text)
    if words := [name for name in texts if form.kinds[name] in (TEXT, LINE)]:
        yield "a BSN and an IBAN", filled | dict.fromkeys(words, NUMBERS)
    if texts:
        yield "two megabytes", filled | {texts[0]: HUGE}
    for what, value in CHOICES.items() if chosen or loose else ():
        yield (
            f"a choice that is {what}",
            filled | {name: [value, value] if form.kinds.get(name) == MANY else value for name in [*chosen, *loose]},
        )
    for name in (name for name, kind in form.kinds.items() if kind == DAY):
        for day in DAYS:
            yield f"the day {day[:12]!r}", filled | {name: day}
    for value in KEYS if "credential" in form.hidden else ():
        yield f"the key {value[:30]}", filled | {"credential": value}


def faults(form: Form, sent: dict, answer: Answer) -> Iterator[str]:
    allowed = {*form.good, 422, 302, 409}
    if set(sent) & {*form.silent, *form.hidden}:
        allowed |= {400, 404}
    if answer.status not in allowed:
        yield f"it answers {answer.status}"
    if answer.status not in (422, 409):
        return
    if answer.status == 422 and form.kinds and form.good != (422,):
        yield from unclear(answer.page, sent)
    typed = {name: str(sent.get(name, "")) for name, kind in form.kinds.items() if kind in (TEXT, LINE)}
    # Most stand there to the letter; only for the rest the whole page is made as somebody sees it.
    if typed := {name: text for name, text in typed.items() if text.strip() not in answer.page}:
        shown = seen.__wrapped__(html.unescape(answer.page))
        for name, text in typed.items():
            if seen(text) not in shown:
                yield f"what was typed in {name} is not on the page any more ({answer.status})"


def unclear(page: str, sent: dict) -> Iterator[str]:
    """What is missing in the errors of a page that came back."""
    said = re.findall(r'class="(?:field__error|errors|notice--error)"[^>]*>(.*?)</(?:p|div)>', page, re.DOTALL)
    if not said:
        yield "it does not say what is wrong"
    for markup in said:
        words = html.unescape(re.sub(r"<[^>]+>", " ", markup))
        for value in map(str, sent.values()):
            words = words.replace(value, "")
        if ENGLISH.search(words):
            yield f"its error is not Dutch: {' '.join(words.split())[:120]}"


@lru_cache(maxsize=64)  # the same texts are sent to every form
def seen(text: str) -> str:
    """Text as somebody sees it on the page."""
    return "".join(UNSEEN.sub("", tidy(text.replace("\x00", ""))).split())


def unclean(rows: dict) -> set[str]:
    return {
        f"{table}.{column}"
        for (table, _key), row in rows.items()
        for column, value in row.items()
        if isinstance(value, str) and (NEVER_STORED.search(value) or holds_number(value))
    }


def holds_number(kept: str) -> bool:
    """Whether what is never stored stands in a value, or in what it holds encrypted."""
    if kept.startswith("\\x6741414141"):
        kept = decrypt(bytes.fromhex(kept[2:]))
    return any(number in re.sub(r"\W|komma", "", kept) for number in ("111222333", "NL91ABNA0417164300"))
