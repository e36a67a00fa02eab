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
RID = "urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id"
REPAIRED_RID = "urn:ietf:params:rtp-hdrext:sdes:repaired-rtp-stream-id"
TRANSPORT_CC = "http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01"
AUDIO_LEVEL = "urn:ietf:params:rtp-hdrext:ssrc-audio-level"
VIDEO_ORIENTATION = "urn:3gpp:video-orientation"
# The router's ids, that receivers get.
TRANSPORT_CC_ID = 3
AUDIO_LEVEL_ID = 4

MAX_ENCODINGS = 4

_NACK = RtcpFeedback("nack")
_TRANSPORT_CC = RtcpFeedback("transport-cc")
_AUDIO_FEEDBACK = (_NACK, _TRANSPORT_CC)
_VIDEO_FEEDBACK = (_NACK, RtcpFeedback("nack", "pli"), RtcpFeedback("ccm", "fir"), _TRANSPORT_CC)
_PROFILE_OF = {"video/vp9": "profile-id", "video/av1": "profile"}
_H264: CodecSettings = {"level-asymmetry-allowed": 1, "packetization-mode": 1, "profile-level-id": "42e01f"}


def _video(name: str, payload_type: int, parameters: CodecSettings) -> tuple[RtpCodecCapability, RtpCodecCapability]:
    """A codec and its retransmission format, which has the next payload type."""
    return (
        RtpCodecCapability("video", f"video/{name}", payload_type, 90000, UNSET, parameters, _VIDEO_FEEDBACK),
        RtpCodecCapability("video", "video/rtx", payload_type + 1, 90000, UNSET, {"apt": payload_type}),
    )


# `recvonly` is the router's view: what belongs to the publisher's hop alone.
ROUTER_CAPABILITIES = RtpCapabilities(
    codecs=(
        RtpCodecCapability("audio", "audio/opus", 100, 48000, 2, {"useinbandfec": 1, "usedtx": 1}, _AUDIO_FEEDBACK),
        *_video("VP8", 101, {}),
        *_video("H264", 103, _H264),
        *_video("VP9", 105, {"profile-id": 0}),
        *_video("AV1", 107, {}),
    ),
    header_extensions=(
        RtpHeaderExtension("audio", MID, 1, direction="recvonly"),
        RtpHeaderExtension("video", MID, 1, direction="recvonly"),
        RtpHeaderExtension("video", RID, 2, direction="recvonly"),
        RtpHeaderExtension("video", REPAIRED_RID, 6, direction="recvonly"),
        RtpHeaderExtension("audio", TRANSPORT_CC, TRANSPORT_CC_ID),
        RtpHeaderExtension("video", TRANSPORT_CC, TRANSPORT_CC_ID),
        RtpHeaderExtension("audio", AUDIO_LEVEL, AUDIO_LEVEL_ID),
        RtpHeaderExtension("video", VIDEO_ORIENTATION, 5),
    ),
)
# Codecs of which one encoding is taken: their layers are not switched by keyframes alone.
_SINGLE_ENCODING = frozenset({"video/vp9", "video/av1"})


@dataclass(frozen=True)
class EncodingMapping:
    """One layer of a publisher's stream. What is None comes with the first packets, by `rid` or by the MID alone."""

    ssrc: int | None
    rtx_ssrc: int | None
    rid: str | None
    scale_down_by: float


@dataclass(frozen=True)
class StreamMapping:
    """How a publisher's stream becomes the router's."""

    codec: RtpCodecCapability
    payload_type: int
    rtx_payload_type: int | None
    mid: str | None
    # Lowest first.
    encodings: tuple[EncodingMapping, ...]
    # The publisher's id -> the router's id of the extensions that receivers get.
    kept_extension_ids: dict[int, int]
    transport_cc_id: int | None
    mid_id: int | None
    rid_id: int | None
    repaired_rid_id: int | None


def stream_mapping(kind: Kind, parameters: RtpParameters) -> StreamMapping:
    """Match what a publisher wants to send.

    Raises BadRequest if the router has no such codec, there are too many encodings, or the packets of one could not be
    told from others.
    """
    sent = parameters.codecs[0]
    codec = _router_codec(kind, sent)
    rtx_payload_type = _rtx_payload_type(parameters, sent.payload_type)
    ids = {extension.uri: extension.id for extension in parameters.header_extensions}
    return StreamMapping(
        codec=codec,
        payload_type=sent.payload_type,
        rtx_payload_type=rtx_payload_type,
        mid=parameters.mid if isinstance(parameters.mid, str) else None,
        encodings=_encodings(codec, parameters, ids, has_rtx=rtx_payload_type is not None),
        kept_extension_ids={ids[own.uri]: own.preferred_id for own in _forwarded_extensions(kind) if own.uri in ids},
        transport_cc_id=ids.get(TRANSPORT_CC),
        mid_id=ids.get(MID),
        rid_id=ids.get(RID),
        repaired_rid_id=ids.get(REPAIRED_RID),
    )


