"""Participants send and receive through a running node: real UDP, ICE, DTLS, SRTP and WebSocket (C3, C10)."""

import pytest
from aiortc.rtp import RtpPacket

from mediaserver.rtp.rtcp import (
    Nack,
    PictureLossIndication,
    ReceiverReport,
    SenderReport,
    TransportFeedback,
    serialize_nack,
    serialize_pli,
    serialize_sender_report,
)
from tests.integration.media.conftest import Clinic
from tests.media.client import MediaClient, RequestFailed
from tests.media.stream import OPUS, RTX, TRANSPORT_CC_ID, VP8, ClientStream, vp8_payload

ROUTER_OPUS, ROUTER_VP8, ROUTER_RTX = 100, 101, 102


async def publisher_and_receiver(
    clinic: Clinic, kind: str, source: str
) -> tuple[MediaClient, ClientStream, MediaClient, int]:
    """A staff member who publishes, a patient who receives, and the SSRC that the patient receives."""
    staff = await clinic.join("p_staff")
    stream = await staff.publish(kind, source)
    patient = await clinic.join_patient("p_patient")
    await patient.subscribe()
    consumer = await patient.receive(stream)
    return staff, stream, patient, int(consumer["rtpParameters"]["encodings"][0]["ssrc"])


async def receive(client: MediaClient, ssrc: int, count: int) -> list[RtpPacket]:
    assert client.recv_transport is not None
    return [await client.recv_transport.expect_rtp(ssrc) for _ in range(count)]


@pytest.mark.parametrize("participants", [2, 3])
async def test_everyone_receives_exactly_what_each_other_sent(clinic: Clinic, participants: int) -> None:
    clients = [await clinic.join(f"p_{index}") for index in range(participants)]
    streams: dict[str, list[ClientStream]] = {}
    for client in clients:
        await client.subscribe()
        streams[client.id] = [await client.publish("audio", "microphone"), await client.publish("video", "camera")]
    for receiver in clients:
        for sender in clients:
            if sender is receiver:
                continue
            for stream in streams[sender.id]:
                consumer = await receiver.receive(stream)
                assert consumer["participantId"] == sender.id
                await check_bytes(sender, stream, receiver, consumer["rtpParameters"]["encodings"][0]["ssrc"])


async def check_bytes(sender: MediaClient, stream: ClientStream, receiver: MediaClient, ssrc: int) -> None:
    bodies = [f"{sender.id}->{receiver.id} {stream.kind} {number}".encode() for number in range(20)]
    payloads = [vp8_payload(body, keyframe=not n) if stream.kind == "video" else body for n, body in enumerate(bodies)]
    for payload in payloads:
        sender.send(stream, payload)
    packets = await receive(receiver, ssrc, len(payloads))
    assert [packet.payload for packet in packets] == payloads


async def test_receiver_sees_the_routers_payload_type_and_continuous_numbers_across_the_wrap(clinic: Clinic) -> None:
    staff, stream, patient, ssrc = await publisher_and_receiver(clinic, "audio", "microphone")
    assert stream.sequence_number > 65_000
    for number in range(20):
        staff.send(stream, bytes((number,)) * 40, marker=number == 0)
    packets = await receive(patient, ssrc, 20)
    first = packets[0]
    assert {packet.payload_type for packet in packets} == {ROUTER_OPUS} != {OPUS}
    assert [(p.sequence_number - first.sequence_number) & 0xFFFF for p in packets] == list(range(20))
    assert [(p.timestamp - first.timestamp) & 0xFFFFFFFF for p in packets] == [960 * n for n in range(20)]
    assert [packet.marker for packet in packets] == [1] + [0] * 19


