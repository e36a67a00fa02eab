"""Capability arithmetic: what the router can take, and how a stream looks to each receiver. Free functions only.

Publishers choose their own payload types and extension ids; receivers always get the router's. The publisher's MID is
for its own hop and is not passed on: receivers know each stream by the SSRC that `newConsumer` tells.
"""

from dataclasses import dataclass

from msgspec import UNSET

from mediaserver.errors import BadRequest
from mediaserver.rtp_parameters import (
    CodecSettings,
    Kind,
    RtcpFeedback,
    RtcpParameters,
    RtpCapabilities,
    RtpCodecCapability,
    RtpCodecParameters,
    RtpEncodingParameters,
    RtpHeaderExtension,
    RtpHeaderExtensionParameters,
    RtpParameters,
    RtxParameters,
)

MID = "urn:ietf:params:rtp-hdrext:sdes:mid"
TRANSPORT_CC = "http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01"
AUDIO_LEVEL = "urn:ietf:params:rtp-hdrext:ssrc-audio-level"
VIDEO_ORIENTATION = "urn:3gpp:video-orientation"

_NACK = RtcpFeedback("nack")
_TRANSPORT_CC = RtcpFeedback("transport-cc")
_AUDIO_FEEDBACK = (_NACK, _TRANSPORT_CC)
_VIDEO_FEEDBACK = (_NACK, RtcpFeedback("nack", "pli"), RtcpFeedback("ccm", "fir"), _TRANSPORT_CC)
_H264: CodecSettings = {"level-asymmetry-allowed": 1, "packetization-mode": 1, "profile-level-id": "42e01f"}


def _video(name: str, payload_type: int, parameters: CodecSettings) -> tuple[RtpCodecCapability, RtpCodecCapability]:
    """A codec and its retransmission format, which has the next payload type."""
    return (
        RtpCodecCapability("video", f"video/{name}", payload_type, 90000, UNSET, parameters, _VIDEO_FEEDBACK),
        RtpCodecCapability("video", "video/rtx", payload_type + 1, 90000, UNSET, {"apt": payload_type}),
    )


# `recvonly` is the router's view: it wants the transport-wide sequence number from publishers and sends none.
ROUTER_CAPABILITIES = RtpCapabilities(
    codecs=(
        RtpCodecCapability("audio", "audio/opus", 100, 48000, 2, {"useinbandfec": 1}, _AUDIO_FEEDBACK),
        *_video("VP8", 101, {}),
        *_video("H264", 103, _H264),
    ),
    header_extensions=(
        RtpHeaderExtension("audio", MID, 1, direction="recvonly"),
        RtpHeaderExtension("video", MID, 1, direction="recvonly"),
        RtpHeaderExtension("audio", TRANSPORT_CC, 3, direction="recvonly"),
        RtpHeaderExtension("video", TRANSPORT_CC, 3, direction="recvonly"),
        RtpHeaderExtension("audio", AUDIO_LEVEL, 4),
        RtpHeaderExtension("video", VIDEO_ORIENTATION, 5),
    ),
)


@dataclass(frozen=True)
class StreamMapping:
    """How a publisher's stream becomes the router's."""

    codec: RtpCodecCapability
    payload_type: int
    ssrc: int
    rtx_payload_type: int | None
    rtx_ssrc: int | None
    # The publisher's id -> the router's id of the extensions that receivers get.
    kept_extension_ids: dict[int, int]
    transport_cc_id: int | None


def stream_mapping(kind: Kind, parameters: RtpParameters) -> StreamMapping:
    """Match what a publisher wants to send. Raises BadRequest if the router has no such codec or the SSRC is missing."""
    if len(parameters.encodings) != 1:
        raise BadRequest("rtpParameters must have exactly one encoding")
    encoding = parameters.encodings[0]
    if not isinstance(encoding.ssrc, int):
        raise BadRequest("The encoding must have an ssrc")
    sent = parameters.codecs[0]
    rtx_payload_type = _rtx_payload_type(parameters, sent.payload_type)
    has_rtx = rtx_payload_type is not None and isinstance(encoding.rtx, RtxParameters)
    ids = {extension.uri: extension.id for extension in parameters.header_extensions}
    return StreamMapping(
        codec=_router_codec(kind, sent),
        payload_type=sent.payload_type,
        ssrc=encoding.ssrc,
        rtx_payload_type=rtx_payload_type if has_rtx else None,
        rtx_ssrc=encoding.rtx.ssrc if has_rtx and isinstance(encoding.rtx, RtxParameters) else None,
        kept_extension_ids={ids[own.uri]: own.preferred_id for own in _forwarded_extensions(kind) if own.uri in ids},
        transport_cc_id=ids.get(TRANSPORT_CC),
    )


