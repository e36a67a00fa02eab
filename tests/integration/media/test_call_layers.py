"""Pictures in several layers through a running node: learnt by RID, switched at keyframes, repaired (C3, C5)."""

import asyncio
from itertools import pairwise
from typing import Any

import pytest
from aiortc.rtp import RtpPacket

from mediaserver.rtp.rtcp import Nack, PictureLossIndication, SenderReport, serialize_nack, serialize_sender_report
from mediaserver.rtp.vp8 import read_descriptor
from tests.integration.media.conftest import Clinic
from tests.media.client import MediaClient, RequestFailed
from tests.media.stream import ClientStream, SimulcastStream, numbered_vp8_payload

TICKS_PER_FRAME = 3000
FRAME_HEIGHT = 720


class Scene:
    """A staff member who publishes in three layers, and a patient who receives the highest by now."""

    def __init__(self, clinic: Clinic, staff: MediaClient, picture: SimulcastStream, patient: MediaClient) -> None:
        self.clinic = clinic
        self.staff = staff
        self.picture = picture
        self.patient = patient
        self.consumer_id = ""
        self.encoding: dict[str, Any] = {}
        self.frames = [0] * len(picture.layers)

    @classmethod
    async def open(cls, clinic: Clinic) -> "Scene":
        """Everybody is connected, nothing is sent."""
        staff = await clinic.join("p_staff")
        picture = await staff.publish_layers(frame_height=FRAME_HEIGHT)
        patient = await clinic.join_patient("p_patient")
        await patient.subscribe()
        scene = cls(clinic, staff, picture, patient)
        told = await patient.receive(picture)
        assert told["layers"] == len(picture.layers)
        scene.consumer_id = told["id"]
        scene.encoding = told["rtpParameters"]["encodings"][0]
        return scene

    async def warm_up(self) -> RtpPacket:
        """Send until the highest layer is sent on; the last packet that the patient got."""
        highest = len(self.frames) - 1
        is_highest = asyncio.create_task(self.patient.event("consumerLayer", lambda data: data["layer"] == highest))
        while not is_highest.done():
            self.send_all(keyframe=True)
            await asyncio.sleep(0.02)
        last = self.send(highest)
        (packet,) = await self.receive()
        while body(packet) != last:
            (packet,) = await self.receive()
        return packet

    async def show(self, layer: int) -> None:
        """The patient shows the picture as large as this layer is."""
        height = FRAME_HEIGHT >> (len(self.frames) - 1 - layer)
        await self.show_in(height * 16 // 9, height)

    async def show_in(self, width: int, height: int) -> None:
        """The patient shows the picture in this size."""
        view = {"consumerId": self.consumer_id, "width": width, "height": height, "pinned": False}
        await self.patient.request("setConsumerView", **view)

    def send(self, layer: int, *, keyframe: bool = False) -> str:
        """The next picture of a layer, in one packet; its name."""
        payload = self.payload(layer, keyframe=keyframe)
        self.staff.send(self.picture.layers[layer], payload)
        return f"{layer}:{self.frames[layer]}"

    def payload(self, layer: int, *, keyframe: bool = False) -> bytes:
        """The next picture of a layer."""
        self.frames[layer] += 1
        frame = self.frames[layer]
        name = f"{layer}:{frame}".encode()
        return numbered_vp8_payload(name, keyframe=keyframe, picture_id=frame + 900 * layer, tl0picidx=frame + layer)

    def send_all(self, *, keyframe: bool = False) -> list[str]:
        """The next picture of every layer."""
        return [self.send(layer, keyframe=keyframe) for layer in range(len(self.frames))]

    async def receive(self, count: int = 1) -> list[RtpPacket]:
        """The next packets of the picture."""
        assert self.patient.recv_transport is not None
        return [await self.patient.recv_transport.expect_rtp(self.encoding["ssrc"]) for _ in range(count)]


def body(packet: RtpPacket) -> str:
    """What the picture shows: layer and frame."""
    return packet.payload[read_descriptor(packet.payload, 0, len(packet.payload)).length + 1 :].decode()


def bodies(packets: list[RtpPacket]) -> list[str]:
    return [body(packet) for packet in packets]


def counters(packet: RtpPacket) -> tuple[int, int]:
    read = read_descriptor(packet.payload, 0, len(packet.payload))
    return read.picture_id, read.tl0picidx


def check_continuity(packets: list[RtpPacket]) -> None:
    """Each packet is the next picture, in less than five seconds from the one before."""
    for before, after in pairwise(packets):
        assert after.sequence_number == (before.sequence_number + 1) & 0xFFFF
        picture_id, tl0picidx = counters(before)
        assert counters(after) == ((picture_id + 1) & 0x7FFF, (tl0picidx + 1) & 0xFF)
        assert 0 < (after.timestamp - before.timestamp) & 0xFFFFFFFF < 5 * 90_000


@pytest.fixture
async def scene(clinic: Clinic) -> Scene:
    return await Scene.open(clinic)


async def test_layers_are_learnt_from_their_rids_and_the_highest_is_reached_without_a_seam(scene: Scene) -> None:
    last = await scene.warm_up()
    sent = [scene.send(2), scene.send(2)]
    packets = await scene.receive(2)
    assert bodies(packets) == sent
    check_continuity([last, *packets])
    assert not scene.clinic.node.counters.dropped


async def test_receiver_that_shows_the_picture_small_gets_a_smaller_layer_without_a_seam(scene: Scene) -> None:
    """Layers of 180, 360 and 720 lines."""
    last = await scene.warm_up()
    await scene.show(0)
    wanted = [scene.send(2)]
    scene.send(0)
    wanted.append(scene.send(0, keyframe=True))
    scene.send(2)
    wanted.append(scene.send(0))
    await scene.show(1)
    scene.send(2)
    wanted.append(scene.send(1, keyframe=True))
    packets = await scene.receive(4)
    assert bodies(packets) == wanted
    check_continuity([last, *packets])


async def test_the_layer_that_is_wanted_is_asked_for_a_keyframe(scene: Scene) -> None:
    assert scene.staff.send_transport is not None
    await scene.warm_up()
    scene.staff.send_transport.rtcp.items.clear()
    await scene.show(0)
    request = await scene.staff.send_transport.expect_rtcp(PictureLossIndication)
    assert request.media_ssrc == scene.picture.layers[0].ssrc


async def test_hidden_picture_costs_nothing_and_comes_back_from_a_keyframe(scene: Scene) -> None:
    last = await scene.warm_up()
    await scene.show_in(0, 0)
    node = scene.clinic.node.counters
    sent, received = node.packets_sent, node.packets_received
    scene.send_all()
    await scene.clinic.until(lambda: node.packets_received == received + 3)
    assert node.packets_sent == sent
    await scene.show(2)
    scene.send(2)
    name = scene.send(2, keyframe=True)
    (after,) = await scene.receive()
    assert body(after) == name
    check_continuity([last, after])


async def test_lost_packet_of_a_former_layer_is_sent_again_as_it_was(scene: Scene) -> None:
    transport = scene.patient.recv_transport
    assert transport is not None
    await scene.warm_up()
    names = [scene.send(2)]
    await scene.show(0)
    names += [scene.send(0, keyframe=True), scene.send(0)]
    await scene.show(1)
    names += [scene.send(1, keyframe=True)]
    packets = await scene.receive(4)
    assert bodies(packets) == names
    lost = [packet.sequence_number for packet in packets]
    transport.send_rtcp(serialize_nack(1, scene.encoding["ssrc"], lost))
    for packet in packets:
        again = await transport.expect_rtp(scene.encoding["rtx"]["ssrc"])
        while not again.payload:  # a probe
            again = await transport.expect_rtp(scene.encoding["rtx"]["ssrc"])
        assert again.payload == packet.sequence_number.to_bytes(2, "big") + packet.payload
        assert (again.timestamp, again.marker) == (packet.timestamp, packet.marker)


async def test_each_layer_is_repaired_over_its_own_retransmission_stream(scene: Scene) -> None:
    """The RTX stream is known by the repaired RID of its packets; padding on it does no harm."""
    assert scene.staff.send_transport is not None
    await scene.warm_up()
    for stream in scene.picture.layers:
        scene.staff.send_transport.send_rtp(stream.probe())
    top = scene.picture.layers[2]
    lost = top.sequence_number
    top.packet(scene.payload(2))
    name = f"2:{scene.frames[2]}"
    later = scene.send(2)
    nack = await scene.staff.send_transport.expect_rtcp(Nack)
    assert (nack.media_ssrc, list(nack.sequence_numbers)) == (top.ssrc, [lost])
    scene.staff.send_transport.send_rtp(top.retransmission(lost))
    assert sorted(bodies(await scene.receive(2))) == sorted([name, later])
    assert not scene.clinic.node.counters.dropped


async def test_switch_is_aligned_by_the_publishers_sender_reports(scene: Scene) -> None:
    """Pictures of one moment have one time, whatever layer they come from."""
    assert scene.staff.send_transport is not None
    await scene.warm_up()
    moment = 3_999_000_000 << 32
    started = [stream.timestamp for stream in scene.picture.layers]
    for stream in scene.picture.layers:
        report = SenderReport(stream.ssrc, moment, stream.timestamp, 1, 5)
        scene.staff.send_transport.send_rtcp(serialize_sender_report(report))
    names = [scene.send(2)]
    await scene.show(0)
    scene.picture.layers[0].timestamp = (started[0] + 5 * TICKS_PER_FRAME) & 0xFFFFFFFF
    names.append(scene.send(0, keyframe=True))
    at_moment, switched = await scene.receive(2)
    assert bodies([at_moment, switched]) == names
    elapsed_ticks = (switched.timestamp - at_moment.timestamp) & 0xFFFFFFFF
    assert abs(elapsed_ticks - 5 * TICKS_PER_FRAME) <= 1


async def test_receiver_gets_sender_reports_in_the_clock_of_the_layer_it_gets(scene: Scene) -> None:
    assert scene.staff.send_transport is not None
    assert scene.patient.recv_transport is not None
    await scene.warm_up()
    await scene.show(1)
    scene.send(1, keyframe=True)
    (packet,) = await scene.receive()
    stream = scene.picture.layers[1]
    started = (stream.timestamp - TICKS_PER_FRAME) & 0xFFFFFFFF
    report = SenderReport(stream.ssrc, 3_999_000_000 << 32, started, 1, 5)
    scene.staff.send_transport.send_rtcp(serialize_sender_report(report))
    told = await scene.patient.recv_transport.expect_rtcp(SenderReport)
    assert (told.rtp_timestamp - packet.timestamp) & 0xFFFFFFFF < 90_000 * 3


async def test_layer_that_stays_out_leaves_the_receiver_at_the_one_it_has(scene: Scene) -> None:
    await scene.warm_up()
    await scene.show(1)
    names = [scene.send(2) for _ in range(3)]
    assert bodies(await scene.receive(3)) == names


async def test_paused_and_resumed_picture_goes_on_without_a_seam(scene: Scene) -> None:
    last = await scene.warm_up()
    await scene.staff.request("pauseProducer", producerId=scene.picture.producer_id)
    scene.send_all(keyframe=True)
    await scene.staff.request("resumeProducer", producerId=scene.picture.producer_id)
    scene.send_all()
    names = scene.send_all(keyframe=True)
    (after,) = await scene.receive()
    assert body(after) in names
    check_continuity([last, after])


async def test_stream_that_begins_anew_goes_on_at_the_receiver(scene: Scene) -> None:
    """A publisher's encoder that jumps back in its numbers (RFC 3550 appendix A.1)."""
    last = await scene.warm_up()
    top = scene.picture.layers[2]
    top.sequence_number = (top.sequence_number - 20_000) & 0xFFFF
    top.timestamp = (top.timestamp - 90_000 * 1000) & 0xFFFFFFFF
    scene.send(2)
    scene.send(2)
    name = scene.send(2, keyframe=True)
    (after,) = await scene.receive()
    assert body(after) == name
    check_continuity([last, after])


async def test_one_encoding_may_be_known_by_its_mid_alone(clinic: Clinic) -> None:
    staff = await clinic.join("p_staff")
    await staff.open_transport("send")
    stream = ClientStream("video", "m0", [0])
    parameters = stream.rtp_parameters() | {"encodings": [{}]}
    stream.producer_id = await staff.produce("video", "camera", parameters)
    patient = await clinic.join_patient("p_patient")
    await patient.subscribe()
    consumer = await patient.receive(stream)
    staff.send(stream, numbered_vp8_payload(b"seen", keyframe=True, picture_id=1, tl0picidx=1))
    assert patient.recv_transport is not None
    packet = await patient.recv_transport.expect_rtp(consumer["rtpParameters"]["encodings"][0]["ssrc"])
    assert body(packet) == "seen"


async def test_packets_that_say_nothing_of_their_stream_are_dropped_and_their_number_bounded(
    clinic: Clinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mediaserver.stream_learning.MAX_TRIES", 5)
    monkeypatch.setattr("mediaserver.stream_learning.MAX_TRIED_SSRCS", 3)
    staff = await clinic.join("p_staff")
    await staff.publish_layers()
    strangers = [ClientStream("video", "other", [0], rid="zz") for _ in range(4)]
    for stream in strangers:
        for _ in range(7):
            staff.send(stream, b"whose?")
    wanted = {"ssrc_untold": 3 * 5, "ssrc_unknown": 3 * 2 + 7}
    await clinic.until(lambda: dict(clinic.node.counters.dropped) == wanted)


async def test_rid_that_is_taken_is_not_given_to_another_ssrc(scene: Scene) -> None:
    await scene.warm_up()
    thief = ClientStream("video", scene.picture.layers[2].mid, [0], rid="r2")
    scene.staff.send(thief, numbered_vp8_payload(b"stolen", keyframe=True, picture_id=1, tl0picidx=1))
    name = scene.send(2)
    assert bodies(await scene.receive()) == [name]
    assert dict(scene.clinic.node.counters.dropped) == {"ssrc_untold": 1}


async def test_second_producer_under_the_same_mid_is_a_conflict(scene: Scene) -> None:
    with pytest.raises(RequestFailed, match="conflict"):
        await scene.staff.produce("video", "camera", scene.picture.rtp_parameters())


async def test_layer_that_nobody_waits_for_any_more_is_not_asked_for_keyframes(scene: Scene) -> None:
    assert scene.staff.send_transport is not None
    await scene.warm_up()
    await scene.show(1)
    await scene.staff.send_transport.expect_rtcp(
        PictureLossIndication, lambda part: part.media_ssrc == scene.picture.layers[1].ssrc
    )
    await scene.show(2)
    asked = scene.clinic.node.counters.keyframe_requests
    scene.staff.send_transport.rtcp.items.clear()
    with pytest.raises(TimeoutError):
        await scene.staff.send_transport.expect_rtcp(PictureLossIndication, timeout_s=0.8)
    assert scene.clinic.node.counters.keyframe_requests == asked
