"""The file with what the house knows of a member: whole, and of nobody else."""

import datetime as dt
import json

import pytest
from django.apps import apps
from django.utils import timezone

from actionteams import actions as teams
from config.register import HELD, NOBODY
from letters.models import Letter, Mail
from monitor.models import Import
from movement.actions import appoint_analyst, appoint_voice, endorse
from movement.models import Initiative, Member, Organisation
from portal.my_data import ABOUT_HER, LEFT_OUT, PARTS, everything_about
from stories.actions import deciding, talking
from stories.actions.answering import write_answer
from stories.actions.tending import link_initiative, look_at
from stories.models import HouseRule, Status
from stories.setup import load_house_rules
from tests.accounts.flows import log_in, set_second_factor
from tests.movement_of import a_team
from tests.stories.factory import a_story
from tests.story_of import published_story


def fields_in_it(label):
    if label == "movement.Member":
        return set(ABOUT_HER)
    return {name for part in PARTS if part.model._meta.label == label for name in (*part.by, *part.fields)}


@pytest.mark.parametrize("label", HELD)
def test_what_the_register_says_is_held_is_in_the_file_or_it_says_why_not(label):
    held = {name for some in HELD[label] for name in some.fields.split()}
    left_out, why = LEFT_OUT.get(label, ("", "all of it is in the file"))
    assert held - fields_in_it(label) == set(left_out.split()), "put it in PARTS, or say in LEFT_OUT why it is not hers"
    assert fields_in_it(label) <= held | set(NOBODY.get(label, "").split())
    assert why


@pytest.mark.parametrize("label", HELD)
def test_whatever_points_at_a_member_is_a_way_to_her_rows(label):
    ways = {field.name for field in apps.get_model(label)._meta.local_fields if field.related_model is Member}
    assert ways <= {by for part in PARTS if part.model._meta.label == label for by in part.by}


def test_the_file_leaves_nothing_out_that_the_register_does_not_know():
    assert set(LEFT_OUT) <= set(HELD)
    assert all(LEFT_OUT[label][1] for label in LEFT_OUT)


@pytest.fixture
def busy(professional, host, region, municipality):
    """A member who did all that a member can do, beside somebody who did the same."""
    load_house_rules()
    for member, word in ((professional, "mijn"), (host, "andermans")):
        team = a_team(member, region, name=f"Team {word}")
        teams.take_up(team=team, story=published_story(region, title="Vreemd verhaal"), actor=member)
        teams.set_step(
            team=team, actor=member, question=f"Stap {word}?", trying=f"Proef {word}", look_back_on=dt.date(2027, 1, 5)
        )
        teams.record_success(team=team, actor=member, text=f"Succes {word}")
        teams.record_change(team=team, actor=member, text=f"Verandering {word}")
        endorse(actor=member, edition=team.sentence.edition)
        appoint_analyst(member=member, area=municipality, actor=None)
        organisation = Organisation.objects.create(name=f"Stichting {word}", kind="provider")
        appoint_voice(member=member, organisation=organisation, actor=None)
        write_answer(
            story=published_story(region), organisation=organisation, kind="thanks", text=f"Dank {word}", actor=member
        )
        Import.objects.create(file_name=f"{word}.csv", by=member)
        mail = Mail.objects.create(member=member, kind="team", pace="weekly")
        Letter.objects.create(
            member=member, kind="team", verb="step.set", subject_kind="step", subject_id="x", unique_key="x", mail=mail
        )
        member.appointments.filter(kind="analyst").update(ends_on=timezone.localdate() + dt.timedelta(days=9))
    return professional


def test_all_that_a_member_did_and_wrote_is_in_her_file_and_nothing_of_somebody_else(as_, busy, municipality):
    file = as_(busy).get("/mijn/gegevens/").content.decode()
    data = json.loads(file)
    for words in ("Stap mijn?", "Proef mijn", "Succes mijn", "Verandering mijn", "Dank mijn", "mijn.csv", "Team mijn"):
        assert words in file
    analyst, voice = data["aanstellingen"]
    assert (analyst["gebied"], analyst["organisatie"]) == (municipality.name, None)
    assert analyst["tot"] > analyst["van"]
    assert (voice["organisatie"], voice["tot"]) == ("Stichting mijn", None)
    assert [len(data[name]) for name in ("mails", "post", "opgepakte verhalen", "achter de droom")] == [1, 1, 1, 1]
    assert {"team.founded", "change.recorded"} <= {entry["wat"] for entry in data["logboek"]}
    assert {entry["jij"] for entry in data["logboek"] if entry["wat"] == "voice.appointed"} == {"het ging over jou"}
    for words in ("andermans", "Judith", "judith", "Vreemd verhaal"):
        assert words not in file


def test_a_coordinator_finds_what_she_did_and_not_a_word_of_a_teller(as_, coordinator, second_coordinator, region):
    load_house_rules()
    story = a_story(
        status=Status.IN_HAND,
        reader=coordinator,
        claimed_at=timezone.now(),
        region=region,
        raw_body="Mijn mentor bleef.",
    )
    look_at(story=story, actor=coordinator)
    initiative = Initiative.objects.create(name="Vaste gezichten", summary="Een", what="Wat", area=region)
    link_initiative(story=story, initiative=initiative, actor=coordinator, why="Zelfde vraag")
    talking.write_to_teller(story=story, text="Wat naar voor je moeder.", actor=coordinator)
    rule = HouseRule.objects.get(slug="naam")
    deciding.propose_edit(
        story=story, actor=coordinator, rules=[rule], title="Bleef", body="Mijn mentor bleef.", helped="", feeling="",
        why="Er stond een naam.",
    )  # fmt: skip
    file = as_(coordinator).get("/mijn/gegevens/").content.decode()
    data = json.loads(file)
    assert data["verhalen aan de desk"] == [{"jij": "leest het"}]
    counted = ("voorstellen aan vertellers", "redenen bij een verhaal")
    assert [len(data[name]) for name in counted] == [1, 1]
    assert data["verbonden initiatieven"][0]["waarom"] == "Zelfde vraag"
    assert "story.looked_at" in {entry["wat"] for entry in data["logboek"]}
    for words in ("mentor", "moeder", "Er stond een naam", story.public_id):
        assert words not in file
    assert everything_about(second_coordinator)["verhalen aan de desk"] == []


def test_a_second_step_is_named_and_what_opens_the_door_is_not(client, smtp, coordinator):
    log_in(client, smtp, coordinator.email)
    secret = set_second_factor(client)
    data = json.loads(client.get("/mijn/gegevens/").content)
    assert len(data["tweede stappen"]) == 2
    assert data["inloggen met"][0]["adres"] == coordinator.email
    assert "seed" not in str(data)
    assert secret not in str(data)