async def test_receiver_waits_for_a_keyframe_and_asks_for_one(clinic: Clinic) -> None:
    staff, stream, patient, ssrc = await publisher_and_receiver(clinic, "video", "camera")
    assert staff.send_transport is not None
    request = await staff.send_transport.expect_rtcp(PictureLossIndication)
    assert request.media_ssrc == stream.ssrc
    staff.send(stream, vp8_payload(b"delta", keyframe=False))
    staff.send(stream, vp8_payload(b"key", keyframe=True))
    (packet,) = await receive(patient, ssrc, 1)
    assert packet.payload == vp8_payload(b"key", keyframe=True)
    assert packet.payload_type == ROUTER_VP8 != VP8


async def test_keyframe_request_is_repeated_until_a_keyframe_came(clinic: Clinic) -> None:
    staff, stream, _, _ = await publisher_and_receiver(clinic, "video", "camera")
    assert staff.send_transport is not None
    for _ in range(3):
        await staff.send_transport.expect_rtcp(PictureLossIndication)
    staff.send(stream, vp8_payload(b"key", keyframe=True))
    await staff.send_transport.expect_rtcp(TransportFeedback)
    staff.send_transport.rtcp.items.clear()
    with pytest.raises(TimeoutError):
        await staff.send_transport.expect_rtcp(PictureLossIndication, timeout_s=0.8)


async def test_many_keyframe_requests_of_receivers_become_few(clinic: Clinic) -> None:
    staff, stream, patient, ssrc = await publisher_and_receiver(clinic, "video", "camera")
    assert staff.send_transport is not None
    assert patient.recv_transport is not None
    staff.send(stream, vp8_payload(b"key", keyframe=True))
    await receive(patient, ssrc, 1)
    before = clinic.node.counters.keyframe_requests
    for _ in range(50):
        patient.recv_transport.send_rtcp(serialize_pli(1, ssrc))
    await staff.send_transport.expect_rtcp(PictureLossIndication)
    staff.send(stream, vp8_payload(b"key", keyframe=True))
    await receive(patient, ssrc, 1)
    assert clinic.node.counters.keyframe_requests - before <= 2


async def test_server_asks_the_publisher_for_lost_packets_and_takes_them_over_rtx(clinic: Clinic) -> None:
    staff, stream, patient, ssrc = await publisher_and_receiver(clinic, "video", "camera")
    assert staff.send_transport is not None
    staff.send(stream, vp8_payload(b"0", keyframe=True))
    lost = [stream.sequence_number, (stream.sequence_number + 1) & 0xFFFF]
    for body in (b"1", b"2"):
        stream.packet(vp8_payload(body, keyframe=False))
    staff.send(stream, vp8_payload(b"3", keyframe=False))
    nack = await staff.send_transport.expect_rtcp(Nack)
    assert list(nack.sequence_numbers) == lost
    assert nack.media_ssrc == stream.ssrc
    for number in lost:
        staff.send_transport.send_rtp(stream.retransmission(number))
    packets = await receive(patient, ssrc, 4)
    in_order = sorted(packets, key=lambda packet: (packet.sequence_number - packets[0].sequence_number) & 0xFFFF)
    assert [packet.payload[2:] for packet in in_order] == [b"0", b"1", b"2", b"3"]


async def test_server_repeats_its_request_while_retransmissions_are_lost_too(clinic: Clinic) -> None:
    staff, stream, _, _ = await publisher_and_receiver(clinic, "video", "camera")
    assert staff.send_transport is not None
    staff.send(stream, vp8_payload(b"0", keyframe=True))
    stream.packet(vp8_payload(b"1", keyframe=False))
    staff.send(stream, vp8_payload(b"2", keyframe=False))
    for _ in range(3):
        nack = await staff.send_transport.expect_rtcp(Nack)
        assert len(nack.sequence_numbers) == 1


