"""A node gives its calls away: what it tells its clients, what it tells the control plane, and when it ends (C10)."""

import asyncio
import json
import os
import signal
import time
from typing import Any

import pytest
from aiohttp import ClientSession

from mediaserver import calls as calls_module
from mediaserver import lease_watch
from mediaserver import room as room_module
from tests.free_ports import free_port
from tests.integration.media.conftest import NODE_ID, Clinic, MakeClinic
from tests.media.client import MediaClient, RequestFailed
from tests.media.node_process import healthy, start
from tests.media.tokens import TokenMint

OTHER = "node-b"
MINUTE_MS = 60_000


@pytest.fixture(autouse=True)
def quick_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    """The leases are read so often that a test need not wait."""
    monkeypatch.setattr(lease_watch, "INTERVAL_S", 0.02)
    monkeypatch.setattr(lease_watch, "DRAINING_INTERVAL_S", 0.02)


async def draining(clinic: Clinic) -> asyncio.Task[None]:
    """Begin to drain the first node, and wait until the fleet table says so."""
    task = asyncio.create_task(clinic.node.drain())
    await clinic.until(lambda: clinic.node.calls.draining)
    assert clinic.fleet.rows[NODE_ID]["draining"] is True
    return task


async def move(clinic: Clinic, participant_id: str, **claims: Any) -> MediaClient:
    """What a browser does when it is asked to: the control plane pins the call to the other node, which it joins."""
    clinic.fleet.pin("c_1", OTHER, 2)
    return await clinic.join(participant_id, door=OTHER, node_id=OTHER, epoch=2, **claims)


def told(clinic: Clinic, node_id: str) -> list[dict[str, Any]]:
    return [event for event in clinic.queue.events if event["node_id"] == node_id]


async def test_all_are_asked_to_move_and_so_is_who_joins_late(make_clinic: MakeClinic) -> None:
    clinic = await make_clinic(drain_deadline_s=60)
    await clinic.start_node(OTHER)
    staff = await clinic.join("p_staff")
    task = await draining(clinic)
    asked = await staff.event("moveRequested")
    assert 50_000 < asked["deadlineMs"] <= MINUTE_MS
    late = await clinic.join_patient("p_patient")
    assert 0 < (await late.event("moveRequested"))["deadlineMs"] <= asked["deadlineMs"]
    task.cancel()


async def test_a_draining_node_opens_no_call(make_clinic: MakeClinic) -> None:
    clinic = await make_clinic(drain_deadline_s=60)
    await clinic.start_node(OTHER)
    await clinic.join("p_staff")
    task = await draining(clinic)
    stranger = await clinic.open()
    with pytest.raises(ConnectionError):
        await stranger.request("join", token=clinic.mint.join("p_x", call_id="c_new"))
    assert await stranger.closed() == 1012
    assert clinic.node.counters.refused["node_draining"] == 1
    task.cancel()


async def test_health_says_that_the_node_drains(make_clinic: MakeClinic) -> None:
    clinic = await make_clinic(drain_deadline_s=60)
    await clinic.start_node(OTHER)
    await clinic.join("p_staff")
    url = clinic.control_url().replace("/control", "/healthz")
    async with ClientSession() as session:
        async with session.get(url) as before:
            assert (before.status, before.headers["X-Vardrum-Node"]) == (200, NODE_ID)
        task = await draining(clinic)
        async with session.get(url) as during:
            assert (during.status, during.headers["X-Vardrum-Node"]) == (503, NODE_ID)
    task.cancel()


async def test_a_call_that_moved_leaves_without_an_end_and_the_node_ends_when_it_is_empty(
    make_clinic: MakeClinic,
) -> None:
    clinic = await make_clinic(drain_deadline_s=60)
    await clinic.start_node(OTHER)
    old_staff, old_patient = await clinic.join("p_staff"), await clinic.join_patient("p_patient")
    task = await draining(clinic)
    new_staff = await move(clinic, "p_staff")
    new_patient = await move(clinic, "p_patient", role="patient")
    assert [each["id"] for each in new_patient.joined["participants"]] == ["p_staff"]
    room = clinic.node.calls.room("c_1")
    assert room is not None
    await clinic.until(lambda: room.moved_away)
    # Staff goes first: that is no call without staff, and nobody here is told of an end.
    await old_staff.request("leave")
    await old_patient.request("leave")
    async with asyncio.timeout(30):
        await task
    await clinic.stop_node(NODE_ID)
    assert not [event for event in told(clinic, NODE_ID) if event["ended"]]
    assert told(clinic, OTHER)[-1]["epoch"] == 2
    assert new_staff.joined["epoch"] == 2


