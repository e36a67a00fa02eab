"""A call of 25: everybody gets everybody's streams, each picture in the layer that it is shown in (C1, issue 3 point 1)."""

import asyncio
import itertools
from collections import defaultdict
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from aiortc.rtp import RtpPacket

from tests.integration.media.conftest import HOT_PATH
from tests.media.client import MediaClient
from tests.media.node_process import NodeProcess
from tests.media.stream import ClientStream, SimulcastStream, vp8_payload

PEOPLE, SHARING = 25, 3
FRAME_HEIGHT = 720
LARGE, SMALL = {"width": 1280, "height": 720}, {"width": 240, "height": 135}
LAYERS = 3
# The node's own time, from its start to the last packet: a few times what it takes by the slower path.
MAX_CPU_S = 6.0


class Member:
    """One person of the call."""

    def __init__(self, client: MediaClient) -> None:
        self.client = client
        self.sound: ClientStream
        self.picture: SimulcastStream
        self.screen: ClientStream | None = None
        # The consumers by the id of the producer.
        self.consumers: dict[str, dict[str, Any]] = {}

    async def publish(self, *, shares_screen: bool) -> None:
        self.sound = await self.client.publish("audio", "microphone")
        self.picture = await self.client.publish_layers(frame_height=FRAME_HEIGHT)
        if shares_screen:
            self.screen = await self.client.publish("video", "screen")

    async def receive(self, count: int) -> None:
        """Take so many streams of the others."""
        for _ in range(count):
            consumer = await self.client.event("newConsumer")
            self.consumers[consumer["producerId"]] = consumer
            await self.client.request("resumeConsumer", consumerId=consumer["id"])

    async def show(self, large: "Member") -> None:
        """One picture fills the window, the others are small."""
        for consumer in self.consumers.values():
            if consumer["source"] == "camera":
                size = LARGE if consumer["producerId"] == large.picture.producer_id else SMALL
                await self.client.request("setConsumerView", consumerId=consumer["id"], pinned=False, **size)

    def send(self) -> None:
        """A frame of everything; each names the layer it is of."""
        self.client.send(self.sound, b"sound")
        for number, layer in enumerate(self.picture.layers):
            self.client.send(layer, vp8_payload(bytes((number,)), keyframe=True))
        if self.screen is not None:
            self.client.send(self.screen, vp8_payload(b"\x00", keyframe=True))

    def layers_of(self, producer_id: str) -> list[int]:
        """Which layer each packet of a picture was of, in order of arrival."""
        return [packet.payload[2] for packet in self.packets_of(producer_id)]

    def packets_of(self, producer_id: str) -> list[RtpPacket]:
        ssrc = self.consumers[producer_id]["rtpParameters"]["encodings"][0]["ssrc"]
        assert self.client.recv_transport is not None
        return [packet for packet in self.client.recv_transport.rtp.items if packet.ssrc == ssrc]


@pytest.fixture
async def node(tmp_path: Path) -> AsyncIterator[NodeProcess]:
    node = await NodeProcess.start(tmp_path / "node.log", MEDIA_HOT_PATH=HOT_PATH)
    yield node
    await node.stop()


@pytest.fixture
async def members(node: NodeProcess) -> AsyncIterator[list[Member]]:
    """All have come in one burst, and publish."""
    tokens = [node.mint.join(f"p_{number}") for number in range(PEOPLE)]
    members = [
        Member(client) for client in await asyncio.gather(*(MediaClient.join(node.url, each) for each in tokens))
    ]
    await asyncio.gather(
        *(member.publish(shares_screen=number < SHARING) for number, member in enumerate(members)),
        *(member.client.subscribe() for member in members),
    )
    yield members
    await asyncio.gather(*(member.client.close() for member in members))


def streams_for(number: int) -> int:
    """How many streams the others of this one publish."""
    return 2 * (PEOPLE - 1) + SHARING - (number < SHARING)


async def send_until(members: list[Member], arrived: Any) -> None:
    async with asyncio.timeout(60):
        while not arrived():
            for member in members:
                member.send()
                await asyncio.sleep(0.01)


async def test_everybody_of_25_gets_everybodys_streams_in_the_layers_they_are_shown_in(
    node: NodeProcess, members: list[Member]
) -> None:
    await asyncio.gather(*(member.receive(streams_for(number)) for number, member in enumerate(members)))
    pictures = [member.picture.producer_id for member in members]
    neighbours = dict(zip(members, members[1:] + members[:1], strict=True))
    await asyncio.gather(*(member.show(neighbours[member]) for member in members))

    def all_as_shown() -> bool:
        return all(
            member.layers_of(producer_id)[-1:] == [LAYERS - 1 if producer_id == large.picture.producer_id else 0]
            for member, large in neighbours.items()
            for producer_id in pictures
            if producer_id != member.picture.producer_id
        )

    await send_until(members, all_as_shown)
    for number, member in enumerate(members):
        assert len(member.consumers) == streams_for(number)
        check_streams(member)
    assert not [
        event for member in members for event in member.client.events.items if event["event"] == "consumerPaused"
    ]
    assert node.cpu_s() < MAX_CPU_S
    assert [line for line in node.log_lines() if "ERROR" in line] == []


def check_streams(member: Member) -> None:
    """Each stream has come, its numbers without a gap, and no packet of a stream that nobody told of."""
    numbers: dict[int, list[int]] = defaultdict(list)
    assert member.client.recv_transport is not None
    for packet in member.client.recv_transport.rtp.items:
        numbers[packet.ssrc].append(packet.sequence_number)
    told = {each["rtpParameters"]["encodings"][0]["ssrc"] for each in member.consumers.values()}
    assert told <= set(numbers)
    for ssrc in told:
        assert all(after == (before + 1) & 0xFFFF for before, after in itertools.pairwise(numbers[ssrc]))
