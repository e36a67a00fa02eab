"""A receiver's narrow network gets a lower layer, then no picture, and all of it back (C5, issue 3 point 3)."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiortc.rtp import RtpPacket

from tests.integration.media.conftest import Clinic
from tests.media.client import MediaClient
from tests.media.narrow_link import NarrowLink
from tests.media.stream import ClientStream, SimulcastStream, vp8_payload

FRAME_S = 1 / 30
AUDIO_PER_FRAME = 2
WORDS = bytes(80)
# Bytes of a frame of each layer: about 110, 330 and 900 kbps.
FRAME_BYTES = (400, 1_300, 3_700)
PART_BYTES = 1_000
WIDE_BPS, MEDIUM_BPS, NARROW_BPS, SOUND_ONLY_BPS = 5_000_000.0, 700_000.0, 300_000.0, 100_000.0
FULL_LAYER_BPS = 700_000.0
PATIENCE_S = 15.0


class Broadcast:
    """Staff's camera in three layers and their microphone, received by a patient behind a narrow link."""

    def __init__(self, staff: MediaClient, patient: MediaClient, sound: ClientStream, picture: SimulcastStream) -> None:
        self.staff = staff
        self.patient = patient
        self.sound = sound
        self.picture = picture
        self.consumer_id = ""
        self.picture_ssrc = self.rtx_ssrc = self.sound_ssrc = 0

    async def receive(self) -> None:
        """The patient takes both."""
        sound, picture = await self.patient.receive(self.sound), await self.patient.receive(self.picture)
        self.consumer_id = picture["id"]
        encoding = picture["rtpParameters"]["encodings"][0]
        self.picture_ssrc, self.rtx_ssrc = encoding["ssrc"], encoding["rtx"]["ssrc"]
        self.sound_ssrc = sound["rtpParameters"]["encodings"][0]["ssrc"]

    async def send(self) -> None:
        """Send for ever; every frame is a keyframe, so that switching waits for nothing."""
        while True:
            for _ in range(AUDIO_PER_FRAME):
                self.staff.send(self.sound, WORDS)
            for stream, size in zip(self.picture.layers, FRAME_BYTES, strict=True):
                parts = [bytes(min(PART_BYTES, size - start)) for start in range(0, size, PART_BYTES)]
                for number, part in enumerate(parts):
                    self.staff.send(stream, vp8_payload(part, keyframe=not number))
                    stream.timestamp = (stream.timestamp - (3000 if number else 0)) & 0xFFFFFFFF
            await asyncio.sleep(FRAME_S)

    async def told(self, event: str, **expected: Any) -> None:
        """Wait until the patient is told this of the picture."""
        wanted = {"consumerId": self.consumer_id} | expected
        await self.patient.events.take(lambda item: item["event"] == event and item["data"] == wanted, PATIENCE_S)


@pytest.fixture
async def broadcast(clinic: Clinic) -> AsyncIterator[Broadcast]:
    staff, patient = await clinic.join("p_staff"), await clinic.join_patient("p_patient")
    sound, picture = await staff.publish("audio", "microphone"), await staff.publish_layers()
    await patient.subscribe()
    call = Broadcast(staff, patient, sound, picture)
    await call.receive()
    sending = asyncio.create_task(call.send())
    yield call
    sending.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await sending


@pytest.fixture
async def link(broadcast: Broadcast) -> AsyncIterator[NarrowLink]:
    assert broadcast.patient.recv_transport is not None
    link = NarrowLink(broadcast.patient.recv_transport, WIDE_BPS)
    yield link
    await link.close()