def _encodings(
    codec: RtpCodecCapability, parameters: RtpParameters, ids: dict[str, int], *, has_rtx: bool
) -> tuple[EncodingMapping, ...]:
    encodings = tuple(_encoding(encoding, has_rtx=has_rtx) for encoding in parameters.encodings)
    single = codec.kind == "audio" or codec.mime_type.lower() in _SINGLE_ENCODING
    if len(encodings) > (1 if single else MAX_ENCODINGS):
        raise BadRequest("rtpParameters have too many encodings")
    unknown = [encoding for encoding in encodings if encoding.ssrc is None]
    rids = {encoding.rid for encoding in unknown}
    if len(rids) < len(unknown) or (None in rids and len(encodings) > 1):
        raise BadRequest("Every encoding must have an ssrc or a rid of its own")
    told_by_mid = len(encodings) == 1 and MID in ids and isinstance(parameters.mid, str)
    if unknown and not told_by_mid and (RID not in ids or None in rids):
        raise BadRequest("An encoding without ssrc needs the header extension that tells it")
    # Lowest first is the rule; a stable sort keeps the order of those that do not tell.
    return tuple(sorted(encodings, key=lambda encoding: -encoding.scale_down_by))


def _encoding(encoding: RtpEncodingParameters, *, has_rtx: bool) -> EncodingMapping:
    rtx_ssrc = encoding.rtx.ssrc if has_rtx and isinstance(encoding.rtx, RtxParameters) else None
    scale = encoding.scale_resolution_down_by
    return EncodingMapping(
        ssrc=encoding.ssrc if isinstance(encoding.ssrc, int) else None,
        rtx_ssrc=rtx_ssrc,
        rid=encoding.rid if isinstance(encoding.rid, str) else None,
        scale_down_by=scale if isinstance(scale, float) else 1.0,
    )


def can_consume(codec: RtpCodecCapability, capabilities: RtpCapabilities) -> bool:
    """Whether a receiver can decode a stream of this router codec."""
    return any(_same_codec(codec, known) for known in capabilities.codecs)


def consumer_parameters(
    codec: RtpCodecCapability, capabilities: RtpCapabilities, *, ssrc: int, rtx_ssrc: int, mid: str, cname: str
) -> RtpParameters:
    """How a receiver sees a stream. Call only if `can_consume`. RTX is left out if the receiver does not know it."""
    known = next(known for known in capabilities.codecs if _same_codec(codec, known))
    extensions = _consumer_extensions(codec.kind, known, capabilities)
    numbered = any(extension.uri == TRANSPORT_CC for extension in extensions)
    common = (item for item in codec.rtcp_feedback if item in known.rtcp_feedback)
    feedback = tuple(item for item in common if numbered or item != _TRANSPORT_CC)
    rtx = _rtx_capability(codec) if _knows_rtx(capabilities, known) else None
    return RtpParameters(
        mid=mid,
        codecs=tuple(_as_parameters(item, feedback if item is codec else ()) for item in (codec, rtx) if item),
        header_extensions=extensions,
        encodings=(RtpEncodingParameters(ssrc, RtxParameters(rtx_ssrc) if rtx else UNSET),),
        rtcp=RtcpParameters(cname),
    )


def is_numbered(parameters: RtpParameters) -> bool:
    """Whether a receiver takes transport-wide sequence numbers and tells what became of them."""
    known = any(extension.uri == TRANSPORT_CC for extension in parameters.header_extensions)
    return known and _TRANSPORT_CC in parameters.codecs[0].rtcp_feedback


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
    if name == "video/h264":
        return _is_constrained_baseline(other.parameters)
    return str(other.parameters.get(_PROFILE_OF.get(name, ""), 0)) == "0"


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
    """What is passed on as it came; the transport-wide number is each hop's own."""
    return [own for own in _sent_extensions(kind) if own.uri != TRANSPORT_CC]


def _sent_extensions(kind: Kind) -> list[RtpHeaderExtension]:
    return [own for own in ROUTER_CAPABILITIES.header_extensions if own.kind == kind and own.direction == "sendrecv"]


def _consumer_extensions(
    kind: Kind, codec: RtpCodecCapability, capabilities: RtpCapabilities
) -> tuple[RtpHeaderExtensionParameters, ...]:
    """What a receiver knows, of any kind: mediasoup-client tells an id that sound and picture share for one of them.

    The transport-wide number only if there is feedback of it for this very codec.
    """
    known = {extension.uri for extension in capabilities.header_extensions}
    if _TRANSPORT_CC not in codec.rtcp_feedback:
        known.discard(TRANSPORT_CC)
    return tuple(
        RtpHeaderExtensionParameters(own.uri, own.preferred_id) for own in _sent_extensions(kind) if own.uri in known
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
