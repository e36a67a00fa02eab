"""Who has a tile in a call, and how they are told of something."""

from collections.abc import Iterator
from typing import Any

from mediaserver.peer import Peer

Data = dict[str, Any]


class Roster:
    """The peers of one call by participant id: one tile each, those with a lost socket too."""

    def __init__(self) -> None:
        self._peers: dict[str, Peer] = {}

    def __len__(self) -> int:
        return len(self._peers)

    def __iter__(self) -> Iterator[Peer]:
        return iter(list(self._peers.values()))

    def __contains__(self, participant_id: str) -> bool:
        return participant_id in self._peers

    def get(self, participant_id: str) -> Peer | None:
        """The newest connection of a participant, None without a tile."""
        return self._peers.get(participant_id)

    def holds(self, peer: Peer) -> bool:
        """Whether this very connection is the one in the tile: no newer one has taken its place."""
        return self._peers.get(peer.id) is peer

    def put(self, peer: Peer) -> None:
        """Give a tile, or the tile of an older connection of the same person."""
        self._peers[peer.id] = peer

    def remove(self, peer: Peer) -> None:
        """Take the tile away."""
        del self._peers[peer.id]

    def clear(self) -> list[Peer]:
        """Take all tiles away, and return whose they were."""
        peers, self._peers = list(self), {}
        return peers

    def others(self, peer: Peer) -> list[Peer]:
        """All participants but one."""
        return [other for other in self if other.id != peer.id]

    def tell_others(self, peer: Peer, event: str, data: Data) -> None:
        """Notify all who are connected, but one."""
        for other in self.others(peer):
            other.notify(event, data)

    def tell_all(self, event: str, data: Data) -> None:
        """Notify all who are connected."""
        for peer in self:
            peer.notify(event, data)

    def snapshot(self) -> list[Data]:
        """Who is here and connected, as it stands in a call event."""
        return [{"id": peer.id, "role": peer.role, "connected": peer.connected} for peer in self]
