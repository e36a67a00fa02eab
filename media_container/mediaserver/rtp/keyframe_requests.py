"""Many who need a keyframe, one publisher who is asked."""

MIN_INTERVAL_MS = 310.0  # Chrome ignores a PLI within 300 ms of the last
REPEAT_MS = 350.0
MAX_REPEATS = 30


class KeyframeRequests:
    """Merges requests for keyframes of one stream, and repeats the PLI until a keyframe came.

    Without an answer it stops after `MAX_REPEATS`, about 10 s; the next request begins again.
    """

    __slots__ = ("_pending", "_repeats", "_sent_at_ms")

    def __init__(self) -> None:
        self._pending = False
        self._repeats = 0
        self._sent_at_ms = float("-inf")

    @property
    def pending(self) -> bool:
        """Whether a keyframe is still awaited."""
        return self._pending

    def request(self, now_ms: float) -> bool:
        """Someone needs a keyframe. True: send a PLI now; False: one is on its way, or `due` will say when."""
        self._repeats = 0
        if self._pending or now_ms - self._sent_at_ms < MIN_INTERVAL_MS:
            self._pending = True
            return False
        self._pending = True
        self._sent_at_ms = now_ms
        return True

    def due(self, now_ms: float) -> bool:
        """Ask this regularly, say every 50 ms. True: send a PLI now."""
        if not self._pending or now_ms - self._sent_at_ms < REPEAT_MS:
            return False
        if self._repeats >= MAX_REPEATS:
            self._pending = False
            return False
        self._repeats += 1
        self._sent_at_ms = now_ms
        return True

    def end(self) -> None:
        """The first packet of a keyframe came, so that everyone who asked can begin; or nobody needs it any more."""
        self._pending = False
