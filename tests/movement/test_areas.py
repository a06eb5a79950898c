from movement.areas import load_areas
from movement.models import Area


def test_all_areas_load_and_a_second_time_changes_nothing(db):
    assert load_areas() == load_areas() == 1 + 12 + 42 + 342
    assert Area.objects.filter(kind="municipality", youth_region=None).count() == 0
    dronten = Area.objects.values_list("name", "province__code", "youth_region__code").get(code="GM0303")
    assert dronten == ("Dronten", "PV24", "JZ08")
