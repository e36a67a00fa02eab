"""What is done once per packet and receiver: the packet as that receiver gets it, in the receiver's own buffer."""

import struct

from mediaserver.rtp.errors import RtpError
from mediaserver.rtp.extensions import MAX_ONE_BYTE_ID, MAX_ONE_BYTE_LENGTH, ONE_BYTE_PROFILE
from mediaserver.rtp.normaliser import MAX_PACKET_SIZE

# Room for the largest packet, the writer's own elements, an RTX sequence number and the SRTP tag.
BUFFER_SIZE = MAX_PACKET_SIZE + 192
# Leaves libsrtp the room it wants behind a packet, 148 bytes, and RTX its two.
MAX_WRITTEN_SIZE = BUFFER_SIZE - 150

_PREFIX_OFFSET = 16
_HEAD = struct.Struct("!BBHIIHH")
_HEAD_AND_SEND_TIME = struct.Struct("!BBHIIHHI")
_NUMBERS = struct.Struct("!BHII")
_UINT16 = struct.Struct("!H")


class PacketWriter:
    """Builds the packets of one stream of one receiver (RFC 3550 section 5.1, RFC 8285).

    The elements that are the same for the whole stream (MID) and the slots filled per packet (abs-send-time,
    transport-wide sequence number) stand before those from the publisher, padded to whole words, and are written into
    `buffer` once. SRTP may encrypt the packet in place: it leaves the header as it is.
    """

    __slots__ = (
        "_body_offset",
        "_payload_type",
        "_prefix_words",
        "_send_time_head",
        "_ssrc",
        "_view",
        "abs_send_time_offset",
        "buffer",
        "transport_cc_offset",
    )

    def __init__(
        self,
        *,
        ssrc: int,
        payload_type: int,
        mid: str = "",
        mid_id: int | None = None,
        transport_cc_id: int | None = None,
        abs_send_time_id: int | None = None,
    ) -> None:
        """Ids are the receiver's, 1-14, None for what it did not negotiate. Raises ValueError on values out of range.

        `transport_cc_offset` and `abs_send_time_offset` are the constant offsets of the values in `buffer`, 0 if not
        negotiated.
        """
        self.buffer = bytearray(BUFFER_SIZE)
        self._view = memoryview(self.buffer)
        self._ssrc = ssrc
        self._payload_type = payload_type
        self._send_time_head = 0
        self.abs_send_time_offset = 0
        self.transport_cc_offset = 0
        prefix = self._prefix(mid, mid_id, transport_cc_id, abs_send_time_id)
        self._prefix_words = len(prefix) >> 2
        self._body_offset = _PREFIX_OFFSET + len(prefix)
        self.buffer[_PREFIX_OFFSET : self._body_offset] = prefix

    def _prefix(self, mid: str, mid_id: int | None, transport_cc_id: int | None, abs_send_time_id: int | None) -> bytes:
        prefix = b""
        if abs_send_time_id is not None:  # first, and exactly one word: written together with the header
            self._send_time_head = _element_head(abs_send_time_id, 3) << 24
            self.abs_send_time_offset = _PREFIX_OFFSET + 1
            prefix += struct.pack("!I", self._send_time_head)
        if transport_cc_id is not None:
            self.transport_cc_offset = _PREFIX_OFFSET + len(prefix) + 1
            prefix += struct.pack("!BHx", _element_head(transport_cc_id, 2), 0)
        if mid_id is not None:
            value = mid.encode("ascii")
            prefix += bytes((_element_head(mid_id, len(value)),)) + value
        return prefix + bytes(-len(prefix) % 4)

    def write(self, packet: memoryview, sequence_number: int, timestamp: int, send_time: int = 0) -> int:
        """Write a normalised packet (see `normaliser`) into `buffer` and return its size.

        The marker and the publisher's elements are kept; SSRC and payload type become the receiver's. `send_time` is
        the value of `extensions.abs_send_time`, written if negotiated; the transport-wide sequence number is for
        `set_transport_cc`. Raises RtpError if the packet is larger than MAX_PACKET_SIZE.
        """
        second = (packet[1] & 0x80) | self._payload_type
        if self._prefix_words:
            return self._write_with_prefix(packet, second, sequence_number, timestamp, send_time)
        size = len(packet)
        if size > MAX_WRITTEN_SIZE:
            raise RtpError("RTP packet too large to forward")
        self._view[:size] = packet
        _NUMBERS.pack_into(self.buffer, 1, second, sequence_number, timestamp, self._ssrc)
        return size

    def _write_with_prefix(
        self, packet: memoryview, second: int, sequence_number: int, timestamp: int, send_time: int
    ) -> int:
        words = self._prefix_words
        if packet[0] & 0x10:
            words += packet[15]
            body = packet[16:]
        else:
            body = packet[12:]
        size = self._body_offset + len(body)
        if size > MAX_WRITTEN_SIZE:
            raise RtpError("RTP packet too large to forward")
        self._view[self._body_offset : size] = body
        numbers = (0x90, second, sequence_number, timestamp, self._ssrc, ONE_BYTE_PROFILE, words)
        if self._send_time_head:
            _HEAD_AND_SEND_TIME.pack_into(self.buffer, 0, *numbers, self._send_time_head | send_time)
        else:
            _HEAD.pack_into(self.buffer, 0, *numbers)
        return size

    def set_transport_cc(self, value: int) -> None:
        """Write the transport-wide sequence number, 16 bits, of the packet written last; only if negotiated."""
        _UINT16.pack_into(self.buffer, self.transport_cc_offset, value)


def _element_head(ext_id: int, length: int) -> int:
    if not (1 <= ext_id <= MAX_ONE_BYTE_ID and 1 <= length <= MAX_ONE_BYTE_LENGTH):
        raise ValueError("extension does not fit the one-byte form")
    return (ext_id << 4) | (length - 1)
