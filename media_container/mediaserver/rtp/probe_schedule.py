"""When to probe for more, and how much: only where more is wanted, and seldomer after probes that found nothing."""

PROBE_FACTOR = 2.0
# A probe reaches somewhat beyond what is wanted, so that the wish fits with its headroom.
WISH_FACTOR = 1.3
INITIAL_WAIT_US = 1_000_000
MAX_WAIT_US = 5_000_000
# The queue of a congested path must have emptied.
AFTER_CUT_US = 2_000_000
FOUND = 1.1
MAX_BPS = 10_000_000.0


class ProbeSchedule:
    """The pace of probes of one path."""

    def __init__(self) -> None:
        self._wait_us = INITIAL_WAIT_US
        self._next_us = 0

    def target_bps(self, now_us: int, estimate_bps: float, wanted_bps: float) -> float | None:
        """The bitrate to probe at now, None while there is no need or it is too early."""
        if wanted_bps <= estimate_bps or now_us < self._next_us or estimate_bps >= MAX_BPS:
            return None
        return min(PROBE_FACTOR * estimate_bps, max(WISH_FACTOR * wanted_bps, 1.5 * estimate_bps))

    def path_was_cut(self, now_us: int) -> None:
        """The estimate fell: leave the path alone for a while."""
        self._next_us = max(self._next_us, now_us + AFTER_CUT_US)

    def finished(self, now_us: int, result_bps: float | None, estimate_bps: float) -> bool:
        """Take note of a result; True if it is above `estimate_bps`, what was estimated until then."""
        found = result_bps is not None and result_bps > FOUND * estimate_bps
        if found:
            self._wait_us = INITIAL_WAIT_US
            self._next_us = now_us
        else:
            self._next_us = now_us + self._wait_us
            self._wait_us = min(2 * self._wait_us, MAX_WAIT_US)
        return found
