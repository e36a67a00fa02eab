"""The shapes of the requests on the signalling socket (docs/protocol.md section 2)."""

from typing import Annotated, Literal

from msgspec import Meta, Raw, Struct

from mediaserver.rtp_parameters import Direction, DtlsParameters, Kind, RtpCapabilities, RtpParameters, Source

SUBPROTOCOL = "vardrum.media.v1"
MAX_FRAME_BYTES = 64 * 1024
MAX_REQUEST_ID = 2**53 - 1

Id = Annotated[str, Meta(min_length=1, max_length=128)]
Pixels = Annotated[int, Meta(ge=0, le=16_384)]
# What a client's own encoder suffers from.
Limit = Literal["none", "cpu"]


class Request(Struct, frozen=True):
    """A frame from the client."""

    id: Annotated[int, Meta(ge=1, le=MAX_REQUEST_ID)]
    method: Annotated[str, Meta(max_length=64)]
    data: Raw = Raw(b"{}")


class Nothing(Struct, frozen=True):
    """A request without data."""


class Join(Struct, frozen=True):
    """`join`"""

    token: str


class CreateTransport(Struct, frozen=True):
    """`createTransport`"""

    direction: Direction


class ConnectTransport(Struct, frozen=True, rename="camel"):
    """`connectTransport`"""

    transport_id: Id
    dtls_parameters: DtlsParameters


class TransportRequest(Struct, frozen=True, rename="camel"):
    """`restartIce`"""

    transport_id: Id


class Produce(Struct, frozen=True, rename="camel"):
    """`produce`"""

    transport_id: Id
    kind: Kind
    source: Source
    rtp_parameters: RtpParameters
    paused: bool = False
    # Of the full picture, in pixels.
    frame_height: Annotated[int, Meta(ge=1, le=8192)] | None = None


class ProducerRequest(Struct, frozen=True, rename="camel"):
    """`pauseProducer`, `resumeProducer`, `closeProducer`"""

    producer_id: Id


class Subscribe(Struct, frozen=True, rename="camel"):
    """`subscribe`"""

    rtp_capabilities: RtpCapabilities


class ConsumerRequest(Struct, frozen=True, rename="camel"):
    """`pauseConsumer`, `resumeConsumer`"""

    consumer_id: Id


class SetConsumerView(Struct, frozen=True, rename="camel"):
    """`setConsumerView`. Width and height are device pixels; nothing in one of them means hidden."""

    consumer_id: Id
    width: Pixels
    height: Pixels
    pinned: bool


class MuteParticipant(Struct, frozen=True, rename="camel"):
    """`muteParticipant`"""

    participant_id: Id


class ReportDevice(Struct, frozen=True, rename="camel"):
    """`reportDevice`"""

    limited_by: Limit


class SendChat(Struct, frozen=True, rename="camel"):
    """`sendChat`"""

    text: Annotated[str, Meta(min_length=1, max_length=2000)]
    client_id: Annotated[str, Meta(max_length=64)]
