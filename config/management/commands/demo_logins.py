"""Say how to look around in the demo."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from config.demo import code as demo_code
from movement.models import Member

WHO = (
    ("anouk@example.org", "a professional, host of the team Thuis dichtbij"),
    ("jesse@example.org", "a youth, member of three teams"),
    ("bas@example.org", "analyst of a municipality and its youth region"),
    ("petra@example.org", "a listener from the inspectorate"),
    ("marijke@example.org", "coordinator, with a second factor"),
)


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        code = demo_code.kept()
        if not code or not Member.objects.filter(email=WHO[0][0]).exists():
            return
        self.stdout.write(f"Log in on {settings.SITE_URL}/inloggen/ with one of these; the code comes by mail:")
        for email, role in WHO:
            self.stdout.write(f"  {email:<22} {role}")
        self.stdout.write("The coordinator's second factor: .venv/bin/python -m config.local manage demo_code")
        self.stdout.write(f"A story code, for {settings.SITE_URL}/code/ : {code}")
