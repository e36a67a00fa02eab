"""What is done once per packet and receiver: the packet as that receiver gets it, in the receiver's own buffer."""

import struct

from mediaserver.rtp.errors import RtpError
from mediaserver.rtp.normaliser import MAX_PACKET_SIZE, NUMBER_SLOT

# Room for the largest packet, an RTX sequence number and the SRTP tag.
BUFFER_SIZE = MAX_PACKET_SIZE + 192
# Leaves libsrtp the room it wants behind a packet, 148 bytes, and RTX its two.
MAX_WRITTEN_SIZE = BUFFER_SIZE - 150

_NUMBERS = struct.Struct("!BHII")
_write_slot = struct.Struct("!BH").pack_into


class PacketWriter:
    """Builds the packets of one stream of one receiver: a normalised packet under other numbers (RFC 3550 section 5.1).

    SRTP may encrypt the packet in place: it leaves the header as it is.
    """

    __slots__ = ("_payload_type", "_ssrc", "_view", "buffer")

    def __init__(self, *, ssrc: int, payload_type: int) -> None:
        self.buffer = bytearray(BUFFER_SIZE)
        self._view = memoryview(self.buffer)
        self._ssrc = ssrc
        self._payload_type = payload_type

    def write(self, packet: memoryview | bytes, sequence_number: int, timestamp: int) -> int:
        """Write a normalised packet (see `normaliser`) into `buffer` and return its size.

        The marker, the publisher's elements and what stands in the number slot are kept; SSRC and payload type become
        the receiver's. Raises RtpError if the packet is larger than MAX_PACKET_SIZE.
        """
        size = len(packet)
        if size > MAX_WRITTEN_SIZE:
            raise RtpError("RTP packet too large to forward")
        self._view[:size] = packet
        second = (packet[1] & 0x80) | self._payload_type
        _NUMBERS.pack_into(self.buffer, 1, second, sequence_number, timestamp, self._ssrc)
        return size

    def write_padding(self, length: int, sequence_number: int, timestamp: int) -> int:
        """Write a packet that holds nothing but `length` (1-255) bytes of padding, and return its size.

        Raises ValueError if the length is out of bounds.
        """
        if not 1 <= length <= 0xFF:
            raise ValueError("padding is 1 to 255 bytes")
        size = self.write(_EMPTY, sequence_number, timestamp) + length
        self.buffer[0] |= 0x20
        self._view[len(_EMPTY) : size] = bytes(length - 1) + bytes((length,))
        return size


_EMPTY = b"\x90" + bytes(11) + NUMBER_SLOT


def write_transport_number(buf: bytearray, ext_id: int, number: int) -> None:
    """Write the transport-wide sequence number (draft-holmer-rmcat-transport-wide-cc-extensions-01) into the slot."""
    _write_slot(buf, 16, (ext_id << 4) | 1, number)