async def test_picture_gives_way_to_sound_step_by_step_and_comes_back(broadcast: Broadcast, link: NarrowLink) -> None:
    """Full layer, a lower one, none with a notification; nothing of the sound is held back; then all of it again."""
    await broadcast.told("consumerLayer", layer=2)
    broadcast.patient.events.items.clear()
    link.rate_bps = MEDIUM_BPS
    await broadcast.told("consumerLayer", layer=1)
    link.rate_bps = SOUND_ONLY_BPS
    await broadcast.told("consumerPaused", reason="bandwidth")
    pictures, sounds = link.packets_sent[broadcast.picture_ssrc], link.packets_sent[broadcast.sound_ssrc]
    await asyncio.sleep(1)
    assert link.packets_sent[broadcast.picture_ssrc] - pictures <= 2
    assert link.packets_sent[broadcast.sound_ssrc] - sounds > 40
    link.rate_bps = WIDE_BPS
    await broadcast.told("consumerResumed", reason="bandwidth")
    async with asyncio.timeout(PATIENCE_S):
        while await link.bitrate_bps(broadcast.picture_ssrc) < FULL_LAYER_BPS:
            pass
    assert link.packets_sent[broadcast.sound_ssrc] > 0.98 * len(broadcast.sound.sent)


async def test_a_picture_that_is_asked_for_is_shown_for_a_while_though_there_is_no_room(
    broadcast: Broadcast, link: NarrowLink
) -> None:
    """`resumeConsumer` on what the node has paused: the lowest layer, for ten seconds."""
    link.rate_bps = SOUND_ONLY_BPS
    await broadcast.told("consumerPaused", reason="bandwidth")
    await broadcast.patient.request("resumeConsumer", consumerId=broadcast.consumer_id)
    await broadcast.told("consumerResumed", reason="bandwidth")
    before = link.packets_sent[broadcast.picture_ssrc]
    await asyncio.sleep(1)
    assert link.packets_sent[broadcast.picture_ssrc] > before + 15
    await broadcast.told("consumerPaused", reason="bandwidth")


async def test_hidden_pictures_cost_nothing_and_are_not_looked_for(broadcast: Broadcast, link: NarrowLink) -> None:
    """Neither packets nor probes: nothing more is wanted."""
    await broadcast.told("consumerLayer", layer=2)
    view = {"consumerId": broadcast.consumer_id, "width": 0, "height": 0, "pinned": False}
    await broadcast.patient.request("setConsumerView", **view)
    link.rate_bps = NARROW_BPS
    await asyncio.sleep(0.2)
    before = Counted(link, broadcast)
    await asyncio.sleep(2)
    after = Counted(link, broadcast)
    assert (after.pictures, after.padding) == (before.pictures, before.padding)
    assert after.sounds > before.sounds + 80


class Counted:
    """Packets that have left the node for the patient."""

    def __init__(self, link: NarrowLink, broadcast: Broadcast) -> None:
        self.pictures = link.packets_sent[broadcast.picture_ssrc]
        self.padding = link.packets_sent[broadcast.rtx_ssrc]
        self.sounds = link.packets_sent[broadcast.sound_ssrc]


async def test_a_small_view_is_served_by_the_lowest_layer_alone(broadcast: Broadcast, link: NarrowLink) -> None:
    await broadcast.told("consumerLayer", layer=2)
    view = {"consumerId": broadcast.consumer_id, "width": 320, "height": 180, "pinned": False}
    await broadcast.patient.request("setConsumerView", **view)
    await broadcast.told("consumerLayer", layer=0)


async def test_a_receiver_without_transport_wide_feedback_gets_what_its_reports_allow(broadcast: Broadcast) -> None:
    """No feedback at all: the cautious estimate carries a layer of 330 kbps, not one of 900."""
    await broadcast.told("consumerLayer", layer=1)
    before = len(_pictures(broadcast))
    await asyncio.sleep(1)
    arrived_bps = sum(len(packet.payload) for packet in _pictures(broadcast)[before:]) * 8
    assert arrived_bps < 0.6 * FULL_LAYER_BPS


def _pictures(broadcast: Broadcast) -> list[RtpPacket]:
    assert broadcast.patient.recv_transport is not None
    return [packet for packet in broadcast.patient.recv_transport.rtp.items if packet.ssrc == broadcast.picture_ssrc]
