"""Sequence numbers as one receiver sees them: without a gap where a packet was left out or the source was switched."""

from collections import deque
from typing import Generic, TypeVar

SourceT = TypeVar("SourceT")

_HALF = 0x8000
_MASK = 0xFFFF
_MAX_RUNS = 256


class _Run(Generic[SourceT]):
    """Consecutive numbers of one source with one shift. Numbers are unwrapped; `end` is the first beyond it."""

    __slots__ = ("end", "shift", "source", "start", "switch")

    def __init__(self, source: SourceT, switch: int, start: int, shift: int) -> None:
        self.source = source
        self.switch = switch
        self.start = start
        self.shift = shift
        self.end: int | None = None


class SequenceMap(Generic[SourceT]):
    """Maps the publisher's 16-bit sequence numbers to the receiver's and back.

    A source is whatever the caller needs to find a packet again, for instance the layer's history together with its
    timestamp offset. `switch` must be called before the first packet. Remembers the last 256 changes of shift.
    """

    __slots__ = ("_highest_in", "_highest_out", "_runs", "_shift", "_switches")

    def __init__(self, first_out: int) -> None:
        """`first_out` is the first number the receiver gets; keep it below 2^15 (RFC 3711 section 3.3.1)."""
        self._highest_in = 0
        self._highest_out = first_out - 1 + (_MASK + 1)
        self._shift = 0
        self._switches = 0
        self._runs: deque[_Run[SourceT]] = deque(maxlen=_MAX_RUNS)

    @property
    def highest_out(self) -> int:
        """The newest number given out, 16 bits."""
        return self._highest_out & _MASK

    def switch(self, source: SourceT, in_seq: int) -> None:
        """From now on packets come from `source`; `in_seq` is its first and follows the newest number given out.

        What still comes late from the former source, or from this one before `in_seq`, maps to None.
        """
        self._switches += 1
        start = in_seq + _MASK + 1
        self._close_run(self._highest_in + 1)
        self._highest_in = start - 1
        self._shift = self._highest_out + 1 - start
        self._runs.append(_Run(source, self._switches, start, self._shift))

    def _close_run(self, end: int) -> None:
        if self._runs:
            self._runs[-1].end = end

    def forward(self, in_seq: int) -> int | None:
        """The receiver's number, None if the packet was dropped, is of before the switch, or too old to know."""
        ahead = (in_seq - self._highest_in) & _MASK
        if 0 < ahead < _HALF and self._runs:
            self._highest_in = newest = self._highest_in + ahead
            self._highest_out = out = newest + self._shift
            return out & _MASK
        return self._forward_late(in_seq)

    def next_shift(self, in_seq: int) -> int | None:
        """What is added, modulo 2^16, if `in_seq` is the next packet in order; otherwise None."""
        is_next = bool(self._runs) and (in_seq - self._highest_in) & _MASK == 1
        return self._shift & _MASK if is_next else None

    def advance(self, count: int) -> None:
        """As if the next `count` packets in order had been forwarded."""
        self._highest_in += count
        self._highest_out = self._highest_in + self._shift

    def _forward_late(self, in_seq: int) -> int | None:
        number = self._highest_in - ((self._highest_in - in_seq) & _MASK)
        for run in reversed(self._runs):
            if run.switch != self._switches:
                return None
            if number >= run.start:
                return None if run.end is not None and number >= run.end else (number + run.shift) & _MASK
        return None

    def drop(self, in_seq: int) -> None:
        """This packet is not forwarded: the packets after it move up by one.

        A packet that comes late cannot be closed up any more; it stays a gap for the receiver.
        """
        ahead = (in_seq - self._highest_in) & _MASK
        if not (0 < ahead < _HALF and self._runs):
            return
        self._highest_in = dropped = self._highest_in + ahead
        self._shift -= 1
        run = self._runs[-1]
        if run.start == dropped:
            run.start, run.shift = dropped + 1, self._shift
            return
        self._close_run(dropped)
        self._highest_out = max(self._highest_out, dropped + self._shift)
        self._runs.append(_Run(run.source, run.switch, dropped + 1, self._shift))

    def reverse(self, out_seq: int) -> tuple[SourceT, int] | None:
        """(source, its number) of a number given to the receiver, None if it was not given out or is too old."""
        number = self._highest_out - ((self._highest_out - out_seq) & _MASK)
        if self._highest_out - number >= _HALF:
            return None
        for run in reversed(self._runs):
            if number >= run.start + run.shift:
                in_number = number - run.shift
                if run.end is not None and in_number >= run.end:
                    return None
                return run.source, in_number & _MASK
        return None
