"""The shapes of ORTC parameters as they cross the socket, in mediasoup's names (docs/protocol.md section 2).

Unknown members are ignored: browsers and mediasoup-client add some in every release. Every list is bounded.
"""

from typing import Annotated, Any, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

Kind = Literal["audio", "video"]
Source = Literal["microphone", "camera", "screen"]
Direction = Literal["send", "recv"]

Uint32 = Annotated[int, Meta(ge=0, le=0xFFFFFFFF)]
PayloadType = Annotated[int, Meta(ge=0, le=127)]
ExtensionId = Annotated[int, Meta(ge=1, le=255)]
ShortText = Annotated[str, Meta(max_length=256)]
Rid = Annotated[str, Meta(min_length=1, max_length=16, pattern=r"^[0-9A-Za-z]+$")]
CodecSettings = dict[ShortText, str | int | float | bool | None]


class RtcpFeedback(Struct, frozen=True):
    """One `a=rtcp-fb` of a codec."""

    type: ShortText
    parameter: ShortText = ""


class RtpCodecCapability(Struct, frozen=True, rename="camel"):
    """A codec that a side can receive."""

    kind: Kind
    mime_type: ShortText
    preferred_payload_type: PayloadType
    clock_rate: int
    channels: int | UnsetType = UNSET
    parameters: CodecSettings = {}
    rtcp_feedback: Annotated[tuple[RtcpFeedback, ...], Meta(max_length=32)] = ()


class RtpHeaderExtension(Struct, frozen=True, rename="camel"):
    """A header extension that a side can receive."""

    kind: Kind
    uri: ShortText
    preferred_id: ExtensionId
    preferred_encrypt: bool = False
    direction: Literal["sendrecv", "sendonly", "recvonly", "inactive"] = "sendrecv"


class RtpCapabilities(Struct, frozen=True, rename="camel"):
    """What a side can receive."""

    codecs: Annotated[tuple[RtpCodecCapability, ...], Meta(max_length=128)] = ()
    header_extensions: Annotated[tuple[RtpHeaderExtension, ...], Meta(max_length=128)] = ()


class RtpCodecParameters(Struct, frozen=True, rename="camel"):
    """A codec of a stream."""

    mime_type: ShortText
    payload_type: PayloadType
    clock_rate: int
    channels: int | UnsetType = UNSET
    parameters: CodecSettings = {}
    rtcp_feedback: Annotated[tuple[RtcpFeedback, ...], Meta(max_length=32)] = ()


class RtpHeaderExtensionParameters(Struct, frozen=True):
    """A header extension of a stream."""

    uri: ShortText
    id: ExtensionId
    encrypt: bool = False
    parameters: dict[ShortText, Any] = {}


class RtxParameters(Struct, frozen=True):
    """The retransmission stream of an encoding (RFC 4588)."""

    ssrc: Uint32


class RtpEncodingParameters(Struct, frozen=True, rename="camel"):
    """One encoding of a stream, known by its SSRC or by its RID (RFC 8851)."""

    ssrc: Uint32 | UnsetType = UNSET
    rtx: RtxParameters | UnsetType = UNSET
    rid: Rid | UnsetType = UNSET
    scale_resolution_down_by: Annotated[float, Meta(ge=1, le=1000)] | UnsetType = UNSET


class RtcpParameters(Struct, frozen=True, rename="camel"):
    """RTCP of a stream."""

    cname: ShortText = ""
    reduced_size: bool = True
    mux: bool = True


class RtpParameters(Struct, frozen=True, rename="camel"):
    """A stream, as it is sent or received."""

    codecs: Annotated[tuple[RtpCodecParameters, ...], Meta(min_length=1, max_length=32)]
    encodings: Annotated[tuple[RtpEncodingParameters, ...], Meta(min_length=1, max_length=8)]
    mid: ShortText | UnsetType = UNSET
    header_extensions: Annotated[tuple[RtpHeaderExtensionParameters, ...], Meta(max_length=64)] = ()
    rtcp: RtcpParameters = RtcpParameters()


class DtlsFingerprint(Struct, frozen=True):
    """Digest of a certificate, in colon-separated hexadecimal."""

    algorithm: Literal["sha-256", "sha-384", "sha-512"]
    value: Annotated[str, Meta(max_length=200, pattern=r"^[0-9A-Fa-f]{2}(:[0-9A-Fa-f]{2})+$")]


class DtlsParameters(Struct, frozen=True):
    """The DTLS side of a transport. The server is the DTLS server, so the browser cannot be one."""

    fingerprints: Annotated[tuple[DtlsFingerprint, ...], Meta(min_length=1, max_length=8)]
    role: Literal["auto", "client"] = "auto"
