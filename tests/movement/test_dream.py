import pytest

from core.http import TooLate
from core.models import JournalEntry
from movement.actions import endorse
from movement.models import DreamEdition, Endorsement, Initiative
from movement.setup import load_change_tasks, load_dream, load_help_lines, load_themes, theme_named
from stories.models import InitiativeLink
from tests.conftest import make_member
from tests.movement_of import a_dream
from tests.story_of import published_story, withdraw_row


@pytest.fixture
def edition(db):
    return load_dream()


def test_every_sentence_of_the_dream_has_an_address(client, edition):
    page = client.get("/droom/").content.decode()
    for sentence in edition.sentences.all():
        assert f'id="zin-{sentence.position}"' in page
        assert sentence.text in page
    assert edition.values.count() == 7
    assert not client.cookies


def test_a_house_without_a_dream_still_has_a_page(client, db):
    assert client.get("/droom/").status_code == 200
    assert client.get("/droom/1/").status_code == 404


def test_loading_twice_changes_nothing(db):
    from movement.models import ChangeTask, HelpLine, Theme

    for _ in range(2):
        load_dream(), load_themes(), load_change_tasks(), load_help_lines()
    assert DreamEdition.objects.count() == 1
    assert ChangeTask.objects.filter(pace="fast", reconstructed=False).count() == 2
    assert ChangeTask.objects.filter(pace="long", reconstructed=True).count() == 9
    numbers = dict(HelpLine.objects.values_list("name", "number"))
    assert numbers["113 Zelfmoordpreventie"] == "113"
    assert numbers["De Kindertelefoon"] == "0800-0432"
    assert numbers["Veilig Thuis"] == "0800-2000"
    assert numbers["112"] == "112"
    assert Theme.objects.get(slug="suicidaliteit").heavy
    assert theme_named("terug_naar_school") == theme_named("schoolloopbaan")
    assert theme_named("geen") is None


def test_a_member_stands_behind_the_dream_once_and_may_stop(as_, professional, edition):
    browser = as_(professional)
    for _ in range(2):
        assert browser.post("/droom/1/steun/").url == "/droom/"
    assert Endorsement.objects.count() == 1
    assert JournalEntry.objects.filter(verb="dream.endorsed").count() == 1
    browser.post("/droom/1/geen-steun/")
    browser.post("/droom/1/geen-steun/")
    assert not Endorsement.objects.exists()
    assert JournalEntry.objects.filter(verb="dream.unendorsed").count() == 1


def test_a_visitor_and_a_listener_do_not_endorse(client, as_, listener, edition):
    assert client.post("/droom/1/steun/").url.startswith("/inloggen/")
    assert as_(listener).post("/droom/1/steun/").status_code == 403
    assert as_(listener).get("/droom/1/steun/").status_code == 405
    assert not Endorsement.objects.exists()


def test_how_many_stand_behind_it_shows_from_five_on_in_steps_of_five(client, edition):
    def joined(first, last):
        for number in range(first, last):
            endorse(actor=make_member(f"lid{number}", "parent"), edition=edition)
        return client.get("/droom/").content.decode()

    assert "mensen</li>" not in joined(0, 4)
    assert "<strong>5+</strong>" in joined(4, 5)
    assert "<strong>5+</strong>" in joined(5, 9)
    assert "<strong>10+</strong>" in joined(9, 10)


def test_a_new_edition_keeps_the_old_one_and_asks_again(as_, client, professional, edition):
    endorse(actor=professional, edition=edition)
    newer = a_dream(number=2)
    page = client.get("/droom/").content.decode()
    assert newer.sentences.get(position=2).text in page
    assert newer.reason in page
    assert 'href="/droom/1/"' in page
    assert "oudere editie" in client.get("/droom/1/").content.decode()
    with pytest.raises(TooLate):
        endorse(actor=professional, edition=edition)
    assert as_(professional).post("/droom/1/steun/").url == "/droom/"
    assert Endorsement.objects.count() == 1


def test_the_dream_takes_four_queries(client, edition, django_assert_num_queries):
    for number in range(6):
        endorse(actor=make_member(f"lid{number}", "parent"), edition=edition)
    with django_assert_num_queries(4):
        client.get("/droom/")


def initiative_with(stories, region, number=1):
    initiative = Initiative.objects.create(name=f"Huis {number}", summary="Kort.", what="Lang.", area=region)
    for story in stories:
        InitiativeLink.objects.create(story=story, initiative=initiative)
    return initiative


def test_an_initiative_says_how_many_stories_belong_with_it_from_five_on(client, region):
    stories = [published_story(region) for _ in range(5)]
    initiative = initiative_with(stories, region)
    page = client.get("/initiatieven/").content.decode()
    assert f'id="{initiative.public_id}"' in page
    assert "5 of meer verhalen" in page
    withdraw_row(stories[0])
    assert "of meer verhalen" not in client.get("/initiatieven/").content.decode()


@pytest.mark.parametrize("rows", [1, 50])
def test_the_list_of_initiatives_takes_four_queries(client, region, rows, django_assert_num_queries):
    for number in range(rows):
        initiative_with([], region, number)
    with django_assert_num_queries(4):
        client.get("/initiatieven/")
