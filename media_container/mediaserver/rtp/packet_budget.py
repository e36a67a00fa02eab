"""How many packets of a kind there may be, whoever wants them: a token bucket."""


class PacketBudget:
    """So many a second, and at once as many as were saved up. It begins full."""

    __slots__ = ("_filled_at_us", "_most", "_packets", "_per_s")

    def __init__(self, per_s: float, most: int) -> None:
        self._per_s = per_s
        self._most = most
        self._packets = float(most)
        self._filled_at_us: int | None = None

    def available(self, now_us: int) -> int:
        """How many there may be now."""
        if self._filled_at_us is not None and now_us > self._filled_at_us:
            filled = self._packets + self._per_s * (now_us - self._filled_at_us) / 1_000_000
            self._packets = min(filled, float(self._most))
        self._filled_at_us = now_us
        return int(self._packets)

    def take(self, packets: int, now_us: int) -> int:
        """How many of so many there may be now; they count."""
        allowed = min(packets, self.available(now_us))
        self._packets -= allowed
        return allowed
