"""Whatever is said to a live signalling socket is answered once or closes that socket by a code; nobody else notices."""

import itertools
import json
from collections.abc import Iterator
from typing import Any

import msgspec
import pytest
from aiohttp import ClientConnectionError
from hypothesis import given, settings
from hypothesis import strategies as st

from mediaserver.requests import Request
from tests.fuzz.live_node import LiveNode, live_node
from tests.fuzz.test_media_server_fuzz import damaged, golden_requests, json_values
from tests.integration.media.one_way import OneWayCall, one_way_call
from tests.media.client import MediaClient
from tests.unit.media.test_media_contracts import SIGNALLING

LAST_ID = 9_999_999
LEFT = 1000
# Malformed, too large, too many.
CLOSES = {4400, 4413, 4429}
BEFORE_JOIN = {4400, 4401, 4413}

requests = golden_requests.flatmap(damaged) | golden_requests
frames = st.one_of(
    requests.map(json.dumps),
    requests.map(json.dumps),
    json_values.map(json.dumps),
    st.text(max_size=200),
    st.binary(max_size=100),
    st.integers(1, 20_000).map(lambda depth: '{"id":1,"method":"subscribe","data":' + "[" * depth),
)
# A call has a bound on how many people it has seen.
_names = itertools.cycle([f"p_{number}" for number in range(20)])


@pytest.fixture(scope="module")
def node() -> Iterator[LiveNode]:
    with live_node() as running:
        yield running


@pytest.fixture(scope="module")
def call(node: LiveNode) -> OneWayCall:
    """People who must not notice."""
    return node.do(one_way_call(node.clinic))


async def say(client: MediaClient, frame: str | bytes) -> None:
    if isinstance(frame, bytes):
        await client.send_bytes(frame)
    else:
        await client.send_text(frame)


async def say_all(client: MediaClient, said: list[str | bytes]) -> int | None:
    """Say everything and a last request; the close code, None if that was answered."""
    last = {"id": LAST_ID, "method": "reportDevice", "data": {"limitedBy": "none"}}
    try:
        for frame in [*said, json.dumps(last)]:
            await say(client, frame)
    except (ClientConnectionError, ConnectionError):
        return await client.closed()
    answer = await client.answers.take(lambda item: item.get("id") == LAST_ID or "closed" in item)
    return int(answer["closed"]) if "closed" in answer else None


@given(st.lists(frames, min_size=1, max_size=20))
def test_any_frames_are_answered_or_close_the_socket_and_nobody_else_notices(
    node: LiveNode, call: OneWayCall, said: list[str | bytes]
) -> None:
    client = node.join_nobody(next(_names))
    code = node.do(say_all(client, said))
    assert code is None or code in CLOSES or (code == LEFT and any("leave" in str(frame) for frame in said))
    for answer in client.answers.items:
        assert "closed" in answer or answer["ok"] or answer["error"]["code"] in SIGNALLING["errors"]
    node.do(client.close())
    node.do(call.carries(b"undisturbed"))
    assert node.unhandled == []


@given(st.lists(requests, min_size=1, max_size=20))
@settings(max_examples=60)
def test_every_request_that_is_one_gets_one_answer(node: LiveNode, call: OneWayCall, said: list[Any]) -> None:
    wanted = [request for request in said if is_request(request, but={"leave", "join"})]
    numbered = [request | {"id": number} for number, request in enumerate(wanted, 1)]
    client = node.join_nobody(next(_names))
    assert node.do(say_all(client, [json.dumps(request) for request in numbered])) is None
    assert [answer["id"] for answer in client.answers.items] == [request["id"] for request in numbered]
    node.do(client.close())
    assert node.unhandled == []


def is_request(value: Any, but: set[str]) -> bool:
    """Whether it has the form of a request, whatever its data."""
    try:
        request = msgspec.json.decode(json.dumps(value), type=Request)
    except msgspec.DecodeError:
        return False
    return request.method not in but


@given(st.lists(frames, min_size=1, max_size=4))
@settings(max_examples=60)
def test_any_first_frames_are_refused_by_a_code(node: LiveNode, said: list[str | bytes]) -> None:
    client = node.do(node.clinic.open())
    code = node.do(say_all(client, said))
    assert code in BEFORE_JOIN
    assert node.unhandled == []


def test_every_refusal_has_a_reason(node: LiveNode, call: OneWayCall) -> None:
    """Also when it is the only one that has said anything."""
    client = node.join_nobody(next(_names))
    request = {"method": "consume", "data": {"producerId": "nobodys"}}
    assert node.do(say_all(client, [json.dumps(request | {"id": number}) for number in range(1, 21)])) is None
    counters = node.clinic.node.counters
    assert sum(counters.refused.values()) >= 20
    assert all(reason and reason.replace("_", "").isalpha() for reason in (*counters.refused, *counters.dropped))
