"""Make a member coordinator, analyst of an area or voice of an organisation, or end that. With a name, an address that
nobody has becomes a member first: she logs in with a code by mail, and the desk asks her for a second step."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, no_translations
from django.db import transaction
from django.db.models import Q
from django.urls import reverse

from core.http import TooLate
from movement import actions
from movement.models import Appointment, Area, Member, Organisation, Perspective

WHERE = (Area.Kind.MUNICIPALITY, Area.Kind.YOUTH_REGION)


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--name", default="", help="the first name of who is not a member yet")
        parser.add_argument("--perspective", choices=Perspective.values, default=Perspective.ORGANISATION)
        parser.add_argument("--end", action="store_true", help="end it, instead of beginning it")
        what = parser.add_mutually_exclusive_group()
        what.add_argument("--coordinator", action="store_true")
        what.add_argument("--analyst", metavar="AREA", help="the code or the name of a municipality or youth region")
        what.add_argument("--voice", metavar="ORGANISATION", help="the name of an organisation")
        parser.add_argument("--kind", choices=Organisation.Kind.values, help="of an organisation that is not known yet")

    @no_translations
    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        if not (options["coordinator"] or options["analyst"] or options["voice"]):
            raise CommandError("Give one of --coordinator, --analyst AREA and --voice ORGANISATION.")
        member = _member(options)
        try:
            _end(member, options) if options["end"] else _begin(member, options)
        except TooLate as error:
            raise CommandError("That had ended already, or never began.") from error
        except actions.ReadsAlong as error:
            raise CommandError("A member who reads along from outside cannot be a coordinator.") from error
        except actions.LastCoordinator as error:
            raise CommandError("This is the last coordinator. Appoint another one first.") from error
        if options["verbosity"]:
            self.stdout.write(f"Done. {member.name} logs in on {settings.SITE_URL}{reverse('account_login')}")


def _member(options: dict[str, Any]) -> Member:
    email = options["email"].strip()
    if member := Member.objects.filter(email__iexact=email, is_active=True).first():
        return member
    if options["end"] or not options["name"]:
        raise CommandError("Nobody here has this address. Give --name as well, and it becomes a member.")
    try:
        return actions.make_member(email=email, name=options["name"], perspective=options["perspective"], actor=None)
    except ValidationError as error:
        raise CommandError(" ".join(error.messages)) from error


def _begin(member: Member, options: dict[str, Any]) -> None:
    if options["coordinator"]:
        actions.appoint_coordinator(member=member, actor=None)
    elif options["analyst"]:
        actions.appoint_analyst(member=member, area=_area(options["analyst"]), actor=None)
    else:
        actions.appoint_voice(member=member, organisation=_organisation(options), actor=None)


def _end(member: Member, options: dict[str, Any]) -> None:
    if options["coordinator"]:
        actions.end_coordinator(member=member, actor=None)
        return
    kind = Appointment.Kind.ANALYST if options["analyst"] else Appointment.Kind.VOICE
    of = {"area": _area(options["analyst"])} if options["analyst"] else {"organisation": _organisation(options)}
    found = Appointment.objects.current().filter(member=member, kind=kind, **of).first()
    actions.end_appointment(kind=kind, appointment_id=found.pk if found else 0, actor=None)


def _area(words: str) -> Area:
    found = list(Area.objects.current().filter(Q(code__iexact=words) | Q(name__iexact=words), kind__in=WHERE))
    if not found:
        raise CommandError(f"There is no municipality or youth region with the code or the name {words}.")
    if len(found) > 1:
        codes = ", ".join(f"{area.code} ({area.get_kind_display()})" for area in found)
        raise CommandError(f"More than one is called {words}. Give the code: {codes}.")
    return found[0]


def _organisation(options: dict[str, Any]) -> Organisation:
    name = " ".join(options["voice"].split())
    if known := Organisation.objects.filter(name__iexact=name).first():
        return known
    if options["end"] or not options["kind"]:
        raise CommandError(f"There is no organisation {name}. With --kind it is added: {', '.join(Organisation.Kind)}.")
    return Organisation(name=name, kind=options["kind"])
