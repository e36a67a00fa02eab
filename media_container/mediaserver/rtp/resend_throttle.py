"""How often one receiver may be sent the same packet again."""

DEFAULT_MAX_PACKETS = 1024
MIN_INTERVAL_MS = 20.0
# Round trips jitter, and receivers go by an estimate of their own: what is held back too long freezes their picture.
PATIENCE = 0.6


class ResendThrottle:
    """Lets a packet through about once per round trip: a NACK sent before the last answer arrived asks for nothing new."""

    __slots__ = ("_max_packets", "_sent_at_ms")

    def __init__(self, max_packets: int = DEFAULT_MAX_PACKETS) -> None:
        self._max_packets = max_packets
        self._sent_at_ms: dict[int, float] = {}

    def allow(self, seq: int, now_ms: float, rtt_ms: float) -> bool:
        """Whether to resend `seq` now; remembers that it was. Of packets beyond the bound the oldest is forgotten."""
        sent_at_ms = self._sent_at_ms
        last_ms = sent_at_ms.pop(seq, None)
        if last_ms is not None and now_ms - last_ms < max(PATIENCE * rtt_ms, MIN_INTERVAL_MS):
            sent_at_ms[seq] = last_ms
            return False
        if len(sent_at_ms) >= self._max_packets:
            del sent_at_ms[next(iter(sent_at_ms))]
        sent_at_ms[seq] = now_ms
        return True