async def test_a_call_that_ends_while_the_node_drains_has_ended(make_clinic: MakeClinic) -> None:
    """Nobody had asked for another node yet: the control plane waits for this one's last word."""
    clinic = await make_clinic(drain_deadline_s=60)
    await clinic.start_node(OTHER)
    staff = await clinic.join("p_staff")
    task = await draining(clinic)
    await staff.request("leave")
    async with asyncio.timeout(30):
        await task
    await clinic.stop_node(NODE_ID)
    assert [event["end_reason"] for event in told(clinic, NODE_ID) if event["ended"]] == ["empty"]


async def test_who_does_not_move_until_the_deadline_is_sent_away_with_1012(make_clinic: MakeClinic) -> None:
    clinic = await make_clinic(drain_deadline_s=0.3)
    await clinic.start_node(OTHER)
    staff = await clinic.join("p_staff")
    started_s = time.monotonic()
    await (await draining(clinic))
    assert 0.25 < time.monotonic() - started_s < 20
    await clinic.stop_node(NODE_ID)
    assert await staff.closed() == 1012


async def test_a_node_that_is_alone_lets_nobody_wait(make_clinic: MakeClinic) -> None:
    clinic = await make_clinic(drain_deadline_s=60)
    staff = await clinic.join("p_staff")
    async with asyncio.timeout(20):
        await clinic.node.drain()
    await clinic.stop_node(NODE_ID)
    assert await staff.closed() == 1012


async def test_other_nodes_that_drain_or_are_dead_are_nowhere_to_go(make_clinic: MakeClinic) -> None:
    clinic = await make_clinic(drain_deadline_s=60)
    await clinic.join("p_staff")
    row = dict(clinic.fleet.rows[NODE_ID])
    clinic.fleet.rows["node-c"] = row | {"sk": "node-c", "draining": True}
    clinic.fleet.rows["node-d"] = row | {"sk": "node-d", "heartbeat_at": int(time.time()) - 16}
    async with asyncio.timeout(20):
        await clinic.node.drain()


