"""Packets that look like a browser's VP8: 900-1100 bytes, frames of 20 packets, a keyframe each second or so."""

import struct

MAGIC = b"a packet of the load generator"
PAYLOAD_TYPE = 96
RTX_PAYLOAD_TYPE = 97
CLOCK_RATE_HZ = 90_000
# Header extension ids as Chrome chooses them.
ABS_SEND_TIME_ID, TRANSPORT_CC_ID, MID_ID = 2, 4, 9
MID = "0"

PACKETS_PER_FRAME = 20
_FRAMES_PER_KEYFRAME = 50
_FRAME_TICKS = 3_000
_HEAD = struct.Struct("!BBHIIHHIBHBB3x")
_NTP_OFFSET_S = 2_208_988_800


class VideoSource:
    """One stream. Sequence numbers and timestamps wrap."""

    def __init__(self, ssrc: int) -> None:
        self.ssrc = ssrc
        self.packets_sent = 0
        self.octets_sent = 0
        self._timestamp = 0

    def next_packet(self, now_s: float) -> bytes:
        """The next packet, unprotected."""
        count = self.packets_sent
        place = count % PACKETS_PER_FRAME
        frame = count // PACKETS_PER_FRAME
        self._timestamp = frame * _FRAME_TICKS & 0xFFFFFFFF
        last = 0x80 if place == PACKETS_PER_FRAME - 1 else 0
        send_time = int(now_s * (1 << 18)) & 0xFFFFFF
        head = _HEAD.pack(
            0x90,
            last | PAYLOAD_TYPE,
            count & 0xFFFF,
            self._timestamp,
            self.ssrc,
            0xBEDE,
            3,
            (ABS_SEND_TIME_ID << 4 | 2) << 24 | send_time,
            TRANSPORT_CC_ID << 4 | 1,
            count & 0xFFFF,
            MID_ID << 4,
            ord(MID),
        )
        size = 900 + count * 37 % 201
        body = _payload_head(frame, place == 0)
        self.packets_sent += 1
        self.octets_sent += size - len(head)
        return head + body + bytes(size - len(head) - len(body) - len(MAGIC)) + MAGIC

    def sender_report(self, now_s: float) -> bytes:
        """A sender report and the canonical name."""
        ntp = int((now_s + _NTP_OFFSET_S) * (1 << 32))
        report = struct.pack(
            "!BBHIQIII", 0x80, 200, 6, self.ssrc, ntp, self._timestamp, self.packets_sent, self.octets_sent
        )
        return report + struct.pack("!BBHIBB5sx", 0x81, 202, 3, self.ssrc, 1, 5, b"bench")


def _payload_head(frame: int, starts_frame: bool) -> bytes:
    """VP8 descriptor with picture id and the first byte of the payload header (RFC 7741 section 4)."""
    picture_id = 0x8000 | frame & 0x7FFF
    inter = 0 if frame % _FRAMES_PER_KEYFRAME == 0 else 1
    return struct.pack("!BBHB", 0x90 if starts_frame else 0x80, 0x80, picture_id, inter if starts_frame else 0x55)


def receiver_report(ssrc: int) -> bytes:
    """A receiver report without blocks."""
    return struct.pack("!BBHI", 0x80, 201, 1, ssrc)
