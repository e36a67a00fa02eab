"""What a media node tells of a call (docs/protocol.md §5), and what it changes in the visit (S4, C3)."""

from datetime import UTC, datetime, timedelta
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta, Struct
from msgspec.structs import replace

from chalicelib.domain.quality import CallStatistics
from chalicelib.domain.visit import Call, Role, Visit
from chalicelib.errors import BadInput

Count = Annotated[int, Meta(ge=0)]
# 1 (bad) to 5 (excellent).
Score = Annotated[int, Meta(ge=1, le=5)]
MeanScore = Annotated[float, Meta(ge=1, le=5)]
Id = Annotated[str, Meta(min_length=1, max_length=64)]
_YEAR_2100_MS = 4_102_444_800_000
# The new node tells once more after this (its ARRIVAL_S), also when nothing has happened.
ON_THE_WAY = timedelta(seconds=60)


class Present(Struct, frozen=True):
    """Someone with a tile in the call. Not `connected`: the socket is lost and the tile waits for them."""

    id: Id
    role: Role
    connected: bool


class ParticipantStatistics(Struct, frozen=True):
    """One person's media over the whole call. The person's id is not read: what is not there cannot be stored (C9)."""

    role: Role
    packets_received: Count
    packets_lost: int
    packets_sent: Count
    jitter_ms: float
    rtt_ms: float
    # From here on: what a node of the version before does not tell.
    connections: Count | None = None
    packets_sent_lost: int | None = None
    jitter_sent_ms: float | None = None
    quality_up_mean: MeanScore | None = None
    quality_up_worst: Score | None = None
    quality_down_mean: MeanScore | None = None
    quality_down_worst: Score | None = None


class Statistics(Struct, frozen=True):
    duration_ms: Count
    participants_max: Count
    participants: Annotated[list[ParticipantStatistics], Meta(max_length=200)]


class CallState(Struct, frozen=True, kw_only=True):
    """A whole snapshot of a call. The one with the largest (`epoch`, `seq`) is the newest, whenever it arrives."""

    type: Literal["call.state"]
    call_id: Id
    node_id: Id
    epoch: Annotated[int, Meta(ge=1)]
    seq: Annotated[int, Meta(ge=1)]
    at_ms: Annotated[int, Meta(ge=0, lt=_YEAR_2100_MS)]
    ended: bool
    participants: Annotated[list[Present], Meta(max_length=200)]
    end_reason: Annotated[str, Meta(max_length=40)] = ""
    stats: Statistics | None = None


def read_call_event(body: str | bytes) -> CallState:
    """The event of one queue message. Raises BadInput; the message repeats nothing of the body."""
    try:
        return msgspec.json.decode(body, type=CallState)
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise BadInput("not a call event", code="bad_call_event") from None


def after_event(visit: Visit, event: CallState) -> Visit | None:
    """The visit as the event makes it, or None for an event of another call, or one no newer than what is known."""
    call = visit.call
    if call is None or call.call_id != event.call_id or (event.epoch, event.seq) <= (call.epoch, call.seq):
        return None
    if event.ended:
        return replace(visit, call=None, last_call_id=call.call_id)
    known = {person.participant_id: person.role for person in visit.participants}
    present = {p.id: known[p.id] for p in event.participants if p.connected and p.id in known}
    lost = tuple(p.id for p in event.participants if not p.connected and p.id in known)
    told = replace(call, epoch=event.epoch, seq=event.seq, connected=present, lost=lost)
    return replace(visit, call=_with_those_who_come(told, event))


def moved(call: Call, epoch: int, at: datetime) -> Call:
    """The call as it is when its new node is chosen: only that one is believed from here on, and all are on the way."""
    return replace(call, epoch=epoch, seq=0, coming=call.connected, coming_until=at + ON_THE_WAY)


def _with_those_who_come(told: Call, event: CallState) -> Call:
    """Of a call that moves half the people are on either node: who has not been seen on the new one is on the way.

    Only for a while: who was lost on the way is no more in the call.
    """
    at = datetime.fromtimestamp(event.at_ms / 1000, UTC)
    if told.coming_until is None or at >= told.coming_until:
        return replace(told, coming={}, coming_until=None)
    seen = {p.id for p in event.participants}
    coming = {who: role for who, role in told.coming.items() if who not in seen}
    return replace(told, connected=coming | told.connected, coming=coming)


def statistics_of(event: CallState, org_id: str, quality_id: str) -> CallStatistics | None:
    """What is kept of a call that has ended, or of a node's part of one: figures, without anyone's id (C9)."""
    if event.stats is None:
        return None
    figures: dict[str, Any] = msgspec.to_builtins(event.stats)
    at = datetime.fromtimestamp(event.at_ms / 1000, UTC)
    return CallStatistics(
        org_id=org_id, call_id=quality_id, epoch=event.epoch, end_reason=event.end_reason, stats=figures, at=at
    )
