"""Who is told what when people come, go, get lost, come back, are removed, or the call ends (C6, C8, C10, G5)."""

import asyncio
import time
from typing import Any

import pytest
from aiohttp import ClientSession

from tests.integration.media.conftest import NODE_ID, Clinic, MakeClinic
from tests.media.client import MediaClient, RequestFailed
from tests.media.fakes import MemoryEventQueue


async def event_where(clinic: Clinic, wanted: Any) -> dict[str, Any]:
    """The first call event for which `wanted` is true."""

    def arrived(queue: MemoryEventQueue) -> bool:
        return any(wanted(event) for event in queue.events)

    await asyncio.to_thread(clinic.queue.wait_until, arrived)
    return next(event for event in clinic.queue.events if wanted(event))


async def order(url: str, token: str) -> int:
    async with ClientSession() as session, session.post(url, json={"token": token}) as answer:
        return answer.status


async def test_join_answer_tells_who_is_there_and_what_they_send(clinic: Clinic) -> None:
    staff = await clinic.join("p_staff", name="Dr Ek")
    stream = await staff.publish("audio", "microphone", paused=True)
    patient = await clinic.join_patient("p_patient")
    assert patient.joined["participant"]["permissions"] == ["chat", "publish_audio", "publish_video"]
    assert (patient.joined["callId"], patient.joined["epoch"]) == ("c_1", 1)
    told = {"id": stream.producer_id, "kind": "audio", "source": "microphone", "paused": True}
    assert patient.joined["participants"] == [
        {"id": "p_staff", "name": "Dr Ek", "role": "staff", "connected": True, "producers": [told]}
    ]
    joined = await staff.event("participantJoined")
    assert (joined["id"], joined["role"], joined["producers"]) == ("p_patient", "patient", [])


async def test_leaving_closes_with_1000_and_tells_the_others(clinic: Clinic) -> None:
    staff = await clinic.join("p_staff")
    patient = await clinic.join_patient("p_patient")
    assert await patient.request("leave") == {}
    assert await patient.closed() == 1000
    assert await staff.event("participantLeft") == {"id": "p_patient", "reason": "left"}


async def test_newer_connection_replaces_the_older_under_the_same_participant(clinic: Clinic) -> None:
    """C10: the same person comes back in the same tile."""
    staff = await clinic.join("p_staff")
    await staff.subscribe()
    patient = await clinic.join_patient("p_patient")
    old = await patient.publish("audio", "microphone")
    consumer = await staff.receive(old)
    newer = await clinic.join_patient("p_patient")
    assert await patient.closed() == 4409
    assert await staff.event("consumerClosed") == {"consumerId": consumer["id"]}
    assert await staff.event("participantUpdated") == {"id": "p_patient", "connected": True}
    fresh = await newer.publish("audio", "microphone")
    again = await staff.receive(fresh)
    assert again["participantId"] == "p_patient"
    newer.send(fresh, b"back")
    assert staff.recv_transport is not None
    packet = await staff.recv_transport.expect_rtp(again["rtpParameters"]["encodings"][0]["ssrc"])
    assert packet.payload == b"back"
    assert not [event for event in staff.events.items if event["event"] == "participantLeft"]


async def test_lost_socket_keeps_the_tile_and_a_new_one_takes_it_back(clinic: Clinic) -> None:
    staff = await clinic.join("p_staff")
    patient = await clinic.join_patient("p_patient")
    await patient.lose_socket()
    assert await staff.event("participantUpdated") == {"id": "p_patient", "connected": False}
    await clinic.join_patient("p_patient")
    assert await staff.event("participantUpdated") == {"id": "p_patient", "connected": True}


async def test_lost_socket_becomes_a_departure_after_the_grace(make_clinic: MakeClinic) -> None:
    clinic = await make_clinic(lost_grace_s=0.2)
    staff = await clinic.join("p_staff")
    patient = await clinic.join_patient("p_patient")
    await patient.lose_socket()
    assert await staff.event("participantLeft") == {"id": "p_patient", "reason": "lost"}


async def test_media_of_a_lost_socket_flows_on_during_the_grace(clinic: Clinic) -> None:
    staff = await clinic.join("p_staff")
    await staff.subscribe()
    patient = await clinic.join_patient("p_patient")
    stream = await patient.publish("audio", "microphone")
    consumer = await staff.receive(stream)
    await patient.lose_socket()
    await staff.event("participantUpdated")
    patient.send(stream, b"still here")
    assert staff.recv_transport is not None
    packet = await staff.recv_transport.expect_rtp(consumer["rtpParameters"]["encodings"][0]["ssrc"])
    assert packet.payload == b"still here"


