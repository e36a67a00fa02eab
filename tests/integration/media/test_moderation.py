"""Staff mute another's microphone; who may do what is decided by the join token alone (C4c, C5, C10)."""

import pytest

from tests.integration.media.conftest import Clinic, MakeClinic
from tests.media.client import MediaClient, RequestFailed
from tests.media.stream import ClientStream


async def a_talk(clinic: Clinic) -> tuple[MediaClient, MediaClient, ClientStream, int]:
    """Staff hears a patient; the last is the SSRC that staff hears."""
    staff = await clinic.join("p_staff", name="Dr Ek")
    await staff.subscribe()
    patient = await clinic.join_patient("p_patient")
    stream = await patient.publish("audio", "microphone")
    consumer = await staff.receive(stream)
    return staff, patient, stream, int(consumer["rtpParameters"]["encodings"][0]["ssrc"])


async def heard(listener: MediaClient, ssrc: int) -> bytes:
    assert listener.recv_transport is not None
    return bytes((await listener.recv_transport.expect_rtp(ssrc)).payload)


async def say(clinic: Clinic, speaker: MediaClient, stream: ClientStream, sound: bytes) -> None:
    """Send a packet and wait until the node has read it."""
    before = clinic.node.counters.packets_received
    speaker.send(stream, sound)
    await clinic.until(lambda: clinic.node.counters.packets_received > before)


async def test_a_muted_microphone_is_not_passed_on_until_the_muted_resumes_it(clinic: Clinic) -> None:
    staff, patient, stream, ssrc = await a_talk(clinic)
    await say(clinic, patient, stream, b"before")
    assert await heard(staff, ssrc) == b"before"
    assert await staff.request("muteParticipant", participantId="p_patient") == {}
    await say(clinic, patient, stream, b"private")
    await patient.request("resumeProducer", producerId=stream.producer_id)
    await say(clinic, patient, stream, b"after")
    assert await heard(staff, ssrc) == b"after"


async def test_the_muted_is_told_by_whom_and_the_others_too(clinic: Clinic) -> None:
    staff, patient, stream, _ = await a_talk(clinic)
    guest = await clinic.join("p_guest", role="guest", permissions=["publish_audio"])
    await staff.request("muteParticipant", participantId="p_patient")
    expected = {"producerId": stream.producer_id, "byParticipantId": "p_staff", "byName": "Dr Ek"}
    assert await patient.event("muted") == expected
    told = {
        "participantId": "p_patient",
        "producerId": stream.producer_id,
        "kind": "audio",
        "source": "microphone",
    }
    for other in (staff, guest):
        assert await other.event("producerPaused") == told | {"byParticipantId": "p_staff"}
    await patient.request("resumeProducer", producerId=stream.producer_id)
    for other in (staff, guest):
        assert await other.event("producerResumed") == told


async def test_a_pause_by_oneself_is_told_as_ones_own(clinic: Clinic) -> None:
    staff, patient, stream, _ = await a_talk(clinic)
    await patient.request("pauseProducer", producerId=stream.producer_id)
    assert (await staff.event("producerPaused"))["byParticipantId"] == "p_patient"


async def test_nobody_resumes_another_persons_microphone(clinic: Clinic) -> None:
    """C4c: no remote unmute; not by staff either."""
    staff, _, stream, _ = await a_talk(clinic)
    await staff.request("muteParticipant", participantId="p_patient")
    for method in ("resumeProducer", "pauseProducer", "closeProducer"):
        with pytest.raises(RequestFailed, match="not_found"):
            await staff.request(method, producerId=stream.producer_id)
    late = await clinic.join_patient("p_late")
    assert late.joined["participants"][1]["producers"][0]["paused"] is True


async def test_a_mute_leaves_camera_and_shared_sound_as_they_are(clinic: Clinic) -> None:
    staff = await clinic.join("p_staff")
    colleague = await clinic.join("p_colleague")
    camera = await colleague.publish("video", "camera")
    share = await colleague.publish("audio", "screen")
    microphone = await colleague.publish("audio", "microphone")
    second = await colleague.publish("audio", "microphone")
    await staff.request("muteParticipant", participantId="p_colleague")
    late = await clinic.join_patient("p_late")
    (told,) = [person for person in late.joined["participants"] if person["id"] == "p_colleague"]
    paused = {each["id"]: each["paused"] for each in told["producers"]}
    assert paused == {
        camera.producer_id: False,
        share.producer_id: False,
        microphone.producer_id: True,
        second.producer_id: True,
    }


