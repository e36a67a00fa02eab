"""Who was removed from which call, for as long as a join token from before the removal may still be good."""

import time
from dataclasses import dataclass

from mediaserver.join_token import LEEWAY_S, MAX_LIFETIME_S

REMEMBER_S = MAX_LIFETIME_S + 2.0 * LEEWAY_S
MAX_REMEMBERED = 10_000


@dataclass(frozen=True)
class _Removal:
    removed_at: float  # epoch seconds
    noted_s: float  # monotonic


class Removals:
    """Also of calls that are not on this node yet, or no longer: their tokens may still come."""

    def __init__(self) -> None:
        self._removals: dict[tuple[str, str], _Removal] = {}

    def note(self, call_id: str, participant_id: str, ordered_at: float) -> None:
        """A person was removed; `ordered_at` is epoch seconds of the clock that also dates the join tokens."""
        self.note_until(call_id, participant_id, max(ordered_at, time.time()))

    def note_until(self, call_id: str, participant_id: str, issued_until: float) -> None:
        """What came with tokens issued until then, in epoch seconds, is out; later tokens are good."""
        self._forget_old()
        former = self._removals.pop((call_id, participant_id), None)
        if len(self._removals) >= MAX_REMEMBERED:
            del self._removals[next(iter(self._removals))]
        removed_at = max(issued_until, former.removed_at) if former else issued_until
        self._removals[call_id, participant_id] = _Removal(removed_at, time.monotonic())

    def refuse(self, call_id: str, participant_id: str, issued_at: float) -> bool:
        """Whether a token issued at that time, in epoch seconds, is from before the person's removal."""
        removal = self._removals.get((call_id, participant_id))
        return removal is not None and issued_at <= removal.removed_at

    def _forget_old(self) -> None:
        horizon_s = time.monotonic() - REMEMBER_S
        while self._removals:
            oldest = next(iter(self._removals))
            if self._removals[oldest].noted_s > horizon_s:
                return
            del self._removals[oldest]
