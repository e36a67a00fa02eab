"""What each request does once a participant has joined: decode its data, call the room or the peer, answer."""

from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar

import msgspec

from mediaserver import requests
from mediaserver.errors import BadRequest
from mediaserver.peer import Peer
from mediaserver.room import Room

Data = dict[str, Any]
Shape = TypeVar("Shape")


class Answer(NamedTuple):
    """The data of an answer, and what is done after it was put on its way."""

    data: Data = {}  # noqa: RUF012  # never changed
    then: Callable[[], None] | None = None


Method = Callable[[Room, Peer, msgspec.Raw], Answer]


def call(request: requests.Request, room: Room, peer: Peer) -> Answer:
    """Do what a request asks for. Raises RequestError."""
    method = _METHODS.get(request.method)
    if method is None:
        raise BadRequest("There is no such method")
    return method(room, peer, request.data)


def _method(shape: type[Shape], handler: Callable[[Room, Peer, Shape], Answer]) -> Method:
    decoder = msgspec.json.Decoder(shape)

    def decode_and_handle(room: Room, peer: Peer, raw: msgspec.Raw) -> Answer:
        try:
            data = decoder.decode(raw)
        except (msgspec.DecodeError, RecursionError):
            raise BadRequest("The data has the wrong shape") from None
        return handler(room, peer, data)

    return decode_and_handle


def _create_transport(_room: Room, peer: Peer, data: requests.CreateTransport) -> Answer:
    return Answer(peer.create_transport(data.direction).describe())


def _connect_transport(_room: Room, peer: Peer, data: requests.ConnectTransport) -> Answer:
    peer.connect_transport(data.transport_id, data.dtls_parameters)
    return Answer()


def _restart_ice(_room: Room, peer: Peer, data: requests.TransportRequest) -> Answer:
    return Answer(peer.restart_ice(data.transport_id))


def _produce(room: Room, peer: Peer, data: requests.Produce) -> Answer:
    producer = room.publishing.produce(peer, data)
    return Answer({"id": producer.id}, lambda: room.publishing.remind_muted(peer, producer))


def _pause_producer(room: Room, peer: Peer, data: requests.ProducerRequest) -> Answer:
    room.publishing.pause(peer, data.producer_id)
    return Answer()


def _resume_producer(room: Room, peer: Peer, data: requests.ProducerRequest) -> Answer:
    room.publishing.resume(peer, data.producer_id)
    return Answer()


def _close_producer(room: Room, peer: Peer, data: requests.ProducerRequest) -> Answer:
    room.publishing.close(peer, data.producer_id)
    return Answer()


def _subscribe(room: Room, peer: Peer, data: requests.Subscribe) -> Answer:
    peer.subscribe(data.rtp_capabilities)
    return Answer(then=lambda: room.publishing.offer_all(peer))


def _resume_consumer(_room: Room, peer: Peer, data: requests.ConsumerRequest) -> Answer:
    peer.resume_consumer(data.consumer_id)
    return Answer()


def _pause_consumer(_room: Room, peer: Peer, data: requests.ConsumerRequest) -> Answer:
    peer.pause_consumer(data.consumer_id)
    return Answer()


def _set_consumer_view(_room: Room, peer: Peer, data: requests.SetConsumerView) -> Answer:
    peer.set_consumer_view(data.consumer_id, data.width, data.height, data.pinned)
    return Answer()


def _mute_participant(room: Room, peer: Peer, data: requests.MuteParticipant) -> Answer:
    room.publishing.mute(peer, data.participant_id)
    return Answer()


def _report_device(_room: Room, peer: Peer, data: requests.ReportDevice) -> Answer:
    peer.limited_by = data.limited_by
    return Answer()


def _send_chat(room: Room, peer: Peer, data: requests.SendChat) -> Answer:
    room.send_chat(peer, data.text, data.client_id)
    return Answer()


def _end_call(room: Room, peer: Peer, _data: requests.Nothing) -> Answer:
    peer.require("end_call")
    return Answer(then=lambda: room.end("ended_by_staff"))


def _leave(room: Room, peer: Peer, _data: requests.Nothing) -> Answer:
    return Answer(then=lambda: room.leave(peer))


_METHODS: dict[str, Method] = {
    "createTransport": _method(requests.CreateTransport, _create_transport),
    "connectTransport": _method(requests.ConnectTransport, _connect_transport),
    "restartIce": _method(requests.TransportRequest, _restart_ice),
    "produce": _method(requests.Produce, _produce),
    "pauseProducer": _method(requests.ProducerRequest, _pause_producer),
    "resumeProducer": _method(requests.ProducerRequest, _resume_producer),
    "closeProducer": _method(requests.ProducerRequest, _close_producer),
    "subscribe": _method(requests.Subscribe, _subscribe),
    "resumeConsumer": _method(requests.ConsumerRequest, _resume_consumer),
    "pauseConsumer": _method(requests.ConsumerRequest, _pause_consumer),
    "setConsumerView": _method(requests.SetConsumerView, _set_consumer_view),
    "muteParticipant": _method(requests.MuteParticipant, _mute_participant),
    "reportDevice": _method(requests.ReportDevice, _report_device),
    "sendChat": _method(requests.SendChat, _send_chat),
    "endCall": _method(requests.Nothing, _end_call),
    "leave": _method(requests.Nothing, _leave),
}
METHOD_NAMES = frozenset(_METHODS) | {"join"}
