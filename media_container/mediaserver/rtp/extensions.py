"""RTP header extension elements, one-byte and two-byte form (RFC 8285 section 4).

`find` reads one element, for the rare look-ups (MID, RID and RRID of an SSRC not known yet). What is done for every
packet stands in `normaliser` (once per packet of a publisher) and `packet_writer` (once per packet and receiver).
"""

from collections.abc import Iterator

from mediaserver.rtp.errors import RtpError
from mediaserver.rtp.header import CSRC_COUNT_MASK, EXTENSION_BIT, FIXED_LENGTH, Buffer, header_length

ONE_BYTE_PROFILE = 0xBEDE
TWO_BYTE_PROFILE = 0x1000
TWO_BYTE_PROFILE_MASK = 0xFFF0
MAX_ONE_BYTE_ID = 14
MAX_ONE_BYTE_LENGTH = 16
RESERVED_ONE_BYTE_ID = 15


def elements(buf: Buffer, size: int) -> Iterator[tuple[int, int, int]]:
    """(id, offset of the value, length of the value) of every element, in the order of the packet.

    A block of another profile has no elements. An element that runs past the block ends the iteration silently, as
    does id 15 of the one-byte form (RFC 8285 section 4.2). Raises RtpError if the header itself is malformed.
    """
    end = header_length(buf, size)
    if not buf[0] & EXTENSION_BIT:
        return
    block = FIXED_LENGTH + 4 * (buf[0] & CSRC_COUNT_MASK)
    profile = (buf[block] << 8) | buf[block + 1]
    if profile == ONE_BYTE_PROFILE:
        yield from _one_byte_elements(buf, block + 4, end)
    elif profile & TWO_BYTE_PROFILE_MASK == TWO_BYTE_PROFILE:
        yield from _two_byte_elements(buf, block + 4, end)


def _one_byte_elements(buf: Buffer, offset: int, end: int) -> Iterator[tuple[int, int, int]]:
    while offset < end:
        head = buf[offset]
        offset += 1
        if head == 0:
            continue
        length = (head & 0x0F) + 1
        if head >> 4 == RESERVED_ONE_BYTE_ID or offset + length > end:
            return
        if head >> 4:  # id 0 with a length is ignored together with its data
            yield head >> 4, offset, length
        offset += length


def _two_byte_elements(buf: Buffer, offset: int, end: int) -> Iterator[tuple[int, int, int]]:
    while offset < end:
        ext_id = buf[offset]
        offset += 1
        if ext_id == 0:
            continue
        if offset >= end or offset + 1 + buf[offset] > end:
            return
        length = buf[offset]
        yield ext_id, offset + 1, length
        offset += 1 + length


def find(buf: Buffer, size: int, ext_id: int) -> tuple[int, int] | None:
    """(offset, length) of the value of the first element with this id, None if the packet has none.

    Raises RtpError if the header is malformed.
    """
    for found, offset, length in elements(buf, size):
        if found == ext_id:
            return offset, length
    return None


def find_text(buf: Buffer, size: int, ext_id: int) -> str | None:
    """The value of a MID, RID or RRID element (RFC 8852, RFC 9143), None if the packet has none.

    Raises RtpError if the header is malformed or the value is not ASCII.
    """
    found = find(buf, size, ext_id)
    if found is None:
        return None
    offset, length = found
    try:
        return str(bytes(buf[offset : offset + length]), "ascii")
    except UnicodeDecodeError as error:
        raise RtpError("RTP stream identification is not ASCII") from error
