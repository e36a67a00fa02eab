"""Control calls to a media node over real HTTP (docs/protocol.md §3)."""

import json
import time
from collections.abc import Iterator
from contextlib import closing

import pytest

from chalicelib.errors import Unavailable
from chalicelib.gateways.media_fleet import HttpMediaFleet
from tests.unit.gateways.conftest import Canned

TOKEN = "header.claims.signature"


@pytest.fixture
def fleet() -> Iterator[HttpMediaFleet]:
    with closing(HttpMediaFleet()) as fleet:
        yield fleet


def test_the_token_goes_in_the_body_and_204_is_done(fleet: HttpMediaFleet, canned: Canned) -> None:
    canned.answer(204, b"")
    fleet.control(canned.url, TOKEN)
    assert [json.loads(body) for body in canned.asked] == [{"token": TOKEN}]


@pytest.mark.parametrize("status", [200, 302, 401, 404, 500, 502])
def test_any_other_answer_is_worth_another_try_and_the_token_is_not_repeated(
    fleet: HttpMediaFleet, canned: Canned, status: int
) -> None:
    canned.answer(status, f'{{"error": "{TOKEN}"}}')
    with pytest.raises(Unavailable) as refused:
        fleet.control(canned.url, TOKEN)
    assert refused.value.code == "media_refused"
    assert TOKEN not in str(refused.value)
    assert len(canned.asked) == 1


@pytest.mark.parametrize("url", ["", "http://", "http://[", "not a url"])
def test_an_address_that_is_none_is_an_answer_too(fleet: HttpMediaFleet, url: str) -> None:
    with pytest.raises(Unavailable):
        fleet.control(url, TOKEN)


def test_a_node_that_is_gone_is_worth_another_try(fleet: HttpMediaFleet, closed_port: str) -> None:
    with pytest.raises(Unavailable) as refused:
        fleet.control(closed_port, TOKEN)
    assert refused.value.code == "media_unreachable"


@pytest.mark.parametrize("status", [200, 503])
def test_a_node_that_answers_under_its_own_id_is_there(fleet: HttpMediaFleet, canned: Canned, status: int) -> None:
    canned.answer(status, b"")
    canned.headers["X-Vardrum-Node"] = "node-a"
    assert fleet.is_there(canned.url, "node-a")
    assert not fleet.is_there(canned.url, "node-b")


@pytest.mark.parametrize("url", ["", "http://[", "not a url"])
def test_an_address_that_is_none_is_nobodys(fleet: HttpMediaFleet, url: str) -> None:
    assert not fleet.is_there(url, "node-a")


def test_a_closed_port_is_nobodys(fleet: HttpMediaFleet, closed_port: str) -> None:
    assert not fleet.is_there(closed_port, "node-a")


@pytest.mark.timed
def test_a_node_that_takes_connections_and_says_nothing_is_given_up_within_a_second(
    fleet: HttpMediaFleet, silent: str
) -> None:
    started_s = time.monotonic()
    assert not fleet.is_there(silent, "node-a")
    assert time.monotonic() - started_s < 1
