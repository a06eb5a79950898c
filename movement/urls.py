from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as spare_codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkeys
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.generic import RedirectView

from movement import views
from movement.accounts import account_page, open_page, remembers_second_factor

# Only those of allauth's views that we use: no passwords, no links that log in, no second address.
account_urls = [
    path("", open_page(account.request_login_code), name="account_login"),
    path("", open_page(account.request_login_code), name="account_request_login_code"),
    path("code/", open_page(account.confirm_login_code), name="account_confirm_login_code"),
    path("aanmelden/", open_page(account.signup), name="account_signup"),
    path("aanmelden/code/", open_page(account.email_verification_sent), name="account_email_verification_sent"),
    path("uit/", open_page(account.logout), name="account_logout"),
    path("gesloten/", open_page(account.account_inactive), name="account_inactive"),
    # allauth asks for the page with one's addresses when a sign-up has gone stale.
    path("adres/", login_not_required(RedirectView.as_view(pattern_name="mijn")), name="account_email"),
    path("bewijs/", account_page(mfa.index), name="mfa_index"),
    path("bewijs/code/", open_page(mfa.authenticate), name="mfa_authenticate"),
    path("bewijs/opnieuw/", account_page(mfa.reauthenticate), name="mfa_reauthenticate"),
    path("bewijs/app/", account_page(remembers_second_factor(totp.activate_totp)), name="mfa_activate_totp"),
    path("bewijs/app/weg/", account_page(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path("bewijs/reserve/", account_page(spare_codes.view_recovery_codes), name="mfa_view_recovery_codes"),
    path(
        "bewijs/reserve/nieuw/", account_page(spare_codes.generate_recovery_codes), name="mfa_generate_recovery_codes"
    ),
    path("sleutels/", account_page(passkeys.list_webauthn), name="mfa_list_webauthn"),
    path("sleutels/nieuw/", account_page(remembers_second_factor(passkeys.add_webauthn)), name="mfa_add_webauthn"),
    path("sleutels/<int:pk>/weg/", account_page(passkeys.remove_webauthn), name="mfa_remove_webauthn"),
    path("sleutels/in/", open_page(passkeys.login_webauthn), name="mfa_login_webauthn"),
    path("sleutels/opnieuw/", account_page(passkeys.reauthenticate_webauthn), name="mfa_reauthenticate_webauthn"),
]

urlpatterns = [
    path("droom/", views.dream, name="dream"),
    path("droom/<int:number>/", views.dream, name="dream_edition"),
    path("droom/<int:number>/steun/", views.endorse, name="endorse"),
    path("droom/<int:number>/geen-steun/", views.withdraw_endorsement, name="withdraw_endorsement"),
    path("initiatieven/", views.initiatives, name="initiatives"),
    path("inloggen/", include(account_urls)),
    path("desk/stemmen/", views.voices, name="voices"),
]
