"""How well everyone in a call is connected: measured each second, told on change, causes to staff alone (C11)."""

from typing import Any

from mediaserver.connection_figures import figures_of
from mediaserver.connection_meter import ConnectionMeter, Verdict
from mediaserver.peer import Peer
from mediaserver.room_clock import RoomClock
from mediaserver.roster import Roster
from mediaserver.turns import Turns

INTERVAL_S = 1.0
SAMPLES_PER_TELLING = 2

Rows = list[dict[str, Any]]


class QualityWatch:
    """The connections of one call."""

    def __init__(self, roster: Roster, turns: Turns) -> None:
        self._roster = roster
        # By connection: a newer one of the same person is measured, and told, from the beginning.
        self._meters: dict[Peer, ConnectionMeter] = {}
        self._told: dict[Peer, Rows] = {}
        self._samples = 0
        self._clock = RoomClock(INTERVAL_S, turns, self._measure)

    def people_changed(self) -> None:
        """Someone came or went."""
        self._clock.run(len(self._roster) > 0)

    def stop(self) -> None:
        """The call is over."""
        self._clock.run(False)
        self._meters.clear()
        self._told.clear()

    def _measure(self) -> None:
        peers = list(self._roster)
        self._meters = {peer: self._meters.get(peer) or ConnectionMeter() for peer in peers}
        verdicts = {peer: self._sample(peer) for peer in peers}
        self._samples += 1
        if self._samples % SAMPLES_PER_TELLING == 0:
            self._tell(verdicts)

    def _sample(self, peer: Peer) -> Verdict:
        """Nothing is known of someone whose socket is lost, whatever of their media still flows."""
        if not peer.connected:
            return Verdict()
        verdict = self._meters[peer].sample(figures_of(peer))
        peer.note_quality(verdict.up, verdict.down)
        return verdict

    def _tell(self, verdicts: dict[Peer, Verdict]) -> None:
        of_scores = [_row(peer, verdict) for peer, verdict in verdicts.items()]
        with_causes = [{**_row(peer, verdict), "cause": verdict.cause} for peer, verdict in verdicts.items()]
        known = any(verdict != Verdict() for verdict in verdicts.values())
        for peer in verdicts:
            rows = with_causes if peer.role == "staff" else of_scores
            if rows != self._told.get(peer) and (known or peer in self._told):
                peer.notify("connectionQuality", {"participants": rows})
                self._told[peer] = rows
        self._told = {peer: rows for peer, rows in self._told.items() if peer in verdicts}


def _row(peer: Peer, verdict: Verdict) -> dict[str, Any]:
    return {"id": peer.id, "up": verdict.up, "down": verdict.down}
