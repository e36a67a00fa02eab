"""Who speaks in a call: listens to everyone's levels while there are two or more, and tells of changes (point 5)."""

from mediaserver.peer import Peer
from mediaserver.room_clock import RoomClock
from mediaserver.roster import Roster
from mediaserver.rtp.active_speaker import ActiveSpeaker
from mediaserver.turns import Turns

INTERVAL_S = 0.3
MIN_PARTICIPANTS = 2


class SpeakerWatch:
    """The active speaker of one call."""

    def __init__(self, roster: Roster, turns: Turns) -> None:
        self._roster = roster
        self._speaker = ActiveSpeaker()
        self._clock = RoomClock(INTERVAL_S, turns, self._listen)

    def people_changed(self) -> None:
        """Someone came or went: alone nobody needs to be told who speaks."""
        in_company = len(self._roster) >= MIN_PARTICIPANTS
        self._clock.run(in_company)
        if not in_company:
            self._tell_if_changed(self._speaker.current, self._speaker.update({}))

    def welcome(self, peer: Peer) -> None:
        """Tell a newcomer who speaks at this moment."""
        if self._speaker.current is not None:
            peer.notify("activeSpeaker", {"participantId": self._speaker.current})

    def stop(self) -> None:
        """The call is over."""
        self._clock.run(False)

    def _listen(self) -> None:
        before = self._speaker.current
        self._tell_if_changed(before, self._speaker.update({peer.id: peer.take_audio_level() for peer in self._roster}))

    def _tell_if_changed(self, before: str | None, current: str | None) -> None:
        if current != before:
            self._roster.tell_all("activeSpeaker", {"participantId": current})
