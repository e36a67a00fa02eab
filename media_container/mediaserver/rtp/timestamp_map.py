"""RTP timestamps as one receiver sees them: one clock that goes on when the source is switched."""

_HALF = 0x80000000
_MASK = 0xFFFFFFFF


class TimestampMap:
    """Maps the publisher's 32-bit timestamps to the receiver's and back by an offset set at each switch."""

    __slots__ = ("last_out", "offset")

    def __init__(self, first_out: int) -> None:
        """`first_out` is the timestamp that the first source starts at."""
        # What is added to a timestamp of the present source, modulo 2^32.
        self.offset = 0
        # The newest timestamp given out.
        self.last_out = first_out & _MASK

    def switch(self, in_ts: int, out_ts: int) -> None:
        """From now on `in_ts` of the new source maps to `out_ts`, or to just after the newest if that is not later."""
        if not 0 < (out_ts - self.last_out) & _MASK < _HALF:
            out_ts = self.last_out + 1
        self.offset = (out_ts - in_ts) & _MASK

    def forward(self, in_ts: int) -> int:
        """The receiver's timestamp of a packet of the present source."""
        out = (in_ts + self.offset) & _MASK
        if (out - self.last_out) & _MASK < _HALF:
            self.last_out = out
        return out

    def reverse(self, out_ts: int) -> int:
        """The present source's timestamp of a receiver's timestamp."""
        return (out_ts - self.offset) & _MASK


def timestamp_after(timestamp: int, elapsed_ms: float, clock_rate_hz: int) -> int:
    """The timestamp `elapsed_ms` later: where to switch to when the sources' sender reports cannot tell."""
    return (timestamp + round(elapsed_ms * clock_rate_hz / 1000)) & _MASK
