"""What a participant publishes: RTP packets with the header extensions that Chrome sends."""

import secrets
import struct
from dataclasses import dataclass, field
from typing import Any

MID_ID, TRANSPORT_CC_ID, AUDIO_LEVEL_ID, ORIENTATION_ID, RID_ID, REPAIRED_RID_ID = 4, 3, 1, 13, 10, 11
MID_URI = "urn:ietf:params:rtp-hdrext:sdes:mid"
TRANSPORT_CC_URI = "http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01"
AUDIO_LEVEL_URI = "urn:ietf:params:rtp-hdrext:ssrc-audio-level"
ORIENTATION_URI = "urn:3gpp:video-orientation"
RID_URI = "urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id"
REPAIRED_RID_URI = "urn:ietf:params:rtp-hdrext:sdes:repaired-rtp-stream-id"
OPUS, VP8, RTX = 111, 96, 97


def vp8_payload(data: bytes, *, keyframe: bool) -> bytes:
    """A VP8 packet that begins a frame (RFC 7741 section 4.2)."""
    return b"\x10" + (b"\x00" if keyframe else b"\x01") + data


def numbered_vp8_payload(data: bytes, *, keyframe: bool, picture_id: int, tl0picidx: int) -> bytes:
    """The same, with a picture id of 15 bits and the index of the temporal base layer, as Chrome sends them."""
    numbers = struct.pack("!HB", 0x8000 | picture_id & 0x7FFF, tl0picidx & 0xFF)
    return b"\x90\xe0" + numbers + b"\x00" + (b"\x00" if keyframe else b"\x01") + data


@dataclass
class ClientStream:
    """One stream. `transport_cc` is shared by all streams of a transport. One with a RID does not tell its SSRCs."""

    kind: str
    mid: str
    transport_cc: list[int]
    ssrc: int = field(default_factory=lambda: secrets.randbits(32))
    rtx_ssrc: int = field(default_factory=lambda: secrets.randbits(32))
    sequence_number: int = 65_530
    timestamp: int = 0xFFFF_F000
    producer_id: str = ""
    sent: dict[int, bytes] = field(default_factory=dict)
    rid: str = ""
    _rtx_sequence_number: int = 100

    def rtp_parameters(self) -> dict[str, Any]:
        """As mediasoup-client tells them in `produce`."""
        video = self.kind == "video"
        codecs: list[dict[str, Any]] = [
            {"mimeType": "video/VP8", "payloadType": VP8, "clockRate": 90000, "parameters": {}, "rtcpFeedback": []},
            {"mimeType": "video/rtx", "payloadType": RTX, "clockRate": 90000, "parameters": {"apt": VP8}},
        ]
        if not video:
            codecs = [{"mimeType": "audio/opus", "payloadType": OPUS, "clockRate": 48000, "channels": 2}]
        own = [(ORIENTATION_URI, ORIENTATION_ID), (RID_URI, RID_ID), (REPAIRED_RID_URI, REPAIRED_RID_ID)]
        if not video:
            own = [(AUDIO_LEVEL_URI, AUDIO_LEVEL_ID)]
        extensions = [(MID_URI, MID_ID), (TRANSPORT_CC_URI, TRANSPORT_CC_ID), *own]
        return {
            "mid": self.mid,
            "codecs": codecs,
            "headerExtensions": [
                {"uri": uri, "id": id_, "encrypt": False, "parameters": {}} for uri, id_ in extensions
            ],
            "encodings": [self.encoding()],
            "rtcp": {"cname": "client", "reducedSize": True},
        }

    def encoding(self) -> dict[str, Any]:
        """The stream as one of the encodings."""
        if self.rid:
            return {"rid": self.rid}
        return {"ssrc": self.ssrc} | ({"rtx": {"ssrc": self.rtx_ssrc}} if self.kind == "video" else {})

    def packet(self, payload: bytes, *, marker: bool = True) -> bytes:
        """The next packet, in the clear."""
        sequence_number = self.sequence_number
        payload_type = VP8 if self.kind == "video" else OPUS
        packet = self._header(payload_type, marker, sequence_number, self.ssrc) + payload
        self.sent[sequence_number] = payload
        self.sequence_number = (sequence_number + 1) & 0xFFFF
        self.timestamp = (self.timestamp + (3000 if self.kind == "video" else 960)) & 0xFFFFFFFF
        return packet

    def retransmission(self, sequence_number: int) -> bytes:
        """A packet sent before, over RTX (RFC 4588)."""
        self._rtx_sequence_number += 1
        header = self._header(RTX, True, self._rtx_sequence_number, self.rtx_ssrc, rid_id=REPAIRED_RID_ID)
        return header + struct.pack("!H", sequence_number) + self.sent[sequence_number]

    def probe(self) -> bytes:
        """A packet of padding over RTX, as Chrome sends them to find out how much room there is."""
        self._rtx_sequence_number += 1
        header = self._header(RTX, False, self._rtx_sequence_number, self.rtx_ssrc, rid_id=REPAIRED_RID_ID)
        return bytes((header[0] | 0x20,)) + header[1:] + bytes(223) + bytes((224,))

    def _header(self, payload_type: int, marker: bool, sequence_number: int, ssrc: int, rid_id: int = RID_ID) -> bytes:
        second = payload_type | (0x80 if marker else 0)
        fixed = struct.pack("!BBHII", 0x90, second, sequence_number, self.timestamp, ssrc)
        own = bytes((ORIENTATION_ID << 4, 0x01)) if self.kind == "video" else bytes((AUDIO_LEVEL_ID << 4, 0x8A))
        self.transport_cc[0] = (self.transport_cc[0] + 1) & 0xFFFF
        numbered = bytes((TRANSPORT_CC_ID << 4 | 1,)) + struct.pack("!H", self.transport_cc[0])
        rid = bytes((rid_id << 4 | len(self.rid) - 1,)) + self.rid.encode() if self.rid else b""
        elements = bytes((MID_ID << 4 | len(self.mid) - 1,)) + self.mid.encode() + rid + numbered + own
        elements += bytes(-len(elements) % 4)
        return fixed + struct.pack("!HH", 0xBEDE, len(elements) // 4) + elements


class SimulcastStream:
    """One picture in several layers, lowest first, each with a RID; their SSRCs are told by their packets alone."""

    def __init__(self, mid: str, transport_cc: list[int], layers: int = 3) -> None:
        self.producer_id = ""
        self.layers = [ClientStream("video", mid, transport_cc, rid=f"r{layer}") for layer in range(layers)]
        for layer, stream in enumerate(self.layers):
            stream.timestamp = secrets.randbits(32)
            stream.sequence_number = (65_530 + 7 * layer) & 0xFFFF

    def rtp_parameters(self) -> dict[str, Any]:
        """As mediasoup-client tells them in `produce`."""
        highest = len(self.layers) - 1
        encodings = [
            stream.encoding() | {"scaleResolutionDownBy": 2 ** (highest - layer), "maxBitrate": 100_000}
            for layer, stream in enumerate(self.layers)
        ]
        return self.layers[0].rtp_parameters() | {"encodings": encodings}
