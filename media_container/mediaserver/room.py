"""One call: who is in it, what each is told of the others, and when it ends. It knows no number of participants."""

import asyncio
import time
from typing import Any, Literal, Protocol

from mediaserver import close_codes
from mediaserver.errors import JoinRefused, TokenRefused, TooMany
from mediaserver.join_token import JoinClaims
from mediaserver.participant_stats import ParticipantStats
from mediaserver.peer import Connection, Peer
from mediaserver.producer import Producer
from mediaserver.requests import Produce
from mediaserver.router import Router

MAX_PARTICIPANTS = 50
MAX_REMEMBERED_PARTICIPANTS = 500

Data = dict[str, Any]
LeaveReason = Literal["left", "lost", "removed"]
EndReason = Literal["ended_by_staff", "no_staff", "ended_by_control", "empty"]


class RoomListener(Protocol):
    """Who wants to know of a room's changes."""

    def room_changed(self, room: "Room") -> None:
        """Someone came, went, or lost or regained the socket."""

    def room_ended(self, room: "Room", reason: EndReason) -> None:
        """The call is over; all peers are closed."""


class Room:
    """A call on this node."""

    def __init__(
        self,
        call_id: str,
        epoch: int,
        router: Router,
        listener: RoomListener,
        *,
        lost_grace_s: float,
        no_staff_grace_s: float,
    ) -> None:
        self.call_id = call_id
        self.epoch = epoch
        self.participants_max = 0
        self.ended = False
        self._router = router
        self._listener = listener
        self._lost_grace_s = lost_grace_s
        self._no_staff_grace_s = no_staff_grace_s
        self._peers: dict[str, Peer] = {}
        self._stats: dict[str, ParticipantStats] = {}
        self._removed_at: dict[str, float] = {}
        self._lost_timers: dict[str, asyncio.TimerHandle] = {}
        self._no_staff_timer: asyncio.TimerHandle | None = None
        self._started_s = time.monotonic()

    def __len__(self) -> int:
        return len(self._peers)

    @property
    def peers(self) -> list[Peer]:
        """All participants, those with a lost socket too."""
        return list(self._peers.values())

    def others(self, peer: Peer) -> list[Peer]:
        """All participants but one."""
        return [other for other in self._peers.values() if other.id != peer.id]

    def join(self, claims: JoinClaims, connection: Connection) -> Peer:
        """Take a participant in, in place of an older connection of the same person.

        Raises TokenRefused for a token of an earlier epoch, JoinRefused for one from before a removal, TooMany.
        """
        self._admit(claims)
        stats = self._stats.setdefault(claims.sub, ParticipantStats(claims.role))
        peer = Peer(claims, self._router, self, connection, stats)
        former = self._peers.get(peer.id)
        if former is not None:
            self._close_former(former)
        self._peers[peer.id] = peer
        self.participants_max = max(self.participants_max, len(self._peers))
        if former is None:
            self._tell_others(peer, "participantJoined", peer.describe())
        else:
            self._tell_others(peer, "participantUpdated", {"id": peer.id, "connected": True})
        self._changed()
        return peer

    def _admit(self, claims: JoinClaims) -> None:
        if claims.epoch < self.epoch:
            raise TokenRefused("epoch_stale")
        if claims.iat <= self._removed_at.get(claims.sub, -1.0):
            raise JoinRefused("person_removed", close_codes.REMOVED)
        if claims.sub not in self._peers and len(self._peers) >= MAX_PARTICIPANTS:
            raise TooMany("The call has too many participants")
        if claims.sub not in self._stats and len(self._stats) >= MAX_REMEMBERED_PARTICIPANTS:
            raise TooMany("The call has had too many participants")
        self.epoch = claims.epoch

    def _close_former(self, former: Peer) -> None:
        self._cancel_lost_timer(former.id)
        connection, former.connection = former.connection, None
        self._close_media(former)
        if connection is not None:
            connection.close(close_codes.REPLACED)

    def connection_lost(self, peer: Peer) -> None:
        """The socket is gone without `leave`: the tile stays for the grace."""
        if self._peers.get(peer.id) is not peer or not peer.connected:
            return
        peer.connection = None
        self._tell_others(peer, "participantUpdated", {"id": peer.id, "connected": False})
        loop = asyncio.get_running_loop()
        self._lost_timers[peer.id] = loop.call_later(self._lost_grace_s, self._remove, peer, "lost")
        self._changed()

    def leave(self, peer: Peer) -> None:
        """The participant leaves by own will."""
        connection = peer.connection
        self._remove(peer, "left")
        if connection is not None:
            connection.close(close_codes.LEFT)

    def remove(self, participant_id: str) -> None:
        """The control plane removes a person; tokens issued until now no longer admit them."""
        if len(self._removed_at) < MAX_REMEMBERED_PARTICIPANTS:
            self._removed_at[participant_id] = time.time()
        peer = self._peers.get(participant_id)
        if peer is None:
            return
        connection = peer.connection
        self._remove(peer, "removed")
        if connection is not None:
            connection.close(close_codes.REMOVED)

    def _remove(self, peer: Peer, reason: LeaveReason) -> None:
        if self._peers.get(peer.id) is not peer:
            return
        del self._peers[peer.id]
        self._cancel_lost_timer(peer.id)
        peer.connection = None
        self._close_media(peer)
        self._tell_others(peer, "participantLeft", {"id": peer.id, "reason": reason})
        if self._peers:
            self._changed()
        else:
            self.end("empty")

    def end(self, reason: EndReason) -> None:
        """End the call for all. Again is harmless."""
        if self.ended:
            return
        self.ended = True
        self._cancel_timers()
        for peer in self.peers:
            peer.notify("callEnded", {"reason": reason})
        self._close_all(close_codes.CALL_ENDED)
        self._listener.room_ended(self, reason)

    def abandon(self, close_code: int) -> None:
        """Close everything without ending the call: this node stops, another takes over."""
        self.ended = True
        self._cancel_timers()
        self._close_all(close_code)

    def _close_all(self, close_code: int) -> None:
        peers, self._peers = self.peers, {}
        for peer in peers:
            connection, peer.connection = peer.connection, None
            if connection is not None:
                connection.close(close_code)
        for peer in peers:
            self._withdraw(peers, peer.close())

    def _withdraw(self, peers: list[Peer], producers: list[Producer]) -> None:
        for producer in producers:
            for peer in peers:
                peer.withdraw(producer)

    def produce(self, peer: Peer, request: Produce) -> Producer:
        """Take in a stream and offer it to everyone else. Raises RequestError."""
        producer = peer.produce(request)
        for other in self.others(peer):
            other.offer(producer, peer.id)
        return producer

    def close_producer(self, peer: Peer, producer_id: str) -> None:
        """End a participant's stream. Raises NotFound."""
        producer = peer.producer(producer_id)
        peer.close_producer(producer)
        self.producers_closed(peer, [producer])

    def set_producer_paused(self, peer: Peer, producer_id: str, paused: bool) -> None:
        """Pause or resume a participant's stream, and tell the others. Again is harmless. Raises NotFound."""
        producer = peer.producer(producer_id)
        if producer.paused == paused:
            return
        peer.set_paused(producer, paused)
        told = {"participantId": peer.id, "producerId": producer.id, "kind": producer.kind, "source": producer.source}
        self._tell_others(peer, "producerPaused" if paused else "producerResumed", told)

    def offer_all(self, peer: Peer) -> None:
        """Offer every present producer of the others to a participant that has just subscribed."""
        for other in self.others(peer):
            for producer in other.producers.values():
                peer.offer(producer, other.id)

    def send_chat(self, peer: Peer, text: str, client_id: str) -> None:
        """Pass a chat line to all who are connected now; it is kept nowhere. Raises Forbidden."""
        peer.require("chat")
        line = {
            "participantId": peer.id,
            "name": peer.name,
            "text": text,
            "clientId": client_id,
            "sentAtMs": int(time.time() * 1000),
        }
        for present in self._peers.values():
            present.notify("chat", line)

    def producers_closed(self, peer: Peer, producers: list[Producer]) -> None:
        """Tell the others that these streams are gone."""
        self._withdraw(self.others(peer), producers)

    def snapshot(self) -> list[Data]:
        """Who is here and connected, as it stands in a call event."""
        return [{"id": peer.id, "role": peer.role, "connected": peer.connected} for peer in self._peers.values()]

    def stats(self) -> Data:
        """The figures of the whole call."""
        return {
            "duration_ms": int((time.monotonic() - self._started_s) * 1000),
            "participants_max": self.participants_max,
            "participants": [stats.row(participant_id) for participant_id, stats in self._stats.items()],
        }

    def _close_media(self, peer: Peer) -> None:
        self.producers_closed(peer, peer.close())

    def _tell_others(self, peer: Peer, event: str, data: Data) -> None:
        for other in self.others(peer):
            other.notify(event, data)

    def _changed(self) -> None:
        self._watch_staff()
        self._listener.room_changed(self)

    def _watch_staff(self) -> None:
        """Start or stop the countdown to the end of a call without staff."""
        if any(peer.role == "staff" and peer.connected for peer in self._peers.values()):
            if self._no_staff_timer is not None:
                self._no_staff_timer.cancel()
                self._no_staff_timer = None
        elif self._no_staff_timer is None:
            loop = asyncio.get_running_loop()
            self._no_staff_timer = loop.call_later(self._no_staff_grace_s, self.end, "no_staff")

    def _cancel_lost_timer(self, participant_id: str) -> None:
        timer = self._lost_timers.pop(participant_id, None)
        if timer is not None:
            timer.cancel()

    def _cancel_timers(self) -> None:
        for participant_id in list(self._lost_timers):
            self._cancel_lost_timer(participant_id)
        if self._no_staff_timer is not None:
            self._no_staff_timer.cancel()
            self._no_staff_timer = None
