"""A call that lives on several nodes leaves the figures of each part (C9), and no part says that it has ended (C10)."""

from collections.abc import Iterator

import pytest

from tests.media.rooms import CallHouse


@pytest.fixture
def house() -> Iterator[CallHouse]:
    house = CallHouse()
    yield house
    house.close()


def test_a_node_whose_call_has_moved_away_tells_the_figures_when_the_last_has_left(house: CallHouse) -> None:
    staff, patient = house.join("p_staff", "staff", 1), house.join("p_patient", "patient", 1)
    house.move_away("c_1", 1)
    staff.request("leave")
    patient.request("leave")
    last = house.events.all[-1]
    assert (last["ended"], last["epoch"], last["participants"]) == (False, 1, [])
    assert [row["id"] for row in last["stats"]["participants"]] == ["p_staff", "p_patient"]
    assert not [event for event in house.events.all if event["ended"]]


def test_who_is_slow_to_move_is_told_of_as_present(house: CallHouse) -> None:
    house.join("p_staff", "staff", 1)
    house.move_away("c_1", 1)
    house.loop.pass_time(16.0)
    last = house.events.all[-1]
    assert last["participants"] == [{"id": "p_staff", "role": "staff", "connected": True}]
    assert last["stats"]["participants_max"] == 1
    assert house.calls.load() == (0, 0)


def test_a_node_that_stops_tells_the_figures_and_takes_nobody_out_of_the_call(house: CallHouse) -> None:
    house.join("p_staff", "staff", 1)
    lost = house.join("p_patient", "patient", 1)
    house.lose(lost)
    before = house.events.all[-1]
    house.stop()
    last = house.events.all[-1]
    assert last["participants"] == before["participants"]
    assert (last["ended"], last["stats"]["participants_max"]) == (False, 2)
    assert last["seq"] > before["seq"]
