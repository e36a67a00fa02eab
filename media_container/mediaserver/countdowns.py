"""What happens in a call when nothing happens: a lost participant's tile goes, and a call without staff ends."""

import asyncio
from collections.abc import Callable


class Countdowns:
    """The timers of one call."""

    def __init__(self, lost_grace_s: float, no_staff_grace_s: float) -> None:
        self._lost_grace_s = lost_grace_s
        self._no_staff_grace_s = no_staff_grace_s
        self._lost: dict[str, asyncio.TimerHandle] = {}
        self._no_staff: asyncio.TimerHandle | None = None

    def participant_lost(self, participant_id: str, then: Callable[[], None]) -> None:
        """Begin the grace of a tile whose socket is lost."""
        self.participant_found(participant_id)
        self._lost[participant_id] = asyncio.get_running_loop().call_later(self._lost_grace_s, then)

    def participant_found(self, participant_id: str) -> None:
        """The participant is back, or gone for good. Without a grace: harmless."""
        timer = self._lost.pop(participant_id, None)
        if timer is not None:
            timer.cancel()

    def watch_staff(self, present: bool, then: Callable[[], None]) -> None:
        """Begin the countdown when no staff is connected, unless it runs; stop it when some is."""
        if present:
            self._cancel_no_staff()
        elif self._no_staff is None:
            self._no_staff = asyncio.get_running_loop().call_later(self._no_staff_grace_s, then)

    def cancel(self) -> None:
        """Stop all of them."""
        for participant_id in list(self._lost):
            self.participant_found(participant_id)
        self._cancel_no_staff()

    def _cancel_no_staff(self) -> None:
        if self._no_staff is not None:
            self._no_staff.cancel()
            self._no_staff = None
