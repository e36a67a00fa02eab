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


class Vp8Continuity:
    """Picture ids and tl0picidx that go on by one when the source is switched, for one receiver."""

    __slots__ = ("_last_picture_id", "_last_tl0picidx", "_picture_id_shift", "_switching", "_tl0picidx_shift")

    def __init__(self) -> None:
        self._picture_id_shift = 0
        self._tl0picidx_shift = 0
        self._last_picture_id = -1
        self._last_tl0picidx = -1
        self._switching = False

    def switch(self) -> None:
        """The next packet is the first of another source, at a keyframe."""
        self._switching = self._last_picture_id >= 0 or self._last_tl0picidx >= 0

    def rewrite(self, buf: WritableBuffer, offset: int, size: int) -> None:
        """Rewrite the descriptor of the payload at `offset` in place, in the width it has.

        Raises RtpError if the packet ends within the descriptor; it is then unchanged.
        """
        descriptor = read_descriptor(buf, offset, size)
        if self._switching:
            self._switching = False
            self._picture_id_shift = self._last_picture_id + 1 - descriptor.picture_id
            self._tl0picidx_shift = self._last_tl0picidx + 1 - descriptor.tl0picidx
        if descriptor.picture_id_bits:
            self._write_picture_id(buf, descriptor)
        if descriptor.tl0picidx >= 0:
            value = (descriptor.tl0picidx + self._tl0picidx_shift) & 0xFF
            buf[descriptor.tl0picidx_offset] = value
            if self._last_tl0picidx < 0 or (value - self._last_tl0picidx) & 0xFF < 0x80:
                self._last_tl0picidx = value

    def _write_picture_id(self, buf: WritableBuffer, descriptor: Vp8Descriptor) -> None:
        mask = (1 << descriptor.picture_id_bits) - 1
        value = (descriptor.picture_id + self._picture_id_shift) & mask
        at = descriptor.picture_id_offset
        if descriptor.picture_id_bits == 15:
            buf[at] = _LONG | value >> 8
            buf[at + 1] = value & 0xFF
        else:
            buf[at] = value
        if self._last_picture_id < 0 or (value - self._last_picture_id) & mask <= mask >> 1:
            self._last_picture_id = value
