"""All calls of this node: which room a token leads to, which calls are over, and what the control plane is told."""

import asyncio
import time
from dataclasses import dataclass
from typing import Any, Protocol

from mediaserver import close_codes
from mediaserver.errors import JoinRefused, TooMany
from mediaserver.events import ended_event, part_event, state_event
from mediaserver.join_token import ControlClaims, JoinClaims
from mediaserver.peer import Connection, Peer
from mediaserver.removals import Removals
from mediaserver.room import ARRIVAL_S, EndReason, Room
from mediaserver.router import Router
from mediaserver.transport_context import TransportContext

# Longer than a join token lives, so that none from before the end opens the call again.
REMEMBER_ENDED_S = 120.0
MAX_REMEMBERED_ENDED = 10_000
# For those who are still here when their call was given to another node, though this one was not told to stop.
MOVE_S = 15.0


class EventSink(Protocol):
    """Where call events go."""

    def put(self, event: dict[str, Any]) -> None:
        """Take an event; never blocks."""


@dataclass
class _Ended:
    epoch: int
    at_s: float


class Calls:
    """The rooms by call id."""

    def __init__(
        self,
        context: TransportContext,
        node_id: str,
        events: EventSink | None,
        *,
        capacity: int,
        lost_grace_s: float,
        no_staff_grace_s: float,
    ) -> None:
        self._context = context
        self._node_id = node_id
        self._events = events
        self._capacity = capacity
        self._lost_grace_s = lost_grace_s
        self._no_staff_grace_s = no_staff_grace_s
        self._rooms: dict[str, Room] = {}
        self._sequences: dict[str, int] = {}
        self._ended: dict[str, _Ended] = {}
        self._removals = Removals()
        self._replaced_devices = Removals()
        self._drain_until_s: float | None = None
        # Set while there are no calls.
        self.idle = asyncio.Event()
        self.idle.set()

    def load(self) -> tuple[int, int]:
        """(participants, calls) at this moment."""
        return sum(len(room.roster) for room in self._rooms.values()), len(self._rooms)

    @property
    def draining(self) -> bool:
        """Whether this node takes no new calls."""
        return self._drain_until_s is not None

    def epochs(self) -> dict[str, int]:
        """The calls that live here as far as is known, each with its epoch."""
        return {call_id: room.epoch for call_id, room in self._rooms.items() if not room.moved_away}

    def room(self, call_id: str) -> Room | None:
        """The room of a running call."""
        return self._rooms.get(call_id)

    def join(self, claims: JoinClaims, connection: Connection) -> tuple[Room, Peer]:
        """Take a participant in; the first one opens the room. Raises TokenRefused, JoinRefused, TooMany."""
        self._refuse_ended(claims)
        if self._removals.refuse(claims.call_id, claims.sub, claims.iat):
            raise JoinRefused("person_removed", close_codes.REMOVED)
        if self._replaced_devices.refuse(claims.call_id, claims.sub, claims.iat):
            raise JoinRefused("device_replaced", close_codes.REPLACED)
        room = self._rooms.get(claims.call_id)
        if room is None and self.draining:
            raise JoinRefused("node_draining", close_codes.NODE_RESTARTS)
        self._refuse_when_full(claims, room)
        if room is None:
            room = self._open(claims)
        return room, room.join(claims, connection)

    def control(self, claims: ControlClaims) -> None:
        """Do what the control plane orders. A call or person that is gone already is no error."""
        room = self._rooms.get(claims.call_id)
        if claims.action == "end_call":
            if room is not None:
                room.end("ended_by_control")
        elif claims.participant_id is None:
            return
        elif claims.action == "replace_device":
            self._replace_device(claims.call_id, claims.participant_id, claims.issued_until or claims.iat)
        else:
            self._removals.note(claims.call_id, claims.participant_id, claims.iat)
            if room is not None:
                room.remove(claims.participant_id)

    def _replace_device(self, call_id: str, participant_id: str, issued_until: int) -> None:
        self._replaced_devices.note_until(call_id, participant_id, issued_until)
        room = self._rooms.get(call_id)
        if room is not None:
            room.replace_device(participant_id, issued_until)

    def drain(self, until_s: float) -> None:
        """Take no new calls, and ask all to move until then (monotonic seconds)."""
        self._drain_until_s = until_s
        for room in list(self._rooms.values()):
            room.ask_to_move(until_s)

    def moved_away(self, call_id: str, epoch: int) -> None:
        """Another node has had the call since this epoch: let it go, but not those who are still here."""
        room = self._rooms.get(call_id)
        if room is None or room.epoch != epoch:
            return
        room.has_moved_away(time.monotonic() + MOVE_S)
        if not self.draining:
            asyncio.get_running_loop().call_later(MOVE_S, self._let_go, room)

    def _let_go(self, room: Room) -> None:
        if room.moved_away and not room.ended:
            self._abandon(room)
            self._forget(room)

    def abandon_all(self) -> None:
        """The node stops: clients are told to come back, and find the call on another node."""
        for room in list(self._rooms.values()):
            self._abandon(room)
            self._forget(room)

    def _abandon(self, room: Room) -> None:
        """Nobody has left the call: they are told of as they were, with the figures of this part of it."""
        present = room.roster.snapshot()
        room.abandon(close_codes.NODE_RESTARTS)
        self._tell_of_part(room, present)

    def _tell_of_part(self, room: Room, present: list[dict[str, Any]]) -> None:
        seq = self._next_sequence(room.call_id)
        self._put(part_event(room.call_id, self._node_id, room.epoch, seq, present, stats=room.stats()))

    def room_changed(self, room: Room) -> None:
        """Send a snapshot."""
        seq = self._next_sequence(room.call_id)
        self._put(state_event(room.call_id, self._node_id, room.epoch, seq, room.roster.snapshot()))

    def room_ended(self, room: Room, reason: EndReason) -> None:
        """Forget the room, remember that the call is over, and send the last event."""
        if room.moved_away:
            self._tell_of_part(room, [])
            self._forget(room)
            return
        self._remember_ended(room)
        seq = self._next_sequence(room.call_id)
        self._forget(room)
        self._put(ended_event(room.call_id, self._node_id, room.epoch, seq, end_reason=reason, stats=room.stats()))

    def _forget(self, room: Room) -> None:
        self._rooms.pop(room.call_id, None)
        self._sequences.pop(room.call_id, None)
        if not self._rooms:
            self.idle.set()

    def _open(self, claims: JoinClaims) -> Room:
        room = Room(
            claims.call_id,
            claims.epoch,
            Router(self._context),
            self,
            lost_grace_s=self._lost_grace_s,
            no_staff_grace_s=self._no_staff_grace_s,
        )
        self._rooms[claims.call_id] = room
        self.idle.clear()
        if claims.epoch > 1:
            asyncio.get_running_loop().call_later(ARRIVAL_S, self._tell_again, room)
        return room

    def _tell_again(self, room: Room) -> None:
        """Who has not come from the call's former node until now does not come (docs/protocol.md section 5)."""
        if not room.ended:
            self.room_changed(room)

    def _refuse_when_full(self, claims: JoinClaims, room: Room | None) -> None:
        """A tile that is here already needs no more room: its person may always come back (C10)."""
        has_tile = room is not None and claims.sub in room.roster
        if not has_tile and self.load()[0] >= self._capacity:
            raise TooMany("The node is full")

    def _refuse_ended(self, claims: JoinClaims) -> None:
        self._forget_old_ended()
        ended = self._ended.get(claims.call_id)
        if ended is not None and claims.epoch <= ended.epoch:
            raise JoinRefused("call_ended", close_codes.CALL_ENDED)

    def _remember_ended(self, room: Room) -> None:
        if len(self._ended) >= MAX_REMEMBERED_ENDED:
            del self._ended[next(iter(self._ended))]
        self._ended[room.call_id] = _Ended(room.epoch, time.monotonic())

    def _forget_old_ended(self) -> None:
        horizon_s = time.monotonic() - REMEMBER_ENDED_S
        while self._ended:
            oldest = next(iter(self._ended))
            if self._ended[oldest].at_s > horizon_s:
                return
            del self._ended[oldest]

    def _next_sequence(self, call_id: str) -> int:
        """Begins at the clock, so that a node that was started again goes on above what it said before."""
        self._sequences[call_id] = self._sequences.get(call_id, int(time.time() * 1000)) + 1
        return self._sequences[call_id]

    def _put(self, event: dict[str, Any]) -> None:
        if self._events is not None:
            self._events.put(event)
