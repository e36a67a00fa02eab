"""P1: an identity number is printed masked, and nothing encodes it or tells it by accident."""

import copy
import json
import pickle
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

import msgspec
import pytest

from chalicelib.domain.identity_number import IdentityNumber
from chalicelib.errors import InvalidIdentityNumber
from tests.unit.domain.number_forms import TODAY


@dataclass(frozen=True)
class Holder:
    """Any record that has a number among its fields."""

    number: IdentityNumber


class Letter(msgspec.Struct):
    number: IdentityNumber


@pytest.mark.parametrize(
    ("digits", "masked"),
    [
        ("194408139089", "1944-08-13-••••"),
        ("197010632391", "1970-10-63-••••"),
        ("197003320001", "1970-03-32-••••"),
        ("98240301AA06", "98240301-••••"),
    ],
)
def test_it_prints_masked_everywhere(digits: str, masked: str) -> None:
    number = IdentityNumber(digits)
    assert str(number) == f"{number}" == f"{number:}" == f"{number!s}" == f"{number}" == masked
    assert f"{number:>20}" == masked.rjust(20)
    printed = [
        f"{number!r}",
        f"{number!a}",
        repr([number]),
        repr({number: number}),
        repr(Holder(number)),
    ]
    printed += [str(Holder(number)), repr(Letter(number)), str(asdict(Holder(number))), str(KeyError(number))]
    for text in printed:
        assert digits[8:] not in text


def _fails_with(what: Callable[[Any], object], number: IdentityNumber) -> str:
    """The message of the error that this operation ends in."""
    with pytest.raises((TypeError, AttributeError, KeyError, ValueError)) as caught:
        what(number)
    return f"{caught.value!r} {caught.value}"


@pytest.mark.parametrize(
    "operation",
    [
        pickle.dumps,
        lambda number: pickle.dumps(Holder(number)),
        lambda number: json.dumps({"number": number}),
        msgspec.json.encode,
        msgspec.msgpack.encode,
        lambda number: msgspec.json.encode(Letter(number)),
        lambda number: msgspec.json.encode(Holder(number)),
        msgspec.to_builtins,
        vars,
        lambda number: {}[number],
        lambda number: number < IdentityNumber(number.digits),
        lambda number: number + "",
        lambda number: f"{number:d}",
        lambda number: setattr(number, "digits", ""),
        lambda number: setattr(number, "_digits", ""),
        lambda number: delattr(number, "_digits"),
        lambda number: number.name,
    ],
)
def test_nothing_encodes_it_and_no_error_tells_it(operation: Callable[[Any], object]) -> None:
    """P1: a pickle, a JSON body, a queue's message: whoever wants the number there must ask for its digits."""
    assert "9089" not in _fails_with(operation, IdentityNumber("194408139089"))


def test_copies_are_the_same_number() -> None:
    number = IdentityNumber("194408139089")
    assert copy.copy(number) is copy.deepcopy(number) is copy.deepcopy(Holder(number)).number is number
    assert {number, IdentityNumber("194408139089")} == {number}
    assert number != "194408139089"


@pytest.mark.parametrize(
    "text", ["19440813-9088", "19441313-9089", "9824 0301 AA05", "440813-9089-440813-9089-440813-9089"]
)
def test_the_error_does_not_repeat_the_number(text: str) -> None:
    with pytest.raises(InvalidIdentityNumber) as caught:
        IdentityNumber.parse(text, TODAY)
    assert not any(part in f"{caught.value} {caught.value!r}" for part in ("908", "1944", "AA0"))
    assert caught.value.__cause__ is caught.value.__context__ is None
