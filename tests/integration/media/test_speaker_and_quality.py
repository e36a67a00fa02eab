"""Who speaks, how well everyone is connected, and what is to blame: told through real sockets (C4, C9, C11)."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import pairwise
from typing import Any

import pytest

from mediaserver import quality_watch, speaker_watch
from mediaserver.rtp.rtcp import ReportBlock, serialize_receiver_report
from tests.integration.media.conftest import Clinic
from tests.integration.media.test_call_life import event_where
from tests.media.client import MediaClient, RequestFailed
from tests.media.meanwhile import meanwhile, sending
from tests.media.stream import ClientStream

QUICK_SPEAKER_S, QUICK_QUALITY_S = 0.06, 0.15


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """The room's clocks run faster than in a call, so that nobody waits for them."""
    monkeypatch.setattr(speaker_watch, "INTERVAL_S", QUICK_SPEAKER_S)
    monkeypatch.setattr(quality_watch, "INTERVAL_S", QUICK_QUALITY_S)


async def two_with_a_microphone(clinic: Clinic) -> tuple[MediaClient, MediaClient, ClientStream]:
    """Staff, a patient, and the patient's microphone."""
    staff = await clinic.join("p_staff")
    patient = await clinic.join_patient("p_patient")
    return staff, patient, await patient.publish("audio", "microphone")


def scores(data: dict[str, Any], participant_id: str) -> dict[str, Any]:
    (row,) = [row for row in data["participants"] if row["id"] == participant_id]
    return dict(row)


@pytest.mark.usefixtures("quick")
async def test_everyone_is_told_who_speaks_and_when_all_are_silent(clinic: Clinic) -> None:
    staff, patient, microphone = await two_with_a_microphone(clinic)
    async with sending(patient, microphone):
        for client in (staff, patient):
            assert await client.event("activeSpeaker") == {"participantId": "p_patient"}
        late = await clinic.join("p_late")
        assert await late.event("activeSpeaker") == {"participantId": "p_patient"}
    for client in (staff, patient, late):
        assert await client.event("activeSpeaker") == {"participantId": None}


@pytest.mark.usefixtures("quick")
async def test_someone_muted_does_not_speak_whatever_their_client_sends(clinic: Clinic) -> None:
    staff, patient, microphone = await two_with_a_microphone(clinic)
    async with sending(patient, microphone):
        assert await staff.event("activeSpeaker") == {"participantId": "p_patient"}
        await staff.request("muteParticipant", participantId="p_patient")
        assert await staff.event("activeSpeaker") == {"participantId": None}


@pytest.mark.usefixtures("quick")
async def test_a_speaker_who_leaves_speaks_no_more(clinic: Clinic) -> None:
    staff, patient, microphone = await two_with_a_microphone(clinic)
    async with sending(patient, microphone):
        assert await staff.event("activeSpeaker") == {"participantId": "p_patient"}
    await patient.request("leave")
    assert await staff.event("activeSpeaker") == {"participantId": None}


@pytest.mark.usefixtures("quick")
async def test_a_lossy_uplink_is_told_to_all_and_its_cause_to_staff_alone(clinic: Clinic) -> None:
    staff, patient, microphone = await two_with_a_microphone(clinic)
    async with sending(patient, microphone, loses_every=4):
        told = await staff.event("connectionQuality", lambda data: scores(data, "p_patient")["up"] == 1)
        assert scores(told, "p_patient") == {"id": "p_patient", "up": 1, "down": None, "cause": "uplink"}
        assert scores(told, "p_staff")["cause"] is None
        told = await patient.event("connectionQuality", lambda data: scores(data, "p_patient")["up"] == 1)
        assert scores(told, "p_patient") == {"id": "p_patient", "up": 1, "down": None}
        assert not any("cause" in row for row in told["participants"])


@asynccontextmanager
async def reporting(client: MediaClient, ssrc: int, *, fraction_lost: int, jitter: int) -> AsyncIterator[None]:
    """A receiver goes on telling what it lost of a stream: 1/256 of the last packets, 12 in all; jitter in its clock."""
    assert client.recv_transport is not None
    block = ReportBlock(ssrc, fraction_lost, 12, 65_600, jitter, 0, 0)
    report = serialize_receiver_report(1, [block])

    async def send() -> None:
        while True:
            assert client.recv_transport is not None
            client.recv_transport.send_rtcp(report)
            await asyncio.sleep(0.05)

    async with meanwhile(send()):
        yield


