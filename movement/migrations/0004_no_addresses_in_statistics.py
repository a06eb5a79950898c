"""Addresses, sessions and second factors, which other packages keep for us, are sampled no more; nor is the index that
holds each address in small letters. See core.statistics."""

from django.db import migrations

from core.statistics import unsampled, unsampled_index


class Migration(migrations.Migration):
    dependencies = [
        ("movement", "0003_no_members_in_statistics"),
        ("account", "0009_emailaddress_unique_primary_email"),
        ("mfa", "0003_authenticator_type_uniq"),
        ("sessions", "0001_initial"),
    ]

    operations = [
        *unsampled(
            {
                "account_emailaddress": ("email",),
                "account_emailconfirmation": ("key",),
                "django_session": ("session_key", "session_data"),
                "mfa_authenticator": ("data",),
            }
        ),
        *unsampled_index("member_email_once", 1, "lower"),
    ]
