"""V1: what another system calls a booking names no person, however the number is written."""

import pytest

from chalicelib.domain.booking_name import holds, is_written_number

FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")


@pytest.mark.parametrize(
    "name",
    [
        "19440813-9089",
        "440813-9089",
        "440813+9089",
        "19440813–9089",
        "19440813\u20119089",
        "19440813-\u200b9089",
        "19440813-9089".translate(FULL_WIDTH),
    ],
)
def test_a_number_is_known_however_it_is_written(name: str) -> None:
    assert is_written_number(name)


@pytest.mark.parametrize("name", ["VAS-1", "194408139089", "19440813-9088", "2026-11-23-0001", "", "-"])
def test_what_may_be_any_bookings_name_is_none(name: str) -> None:
    assert not is_written_number(name)


@pytest.mark.parametrize(
    "name",
    [
        "194408139089",
        "4408139089",
        "VAS-194408139089",
        "1944 08 13 9089/2",
        "1944-08-13-9089",
        "19440813\u200b9089",
        "194408139089".translate(FULL_WIDTH),
    ],
)
@pytest.mark.parametrize("number", ["194408139089", "19440813-9089", "440813-9089"])
def test_a_number_is_found_whatever_stands_around_it(name: str, number: str) -> None:
    assert holds(name, number)


def test_another_number_and_a_piece_of_one_are_not_found() -> None:
    assert not holds("VAS-195712302842", "194408139089")
    assert not holds("VAS-9089", "9089")
