"""The VP8 payload descriptor (RFC 7741 section 4.2) and what must go on through a switch of layers."""

from typing import NamedTuple

from mediaserver.rtp.errors import RtpError
from mediaserver.rtp.header import Buffer, WritableBuffer

_EXTENDED = 0x80
_HAS_PICTURE_ID = 0x80
_HAS_TL0PICIDX = 0x40
_HAS_TID = 0x20
_HAS_KEYIDX = 0x10
_LONG = 0x80


class Vp8Descriptor(NamedTuple):
    """Values are -1 where the descriptor has none; `length` is its size and offsets are from the start of the buffer.

    `picture_id_bits` is 7 or 15 (0 without picture id); `temporal_id` 0-3.
    """

    length: int
    picture_id: int
    picture_id_offset: int
    picture_id_bits: int
    tl0picidx: int
    tl0picidx_offset: int
    temporal_id: int
    layer_sync: bool


def read_descriptor(buf: Buffer, offset: int, size: int) -> Vp8Descriptor:
    """Read the descriptor of the payload at `offset`. Raises RtpError if the packet ends within it."""
    try:
        return _read_descriptor(memoryview(buf)[:size], offset)
    except IndexError as error:
        raise RtpError("VP8 payload descriptor truncated") from error


def _read_descriptor(view: memoryview, start: int) -> Vp8Descriptor:
    if not view[start] & _EXTENDED:
        return Vp8Descriptor(1, -1, -1, 0, -1, -1, -1, False)
    present = view[start + 1]
    at = start + 2
    picture_id = picture_id_offset = tl0picidx = tl0picidx_offset = temporal_id = -1
    bits = 0
    layer_sync = False
    if present & _HAS_PICTURE_ID:
        picture_id_offset = at
        bits = 15 if view[at] & _LONG else 7
        picture_id = (view[at] & 0x7F) << 8 | view[at + 1] if bits == 15 else view[at]
        at += 2 if bits == 15 else 1
    if present & _HAS_TL0PICIDX:
        tl0picidx, tl0picidx_offset = view[at], at
        at += 1
    if present & (_HAS_TID | _HAS_KEYIDX):
        shared = view[at]
        at += 1
        if present & _HAS_TID:
            temporal_id = shared >> 6
            layer_sync = bool(shared & 0x20)
    return Vp8Descriptor(
        at - start, picture_id, picture_id_offset, bits, tl0picidx, tl0picidx_offset, temporal_id, layer_sync
    )


def shift_counters(buf: WritableBuffer, offset: int, size: int, picture_id_shift: int, tl0picidx_shift: int) -> None:
    """Add to picture id and tl0picidx of the payload at `offset`, in place and in the width they have.

    What the descriptor does not have is not written. Raises RtpError if the packet ends within the descriptor; it is
    then unchanged.
    """
    descriptor = read_descriptor(buf, offset, size)
    if descriptor.picture_id_bits:
        at = descriptor.picture_id_offset
        value = descriptor.picture_id + picture_id_shift
        if descriptor.picture_id_bits == 15:
            buf[at] = _LONG | (value >> 8 & 0x7F)
            buf[at + 1] = value & 0xFF
        else:
            buf[at] = value & 0x7F
    if descriptor.tl0picidx >= 0:
        buf[descriptor.tl0picidx_offset] = (descriptor.tl0picidx + tl0picidx_shift) & 0xFF
