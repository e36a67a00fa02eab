"""The publishers' packets: every layout that a packet may have, with losses of its own and RTX."""

import struct
from random import Random

from tests.media.stream import OPUS, RTX, VP8, ClientStream

MAX_KNOWN = 64


class Source:
    """One SSRC of a publisher."""

    def __init__(self, browser: int, stream: ClientStream, dice: Random) -> None:
        self.browser = browser
        self.stream = stream
        self.dice = dice
        self.is_video = stream.kind == "video"
        stream.ssrc, stream.rtx_ssrc = dice.getrandbits(32), dice.getrandbits(32)
        self.seq = dice.choice([0, 100, 0xFFF0, dice.getrandbits(16)])
        self.timestamp = dice.choice([0, 0xFFFF_F000, dice.getrandbits(32)])
        self.picture_id = dice.getrandbits(15)
        self.rtx_seq = 0
        self.sent: dict[int, bytes] = {}

    def packet(self, layout: int, *, keyframe: bool, size: int) -> tuple[int, bytes]:
        """(sequence number, the next packet in the clear)."""
        seq, dice = self.seq, self.dice
        payload = self._payload(keyframe) + dice.randbytes(size)
        if dice.random() < 0.5 or not self.is_video:
            self.timestamp = (self.timestamp + (3000 if self.is_video else 960)) & 0xFFFFFFFF
            self.picture_id = (self.picture_id + 1) & 0x7FFF
        self.sent[seq] = payload
        self.seq = (seq + 1) & 0xFFFF
        while len(self.sent) > MAX_KNOWN:
            del self.sent[next(iter(self.sent))]
        payload_type = VP8 if self.is_video else OPUS
        return seq, self._laid_out(layout, payload_type, seq, self.stream.ssrc, payload)

    def retransmission(self, original: int) -> bytes:
        """Over RTX."""
        self.rtx_seq = (self.rtx_seq + 1) & 0xFFFF
        payload = struct.pack("!H", original) + self.sent[original]
        header = self.stream._header(RTX, True, self.rtx_seq, self.stream.rtx_ssrc, rid_id=11)
        return header + payload

    def _payload(self, keyframe: bool) -> bytes:
        if not self.is_video:
            return b"\x78"
        first = b"\x00" if keyframe else b"\x01"
        kind = self.dice.randrange(8)
        if kind == 0:
            return b"\x10" + first
        if kind == 1:
            return b"\x90\x80" + bytes((self.picture_id & 0x7F,)) + first
        if kind == 2:
            return b"\x90\xc0" + struct.pack("!H", 0x8000 | self.picture_id)  # may end within the descriptor
        return b"\x90\xe0" + struct.pack("!HBB", 0x8000 | self.picture_id, self.picture_id & 0xFF, 0) + first

    def _laid_out(self, layout: int, payload_type: int, seq: int, ssrc: int, payload: bytes) -> bytes:
        """One of the ways to say the same."""
        stream, dice = self.stream, self.dice
        stream.timestamp = self.timestamp
        usual = stream._header(payload_type, dice.random() < 0.3, seq, ssrc)
        fixed = usual[:12]
        # Two-byte form.
        two_byte = b"\x03\x02" + dice.randbytes(2) + b"\x01\x01\x85\x00\x07\x00\x0d\x01\x02\x00\x00\x00"
        # Elements nobody asked for, and one that does not fit.
        odd = b"\x51\xaa\xbb\x10\x8a\x00\x22\x01\x02\x03\x3f\x00"
        return {
            1: bytes((0x80,)) + fixed[1:] + payload,
            2: fixed + struct.pack("!HH", 0x1000, len(two_byte) // 4) + two_byte + payload,
            3: bytes((usual[0] | 0x20,)) + usual[1:] + payload + b"\x00\x00\x03",  # padding
            4: bytes((0x81,)) + fixed[1:] + b"\x00\x00\x00\x01" + payload,  # a CSRC list
            5: fixed + struct.pack("!HH", 0xBEDE, len(odd) // 4) + odd + payload,
            6: fixed + struct.pack("!HH", 0x4321, 1) + b"\x10\x8a\x31\x00" + payload,  # another profile
            7: fixed + struct.pack("!HH", 0xBEDE, 400) + payload,  # a header that does not fit
            8: fixed[:1] + bytes((125,)) + usual[2:] + payload,  # another payload type
        }.get(layout, usual + payload)
