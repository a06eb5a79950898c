"""Members, organisations, initiatives and teams of the demo."""

import datetime as dt
import json
import pathlib
import time
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.utils import timezone

from actionteams.actions import found_team, join
from actionteams.models import Team
from movement.actions import endorse
from movement.models import Appointment, Area, ChangeTask, DreamEdition, Initiative, Member, Organisation, Theme
from movement.setup import theme_named

HERE = pathlib.Path(__file__).parent
MAIL = "example.org"


def read() -> dict[str, list[dict[str, Any]]]:
    loaded: dict[str, list[dict[str, Any]]] = json.loads((HERE / "movement.json").read_text(encoding="utf-8"))
    return loaded


def months_ago(months: float) -> dt.datetime:
    return timezone.now() - dt.timedelta(days=30 * months)


def themes(words: list[str]) -> list[Theme]:
    found = [theme_named(word.replace("_", "-")) for word in words]
    return list(dict.fromkeys(theme for theme in found if theme))


def area(code: str | None) -> Area | None:
    return Area.objects.get(code=code) if code else None


def members(rows: list[dict[str, Any]], dream: DreamEdition) -> dict[str, Member]:
    """Everybody of the demo, with a confirmed address; coordinators with a second factor."""
    people = {}
    for row in rows:
        member = Member.objects.create_user(
            f"{row['key']}@{MAIL}",
            name=row["name"],
            perspectives=[row["perspective"]],
            area=area(row["region"]),
            is_coordinator=row.get("coordinator", False),
            is_listener=row.get("listener", False),
        )
        EmailAddress.objects.create(user=member, email=member.email, primary=True, verified=True)
        if member.is_coordinator:
            totp.TOTP.activate(member, totp.generate_totp_secret())
        if not member.is_listener:
            endorse(actor=member, edition=dream)
        for code in row.get("analyst_of", []):
            Appointment.objects.create(member=member, kind="analyst", area=area(code))
        people[row["key"]] = member
    return people


def second_factor(member: Member) -> str | None:
    """The digits that this member's authenticator app would show now; None without one."""
    row = Authenticator.objects.filter(user=member, type=Authenticator.Type.TOTP).first()
    if row is None:
        return None
    secret = get_adapter().decrypt(row.data["secret"])
    return str(totp.format_hotp_value(totp.hotp_value(secret, int(time.time()) // 30)))


def organisations(rows: list[dict[str, Any]]) -> None:
    for row in rows:
        Organisation.objects.create(name=row["name"], kind=row["kind"], area=area(row["area"]))


def initiatives(rows: list[dict[str, Any]]) -> list[Initiative]:
    made = []
    for row in rows:
        initiative = Initiative.objects.create(
            name=row["name"],
            summary=row["summary"],
            what=row["what"],
            area=Area.objects.get(code=row["area"]),
            organisation=Organisation.objects.filter(name=row["organisation"]).first(),
            begun_on=months_ago(14).date(),
        )
        initiative.themes.set(themes(row["themes"]))
        made.append(initiative)
    return made


def teams(rows: list[dict[str, Any]], people: dict[str, Member], dream: DreamEdition) -> dict[str, Team]:
    tasks = {task.position: task for task in ChangeTask.objects.all()}
    made = {}
    for row in rows:
        begun = months_ago(row["months_ago"])
        team = found_team(
            actor=people[row["host"]],
            values=list(dream.values.filter(position__in=row["values"])),
            name=row["name"],
            question=row["question"],
            what=row["what"],
            how=row["how"],
            why=row["why"],
            sentence=dream.sentences.get(position=row["sentence"]),
            theme=theme_named(row["theme"]) if row["theme"] else None,
            change_task=tasks.get(row["task"]) if row["task"] else None,
            area=area(row["area"]),
            at=begun,
        )
        for key in row["members"]:
            join(team=team, actor=people[key], motivation="Dit gaat over iets wat ik zelf heb meegemaakt.", at=begun)
        made[row["key"]] = team
    return made
