"""One call: who comes, goes, gets lost and comes back, and when it ends. It knows no number of participants."""

import time
from functools import partial
from typing import Any, Literal, Protocol

from mediaserver import close_codes
from mediaserver.countdowns import Countdowns
from mediaserver.errors import TokenRefused, TooMany
from mediaserver.join_token import JoinClaims
from mediaserver.participant_stats import ParticipantStats
from mediaserver.peer import Connection, Peer
from mediaserver.publishing import Publishing, withdraw
from mediaserver.quality_watch import QualityWatch
from mediaserver.roster import Roster
from mediaserver.router import Router
from mediaserver.speaker_watch import SpeakerWatch

MAX_PARTICIPANTS = 50
# Of so many different people an `ended` event may tell.
MAX_REMEMBERED_PARTICIPANTS = 200
# By then all who were on a call's former node have come, or are gone.
ARRIVAL_S = 61.0

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
        # This call lives on another node by now, whose word counts.
        self.moved_away = False
        self.roster = Roster()
        self.publishing = Publishing(self.roster, self._others_may_arrive)
        self._router = router
        self._listener = listener
        self._speakers = SpeakerWatch(self.roster, router.turns)
        self._quality = QualityWatch(self.roster, router.turns)
        self._countdowns = Countdowns(lost_grace_s, no_staff_grace_s)
        self._stats: dict[str, ParticipantStats] = {}
        self._move_until_s: float | None = None
        self._started_s = time.monotonic()
        # When the call last came here from another node.
        self._moved_here_s: float | None = self._started_s if epoch > 1 else None

    # -- coming ----------------------------------------------------------------------------------------------------

    def join(self, claims: JoinClaims, connection: Connection) -> Peer:
        """Take a participant in, in place of an older connection of the same person.

        Raises TokenRefused for a token of an earlier epoch, TooMany.
        """
        self._admit(claims)
        stats = self._stats.setdefault(claims.sub, ParticipantStats(claims.role))
        stats.connections += 1
        peer = Peer(claims, self._router, self.publishing, connection, stats)
        former = self.roster.get(peer.id)
        if former is not None:
            self._close_former(former)
        self.roster.put(peer)
        self.participants_max = max(self.participants_max, len(self.roster))
        if former is None:
            self.roster.tell_others(peer, "participantJoined", peer.describe())
        else:
            self.roster.tell_others(peer, "participantUpdated", {"id": peer.id, "connected": True})
        self._changed()
        return peer

    def welcome(self, peer: Peer) -> None:
        """Tell a newcomer, who has the answer to the join, what events have told the others."""
        self._speakers.welcome(peer)
        if self._move_until_s is not None:
            peer.notify("moveRequested", _time_to_move(self._move_until_s))

    def _admit(self, claims: JoinClaims) -> None:
        if claims.epoch < self.epoch:
            raise TokenRefused("epoch_stale")
        if claims.sub not in self.roster and len(self.roster) >= MAX_PARTICIPANTS:
            raise TooMany("The call has too many participants")
        if claims.sub not in self._stats and len(self._stats) >= MAX_REMEMBERED_PARTICIPANTS:
            raise TooMany("The call has had too many participants")
        if claims.epoch > self.epoch:
            self._come_back(claims.epoch)

    def _come_back(self, epoch: int) -> None:
        """The call was pinned to this node once more."""
        self.epoch = epoch
        self.moved_away = False
        self._move_until_s = None
        self._moved_here_s = time.monotonic()

    def _others_may_arrive(self) -> bool:
        """Whether people of the call may still be on its former node, on their way here."""
        return self._moved_here_s is not None and time.monotonic() - self._moved_here_s < ARRIVAL_S

    def _close_former(self, former: Peer) -> None:
        self._countdowns.participant_found(former.id)
        connection, former.connection = former.connection, None
        self.publishing.close_all(former)
        if connection is not None:
            connection.close(close_codes.REPLACED)

    # -- going -----------------------------------------------------------------------------------------------------

    def connection_lost(self, peer: Peer) -> None:
        """The socket is gone without `leave`: the tile stays for the grace."""
        if not self.roster.holds(peer) or not peer.connected:
            return
        peer.connection = None
        self.roster.tell_others(peer, "participantUpdated", {"id": peer.id, "connected": False})
        self._countdowns.participant_lost(peer.id, partial(self._remove, peer, "lost"))
        self._changed()

    def leave(self, peer: Peer) -> None:
        """The participant leaves by own will."""
        self._dismiss(peer, "left", close_codes.LEFT)

    def remove(self, participant_id: str) -> None:
        """The control plane removes a person, whether the socket is there or lost."""
        peer = self.roster.get(participant_id)
        if peer is not None:
            self._dismiss(peer, "removed", close_codes.REMOVED)

    def replace_device(self, participant_id: str, issued_until: int) -> None:
        """The person is on a newer device, which has not joined yet: the older is put out, and the tile waits for them.

        `issued_until` is epoch seconds: a connection by a later token is the newer device's own.
        """
        peer = self.roster.get(participant_id)
        if peer is None or peer.issued_at > issued_until:
            return
        connection = peer.connection
        self.publishing.close_all(peer)
        self.connection_lost(peer)
        if connection is not None:
            connection.close(close_codes.REPLACED)

    def _dismiss(self, peer: Peer, reason: LeaveReason, close_code: int) -> None:
        connection = peer.connection
        self._remove(peer, reason)
        if connection is not None:
            connection.close(close_code)

    def _remove(self, peer: Peer, reason: LeaveReason) -> None:
        if not self.roster.holds(peer):
            return
        self.roster.remove(peer)
        self._countdowns.participant_found(peer.id)
        peer.connection = None
        self.publishing.close_all(peer)
        self.publishing.gone(peer.id)
        self.roster.tell_others(peer, "participantLeft", {"id": peer.id, "reason": reason})
        if len(self.roster):
            self._changed()
        else:
            self.end("empty")

    # -- moving ----------------------------------------------------------------------------------------------------

    def ask_to_move(self, until_s: float) -> None:
        """Ask all who are here, and who comes from now on, to join on another node. `until_s` is monotonic."""
        self._move_until_s = until_s
        self.roster.tell_all("moveRequested", _time_to_move(until_s))

    def has_moved_away(self, until_s: float) -> None:
        """Another node has the call: who is still here is asked to move, and nothing here can end the call."""
        self.moved_away = True
        self._countdowns.watch_staff(True, partial(self.end, "no_staff"))
        if self._move_until_s is None:
            self.ask_to_move(until_s)

    # -- the end ---------------------------------------------------------------------------------------------------

    def end(self, reason: EndReason) -> None:
        """End the call for all. Again is harmless."""
        if self.ended:
            return
        self.roster.tell_all("callEnded", {"reason": reason})
        self.abandon(close_codes.CALL_ENDED)
        self._listener.room_ended(self, reason)

    def abandon(self, close_code: int) -> None:
        """Close everything without ending the call: this node stops, another takes over."""
        self.ended = True
        self._countdowns.cancel()
        self._speakers.stop()
        self._quality.stop()
        peers = self.roster.clear()
        for peer in peers:
            connection, peer.connection = peer.connection, None
            if connection is not None:
                connection.close(close_code)
        for peer in peers:
            withdraw(peers, peer.close())

    # -- what is told ----------------------------------------------------------------------------------------------

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
        self.roster.tell_all("chat", line)

    def stats(self) -> Data:
        """The figures of the whole call."""
        return {
            "duration_ms": int((time.monotonic() - self._started_s) * 1000),
            "participants_max": self.participants_max,
            "participants": [stats.row(participant_id) for participant_id, stats in self._stats.items()],
        }

    def _changed(self) -> None:
        staff_connected = self.moved_away or any(peer.role == "staff" and peer.connected for peer in self.roster)
        self._countdowns.watch_staff(staff_connected, partial(self.end, "no_staff"))
        self._speakers.people_changed()
        self._quality.people_changed()
        self._listener.room_changed(self)


def _time_to_move(until_s: float) -> Data:
    return {"deadlineMs": max(0, int((until_s - time.monotonic()) * 1000))}