async def test_receiver_gets_lost_video_again_over_rtx(clinic: Clinic) -> None:
    staff = await clinic.join("p_staff")
    stream = await staff.publish("video", "camera")
    patient = await clinic.join_patient("p_patient")
    await patient.subscribe()
    encoding = (await patient.receive(stream))["rtpParameters"]["encodings"][0]
    assert patient.recv_transport is not None
    lost: list[RtpPacket] = []

    def lose_five_once(packet: RtpPacket) -> bool:
        if lost or not packet.payload.endswith(b"5"):
            return False
        lost.append(packet)
        return True

    patient.recv_transport.loses = lose_five_once
    for number in range(10):
        staff.send(stream, vp8_payload(str(number).encode(), keyframe=number == 0))
    assert len(await receive(patient, encoding["ssrc"], 9)) == 9
    patient.recv_transport.send_rtcp(serialize_nack(1, encoding["ssrc"], [lost[0].sequence_number]))
    again = await patient.recv_transport.expect_rtp(encoding["rtx"]["ssrc"])
    assert again.payload_type == ROUTER_RTX != RTX
    assert again.payload == lost[0].sequence_number.to_bytes(2, "big") + lost[0].payload
    assert again.timestamp == lost[0].timestamp
    assert clinic.node.counters.packets_retransmitted == 1


async def test_receiver_gets_lost_audio_again_as_the_same_packet(clinic: Clinic) -> None:
    staff, stream, patient, ssrc = await publisher_and_receiver(clinic, "audio", "microphone")
    for number in range(10):
        staff.send(stream, str(number).encode())
    packets = await receive(patient, ssrc, 10)
    assert patient.recv_transport is not None
    patient.recv_transport.send_rtcp(serialize_nack(1, ssrc, [packets[4].sequence_number]))
    await clinic.until(lambda: clinic.node.counters.packets_retransmitted == 1)


async def test_same_packet_is_not_resent_again_within_a_round_trip(clinic: Clinic) -> None:
    staff = await clinic.join("p_staff")
    stream = await staff.publish("video", "camera")
    patient = await clinic.join_patient("p_patient")
    await patient.subscribe()
    encoding = (await patient.receive(stream))["rtpParameters"]["encodings"][0]
    staff.send(stream, vp8_payload(b"key", keyframe=True))
    (packet,) = await receive(patient, encoding["ssrc"], 1)
    assert patient.recv_transport is not None
    for _ in range(20):
        patient.recv_transport.send_rtcp(serialize_nack(1, encoding["ssrc"], [packet.sequence_number]))
    patient.recv_transport.send_rtcp(serialize_nack(1, encoding["ssrc"], [(packet.sequence_number + 999) & 0xFFFF]))
    await clinic.until(lambda: clinic.node.counters.dropped["resend_not_found"] == 1)
    assert clinic.node.counters.packets_retransmitted == 1


async def test_publisher_gets_transport_wide_feedback_on_every_packet(clinic: Clinic) -> None:
    staff, stream, _, _ = await publisher_and_receiver(clinic, "audio", "microphone")
    for number in range(30):
        staff.send(stream, bytes((number,)))
    assert staff.send_transport is not None
    told: set[int] = set()
    while len(told) < 30:
        feedback = await staff.send_transport.expect_rtcp(TransportFeedback)
        told |= {number for number, _ in feedback.arrivals}
    assert told == set(range(1, 31))


async def test_receiver_gets_one_series_of_transport_wide_numbers_over_all_its_streams(clinic: Clinic) -> None:
    """Sound, picture and what is sent again over RTX."""
    staff = await clinic.join("p_staff")
    sound, picture = await staff.publish("audio", "microphone"), await staff.publish("video", "camera")
    patient = await clinic.join_patient("p_patient")
    await patient.subscribe()
    ssrcs = [(await patient.receive(stream))["rtpParameters"]["encodings"][0] for stream in (sound, picture)]
    transport = patient.recv_transport
    assert transport is not None
    numbers: list[int] = []

    def note(packet: bytes) -> bool:
        assert packet[16] == TRANSPORT_CC_ID << 4 | 1
        numbers.append(int.from_bytes(packet[17:19], "big"))
        return True

    transport.carries = note
    for number in range(5):
        staff.send(sound, b"sound")
        staff.send(picture, vp8_payload(b"picture", keyframe=number == 0))
    for encoding in ssrcs:
        packets = await receive(patient, encoding["ssrc"], 5)
    transport.send_rtcp(serialize_nack(1, ssrcs[1]["ssrc"], [packets[2].sequence_number]))
    while not (await transport.expect_rtp(ssrcs[1]["rtx"]["ssrc"])).payload:
        continue  # a probe
    assert len(numbers) >= 11
    assert numbers == list(range(numbers[0], numbers[0] + len(numbers)))


