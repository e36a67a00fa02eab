"""What the participants of a call send each other: streams taken in, offered, paused, muted and withdrawn."""

from collections.abc import Callable

from msgspec.structs import replace

from mediaserver.errors import BadRequest, NotFound
from mediaserver.moderation import MutedBy, Mutes
from mediaserver.peer import Peer
from mediaserver.producer import Producer
from mediaserver.requests import Produce
from mediaserver.roster import Roster


class Publishing:
    """The streams of one call. It listens to the peers, whose transports may end by themselves."""

    def __init__(self, roster: Roster, others_may_arrive: Callable[[], bool]) -> None:
        """`others_may_arrive`: whether the call has moved here, and people of it are still on their way."""
        self._roster = roster
        self._others_may_arrive = others_may_arrive
        self._mutes = Mutes()

    def produce(self, peer: Peer, request: Produce) -> Producer:
        """Take in a stream and offer it to everyone else. Raises RequestError.

        The microphone of someone who is muted begins paused, also that of a newer connection (C10: same mute state).
        """
        if request.source == "microphone" and self._mutes.by_whom(peer.id) is not None:
            request = replace(request, paused=True)
        producer = peer.produce(request)
        for other in self._roster.others(peer):
            other.offer(producer, peer.id)
        return producer

    def remind_muted(self, peer: Peer, producer: Producer) -> None:
        """Tell a participant whose microphone began paused because of a mute."""
        by = self._mutes.by_whom(peer.id)
        if by is not None and producer.source == "microphone":
            peer.notify("muted", by.told(producer.id))

    def offer_all(self, peer: Peer) -> None:
        """Offer every present producer of the others to a participant that has just subscribed."""
        for other in self._roster.others(peer):
            for producer in other.producers.values():
                peer.offer(producer, other.id)

    def pause(self, peer: Peer, producer_id: str) -> None:
        """Pause a participant's own stream, and tell the others. Again is harmless. Raises NotFound."""
        self._pause(peer, peer.producer(producer_id), by=peer)

    def resume(self, peer: Peer, producer_id: str) -> None:
        """Resume a participant's own stream, which ends a mute. Again is harmless. Raises NotFound."""
        producer = peer.producer(producer_id)
        if producer.source == "microphone":
            self._mutes.release(peer.id)
        if producer.paused:
            peer.set_paused(producer, False)
            self._roster.tell_others(peer, "producerResumed", _told(peer, producer))

    def mute(self, by: Peer, participant_id: str) -> None:
        """Stop another's microphones at once; only they can resume (C4c). Who sends no sound is left as they are; but who
        is on the way here, with a microphone that is on elsewhere, begins muted.

        Raises Forbidden, NotFound, and BadRequest for the own microphone, which `pauseProducer` is for.
        """
        by.require("mute_others")
        if participant_id == by.id:
            raise BadRequest("One's own microphone is paused, not muted")
        peer = self._roster.get(participant_id)
        if peer is None and not self._others_may_arrive():
            raise NotFound("There is no such participant")
        microphones = [] if peer is None else [item for item in peer.producers.values() if item.source == "microphone"]
        if not microphones and self._others_may_arrive():
            self._mutes.mute(participant_id, MutedBy(by.id, by.name))
        for producer in microphones:
            if peer is not None and not producer.paused:
                self._mute(peer, producer, by)

    def _mute(self, peer: Peer, producer: Producer, by: Peer) -> None:
        muted_by = MutedBy(by.id, by.name)
        self._mutes.mute(peer.id, muted_by)
        self._pause(peer, producer, by)
        peer.notify("muted", muted_by.told(producer.id))

    def _pause(self, peer: Peer, producer: Producer, by: Peer) -> None:
        if not producer.paused:
            peer.set_paused(producer, True)
            told = {**_told(peer, producer), "byParticipantId": by.id}
            self._roster.tell_others(peer, "producerPaused", told)

    def close(self, peer: Peer, producer_id: str) -> None:
        """End a participant's own stream. Raises NotFound."""
        producer = peer.producer(producer_id)
        peer.close_producer(producer)
        self.producers_closed(peer, [producer])

    def close_all(self, peer: Peer) -> None:
        """End all media of a connection."""
        self.producers_closed(peer, peer.close())

    def producers_closed(self, peer: Peer, producers: list[Producer]) -> None:
        """Tell the others that these streams are gone."""
        withdraw(self._roster.others(peer), producers)

    def gone(self, participant_id: str) -> None:
        """The tile is gone; whoever comes back later begins anew."""
        self._mutes.release(participant_id)


def withdraw(peers: list[Peer], producers: list[Producer]) -> None:
    """Tell each of the peers that these streams are gone."""
    for producer in producers:
        for peer in peers:
            peer.withdraw(producer)


def _told(peer: Peer, producer: Producer) -> dict[str, str]:
    return {
        "participantId": peer.id,
        "producerId": producer.id,
        "kind": producer.kind,
        "source": producer.source,
    }
