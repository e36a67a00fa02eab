"""Which packets of a publisher's stream are missing, and when to ask for them (RFC 4585 section 6.2.1)."""

from collections.abc import Iterable
from enum import Enum

from mediaserver.rtp.round_trip import RoundTrip

_MASK = 0xFFFF
_HALF = 0x8000
_MAX_BEHIND = 2_048


class Arrival(Enum):
    """What a packet is to the stream. DUPLICATE and TOO_OLD are not to be forwarded.

    RESTARTED: the stream began anew, and what comes now has nothing to do with the numbers of before.
    """

    NEW = 1
    RECOVERED = 2
    DUPLICATE = 3
    TOO_OLD = 4
    RESTARTED = 5


# What comes out of order is so late at least before it counts as lost, and never later than that.
_MIN_REORDERING_MS, _MAX_REORDERING_MS = 5.0, 40.0
# Of the lateness that was seen, with each packet that was lost indeed.
_REORDERING_DECAY = 0.9
# A picture that has stood still for so long needs a keyframe.
_GIVE_UP_MS = 1_000.0


class _Missing:
    __slots__ = ("asked_at_ms", "requests", "since_ms")

    def __init__(self, since_ms: float) -> None:
        self.since_ms = since_ms
        self.asked_at_ms = 0.0
        self.requests = 0


class NackList:
    """The gaps of one stream, bounded in number, requests per packet and size of one gap.

    `next_seq` is the number after the newest, -1 before the first packet. For a packet that has it, `received` does
    nothing but set it to the number after: a caller in a hurry may do so itself.
    """

    __slots__ = (
        "_behind_next",
        "_given_up",
        "_known",
        "_known_until",
        "_max_missing",
        "_max_requests",
        "_missing",
        "_reordering_ms",
        "_round_trip",
        "next_seq",
    )

    def __init__(self, max_missing: int = 512, max_requests: int = 10, round_trip: RoundTrip | None = None) -> None:
        """`round_trip`: from a request to the answer; several streams of one publisher may share it."""
        self._max_missing = max_missing
        self._max_requests = max_requests
        self._missing: dict[int, _Missing] = {}
        self.next_seq = -1
        self._known = 0  # how many packets behind `_known_until` the stream is known, up to _MAX_BEHIND
        self._known_until = -1  # `next_seq` when a packet last came out of order
        self._behind_next = -1  # what a stream that began anew would send next
        self._given_up = 0
        self._round_trip = round_trip or RoundTrip()
        # How late packets come by themselves, 0 where they come in order.
        self._reordering_ms = 0.0

    def received(self, seq: int, now_ms: float, *, over_rtx: bool = False) -> Arrival:
        """Take note of a packet, original or unwrapped from RTX, by its original sequence number.

        A gap larger than the bound is not asked for: its packets count as given up. DUPLICATE also means a packet that
        was given up, TOO_OLD one from before the first or from further back than is known. Two consecutive packets
        from far behind start the stream anew (RFC 3550 appendix A.1).
        """
        if seq == self.next_seq:
            self.next_seq = (seq + 1) & _MASK
            return Arrival.NEW
        if self.next_seq < 0:
            self._start(seq)
            return Arrival.NEW
        self._extend_known()
        ahead = (seq - self.next_seq) & _MASK
        if ahead < _HALF:
            return self._open_gap(seq, ahead, now_ms)
        return self._received_behind(seq, _MASK + 1 - ahead, now_ms, over_rtx)

    def _extend_known(self) -> None:
        in_order = (self.next_seq - self._known_until) & _MASK
        self._known = min(self._known + in_order, _MAX_BEHIND)
        self._known_until = self.next_seq

    def _received_behind(self, seq: int, behind: int, now_ms: float, over_rtx: bool) -> Arrival:
        missing = self._missing.pop(seq, None)
        if missing is not None:
            self._learn(missing, now_ms, over_rtx)
            return Arrival.RECOVERED
        if behind <= self._known:
            return Arrival.DUPLICATE
        if seq == self._behind_next:
            self._give_up(len(self._missing) + 1)
            self._start(seq)
            return Arrival.RESTARTED
        self._behind_next = (seq + 1) & _MASK
        return Arrival.TOO_OLD

    def _learn(self, missing: _Missing, now_ms: float, over_rtx: bool) -> None:
        """What came late by itself is no answer, and of an answer to one of several it is not known to which (Karn)."""
        asked_ms = now_ms - missing.asked_at_ms
        if over_rtx:
            self._reordering_ms *= _REORDERING_DECAY
            if missing.requests == 1:
                self._round_trip.measured(asked_ms)
        elif not missing.requests or asked_ms < self._round_trip.expected_ms / 2:
            late_ms = min(max(now_ms - missing.since_ms, _MIN_REORDERING_MS), _MAX_REORDERING_MS)
            self._reordering_ms = max(self._reordering_ms, late_ms)

    def _start(self, seq: int) -> None:
        self._missing.clear()
        self.next_seq = self._known_until = (seq + 1) & _MASK
        self._known = 1
        self._behind_next = -1

    def _open_gap(self, seq: int, ahead: int, now_ms: float) -> Arrival:
        if ahead > self._max_missing:
            self._give_up(ahead + len(self._missing))
            self._start(seq)
            return Arrival.NEW
        for distance in range(ahead):
            self._missing[(self.next_seq + distance) & _MASK] = _Missing(now_ms)
        while len(self._missing) > self._max_missing:
            del self._missing[next(iter(self._missing))]
            self._give_up(1)
        self.next_seq = (seq + 1) & _MASK
        return Arrival.NEW

    def _give_up(self, count: int) -> None:
        self._given_up += count

    def due(self, now_ms: float, reordering_ms: float = 10.0, max_count: int = 256) -> list[int]:
        """The packets to ask for now, oldest first, at most `max_count`; takes note that they were asked for.

        A packet is asked for once it is missing for `reordering_ms`, or for as long as others came late by themselves, and
        again when the answer is overdue. What is asked for too often comes twice, and a browser takes what it sends again
        from what its picture may use. After the last request and as long again, or after a second, it is given up.
        """
        if not self._missing:
            return []
        interval_ms = self._round_trip.patience_ms
        reordering_ms = max(reordering_ms, self._reordering_ms)
        chosen: list[int] = []
        for seq, missing in list(self._missing.items()):
            if len(chosen) == max_count:
                break
            if not missing.requests and now_ms - missing.since_ms < reordering_ms:
                continue
            if missing.requests and now_ms - missing.asked_at_ms < interval_ms:
                continue
            if missing.requests >= self._max_requests or now_ms - missing.since_ms >= _GIVE_UP_MS:
                del self._missing[seq]
                self._give_up(1)
                continue
            if missing.requests:
                self._round_trip.unanswered(now_ms)
            missing.requests += 1
            missing.asked_at_ms = now_ms
            chosen.append(seq)
        return chosen

    def give_up(self, numbers: Iterable[int]) -> None:
        """Ask for these no more."""
        for seq in numbers:
            if self._missing.pop(seq, None) is not None:
                self._give_up(1)

    def forget(self) -> int:
        """Ask for nothing that is missing now, and give nothing up for it; how many packets that is."""
        forgotten = len(self._missing)
        self._missing.clear()
        return forgotten

    @property
    def missing_count(self) -> int:
        """How many packets are being asked for."""
        return len(self._missing)

    def take_given_up(self) -> int:
        """How many packets were given up since the last call; if any of a video, ask for a keyframe."""
        given_up, self._given_up = self._given_up, 0
        return given_up