async def test_publisher_gets_receiver_reports(clinic: Clinic) -> None:
    staff, stream, _, _ = await publisher_and_receiver(clinic, "audio", "microphone")
    for number in range(5):
        staff.send(stream, bytes((number,)))
    assert staff.send_transport is not None
    report = await staff.send_transport.expect_rtcp(ReceiverReport, lambda part: bool(part.reports))
    assert report.reports[0].ssrc == stream.ssrc
    assert report.reports[0].packets_lost == 0


async def test_receiver_gets_sender_reports_that_keep_sound_and_picture_in_step(clinic: Clinic) -> None:
    staff, stream, patient, ssrc = await publisher_and_receiver(clinic, "audio", "microphone")
    assert staff.send_transport is not None
    assert patient.recv_transport is not None
    sent_timestamp = stream.timestamp
    ntp = (3_999_000_000 << 32) | 12345
    staff.send(stream, b"sound")
    (packet,) = await receive(patient, ssrc, 1)
    staff.send_transport.send_rtcp(serialize_sender_report(SenderReport(stream.ssrc, ntp, sent_timestamp, 1, 5)))
    report = await patient.recv_transport.expect_rtcp(SenderReport)
    elapsed_ticks = (report.rtp_timestamp - packet.timestamp) & 0xFFFFFFFF
    assert report.ssrc == ssrc
    assert elapsed_ticks < 48_000 * 3
    assert (report.packet_count, report.octet_count) == (1, len(packet.payload) + 4)


async def test_paused_producer_is_silent_and_goes_on_without_a_gap(clinic: Clinic) -> None:
    staff, stream, patient, ssrc = await publisher_and_receiver(clinic, "audio", "microphone")
    staff.send(stream, b"before")
    (before,) = await receive(patient, ssrc, 1)
    await staff.request("pauseProducer", producerId=stream.producer_id)
    paused = await patient.event("producerPaused")
    assert paused["producerId"] == stream.producer_id
    staff.send(stream, b"while paused")
    await staff.request("resumeProducer", producerId=stream.producer_id)
    await patient.event("producerResumed")
    staff.send(stream, b"after")
    (after,) = await receive(patient, ssrc, 1)
    assert after.payload == b"after"
    assert after.sequence_number == (before.sequence_number + 1) & 0xFFFF


async def test_paused_consumer_gets_nothing_until_it_resumes(clinic: Clinic) -> None:
    staff = await clinic.join("p_staff")
    stream = await staff.publish("audio", "microphone")
    patient = await clinic.join_patient("p_patient")
    await patient.subscribe()
    consumer = await patient.event("newConsumer")
    staff.send(stream, b"too early")
    await clinic.until(lambda: clinic.node.counters.packets_received == 1)
    await patient.request("resumeConsumer", consumerId=consumer["id"])
    staff.send(stream, b"heard")
    (packet,) = await receive(patient, consumer["rtpParameters"]["encodings"][0]["ssrc"], 1)
    assert packet.payload == b"heard"


async def test_media_goes_on_when_the_network_changes_under_an_ice_restart(clinic: Clinic) -> None:
    staff, stream, patient, ssrc = await publisher_and_receiver(clinic, "audio", "microphone")
    assert patient.recv_transport is not None
    restarted = await patient.request("restartIce", transportId=patient.recv_transport.id)
    patient.recv_transport.use_ice_parameters(restarted["iceParameters"])
    patient.recv_transport.move_to_new_port()
    await patient.recv_transport.check()
    staff.send(stream, b"after the move")
    (packet,) = await receive(patient, ssrc, 1)
    assert packet.payload == b"after the move"


