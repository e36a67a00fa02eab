"""A node's calls without its sockets: the clock is set by hand, and each connection believes what it is told."""

import asyncio
import itertools
import json
import time
from typing import Any, Self, get_args

import msgspec

from mediaserver import methods
from mediaserver.calls import Calls
from mediaserver.errors import RequestError
from mediaserver.join_token import ControlClaims, JoinClaims, Permission
from mediaserver.net.dtls_srtp import Certificate
from mediaserver.net.udp_port import UdpPort
from mediaserver.ortc import ROUTER_CAPABILITIES
from mediaserver.peer import Peer
from mediaserver.requests import Request
from mediaserver.room import Room
from mediaserver.stats import Counters
from mediaserver.transport_context import TransportContext
from tests.media.stream import ClientStream

# Never due at the very same moment, whatever is waited for in tenths of a second.
LOST_GRACE_S, NO_STAFF_GRACE_S = 20.0, 60.05

Data = dict[str, Any]
_PERMISSIONS: dict[str, frozenset[Permission]] = {
    "staff": frozenset(get_args(Permission)),
    "patient": frozenset({"publish_audio", "publish_video", "chat"}),
    "guest": frozenset({"publish_audio", "publish_video", "chat"}),
}


class HandLoop(asyncio.SelectorEventLoop):
    """An event loop whose time goes by when it is told to."""

    now_s = 1000.0

    def time(self) -> float:
        return self.now_s

    def settle(self) -> None:
        """Run what is due, and what that brings about."""
        for _ in range(5):
            self.run_until_complete(asyncio.sleep(0))

    def pass_time(self, seconds: float) -> None:
        """Let time go by in steps that no timer is shorter than."""
        end_s = self.now_s + seconds
        while self.now_s < end_s:
            self.now_s = min(self.now_s + 0.1, end_s)
            self.run_until_complete(asyncio.sleep(0))
        self.settle()


class FakeConnection:
    """A client that has nothing but what it was told: it must know the call from that alone."""

    def __init__(self) -> None:
        self.events: list[tuple[str, Data]] = []
        self.closed_with: int | None = None
        # By participant id: connected; by producer id: paused; by consumer id: the producer's id.
        self.people: dict[str, bool] = {}
        self.paused: dict[str, bool] = {}
        self.consumers: dict[str, str] = {}

    def joined(self, participants: list[Data]) -> Self:
        """Take in the join answer."""
        for person in participants:
            self._joined(person)
        return self

    def notify(self, event: str, data: Data) -> None:
        """Take in a notification, which must make sense after those before."""
        assert self.closed_with is None, "told after the end"
        self.events.append((event, data))
        handler = getattr(self, f"_{event}", None)
        if handler is not None:
            handler(data)

    def close(self, code: int) -> None:
        assert self.closed_with is None, "closed twice"
        self.closed_with = code

    def count(self, event: str) -> int:
        """How often it was told of something."""
        return sum(name == event for name, _ in self.events)

    def _joined(self, person: Data) -> None:
        assert person["id"] not in self.people, "a second tile"
        self.people[person["id"]] = person["connected"]
        for producer in person["producers"]:
            self.paused[producer["id"]] = producer["paused"]

    _participantJoined = _joined  # the event's name

    def _participantUpdated(self, data: Data) -> None:
        assert data["id"] in self.people, "an update of nobody"
        self.people[data["id"]] = data["connected"]

    def _participantLeft(self, data: Data) -> None:
        del self.people[data["id"]]

    def _newConsumer(self, data: Data) -> None:
        assert data["participantId"] in self.people, "a stream of nobody"
        assert data["id"] not in self.consumers
        assert data["producerId"] not in self.consumers.values(), "a stream twice"
        self.consumers[data["id"]] = data["producerId"]
        self.paused[data["producerId"]] = data["producerPaused"]

    def _consumerClosed(self, data: Data) -> None:
        del self.consumers[data["consumerId"]]

    def _producerPaused(self, data: Data) -> None:
        self.paused[data["producerId"]] = True

    def _producerResumed(self, data: Data) -> None:
        self.paused[data["producerId"]] = False


class Events:
    """Where call events go."""

    def __init__(self) -> None:
        self.all: list[Data] = []

    def put(self, event: Data) -> None:
        self.all.append(json.loads(msgspec.json.encode(event)))


