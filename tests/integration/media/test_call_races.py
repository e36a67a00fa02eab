"""What must hold when things happen at the wrong moment: replaced, removed while lost, full, racing (C8, C10, G5)."""

import asyncio
import contextlib

import pytest

from tests.integration.media.conftest import Clinic, MakeClinic
from tests.integration.media.test_call_life import order
from tests.media.client import MediaClient, RequestFailed


async def settled(client: MediaClient) -> None:
    """Everything that was on its way to the client when this was called has come."""
    await client.request("sendChat", text="?", clientId="settled")
    await client.event("chat", lambda data: data["clientId"] == "settled")


async def remove(clinic: Clinic, participant_id: str) -> None:
    token = clinic.mint.control("remove_participant", participant_id=participant_id)
    assert await order(clinic.control_url(), token) == 204


async def test_many_connections_of_one_person_racing_leave_one_tile_and_one_connection(clinic: Clinic) -> None:
    staff = await clinic.join("p_staff")
    racing = await asyncio.gather(*(clinic.join_patient("p_patient") for _ in range(8)))
    codes = [asyncio.create_task(client.closed()) for client in racing]
    await clinic.until(lambda: sum(code.done() for code in codes) == 7)
    await settled(staff)
    told = [event["event"] for event in staff.events.items if event["event"].startswith("participant")]
    assert told == ["participantJoined"] + ["participantUpdated"] * 7
    assert clinic.node.calls.load() == (2, 1)
    assert sorted(code.result() for code in codes if code.done()) == [4409] * 7
    (survivor,) = [client for client, code in zip(racing, codes, strict=True) if not code.done()]
    await survivor.request("sendChat", text="the only one", clientId="m")
    for code in codes:
        code.cancel()


async def test_staff_replaced_by_a_newer_connection_does_not_start_the_countdown(make_clinic: MakeClinic) -> None:
    clinic = await make_clinic(no_staff_grace_s=0.2)
    await clinic.join("p_staff")
    patient = await clinic.join_patient("p_patient")
    for _ in range(3):
        await clinic.join("p_staff")
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(patient.closed(), 0.5)


async def test_staff_lost_and_expired_counts_from_the_loss(make_clinic: MakeClinic) -> None:
    """The end of the tile's grace does not begin the countdown anew."""
    clinic = await make_clinic(lost_grace_s=0.3, no_staff_grace_s=0.5)
    staff = await clinic.join("p_staff")
    patient = await clinic.join_patient("p_patient")
    started_s = asyncio.get_running_loop().time()
    await staff.lose_socket()
    assert await patient.event("callEnded") == {"reason": "no_staff"}
    assert asyncio.get_running_loop().time() - started_s < 0.75


async def test_second_member_of_staff_keeps_the_call_going(make_clinic: MakeClinic) -> None:
    clinic = await make_clinic(no_staff_grace_s=0.2)
    staff = await clinic.join("p_staff")
    await clinic.join("p_colleague")
    patient = await clinic.join_patient("p_patient")
    await staff.request("leave")
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(patient.closed(), 0.5)


async def test_someone_is_removed_also_while_their_socket_is_lost(clinic: Clinic) -> None:
    """G5: their media goes on during the grace, and must end; they must not come back."""
    staff = await clinic.join("p_staff")
    await staff.subscribe()
    kept = clinic.mint.join("p_patient")
    patient = await clinic.join_patient("p_patient")
    stream = await patient.publish("audio", "microphone")
    consumer = await staff.receive(stream)
    await patient.lose_socket()
    await staff.event("participantUpdated")
    await remove(clinic, "p_patient")
    assert await staff.event("consumerClosed") == {"consumerId": consumer["id"]}
    assert await staff.event("participantLeft") == {"id": "p_patient", "reason": "removed"}
    back = await clinic.open()
    with pytest.raises(ConnectionError):
        await back.request("join", token=kept)
    assert await back.closed() == 4430
    await settled(staff)
    told = [event["event"] for event in staff.events.items if event["event"].startswith("participant")]
    assert told == ["participantJoined"]


async def test_a_removal_holds_also_before_the_call_is_on_the_node(clinic: Clinic) -> None:
    """A node that was started again knows of no call, and a token of before is still good for a minute."""
    kept = clinic.mint.join("p_patient")
    await remove(clinic, "p_patient")
    late = await clinic.open()
    with pytest.raises(ConnectionError):
        await late.request("join", token=kept)
    assert await late.closed() == 4430
    assert clinic.node.calls.load() == (0, 0)


async def test_the_removed_hears_and_sends_nothing_more(clinic: Clinic) -> None:
    staff = await clinic.join("p_staff")
    patient = await clinic.join_patient("p_patient")
    await patient.publish("audio", "microphone")
    await remove(clinic, "p_patient")
    await patient.closed()
    await staff.request("sendChat", text="among us", clientId="m")
    assert not [event for event in patient.events.items if event["event"] == "chat"]
    assert clinic.node.calls.load() == (1, 1)


async def test_who_has_a_tile_comes_back_also_to_a_full_node(make_clinic: MakeClinic) -> None:
    """C10: their place is counted already."""
    clinic = await make_clinic(capacity=2)
    await clinic.join("p_staff")
    patient = await clinic.join_patient("p_patient")
    await patient.lose_socket()
    await clinic.join_patient("p_patient")
    await clinic.join("p_staff")
    with pytest.raises(RequestFailed, match="too_many"):
        await clinic.join_patient("p_stranger")


async def test_a_lost_connection_found_late_does_not_hurt_the_newer_one(make_clinic: MakeClinic) -> None:
    clinic = await make_clinic(lost_grace_s=0.1)
    staff = await clinic.join("p_staff")
    older = await clinic.join_patient("p_patient")
    newer = await clinic.join_patient("p_patient")
    await older.lose_socket()
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(newer.closed(), 0.3)
    await settled(staff)
    told = [event["event"] for event in staff.events.items if event["event"].startswith("participant")]
    assert told == ["participantJoined", "participantUpdated"]


async def test_requests_of_a_replaced_connection_do_nothing(clinic: Clinic) -> None:
    """Sent before the client has read that it was replaced; nothing is read on this side meanwhile."""
    staff = await clinic.join("p_staff")
    older = await clinic.join("p_colleague")
    newer = await clinic.join("p_colleague")
    with contextlib.suppress(ConnectionError):
        await older.send_text('{"id": 9, "method": "endCall", "data": {}}')
    assert await older.closed() == 4409
    await settled(staff)
    await newer.request("sendChat", text="here", clientId="m")
    assert clinic.node.calls.load() == (2, 1)