async def test_the_mute_outlives_a_reconnection_and_is_told_again(clinic: Clinic) -> None:
    """C10: the same mute state, whatever the client says."""
    staff, patient, _, _ = await a_talk(clinic)
    await staff.request("muteParticipant", participantId="p_patient")
    await patient.lose_socket()
    back = await clinic.join_patient("p_patient")
    fresh = await back.publish("audio", "microphone", paused=False)
    expected = {"producerId": fresh.producer_id, "byParticipantId": "p_staff", "byName": "Dr Ek"}
    assert await back.event("muted") == expected
    offered = await staff.event("newConsumer", lambda data: data["producerId"] == fresh.producer_id)
    assert offered["producerPaused"] is True
    await staff.request("resumeConsumer", consumerId=offered["id"])
    await say(clinic, back, fresh, b"private")
    await back.request("resumeProducer", producerId=fresh.producer_id)
    await say(clinic, back, fresh, b"by my own will")
    assert await heard(staff, offered["rtpParameters"]["encodings"][0]["ssrc"]) == b"by my own will"
    again = await clinic.join_patient("p_patient")
    newest = await again.publish("audio", "microphone")
    offered = await staff.event("newConsumer", lambda data: data["producerId"] == newest.producer_id)
    assert offered["producerPaused"] is False


async def test_someone_is_muted_also_while_their_socket_is_lost(clinic: Clinic) -> None:
    """Their sound goes on during the grace, and must stop like any other."""
    staff, patient, stream, ssrc = await a_talk(clinic)
    await patient.lose_socket()
    await staff.event("participantUpdated")
    await say(clinic, patient, stream, b"before")
    await staff.request("muteParticipant", participantId="p_patient")
    await say(clinic, patient, stream, b"private")
    assert await heard(staff, ssrc) == b"before"
    back = await clinic.join_patient("p_patient")
    fresh = await back.publish("audio", "microphone")
    assert (await back.event("muted"))["producerId"] == fresh.producer_id
    assert staff.recv_transport is not None
    assert not [packet for packet in staff.recv_transport.rtp.items if packet.ssrc == ssrc]


async def test_another_microphone_of_the_muted_begins_paused_too(clinic: Clinic) -> None:
    staff, patient, stream, _ = await a_talk(clinic)
    await staff.request("muteParticipant", participantId="p_patient")
    await patient.request("closeProducer", producerId=stream.producer_id)
    other = await patient.publish("audio", "microphone")
    offered = await staff.event("newConsumer", lambda data: data["producerId"] == other.producer_id)
    assert offered["producerPaused"] is True
    assert (await patient.event("muted", lambda data: data["producerId"] == other.producer_id))["byName"] == "Dr Ek"


async def test_who_left_for_good_comes_back_unmuted(make_clinic: MakeClinic) -> None:
    clinic = await make_clinic()
    staff, patient, _, _ = await a_talk(clinic)
    await staff.request("muteParticipant", participantId="p_patient")
    await patient.request("leave")
    back = await clinic.join_patient("p_patient")
    fresh = await back.publish("audio", "microphone")
    offered = await staff.event("newConsumer", lambda data: data["producerId"] == fresh.producer_id)
    assert offered["producerPaused"] is False


async def test_muting_someone_silent_changes_and_tells_nothing(clinic: Clinic) -> None:
    staff = await clinic.join("p_staff")
    without = await clinic.join_patient("p_without_microphone")
    paused = await clinic.join_patient("p_paused")
    stream = await paused.publish("audio", "microphone", paused=True)
    for participant_id in ("p_without_microphone", "p_paused"):
        assert await staff.request("muteParticipant", participantId=participant_id) == {}
    await staff.request("sendChat", text="done", clientId="m")
    for other in (without, paused):
        await other.event("chat")
        assert not [event for event in other.events.items if event["event"] in {"muted", "producerPaused"}]
    await paused.request("resumeProducer", producerId=stream.producer_id)
    assert (await staff.event("producerResumed"))["producerId"] == stream.producer_id


async def test_muting_oneself_or_someone_gone_is_refused(clinic: Clinic) -> None:
    staff = await clinic.join("p_staff")
    patient = await clinic.join_patient("p_patient")
    await patient.request("leave")
    with pytest.raises(RequestFailed, match="bad_request"):
        await staff.request("muteParticipant", participantId="p_staff")
    for nobody in ("p_patient", "p_never"):
        with pytest.raises(RequestFailed, match="not_found"):
            await staff.request("muteParticipant", participantId=nobody)


async def test_an_attempt_without_the_permission_mutes_nobody(clinic: Clinic) -> None:
    """C4c: anyone else's attempt is refused."""
    staff, patient, stream, ssrc = await a_talk(clinic)
    guest = await clinic.join("p_guest", role="guest", permissions=["publish_audio", "chat", "end_call"])
    for attacker in (patient, guest):
        for victim in ("p_patient", "p_staff", "p_guest", "p_never"):
            with pytest.raises(RequestFailed, match="forbidden"):
                await attacker.request("muteParticipant", participantId=victim)
    await say(clinic, patient, stream, b"still heard")
    assert await heard(staff, ssrc) == b"still heard"