async def test_call_without_staff_ends_after_the_grace(make_clinic: MakeClinic) -> None:
    """C8: when the last staff is gone the call ends for all after a grace."""
    clinic = await make_clinic(no_staff_grace_s=0.2)
    staff = await clinic.join("p_staff")
    patient = await clinic.join_patient("p_patient")
    await staff.request("leave")
    assert await patient.event("callEnded") == {"reason": "no_staff"}
    assert await patient.closed() == 4410


async def test_returning_staff_stops_the_countdown(make_clinic: MakeClinic) -> None:
    clinic = await make_clinic(no_staff_grace_s=0.3)
    staff = await clinic.join("p_staff")
    patient = await clinic.join_patient("p_patient")
    await staff.request("leave")
    await clinic.join("p_staff")
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(patient.closed(), 0.6)


async def test_staff_ends_the_call_for_everyone(clinic: Clinic) -> None:
    staff = await clinic.join("p_staff")
    patient = await clinic.join_patient("p_patient")
    assert await staff.request("endCall") == {}
    for client in (staff, patient):
        assert await client.event("callEnded") == {"reason": "ended_by_staff"}
        assert await client.closed() == 4410


async def test_patient_cannot_end_the_call(clinic: Clinic) -> None:
    await clinic.join("p_staff")
    patient = await clinic.join_patient("p_patient")
    with pytest.raises(RequestFailed, match="forbidden"):
        await patient.request("endCall")


async def test_token_from_before_the_end_does_not_open_the_call_again(clinic: Clinic) -> None:
    kept = clinic.mint.join("p_patient")
    staff = await clinic.join("p_staff")
    await staff.request("endCall")
    late = await clinic.open()
    with pytest.raises(ConnectionError):
        await late.request("join", token=kept)
    assert await late.closed() == 4410


async def test_next_epoch_opens_the_call_again(clinic: Clinic) -> None:
    staff = await clinic.join("p_staff")
    await staff.request("endCall")
    again = await clinic.join("p_staff", epoch=2)
    assert again.joined["epoch"] == 2


async def test_token_of_an_earlier_epoch_is_refused(clinic: Clinic) -> None:
    await clinic.join("p_staff", epoch=2)
    late = await clinic.open()
    with pytest.raises(ConnectionError):
        await late.request("join", token=clinic.mint.join("p_patient", epoch=1))
    assert await late.closed() == 4401


async def test_chat_reaches_those_present_and_no_one_later(clinic: Clinic) -> None:
    """C6: seen only by those in the call when it was sent, kept nowhere."""
    staff = await clinic.join("p_staff", name="Dr Ek")
    patient = await clinic.join_patient("p_patient")
    before_ms = int(time.time() * 1000)
    assert await staff.request("sendChat", text="Hej <b>!", clientId="m1") == {}
    for client in (staff, patient):
        line = await client.event("chat")
        assert (line["participantId"], line["name"], line["text"], line["clientId"]) == (
            "p_staff",
            "Dr Ek",
            "Hej <b>!",
            "m1",
        )
        assert before_ms <= line["sentAtMs"] <= time.time() * 1000
    later = await clinic.join_patient("p_later")
    await later.request("sendChat", text="hello", clientId="m2")
    await later.event("chat")
    assert not later.events.items


async def test_chat_needs_its_permission(clinic: Clinic) -> None:
    guest = await clinic.join("p_guest", role="guest", permissions=["publish_audio"])
    with pytest.raises(RequestFailed, match="forbidden"):
        await guest.request("sendChat", text="Hej", clientId="m1")


async def test_control_ends_the_call(clinic: Clinic) -> None:
    staff = await clinic.join("p_staff")
    assert await order(clinic.control_url(), clinic.mint.control("end_call")) == 204
    assert await staff.event("callEnded") == {"reason": "ended_by_control"}
    assert await staff.closed() == 4410


async def test_control_removes_a_person_and_the_tokens_of_before(clinic: Clinic) -> None:
    """G5: a removed person in the call is disconnected."""
    staff = await clinic.join("p_staff")
    kept = clinic.mint.join("p_patient")
    patient = await clinic.join_patient("p_patient")
    token = clinic.mint.control("remove_participant", participant_id="p_patient")
    assert await order(clinic.control_url(), token) == 204
    assert await patient.closed() == 4430
    assert await staff.event("participantLeft") == {"id": "p_patient", "reason": "removed"}
    back = await clinic.open()
    with pytest.raises(ConnectionError):
        await back.request("join", token=kept)
    assert await back.closed() == 4430