def can_consume(codec: RtpCodecCapability, capabilities: RtpCapabilities) -> bool:
    """Whether a receiver can decode a stream of this router codec."""
    return any(_same_codec(codec, known) for known in capabilities.codecs)


def consumer_parameters(
    codec: RtpCodecCapability, capabilities: RtpCapabilities, *, ssrc: int, rtx_ssrc: int, mid: str, cname: str
) -> RtpParameters:
    """How a receiver sees a stream. Call only if `can_consume`. RTX is left out if the receiver does not know it."""
    known = next(known for known in capabilities.codecs if _same_codec(codec, known))
    feedback = tuple(item for item in codec.rtcp_feedback if item in known.rtcp_feedback and item != _TRANSPORT_CC)
    rtx = _rtx_capability(codec) if _knows_rtx(capabilities, known) else None
    return RtpParameters(
        mid=mid,
        codecs=tuple(_as_parameters(item, feedback if item is codec else ()) for item in (codec, rtx) if item),
        header_extensions=_consumer_extensions(codec.kind, capabilities),
        encodings=(RtpEncodingParameters(ssrc, RtxParameters(rtx_ssrc) if rtx else UNSET),),
        rtcp=RtcpParameters(cname),
    )


def _router_codec(kind: Kind, sent: RtpCodecParameters) -> RtpCodecCapability:
    for own in ROUTER_CAPABILITIES.codecs:
        if own.kind == kind and _same_codec(own, sent):
            return own
    raise BadRequest("The codec is not supported")


def _same_codec(own: RtpCodecCapability, other: RtpCodecCapability | RtpCodecParameters) -> bool:
    name = own.mime_type.lower()
    if name != other.mime_type.lower() or own.clock_rate != other.clock_rate or name.endswith("/rtx"):
        return False
    if own.kind == "audio":
        return own.channels == other.channels
    return name != "video/h264" or _is_constrained_baseline(other.parameters)


def _is_constrained_baseline(parameters: CodecSettings) -> bool:
    """H.264 constrained baseline in packetization mode 1 (RFC 6184 section 8.1, table 5)."""
    level_id = str(parameters.get("profile-level-id", ""))
    if parameters.get("packetization-mode") != 1 or len(level_id) != 6:
        return False
    try:
        profile, constraints = bytes.fromhex(level_id[:4])
    except ValueError:
        return False
    return (profile, constraints & {0x42: 0x4F, 0x4D: 0x8F, 0x58: 0xCF}.get(profile, 0)) in {
        (0x42, 0x40),
        (0x4D, 0x80),
        (0x58, 0xC0),
    }


def _rtx_payload_type(parameters: RtpParameters, payload_type: int) -> int | None:
    for codec in parameters.codecs:
        if codec.mime_type.lower().endswith("/rtx") and codec.parameters.get("apt") == payload_type:
            return codec.payload_type
    return None


def _rtx_capability(codec: RtpCodecCapability) -> RtpCodecCapability | None:
    for own in ROUTER_CAPABILITIES.codecs:
        if own.mime_type.endswith("/rtx") and own.parameters.get("apt") == codec.preferred_payload_type:
            return own
    return None


def _knows_rtx(capabilities: RtpCapabilities, codec: RtpCodecCapability) -> bool:
    return any(
        known.mime_type.lower().endswith("/rtx") and known.parameters.get("apt") == codec.preferred_payload_type
        for known in capabilities.codecs
    )


def _forwarded_extensions(kind: Kind) -> list[RtpHeaderExtension]:
    return [own for own in ROUTER_CAPABILITIES.header_extensions if own.kind == kind and own.direction == "sendrecv"]


def _consumer_extensions(kind: Kind, capabilities: RtpCapabilities) -> tuple[RtpHeaderExtensionParameters, ...]:
    known = {extension.uri for extension in capabilities.header_extensions if extension.kind == kind}
    return tuple(
        RtpHeaderExtensionParameters(own.uri, own.preferred_id)
        for own in _forwarded_extensions(kind)
        if own.uri in known
    )


def _as_parameters(codec: RtpCodecCapability, feedback: tuple[RtcpFeedback, ...]) -> RtpCodecParameters:
    return RtpCodecParameters(
        codec.mime_type,
        codec.preferred_payload_type,
        codec.clock_rate,
        codec.channels,
        codec.parameters,
        feedback,
    )
