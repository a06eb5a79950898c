"""How allauth speaks: its mails through our own sender, its sentences in our own words."""

from collections.abc import Mapping
from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.models import EmailAddress
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core import mail
from core.encryption import decrypt, encrypt
from core.ratelimit import network
from movement.models import Member
from stories.access import forget_teller

# Template of allauth -> ours. The subjects tell nobody who looks over a shoulder what the mail is about.
_MAILS = {
    "account/email/login_code": "code",
    "account/email/email_confirmation": "code",
    "account/email/email_confirmation_signup": "code",
    "account/email/unknown_account": "no_account",
    "account/email/account_already_exists": "known_account",
}
_SUBJECTS = {"code": _("Your code"), "no_account": _("Your code"), "known_account": _("Your code")}


class AccountAdapter(DefaultAccountAdapter):
    error_messages: ClassVar[dict[str, Any]] = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("This account has been closed."),
        "incorrect_code": _("This code is not right. Look at the newest mail and type the code again."),
        "too_many_login_attempts": _("That was tried too often. Wait a few minutes and ask for a new code."),
        "rate_limited": _("That was tried too often. Wait a minute and try again."),
    }

    def get_client_ip(self, request: HttpRequest) -> str:
        """Who counts as one where tries are counted."""
        return network(request)

    def send_mail(self, template_prefix: str, email: str, context: Mapping[str, Any]) -> None:
        """Send what allauth wants to say. Raises core.mail.NotSent: the page then says that no mail can leave."""
        template = _MAILS.get(template_prefix, "account_changed")
        words = {
            "code": context.get("code", ""),
            "address": email,
            "login_url": settings.SITE_URL + reverse("account_login"),
            "signup_url": settings.SITE_URL + reverse("account_signup"),
            "second_factor_url": settings.SITE_URL + reverse("mfa_index"),
            "minutes": settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT // 60,
        }
        subject = str(_SUBJECTS.get(template) or gettext("Something changed in your account"))
        mail.send(email, subject, f"letters/mail/{template}", words, kind="account")

    def send_account_already_exists_mail(self, email: str) -> None:
        self.send_mail("account/email/account_already_exists", email, {})

    def pre_login(self, request: HttpRequest, user: Member, *, email: str | None, **hook: Any) -> HttpResponse | None:
        """Who typed the code from a mail has shown that the address is hers; no second code for that."""
        records = get_authentication_records(request, user)
        if email and records and records[-1].get("method") == "code" and records[-1].get("email") == email:
            EmailAddress.objects.get_or_create(
                user=user, email=email, defaults={"verified": True, "primary": email == user.email}
            )
        response: HttpResponse | None = super().pre_login(request, user, email=email, **hook)
        return response

    def login(self, request: HttpRequest, user: Member) -> None:
        """Who logs in is not the teller who had the code open here: on a shared tablet that is somebody else.

        And she is in at one place: a tablet that she left without logging out is closed by the next log-in.
        """
        forget_teller(request)
        user.end_sessions()
        super().login(request, user)

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        """Keep what went wrong; a page that stands there says by itself what went right."""
        if message:
            messages.add_message(request, level, message, extra_tags=extra_tags)


class SecondFactorAdapter(DefaultMFAAdapter):
    error_messages: ClassVar[dict[str, Any]] = DefaultMFAAdapter.error_messages | {
        "cannot_delete_authenticator": _("The desk opens only with a second step, so a coordinator keeps it."),
        "incorrect_code": _("This code is not right. Look at your app and type the code that it shows now."),
        "unverified_email": _("First confirm your e-mail address, with the code from the mail."),
    }

    def encrypt(self, text: str) -> str:
        """Keep the secret of an authenticator unreadable for who gets hold of the database alone."""
        return encrypt(text).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return decrypt(encrypted_text.encode())

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        member = authenticator.user
        if not isinstance(member, Member) or not member.is_coordinator:
            return True
        others = Authenticator.objects.filter(user=member).exclude(pk=authenticator.pk)
        return bool(others.exclude(type=Authenticator.Type.RECOVERY_CODES).exists())

    def generate_authenticator_name(self, user: Member, type: Authenticator.Type) -> str:  # noqa: A002 - theirs
        count = Authenticator.objects.filter(user=user, type=type).count()
        return gettext("Passkey {number}").format(number=count + 1)

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        entity: dict[str, str] = super().get_public_key_credential_rp_entity()
        return entity | {"name": settings.SITE_NAME}