@pytest.mark.usefixtures("quick")
async def test_a_lossy_downlink_is_told_with_its_cause_and_stands_in_the_figures_of_the_end(clinic: Clinic) -> None:
    staff = await clinic.join("p_staff")
    patient = await clinic.join_patient("p_patient")
    await patient.subscribe()
    microphone = await staff.publish("audio", "microphone")
    consumer = await patient.receive(microphone)
    ssrc = consumer["rtpParameters"]["encodings"][0]["ssrc"]
    async with sending(staff, microphone), reporting(patient, ssrc, fraction_lost=80, jitter=48 * 7):
        told = await staff.event("connectionQuality", lambda data: scores(data, "p_patient")["down"] == 1)
    assert scores(told, "p_patient") == {"id": "p_patient", "up": None, "down": 1, "cause": "downlink"}
    await staff.request("endCall")
    ended = await event_where(clinic, lambda event: event["ended"])
    row = next(row for row in ended["stats"]["participants"] if row["id"] == "p_patient")
    assert (row["packets_sent_lost"], row["jitter_sent_ms"], row["quality_down_worst"]) == (12, 7.0, 1)


@pytest.mark.usefixtures("quick")
async def test_a_good_uplink_is_excellent_and_told_once(clinic: Clinic) -> None:
    staff, patient, microphone = await two_with_a_microphone(clinic)
    async with sending(patient, microphone):
        await staff.event("connectionQuality", lambda data: (scores(data, "p_patient")["up"] or 0) >= 4)
        late = await clinic.join("p_late")
        told = await late.event("connectionQuality")
        assert scores(told, "p_patient")["up"] >= 4
    seen = [event["data"] for event in staff.events.items if event["event"] == "connectionQuality"]
    assert all(earlier != later for earlier, later in pairwise(seen))


@pytest.mark.usefixtures("quick")
async def test_a_camera_that_is_on_and_sends_nothing_is_the_device(clinic: Clinic) -> None:
    staff = await clinic.join("p_staff")
    patient = await clinic.join_patient("p_patient")
    camera = await patient.publish("video", "camera")
    told = await staff.event("connectionQuality", lambda data: scores(data, "p_patient")["cause"] == "device")
    assert told
    async with sending(patient, camera):
        await staff.event("connectionQuality", lambda data: scores(data, "p_patient")["cause"] is None)


@pytest.mark.usefixtures("quick")
async def test_what_the_client_says_of_its_device_is_told_to_staff(clinic: Clinic) -> None:
    staff = await clinic.join("p_staff")
    patient = await clinic.join_patient("p_patient")
    assert await patient.request("reportDevice", limitedBy="cpu") == {}
    told = await staff.event("connectionQuality")
    assert scores(told, "p_patient")["cause"] == "device"
    await patient.request("reportDevice", limitedBy="none")
    await staff.event("connectionQuality", lambda data: scores(data, "p_patient")["cause"] is None)
    assert not any("cause" in row for item in patient.events.items for row in item["data"].get("participants", []))


@pytest.mark.usefixtures("quick")
async def test_nothing_is_known_of_someone_whose_socket_is_lost(clinic: Clinic) -> None:
    staff, patient, microphone = await two_with_a_microphone(clinic)
    async with sending(patient, microphone):
        await staff.event("connectionQuality", lambda data: scores(data, "p_patient")["up"] is not None)
        await patient.lose_socket()
        told = await staff.event("connectionQuality", lambda data: scores(data, "p_patient")["up"] is None)
    assert scores(told, "p_patient") == {"id": "p_patient", "up": None, "down": None, "cause": None}


@pytest.mark.usefixtures("quick")
async def test_the_end_tells_of_the_quality_and_of_every_connection(clinic: Clinic) -> None:
    """C9: the technical statistics."""
    staff = await clinic.join("p_staff")
    patient = await clinic.join_patient("p_patient")
    await patient.lose_socket()
    patient = await clinic.join_patient("p_patient")
    microphone = await patient.publish("audio", "microphone")
    async with sending(patient, microphone):
        await staff.event("connectionQuality", lambda data: scores(data, "p_patient")["up"] is not None)
    await staff.request("endCall")
    ended = await event_where(clinic, lambda event: event["ended"])
    row = next(row for row in ended["stats"]["participants"] if row["id"] == "p_patient")
    assert row["connections"] == 2
    assert 1 <= row["quality_up_worst"] <= row["quality_up_mean"] <= 5
    assert (row["quality_down_mean"], row["quality_down_worst"]) == (None, None)


@pytest.mark.parametrize("limited_by", ["heat", "", None, 1])
async def test_an_odd_report_of_the_device_is_refused(clinic: Clinic, limited_by: Any) -> None:
    staff = await clinic.join("p_staff")
    with pytest.raises(RequestFailed, match="bad_request"):
        await staff.request("reportDevice", limitedBy=limited_by)
