"""The fixed RTP header, read in place, and written by `write_fixed` (RFC 3550 section 5.1).

Every function takes the buffer that holds the packet from its first byte; the buffer may be longer than the packet,
so functions that look past the fixed header also take the packet's `size`. The readers of single fields check nothing:
call `header_length` (or `PacketNormaliser.normalise`) first. `read_fixed` is the cheapest way to all five fields.
"""

import struct

from mediaserver.rtp.errors import RtpError

FIXED_LENGTH = 12

PADDING_BIT = 0x20
EXTENSION_BIT = 0x10
CSRC_COUNT_MASK = 0x0F
MARKER_BIT = 0x80
PAYLOAD_TYPE_MASK = 0x7F

Buffer = bytes | bytearray | memoryview
WritableBuffer = bytearray | memoryview

_FIXED = struct.Struct("!BBHII")
_UINT32 = struct.Struct("!I")

# (first byte, marker and payload type, sequence number, timestamp, SSRC) = read_fixed(buf, offset=0);
# raises struct.error if fewer than 12 bytes are left. Bound methods, so that a call costs no Python frame.
read_fixed = _FIXED.unpack_from
# write_fixed(buf, offset, first byte, marker and payload type, sequence number, timestamp, SSRC)
write_fixed = _FIXED.pack_into


def sequence_number(buf: Buffer) -> int:
    """Sequence number, 16 bits."""
    return (buf[2] << 8) | buf[3]


def timestamp(buf: Buffer) -> int:
    """RTP timestamp, 32 bits, in ticks of the payload's clock."""
    value: int = _UINT32.unpack_from(buf, 4)[0]
    return value


def ssrc(buf: Buffer) -> int:
    """Synchronisation source, 32 bits."""
    value: int = _UINT32.unpack_from(buf, 8)[0]
    return value


def payload_type(buf: Buffer) -> int:
    """Payload type, 7 bits."""
    return buf[1] & PAYLOAD_TYPE_MASK


def marker(buf: Buffer) -> bool:
    """Marker bit; for video the last packet of a frame, for audio the first after silence."""
    return buf[1] >= MARKER_BIT


def header_length(buf: Buffer, size: int) -> int:
    """Bytes before the payload: fixed header, CSRC list and extension block.

    Raises RtpError if the version is not 2 or the header does not fit into `size`.
    """
    if size < FIXED_LENGTH or len(buf) < size:
        raise RtpError("RTP packet shorter than its fixed header")
    first = buf[0]
    if first >> 6 != 2:
        raise RtpError("RTP version is not 2")
    length = FIXED_LENGTH + 4 * (first & CSRC_COUNT_MASK)
    if first & EXTENSION_BIT:
        if length + 4 > size:
            raise RtpError("RTP header truncated before its extension")
        length += 4 + 4 * ((buf[length + 2] << 8) | buf[length + 3])
    if length > size:
        raise RtpError("RTP header longer than the packet")
    return length


def padding_length(buf: Buffer, size: int) -> int:
    """Bytes of padding at the end, 0 if the padding bit is not set. Call only after `header_length` went well.

    Raises RtpError if the count is zero or reaches into the header.
    """
    if not buf[0] & PADDING_BIT:
        return 0
    count = buf[size - 1]
    if count == 0 or count > size - header_length(buf, size):
        raise RtpError("RTP padding does not fit into the packet")
    return count
