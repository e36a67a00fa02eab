"""How long an answer may take before one asks again, from the answers that came (RFC 6298)."""

ASSUMED_MS = 100.0
MIN_PATIENCE_MS = 20.0
MAX_PATIENCE_MS = 500.0
MAX_RTT_MS = 1_000.0
_RTT_WEIGHT, _VARIATION_WEIGHT = 0.125, 0.25
# In TCP it is 4: there a question that is repeated needlessly costs more, and nobody sees a picture stand still.
_VARIATIONS = 2
# So many in a row are seldom lost: the way has become slower.
_UNANSWERED_IN_A_ROW = 3


class RoundTrip:
    """Of one way there and back, with what the other side takes. Times are of one monotonic clock, in ms.

    `patience_ms` covers the round trip and how much it varies. When a question had to be repeated, the answer does not
    say to which of the two it is (Karn), so that a way that became slower would never be measured: after some of them
    patience doubles, and again, until one answer to a first question has come.
    """

    __slots__ = ("_backoff", "_counted_until_ms", "_unanswered", "_variation_ms", "smoothed_ms")

    def __init__(self) -> None:
        # 0 before the first measurement.
        self.smoothed_ms = 0.0
        self._variation_ms = 0.0
        self._backoff = 1
        self._unanswered = 0
        self._counted_until_ms = float("-inf")

    @property
    def expected_ms(self) -> float:
        """When an answer is to be expected."""
        return self.smoothed_ms or ASSUMED_MS

    @property
    def patience_ms(self) -> float:
        """How long to wait before asking again."""
        usual_ms = self.smoothed_ms + _VARIATIONS * self._variation_ms if self.smoothed_ms else ASSUMED_MS
        return min(max(usual_ms, MIN_PATIENCE_MS) * self._backoff, MAX_PATIENCE_MS)

    def measured(self, rtt_ms: float) -> None:
        """A first question was answered after so long."""
        rtt_ms = min(max(rtt_ms, 0.1), MAX_RTT_MS)
        self._backoff, self._unanswered = 1, 0
        if not self.smoothed_ms:
            self.smoothed_ms, self._variation_ms = rtt_ms, rtt_ms / 2
            return
        self._variation_ms += _VARIATION_WEIGHT * (abs(rtt_ms - self.smoothed_ms) - self._variation_ms)
        self.smoothed_ms += _RTT_WEIGHT * (rtt_ms - self.smoothed_ms)

    def unanswered(self, now_ms: float) -> None:
        """A question is repeated. Many at once, and those that follow within the patience, count as one."""
        if now_ms < self._counted_until_ms:
            return
        self._counted_until_ms = now_ms + self.patience_ms
        self._unanswered += 1
        if self._unanswered % _UNANSWERED_IN_A_ROW == 0 and self.patience_ms < MAX_PATIENCE_MS:
            self._backoff *= 2
