"""Allauth's forms in our words. Apart from `forms`, because allauth reads that one while it builds its own."""

import struct
from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from cryptography.exceptions import InvalidSignature
from django import forms
from django.utils.translation import gettext_lazy as _

from core.forbidden import holds_forbidden
from core.forms import NEVER_STORED
from core.text import tidy

# What the parser of passkeys raises on what no browser sends.
_NO_KEY = (
    TypeError, ValueError, LookupError, AttributeError, ArithmeticError, RecursionError, struct.error,
    InvalidSignature,
)  # fmt: skip
_NAME = 60  # characters of the name of a passkey
_DIGITS = {"inputmode": "numeric", "autocomplete": "one-time-code", "autocapitalize": "off", "spellcheck": "false"}


def _email(form: forms.BaseForm) -> None:
    field = form.fields["email"]
    field.label = _("Your e-mail address")
    field.widget = forms.EmailInput(attrs={"autocomplete": "email"})
    field.error_messages |= {
        "required": _("Fill in your e-mail address."),
        "invalid": _("This is not an e-mail address yet. An example: name@example.nl"),
    }
    for validator in field.validators:
        setattr(validator, "message", field.error_messages["invalid"])  # noqa: B010 - validators are duck-typed


def _code(form: forms.BaseForm, hint: Any) -> None:
    field = form.fields["code"]
    field.label = _("Code")
    field.help_text = hint
    field.widget = forms.TextInput(attrs=_DIGITS | {"maxlength": "20"})
    field.error_messages |= {"required": _("Type the code.")}


class RequestCodeForm(account.RequestLoginCodeForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _email(self)


class SignupForm(account.SignupForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _email(self)


class LoginCodeForm(account.ConfirmLoginCodeForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _code(self, _("Eight digits, from the mail."))


class EmailCodeForm(account.ConfirmEmailVerificationCodeForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _code(self, _("Eight digits, from the mail."))


class AuthenticateForm(mfa.AuthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _code(self, _("Six digits from your app, or one of your spare codes."))


class ReauthenticateForm(mfa.ReauthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _code(self, _("Six digits from your app, or one of your spare codes."))


class ActivateForm(totp.ActivateTOTPForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _code(self, _("Six digits, from your app."))


class KeyField(forms.JSONField):
    """What the browser says of a passkey. Whoever writes it by hand gets an error, and breaks nothing."""

    default_error_messages = {"invalid": _("This passkey cannot be read. Try it again.")}

    def __init__(self) -> None:
        super().__init__(widget=forms.HiddenInput)

    def to_python(self, value: Any) -> Any:
        try:
            return super().to_python(value)
        except (ValueError, RecursionError) as error:  # a number of a thousand digits, a thousand brackets
            raise self.invalid() from error

    def bound_data(self, data: Any, initial: Any) -> Any:
        return data  # shown nowhere

    def invalid(self) -> forms.ValidationError:
        return forms.ValidationError(self.error_messages["invalid"], code="invalid")


class LoginPasskeyForm(webauthn.LoginWebAuthnForm):
    credential = KeyField()

    def clean_credential(self) -> Any:
        try:
            return super().clean_credential()
        except _NO_KEY as error:
            raise self.fields["credential"].invalid() from error


class ReauthenticatePasskeyForm(webauthn.ReauthenticateWebAuthnForm):
    credential = KeyField()

    def clean_credential(self) -> Any:
        try:
            return super().clean_credential()
        except _NO_KEY as error:
            raise self.fields["credential"].invalid() from error


class AddPasskeyForm(webauthn.AddWebAuthnForm):
    """A key that logs in by itself: with the face, finger or PIN of the device."""

    credential = KeyField()

    def clean_name(self) -> str:
        name = " ".join(tidy(super().clean_name()).split())
        if len(name) > _NAME:
            raise forms.ValidationError(_("This name is longer than 60 characters. Make it shorter."))
        if holds_forbidden(name):
            raise forms.ValidationError(NEVER_STORED)
        return name

    def clean(self) -> dict[str, Any]:
        try:
            return dict(super().clean())
        except _NO_KEY as error:
            raise self.fields["credential"].invalid() from error

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("A name for this passkey")
        self.fields["name"].help_text = _("For example: my phone")
        self.fields["name"].widget.attrs["maxlength"] = _NAME
        self.fields["passwordless"].widget = forms.HiddenInput()
        self.fields["passwordless"].initial = True
