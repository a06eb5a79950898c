"""Who speaks for an organisation: a coordinator appoints them, and ends it."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from core.models import JournalEntry
from movement.access import speaks_for
from movement.actions import appoint_voice
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


def test_a_second_click_is_no_second_organisation_and_no_error(as_, coordinator, professional):
    sent = {"email": professional.email, "name": "De Kromme Wilg", "kind": "provider", "organisation": ""}
    for _click in range(2):
        assert as_(coordinator).post(ADDRESS, sent).status_code == 302
    assert Appointment.objects.get().organisation == Organisation.objects.get()


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_the_same_moment_are_one_organisation(coordinator, professional):
    def click(_number):
        try:
            new = Organisation(name="De Kromme Wilg", kind="provider")
            return appoint_voice(member=professional, organisation=new, actor=coordinator).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert len(set(pool.map(click, range(4)))) == 1
    assert Organisation.objects.count() == 1