class CallHouse:
    """One node's calls, entered without a network."""

    def __init__(self) -> None:
        self.loop = HandLoop()
        self.events = Events()
        self.udp = UdpPort(["127.0.0.1"], 0, Counters())
        self.context = TransportContext(self.udp, _certificate(), Counters(), [])
        self.calls = self._within(self._make_calls)
        self._ids = itertools.count(1)

    def _make_calls(self) -> Calls:
        return Calls(
            self.context,
            "node-a",
            self.events,
            capacity=200,
            lost_grace_s=LOST_GRACE_S,
            no_staff_grace_s=NO_STAFF_GRACE_S,
        )

    def _within(self, work: Any, *arguments: Any) -> Any:
        """Call something as a part of the loop, and let it settle."""

        async def call() -> Any:
            return work(*arguments)

        result = self.loop.run_until_complete(call())
        self.loop.settle()
        return result

    def join(self, participant_id: str, role: Any, epoch: int, *, issued_at: int | None = None) -> "Guest":
        """Raises TokenRefused, JoinRefused, TooMany."""
        now = int(time.time()) + 5 if issued_at is None else issued_at
        claims = JoinClaims(
            sub=participant_id,
            jti="j",
            iat=now,
            exp=now + 60,
            call_id="c_1",
            node_id="node-a",
            epoch=epoch,
            name=f"Name of {participant_id}",
            role=role,
            permissions=_PERMISSIONS[role],
        )
        connection = FakeConnection()
        room, peer = self._within(self.calls.join, claims, connection)
        connection.joined([other.describe() for other in room.roster.others(peer)])
        return Guest(self, room, peer, connection)

    def control(self, action: Any, participant_id: str | None = None) -> None:
        """An order of the control plane."""
        now = int(time.time())
        claims = ControlClaims("j", now, now + 60, "c_1", "node-a", action, participant_id)
        self._within(self.calls.control, claims)

    def request(self, room: Room, peer: Peer, method: str, data: Data) -> Data:
        """As the socket does it. Raises RequestError."""

        def answer() -> Data:
            request = Request(next(self._ids), method, msgspec.Raw(msgspec.json.encode(data)))
            answered = methods.call(request, room, peer)
            if answered.then is not None:
                answered.then()
            return answered.data

        result: Data = self._within(answer)
        return result

    def lose(self, guest: "Guest") -> None:
        """The socket is gone."""
        self._within(guest.room.connection_lost, guest.peer)

    def move_away(self, call_id: str, epoch: int) -> None:
        """Another node has the call since this epoch."""
        self._within(self.calls.moved_away, call_id, epoch)

    def stop(self) -> None:
        """The node stops."""
        self._within(self.calls.abandon_all)

    def close(self) -> None:
        """End everything."""
        self.stop()
        self._within(self.context.ticker.close)
        pending = asyncio.all_tasks(self.loop)
        if pending:
            self.loop.run_until_complete(asyncio.wait(pending, timeout=1))
        self.udp.close()
        self.loop.close()


class Guest:
    """One connection of one participant."""

    def __init__(self, house: CallHouse, room: Room, peer: Peer, connection: FakeConnection) -> None:
        self.house = house
        self.room = room
        self.peer = peer
        self.connection = connection
        self.send_transport_id = ""
        self.subscribed = False

    @property
    def id(self) -> str:
        return self.peer.id

    def request(self, method: str, **data: Any) -> Data:
        """Raises RequestError."""
        return self.house.request(self.room, self.peer, method, data)

    def refused(self, method: str, **data: Any) -> str:
        """The code of the refusal; empty if it was not refused."""
        try:
            self.request(method, **data)
        except RequestError as error:
            return error.code
        return ""

    def produce(self, kind: str, source: str, *, paused: bool) -> str:
        """The id of a new stream."""
        if not self.send_transport_id:
            self.send_transport_id = self.request("createTransport", direction="send")["id"]
        parameters = ClientStream(kind, "0", [0]).rtp_parameters()
        return str(
            self.request(
                "produce",
                transportId=self.send_transport_id,
                kind=kind,
                source=source,
                rtpParameters=parameters,
                paused=paused,
            )["id"]
        )

    def subscribe(self) -> None:
        """Receive everything of everyone from now on."""
        self.request("createTransport", direction="recv")
        self.request("subscribe", rtpCapabilities=msgspec.to_builtins(ROUTER_CAPABILITIES))
        self.subscribed = True


_CERTIFICATES: list[Certificate] = []


def _certificate() -> Certificate:
    if not _CERTIFICATES:
        _CERTIFICATES.append(Certificate())
    return _CERTIFICATES[0]
