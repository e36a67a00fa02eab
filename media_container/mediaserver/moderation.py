"""Who has been muted by whom. Only the muted ends it, or the end of their tile; no reload does."""

from dataclasses import dataclass
from typing import Any

Data = dict[str, Any]


@dataclass(frozen=True)
class MutedBy:
    """Who muted someone; the name as it was then, for they may be gone when the muted comes back."""

    participant_id: str
    name: str

    def told(self, producer_id: str) -> Data:
        """As the muted is told."""
        return {"producerId": producer_id, "byParticipantId": self.participant_id, "byName": self.name}


# Of people, some of whom may not be here yet.
MAX_MUTED = 200


class Mutes:
    """The muted of one call."""

    def __init__(self) -> None:
        self._muted: dict[str, MutedBy] = {}

    def mute(self, participant_id: str, by: MutedBy) -> None:
        """From now on until `release`, each microphone of the participant begins paused. Beyond the bound the oldest mute
        is forgotten."""
        self._muted.pop(participant_id, None)
        if len(self._muted) >= MAX_MUTED:
            del self._muted[next(iter(self._muted))]
        self._muted[participant_id] = by

    def by_whom(self, participant_id: str) -> MutedBy | None:
        """Who muted the participant, None if nobody has or the muted has resumed since."""
        return self._muted.get(participant_id)

    def release(self, participant_id: str) -> None:
        """The muted has resumed, or is gone. Again is harmless."""
        self._muted.pop(participant_id, None)
