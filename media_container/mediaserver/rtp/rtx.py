"""Retransmission in a stream of its own (RFC 4588 section 4): the original sequence number before the payload."""

import struct

from mediaserver.rtp.header import MARKER_BIT, header_length

_HEADER_LENGTH = 2
_UINT16 = struct.Struct("!H")
_UINT32 = struct.Struct("!I")


def encapsulate(buf: bytearray, size: int, original_sequence_number: int) -> int:
    """Insert the original sequence number into the packet of `size` bytes at the start of `buf`; the new size.

    The header must already be that of the RTX stream (SSRC, payload type, sequence number); timestamp and marker are
    those of the original. `buf` must have 2 bytes to spare. Raises RtpError if the packet is malformed.
    """
    payload = header_length(buf, size)
    buf[payload + _HEADER_LENGTH : size + _HEADER_LENGTH] = buf[payload:size]
    _UINT16.pack_into(buf, payload, original_sequence_number)
    return size + _HEADER_LENGTH


def decapsulate(buf: bytearray | memoryview, size: int, payload_type: int, ssrc: int) -> int:
    """Turn an RTX packet back into the original, of `payload_type` and `ssrc`, in place; the new size.

    0 if it holds no original: padding that only probes the bandwidth. `size` is without padding, as normalised. Raises
    RtpError if the packet is malformed; the buffer is then unchanged.
    """
    payload = header_length(buf, size)
    if size - payload <= _HEADER_LENGTH:
        return 0
    buf[2:4] = buf[payload : payload + _HEADER_LENGTH]
    buf[1] = (buf[1] & MARKER_BIT) | payload_type
    _UINT32.pack_into(buf, 8, ssrc)
    buf[payload : size - _HEADER_LENGTH] = bytes(buf[payload + _HEADER_LENGTH : size])
    return size - _HEADER_LENGTH
