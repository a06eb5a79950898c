"""What a member gets who asks: what do you know of me?"""

from typing import Any

from actionteams.models import Membership, TakenUp
from letters.models import Letter, Preference
from movement.models import Appointment, Endorsement, Member
from stories.models import PublicAnswer, SavedSearch


def everything_about(member: Member) -> dict[str, Any]:
    """Return all that is kept about a member, in plain Dutch keys and values that JSON can carry."""
    memberships = Membership.objects.filter(member=member).select_related("team")
    return {
        "e-mailadres": member.email,
        "naam": member.name,
        "perspectieven": member.perspective_labels,
        "jeugdregio": member.area.name if member.area else None,
        "lid sinds": member.joined_at.isoformat(),
        "coördinator": member.is_coordinator,
        "meeluisteraar": member.is_listener,
        "achter de droom": [
            {"editie": number, "sinds": at.isoformat()}
            for number, at in Endorsement.objects.filter(member=member).values_list("edition__number", "at")
        ],
        "actieteams": [
            {
                "team": membership.team.name,
                "rol": str(membership.get_role_display()),
                "motivatie": membership.motivation,
                "van": membership.joined_at.isoformat(),
                "tot": membership.left_at.isoformat() if membership.left_at else None,
            }
            for membership in memberships
        ],
        "opgepakte verhalen": TakenUp.objects.filter(by=member).count(),
        "aanstellingen": [
            {"soort": str(row.get_kind_display()), "van": row.begins_on.isoformat()}
            for row in Appointment.objects.filter(member=member)
        ],
        "bewaarde zoekvragen": list(SavedSearch.objects.filter(member=member).values_list("asked", flat=True)),
        "antwoorden namens een organisatie": list(
            PublicAnswer.objects.filter(author=member).exclude(text="").values_list("text", flat=True)
        ),
        "voorkeuren voor post": [
            {"soort": str(row.get_kind_display()), "tempo": str(row.get_pace_display())}
            for row in Preference.objects.filter(member=member)
        ],
        "post": [
            {"soort": str(row.get_kind_display()), "op": row.at.isoformat(), "gelezen": row.read_at is not None}
            for row in Letter.objects.filter(member=member)
        ],
    }
