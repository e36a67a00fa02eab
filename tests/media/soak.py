"""Many short visits to one node: people come in fives, talk, and go in every way there is.

One of each five leaves, one loses the socket, one is replaced by a newer connection that leaves, one closes its transports
by DTLS first, and one is killed without a word: its TCP connection stays open, and nothing comes from it any more, not
even an answer to a ping.
"""

import asyncio
import contextlib
import itertools
import time
from collections import deque

from tests.media.client import MediaClient
from tests.media.node_process import NodeProcess
from tests.media.stream import ClientStream, SimulcastStream, vp8_payload

WAYS = ("leave", "socket_lost", "replaced", "dtls_closed", "killed")
JOINS_PER_CALL = len(WAYS) + 1
CALLS_AT_ONCE = 10
WORDS, PICTURE = bytes(80), bytes(700)
SEND_INTERVAL_S = 0.02
# Longer than the node's heartbeat takes to find a dead connection, and the grace after that.
QUIET_TIMEOUT_S = 40.0
# By then the node has let go of somebody's addresses: nobody else may check from a port that media is sent to.
FORGOTTEN_S = 20.0


class Visitor:
    """One person of a call, with a microphone and a camera in three layers."""

    def __init__(self, client: MediaClient, sound: ClientStream, picture: SimulcastStream) -> None:
        self.client = client
        self.sound = sound
        self.picture = picture
        self.heard_ssrcs: set[int] = set()

    @classmethod
    async def come(cls, node: NodeProcess, call_id: str, participant_id: str) -> "Visitor":
        """Join, open both transports, publish."""
        token = node.mint.join(participant_id, call_id=call_id)
        client = await MediaClient.join(node.url, token)
        try:
            visitor = cls(client, await client.publish("audio", "microphone"), await client.publish_layers())
            await client.subscribe()
        except BaseException:
            await client.close()
            raise
        return visitor

    async def listen_to(self, other: "Visitor") -> None:
        """Take the other's sound and picture."""
        for stream in (other.sound, other.picture):
            consumer = await self.client.receive(stream)
            self.heard_ssrcs.add(consumer["rtpParameters"]["encodings"][0]["ssrc"])

    def send(self, frame: int) -> None:
        """Sound, and a keyframe of each layer; now and then a packet is lost on the way, so that repair is under way."""
        self.client.send(self.sound, WORDS)
        for layer in self.picture.layers:
            if frame % 4 == 3:
                layer.packet(vp8_payload(PICTURE, keyframe=False))
            self.client.send(layer, vp8_payload(PICTURE, keyframe=True))

    def has_heard(self) -> bool:
        """Whether a packet of each stream that was taken has come."""
        transport = self.client.recv_transport
        assert transport is not None
        return self.heard_ssrcs <= {packet.ssrc for packet in transport.rtp.items}

    async def talk(self, everyone: "list[Visitor]") -> None:
        """Send until all have heard somebody, and some more. Raises TimeoutError."""
        frames = itertools.count()
        async with asyncio.timeout(30):
            while not all(other.has_heard() for other in everyone):
                self.send(next(frames))
                await asyncio.sleep(SEND_INTERVAL_S)
        for _ in range(4):
            self.send(next(frames))


class Soak:
    """Calls of five at a node. `joins` counts the connections that joined; the dead are held until the node is quiet."""

    def __init__(self, node: NodeProcess) -> None:
        self.joins = 0
        self._node = node
        self._kills = True
        self._numbers = itertools.count()
        # When each was last heard of, and who.
        self._dead: deque[tuple[float, MediaClient]] = deque()

    async def run(self, joins: int, *, kills: bool = True) -> None:
        """So many joins, or up to five more, 50 people at a time. Without `kills` who would be killed leaves: then the node
        is quiet at once, where the killed are found dead some heartbeats later."""
        self._kills = kills
        calls = -(-joins // JOINS_PER_CALL)
        turn = asyncio.Semaphore(CALLS_AT_ONCE)
        async with asyncio.TaskGroup() as group:
            for _ in range(calls):
                group.create_task(self._call_in_turn(turn))

    async def _call_in_turn(self, turn: asyncio.Semaphore) -> None:
        async with turn:
            await self._call(f"c_{next(self._numbers)}")
            await self._bury(before_s=time.monotonic() - FORGOTTEN_S)

    async def _call(self, call_id: str) -> None:
        """One call, from the first who comes to the last who goes."""
        coming = [Visitor.come(self._node, call_id, f"p_{way}") for way in WAYS]
        visitors = await asyncio.gather(*coming)
        self.joins += len(visitors)
        neighbours = zip(visitors, visitors[1:] + visitors[:1], strict=True)
        await asyncio.gather(*(visitor.listen_to(other) for visitor, other in neighbours))
        await asyncio.gather(*(visitor.talk(visitors) for visitor in visitors))
        going = [self._go(way, visitor, call_id) for way, visitor in zip(WAYS, visitors, strict=True)]
        await asyncio.gather(*going)

    async def _go(self, way: str, visitor: Visitor, call_id: str) -> None:
        client = visitor.client
        if way == "killed" and self._kills:
            client.stop_reading()
            self._vanish(client)
            return
        if way == "socket_lost":
            await client.lose_socket()
            self._vanish(client)
            return
        if way in {"leave", "killed"}:
            await _leave(client)
        elif way == "replaced":
            await self._replace(client, call_id)
        elif way == "dtls_closed":
            await _close_transports(client)
            await _leave(client)
        await client.close()

    async def _replace(self, client: MediaClient, call_id: str) -> None:
        newer = await Visitor.come(self._node, call_id, "p_replaced")
        self.joins += 1
        assert await client.closed() == 4409
        await _leave(newer.client)
        await newer.client.close()

    def _vanish(self, client: MediaClient) -> None:
        for transport in (client.send_transport, client.recv_transport):
            assert transport is not None
            transport.vanish()
        self._dead.append((time.monotonic(), client))

    async def until_quiet(self, idle: dict[str, float]) -> dict[str, float]:
        """Wait until the node's gauges are what they were before anybody came; what they are at the end of the wait."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(QUIET_TIMEOUT_S):
                while (now := await gauges(self._node)) != idle:  # noqa: ASYNC110  # nobody tells of it
                    await asyncio.sleep(0.2)
        await self.close()
        return now

    async def close(self) -> None:
        """Free what the dead held open."""
        await self._bury(before_s=time.monotonic())

    async def _bury(self, before_s: float) -> None:
        while self._dead and self._dead[0][0] <= before_s:
            await self._dead.popleft()[1].close()


async def _leave(client: MediaClient) -> None:
    await client.request("leave")
    assert await client.closed() == 1000


async def _close_transports(client: MediaClient) -> None:
    for transport in (client.send_transport, client.recv_transport):
        assert transport is not None
        await transport.close()


async def gauges(node: NodeProcess) -> dict[str, float]:
    """What must be the same before and after; of the node's own request for them nothing is counted."""
    metrics = await node.metrics()
    names = ("participants", "calls", "tasks", "transports", "repairs", "addresses", "ice_credentials")
    return {name: metrics[name] for name in names} | node.descriptors()