async def test_a_call_given_to_another_node_by_mistake_is_let_go_in_peace(
    make_clinic: MakeClinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control plane believed this node dead: those who are still here are asked to follow, and none is told of an end."""
    monkeypatch.setattr(calls_module, "MOVE_S", 0.2)
    clinic = await make_clinic(no_staff_grace_s=0.05)
    patient = await clinic.join_patient("p_patient")
    clinic.fleet.pin("c_1", OTHER, 2)
    assert await patient.event("moveRequested")
    assert await patient.closed() == 1012
    assert not [event for event in told(clinic, NODE_ID) if event["ended"]]
    assert clinic.node.calls.load() == (0, 0)


async def test_a_call_that_comes_back_under_a_later_epoch_stays(
    make_clinic: MakeClinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(calls_module, "MOVE_S", 0.2)
    clinic = await make_clinic()
    staff = await clinic.join("p_staff")
    clinic.fleet.pin("c_1", OTHER, 2)
    await staff.event("moveRequested")
    clinic.fleet.pin("c_1", NODE_ID, 3)
    back = await clinic.join_patient("p_patient", epoch=3)
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(back.closed(), 0.5)


async def test_media_flows_on_both_nodes_until_the_old_one_is_left(make_clinic: MakeClinic) -> None:
    clinic = await make_clinic(drain_deadline_s=60)
    await clinic.start_node(OTHER)
    staff, patient = await clinic.join("p_staff"), await clinic.join_patient("p_patient")
    await staff.subscribe()
    stream = await patient.publish("audio", "microphone")
    consumer = await staff.receive(stream)
    task = await draining(clinic)
    new_staff, new_patient = await move(clinic, "p_staff"), await move(clinic, "p_patient")
    await new_staff.subscribe()
    new_stream = await new_patient.publish("audio", "microphone")
    new_consumer = await new_staff.receive(new_stream)
    for receiver, sender, sent, taken in (
        (staff, patient, stream, consumer),
        (new_staff, new_patient, new_stream, new_consumer),
    ):
        sender.send(sent, b"both")
        assert receiver.recv_transport is not None
        packet = await receiver.recv_transport.expect_rtp(taken["rtpParameters"]["encodings"][0]["ssrc"])
        assert packet.payload == b"both"
    task.cancel()


async def test_staff_in_the_middle_of_a_move_ends_the_call_for_those_on_either_node(make_clinic: MakeClinic) -> None:
    """One says it on both connections (section 2); whoever had not moved yet finds no call to move to."""
    clinic = await make_clinic(drain_deadline_s=60)
    await clinic.start_node(OTHER)
    old_staff, slow = await clinic.join("p_staff"), await clinic.join_patient("p_slow")
    task = await draining(clinic)
    new_staff = await move(clinic, "p_staff")
    quick = await move(clinic, "p_quick", role="patient")
    for connection in (old_staff, new_staff):
        await connection.request("endCall")
    for other in (slow, quick):
        assert await other.event("callEnded") == {"reason": "ended_by_staff"}
        assert await other.closed() == 4410
    late = await clinic.open(OTHER)
    with pytest.raises(ConnectionError):
        await late.request("join", token=clinic.mint.join("p_slow", role="patient", node_id=OTHER, epoch=2))
    assert await late.closed() == 4410
    async with asyncio.timeout(30):
        await task
    await clinic.until(lambda: any(event["ended"] for event in told(clinic, OTHER)))
    assert told(clinic, OTHER)[-1]["end_reason"] == "ended_by_staff"


async def test_who_was_muted_on_the_old_node_begins_muted_on_the_new_one(make_clinic: MakeClinic) -> None:
    """Staff says it on both connections; on the new node the muted has not come yet."""
    clinic = await make_clinic(drain_deadline_s=60)
    await clinic.start_node(OTHER)
    old_staff, old_patient = await clinic.join("p_staff", name="Dr Ek"), await clinic.join_patient("p_patient")
    await old_patient.publish("audio", "microphone")
    task = await draining(clinic)
    new_staff = await move(clinic, "p_staff", name="Dr Ek")
    for connection in (old_staff, new_staff):
        await connection.request("muteParticipant", participantId="p_patient")
    assert (await old_patient.event("muted"))["byName"] == "Dr Ek"
    new_patient = await move(clinic, "p_patient", role="patient")
    stream = await new_patient.publish("audio", "microphone")
    told_of = {"producerId": stream.producer_id, "byParticipantId": "p_staff", "byName": "Dr Ek"}
    assert await new_patient.event("muted") == told_of
    late = await move(clinic, "p_late", role="guest")
    people = {each["id"]: each for each in late.joined["participants"]}
    assert people["p_patient"]["producers"][0]["paused"] is True
    await new_patient.request("resumeProducer", producerId=stream.producer_id)
    assert (await new_staff.event("producerResumed"))["participantId"] == "p_patient"
    task.cancel()


async def test_when_all_have_had_the_time_to_arrive_nobody_absent_is_muted(
    make_clinic: MakeClinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room_module, "ARRIVAL_S", 0.0)
    clinic = await make_clinic(drain_deadline_s=60)
    await clinic.start_node(OTHER)
    staff = await move(clinic, "p_staff")
    with pytest.raises(RequestFailed, match="not_found"):
        await staff.request("muteParticipant", participantId="p_patient")


def aws_of() -> dict[str, str]:
    """The way to the emulator, from this process' environment."""
    return {name: value for name, value in os.environ.items() if name.startswith("AWS_") or name == "FLEET_TABLE"}


@pytest.mark.usefixtures("aws")
async def test_the_second_signal_stops_at_once() -> None:
    """The real process beside another node: the first signal lets it wait for its clients, the second does not."""
    mint, port, other_port = TokenMint(), free_port(), free_port()
    beside = await start(MEDIA_HTTP_PORT=str(other_port), MEDIA_NODE_ID=OTHER, **aws_of())
    await healthy(other_port)
    process = await start(MEDIA_HTTP_PORT=str(port), MEDIA_JOIN_KEYS=json.dumps(mint.public_keys), **aws_of())
    await healthy(port)
    client = await MediaClient.join(f"ws://127.0.0.1:{port}/media", mint.join("p_staff"))
    try:
        process.send_signal(signal.SIGTERM)
        assert (await client.event("moveRequested"))["deadlineMs"] > 90_000
        await asyncio.sleep(1.2)  # longer than one look round
        assert process.returncode is None
        process.send_signal(signal.SIGTERM)
        assert await client.closed() == 1012
        await asyncio.wait_for(process.communicate(), 3)
        assert process.returncode == 0
    finally:
        await client.close()
        beside.terminate()
        await beside.communicate()