async def test_replaced_device_is_put_out_and_the_newer_one_takes_its_tile(clinic: Clinic) -> None:
    """G2: the older device's tokens are dead, also those not used yet; the tile waits."""
    staff = await clinic.join("p_staff")
    kept = clinic.mint.join("p_patient")
    older = await clinic.join_patient("p_patient")
    now = int(time.time())
    token = clinic.mint.control("replace_device", participant_id="p_patient", issued_until=now)
    assert await order(clinic.control_url(), token) == 204
    assert await older.closed() == 4409
    assert await staff.event("participantUpdated") == {"id": "p_patient", "connected": False}
    back = await clinic.open()
    with pytest.raises(ConnectionError):
        await back.request("join", token=kept)
    assert await back.closed() == 4409
    newer = await clinic.open()
    await newer.request("join", token=clinic.mint.join("p_patient", iat=now + 1, exp=now + 61))
    assert await staff.event("participantUpdated") == {"id": "p_patient", "connected": True}
    assert await order(clinic.control_url(), token) == 204
    assert await newer.request("sendChat", text="still here", clientId="m") == {}


async def test_control_order_again_or_for_nobody_does_no_harm(clinic: Clinic) -> None:
    await clinic.join("p_staff")
    token = clinic.mint.control("end_call")
    assert await order(clinic.control_url(), token) == 204
    assert await order(clinic.control_url(), token) == 204
    gone = clinic.mint.control("remove_participant", participant_id="p_nobody", call_id="c_unknown")
    assert await order(clinic.control_url(), gone) == 204


async def test_control_refuses_join_tokens_and_foreign_keys(clinic: Clinic) -> None:
    staff = await clinic.join("p_staff")
    assert await order(clinic.control_url(), clinic.mint.join("p_staff")) == 401
    async with ClientSession() as session, session.post(clinic.control_url(), data=b"{") as answer:
        assert answer.status == 401
    assert await staff.request("sendChat", text="still here", clientId="m") == {}


async def test_call_events_are_growing_snapshots_and_one_end(clinic: Clinic) -> None:
    staff = await clinic.join("p_staff")
    patient = await clinic.join_patient("p_patient")
    both = await event_where(clinic, lambda event: len(event["participants"]) == 2)
    assert both["participants"] == [
        {"id": "p_staff", "role": "staff", "connected": True},
        {"id": "p_patient", "role": "patient", "connected": True},
    ]
    await patient.lose_socket()
    await event_where(clinic, lambda event: [p["connected"] for p in event["participants"]] == [True, False])
    await staff.request("endCall")
    ended = await event_where(clinic, lambda event: event["ended"])
    assert (ended["end_reason"], ended["participants"], ended["stats"]["participants_max"]) == ("ended_by_staff", [], 2)
    numbers = [event["seq"] for event in clinic.queue.events]
    assert numbers == sorted(set(numbers))


async def test_last_event_counts_the_packets_of_each_participant(clinic: Clinic) -> None:
    staff = await clinic.join("p_staff")
    await staff.subscribe()
    patient = await clinic.join_patient("p_patient")
    stream = await patient.publish("audio", "microphone")
    consumer = await staff.receive(stream)
    for number in range(8):
        patient.send(stream, bytes((number,)))
    assert staff.recv_transport is not None
    for _ in range(8):
        await staff.recv_transport.expect_rtp(consumer["rtpParameters"]["encodings"][0]["ssrc"])
    await patient.request("leave")
    await staff.request("leave")
    ended = await event_where(clinic, lambda event: event["ended"])
    figures = {row["id"]: (row["packets_received"], row["packets_sent"]) for row in ended["stats"]["participants"]}
    assert figures == {"p_patient": (8, 0), "p_staff": (0, 8)}
    assert ended["end_reason"] == "empty"


async def test_events_wait_while_the_queue_is_down_and_only_the_newest_snapshot_is_sent(clinic: Clinic) -> None:
    clinic.queue.down = True
    staff = await clinic.join("p_staff")
    await clinic.join_patient("p_1")
    await clinic.join_patient("p_2")
    await asyncio.to_thread(clinic.queue.wait_until, lambda queue: queue.refused >= 1)
    clinic.queue.down = False
    await event_where(clinic, lambda event: len(event["participants"]) == 3)
    assert len(clinic.queue.events) == 1
    await staff.request("endCall")
    await event_where(clinic, lambda event: event["ended"])