async def test_browser_that_ends_a_transport_ends_its_streams(clinic: Clinic) -> None:
    staff, stream, patient, _ = await publisher_and_receiver(clinic, "audio", "microphone")
    assert staff.send_transport is not None
    await staff.send_transport.close()
    closed = await patient.event("consumerClosed")
    assert closed["consumerId"]
    with pytest.raises(RequestFailed, match="not_found"):
        await staff.request("pauseProducer", producerId=stream.producer_id)


async def test_closed_producer_closes_its_consumers_and_frees_its_ssrc(clinic: Clinic) -> None:
    staff, stream, patient, _ = await publisher_and_receiver(clinic, "audio", "microphone")
    assert staff.send_transport is not None
    await staff.request("closeProducer", producerId=stream.producer_id)
    await patient.event("consumerClosed")
    again = await staff.request(
        "produce",
        transportId=staff.send_transport.id,
        kind="audio",
        source="microphone",
        rtpParameters=stream.rtp_parameters(),
        paused=False,
    )
    assert again["id"] != stream.producer_id


async def test_receiver_that_withdraws_its_consent_is_not_sent_to_until_it_checks_again(
    clinic: Clinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    staff, stream, patient, ssrc = await publisher_and_receiver(clinic, "audio", "microphone")
    assert patient.recv_transport is not None
    monkeypatch.setattr("mediaserver.net.ice_lite.CONSENT_MS", -1)
    await clinic.until(lambda: clinic.node.counters.dropped["consent_expired"] == 2)
    sent_before = clinic.node.counters.packets_sent
    monkeypatch.setattr("mediaserver.net.ice_lite.CONSENT_MS", 30_000)
    staff.send(stream, b"to nobody")
    await clinic.until(lambda: clinic.node.counters.packets_received == 1)
    assert clinic.node.counters.packets_sent == sent_before
    await patient.recv_transport.check()
    staff.send(stream, b"to somebody")
    (packet,) = await receive(patient, ssrc, 1)
    assert packet.payload == b"to somebody"


async def test_request_for_a_keyframe_that_was_given_up_begins_again_with_the_next_picture(
    clinic: Clinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mediaserver.rtp.keyframe_requests.MAX_REPEATS", 0)
    staff, stream, _, _ = await publisher_and_receiver(clinic, "video", "camera")
    assert staff.send_transport is not None
    await staff.send_transport.expect_rtcp(PictureLossIndication)
    with pytest.raises(TimeoutError):
        await staff.send_transport.expect_rtcp(PictureLossIndication, timeout_s=0.6)
    staff.send(stream, vp8_payload(b"delta", keyframe=False))
    await staff.send_transport.expect_rtcp(PictureLossIndication)


async def test_call_in_which_nobody_can_decode_a_stream_goes_on_without_it(clinic: Clinic) -> None:
    staff = await clinic.join("p_staff")
    await staff.publish("video", "camera")
    sound = await staff.publish("audio", "microphone")
    patient = await clinic.join_patient("p_patient")
    await patient.open_transport("recv")
    capabilities = patient.joined["routerRtpCapabilities"]
    only_audio = capabilities | {"codecs": [codec for codec in capabilities["codecs"] if codec["kind"] == "audio"]}
    await patient.request("subscribe", rtpCapabilities=only_audio)
    await patient.receive(sound)
    assert not [event for event in patient.events.items if event["event"] == "newConsumer"]


async def test_a_persons_sound_and_picture_are_in_step_and_the_shared_screen_apart(clinic: Clinic) -> None:
    staff = await clinic.join("p_staff")
    patient = await clinic.join_patient("p_patient")
    await patient.subscribe()
    names: dict[str, str] = {}
    for kind, source in (("audio", "microphone"), ("video", "camera"), ("video", "screen")):
        consumer = await patient.receive(await staff.publish(kind, source))
        names[source] = consumer["rtpParameters"]["rtcp"]["cname"]
    assert names["microphone"] == names["camera"] != names["screen"]
