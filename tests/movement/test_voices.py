"""Who speaks for an organisation: a coordinator appoints them, and ends it."""

import pytest

from core.models import JournalEntry
from movement.access import speaks_for
from movement.models import Appointment, Organisation

pytestmark = pytest.mark.django_db
ADDRESS = "/desk/stemmen/"


def test_a_coordinator_lets_a_member_speak_and_ends_it(as_, coordinator, professional):
    marijke = as_(coordinator)
    sent = {"email": " ANOUK@example.org", "name": "De Kromme Wilg", "kind": "provider", "organisation": ""}
    assert marijke.post(ADDRESS, sent).status_code == 302
    organisation = Organisation.objects.get()
    assert speaks_for(professional) == [organisation]
    again = {"email": professional.email, "organisation": organisation.public_id}
    assert marijke.post(ADDRESS, again).status_code == 302
    voice = Appointment.objects.get()
    assert "De Kromme Wilg" in marijke.get(ADDRESS).content.decode()
    for _twice in range(2):
        assert marijke.post(ADDRESS, {"end": voice.pk}).status_code == 302
    assert speaks_for(professional) == []
    verbs = JournalEntry.objects.about("member", professional.public_id).order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["voice.appointed", "voice.ended"]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"email": "niemand@example.org"}, "Niemand hier heeft dit adres"),
        ({"name": "", "kind": ""}, "Kies een organisatie"),
        ({"name": "de kromme wilg"}, "staat al in de lijst"),
        ({"name": "Iets nieuws", "kind": ""}, "Zeg wat het is"),
    ],
)
def test_what_is_wrong_is_said_and_nobody_is_appointed(as_, coordinator, professional, wrong, said):
    Organisation.objects.create(name="De Kromme Wilg", kind="provider")
    sent = {"email": professional.email, "name": "Nieuw", "kind": "school"}
    page = as_(coordinator).post(ADDRESS, sent | wrong)
    assert page.status_code == 422
    assert said in page.content.decode()
    assert not Appointment.objects.exists()
    assert Organisation.objects.count() == 1