async def test_stopping_node_tells_clients_to_come_back_and_marks_itself(make_clinic: MakeClinic) -> None:
    clinic = await make_clinic()
    await clinic.start_node("node-b")
    client = await clinic.join("p_staff", "node-b", node_id="node-b")
    started_s = time.monotonic()
    await clinic.stop_node("node-b")
    assert time.monotonic() - started_s < 20
    assert await client.closed() == 1012
    assert clinic.fleet.rows["node-b"]["draining"] is True


async def test_fleet_row_tells_where_the_node_is_and_how_full(clinic: Clinic) -> None:
    row = clinic.fleet.rows["node-a"]
    assert row["internal_url"] == f"http://127.0.0.1:{clinic.node.http_port}"
    assert (row["participants"], row["calls"], row["draining"]) == (0, 0, False)
    assert abs(row["heartbeat_at"] - time.time()) < 5


async def test_any_node_passes_a_socket_on_to_the_owner(clinic: Clinic) -> None:
    await clinic.start_node("node-b")
    staff = await clinic.join("p_staff")
    patient = await clinic.join_patient("p_patient", node_id="node-a")
    other_door = await clinic.join("p_colleague", "node-b")
    assert {p["id"] for p in other_door.joined["participants"]} == {"p_staff", "p_patient"}
    await other_door.subscribe()
    stream = await patient.publish("audio", "microphone")
    consumer = await other_door.receive(stream)
    patient.send(stream, b"through two nodes")
    assert other_door.recv_transport is not None
    packet = await other_door.recv_transport.expect_rtp(consumer["rtpParameters"]["encodings"][0]["ssrc"])
    assert packet.payload == b"through two nodes"
    await staff.request("endCall")
    assert await other_door.event("callEnded") == {"reason": "ended_by_staff"}
    assert await other_door.closed() == 4410


async def test_socket_lost_behind_another_node_is_lost_at_the_owner(clinic: Clinic) -> None:
    await clinic.start_node("node-b")
    staff = await clinic.join("p_staff")
    other_door = await clinic.join_patient("p_patient", node_id="node-a")
    far: MediaClient = await clinic.join("p_far", "node-b")
    await far.lose_socket()
    assert await staff.event("participantUpdated", lambda data: data["id"] == "p_far") == {
        "id": "p_far",
        "connected": False,
    }
    assert await other_door.event("participantUpdated") == {"id": "p_far", "connected": False}


async def test_any_node_passes_a_control_order_on(clinic: Clinic) -> None:
    await clinic.start_node("node-b")
    staff = await clinic.join("p_staff")
    assert await order(clinic.control_url("node-b"), clinic.mint.control("end_call")) == 204
    assert await staff.closed() == 4410


async def test_unreachable_owner_is_said_so(clinic: Clinic) -> None:
    assert await order(clinic.control_url(), clinic.mint.control("end_call", node_id="node-gone")) == 502
    client = await clinic.open()
    with pytest.raises(ConnectionError):
        await client.request("join", token=clinic.mint.join("p_staff", node_id="node-gone"))
    assert await client.closed() == 1012
    assert clinic.node.counters.refused["owner_unreachable"] == 2


async def test_wrong_fleet_row_does_not_send_a_socket_in_circles(clinic: Clinic) -> None:
    clinic.fleet.rows["node-ghost"] = clinic.fleet.rows["node-a"] | {"sk": "node-ghost"}
    client = await clinic.open()
    with pytest.raises(ConnectionError):
        await client.request("join", token=clinic.mint.join("p_staff", node_id="node-ghost"))
    assert await client.closed() == 4401
    assert clinic.node.counters.refused["token_other_node"] == 1
    ghost = clinic.mint.control("end_call", node_id="node-ghost")
    assert await order(clinic.control_url(), ghost) == 401


async def test_node_started_again_under_its_old_id_goes_on_above_what_it_said_before(clinic: Clinic) -> None:
    """C10: what it says of a call that was lost with it must not pass for old news."""
    await clinic.join("p_staff")
    await clinic.join_patient("p_patient")
    before = await event_where(clinic, lambda event: len(event["participants"]) == 2)
    await clinic.stop_node(NODE_ID)
    await clinic.start_node(NODE_ID)
    await clinic.join("p_staff")
    back = await event_where(clinic, lambda event: event["seq"] > before["seq"] and len(event["participants"]) == 1)
    assert (back["call_id"], back["epoch"], back["ended"]) == (before["call_id"], before["epoch"], False)
