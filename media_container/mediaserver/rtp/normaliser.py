"""What is done once per packet of a publisher, so that the receivers' writers only copy.

A normalised packet is a valid RTP packet with no CSRC list (browsers send none), no padding, and an extension block in
one-byte form that begins with four bytes of padding: the slot for each receiver's transport-wide sequence number. Then
come the elements that receivers get, under the router's ids. The publisher's MID, RID, RRID, transport-wide sequence
number and abs-send-time are gone: they belong to its hop.

A publisher sends the same few layouts of extensions over and over. The first packet of a layout compiles it to a
`struct` that reads exactly the bytes which say the layout; later packets cost one comparison.
"""

import struct
from collections.abc import Mapping

from mediaserver.rtp.errors import RtpError
from mediaserver.rtp.extensions import MAX_ONE_BYTE_ID, MAX_ONE_BYTE_LENGTH, ONE_BYTE_PROFILE, elements
from mediaserver.rtp.header import FIXED_LENGTH, Buffer, header_length, padding_length

MAX_PACKET_SIZE = 1600
# Every normalised packet has its extension block at 12 and this slot at 16; `payload_offset` is where the payload is.
NUMBER_SLOT = b"\xbe\xde\0\1\0\0\0\0"
MIN_HEADER_LENGTH = FIXED_LENGTH + len(NUMBER_SLOT)
_PLAIN = 0x80
_WITH_EXTENSION = 0x90
_MAX_REMEMBERED_LENGTH = 144
_read_uint16 = struct.Struct("!H").unpack_from
_BLOCK_HEAD = struct.Struct("!HHI")


def payload_offset(buf: Buffer, start: int = 0) -> int:
    """Where the payload of the normalised packet at `start` begins."""
    return start + 16 + 4 * buf[start + 15]


class _Layout:
    """Where the elements of one extension block are, and how to know the block again."""

    __slots__ = (
        "kept",
        "payload",
        "plain",
        "signature",
        "signature_values",
        "start",
        "tail_length",
        "transport_cc_offset",
    )

    def __init__(self, buf: bytearray, size: int, kept_ids: Mapping[int, int], transport_cc_id: int | None) -> None:
        self.transport_cc_offset = 0
        self.kept: list[tuple[int, int, int]] = []  # offset of the value, its length, head byte to write
        values: set[int] = set()
        for ext_id, offset, length in elements(buf, size):
            values.update(range(offset, offset + length))
            new_id = kept_ids.get(ext_id)
            if ext_id == transport_cc_id and length == 2:
                self.transport_cc_offset = offset
            elif new_id is not None and 1 <= length <= MAX_ONE_BYTE_LENGTH:
                self.kept.append((offset, length, (new_id << 4) | (length - 1)))
        self.tail_length = (sum(1 + length for _, length, _ in self.kept) + 3) & ~3
        self.payload = header_length(buf, size)
        # Of the normalised packet; below 0 if what came has no room for the slot.
        self.start = self.payload - MIN_HEADER_LENGTH - self.tail_length
        self.plain = self.start >= 0 and not self.tail_length
        self.signature = struct.Struct(_signature_form(values, self.payload)).unpack_from
        self.signature_values = self.signature(buf, FIXED_LENGTH)

    def tail(self, buf: bytearray) -> bytes:
        """The elements that receivers get, under the router's ids, padded to whole words."""
        parts = [bytes((head,)) + buf[offset : offset + length] for offset, length, head in self.kept]
        return b"".join(parts).ljust(self.tail_length, b"\0")


def _signature_form(values: set[int], end: int) -> str:
    """Skip the values; the bytes between them, which say the layout, as few integers: each costs an object."""
    checked = "".join("x" if at in values else "." for at in range(FIXED_LENGTH, end))
    return "!" + checked.replace("....", "I").replace("..", "H").replace(".", "B")


class PacketNormaliser:
    """Normalises the packets of one publisher's transport or stream, in place.

    `kept_ids` maps the publisher's id to the router's id (1-14) of each extension that receivers get as it came, such
    as audio level and video orientation. `transport_cc_id` is the publisher's id of the transport-wide sequence number.
    """

    __slots__ = ("_kept_ids", "_layouts", "_transport_cc_id", "transport_cc")

    def __init__(self, kept_ids: Mapping[int, int], transport_cc_id: int | None = None) -> None:
        if not all(1 <= new_id <= MAX_ONE_BYTE_ID for new_id in kept_ids.values()):
            raise ValueError("router extension ids must be 1-14")
        self._kept_ids = dict(kept_ids)
        self._transport_cc_id = transport_cc_id
        self._layouts: dict[int, _Layout] = {}
        # The transport-wide sequence number of the packet normalised last, -1 if it had none.
        self.transport_cc = -1

    def normalise(self, buf: bytearray, size: int) -> tuple[int, int]:
        """(start, end) of the normalised packet within `buf`, whose first `size` bytes are the packet as it came.

        `buf` is larger than the packet by at least the slot; bytes before `start` are left as rubbish. A packet of
        padding only comes out as a header without payload. Raises RtpError on a malformed or oversized packet; the
        buffer is then unchanged and `transport_cc` is -1.
        """
        if buf[0] == _WITH_EXTENSION:
            layout = self._layouts.get(buf[15])
            if (
                layout is not None
                and layout.payload <= size <= MAX_PACKET_SIZE
                and layout.signature(buf, FIXED_LENGTH) == layout.signature_values
            ):
                if not layout.plain:
                    return self._move(buf, size, layout)
                offset = layout.transport_cc_offset
                self.transport_cc = _read_uint16(buf, offset)[0] if offset else -1
                start = layout.start
                buf[start : layout.payload] = buf[:FIXED_LENGTH] + NUMBER_SLOT
                return start, size
        self.transport_cc = -1
        if not FIXED_LENGTH <= size <= MAX_PACKET_SIZE:
            raise RtpError("RTP packet size out of bounds")
        if buf[0] == _PLAIN:
            buf[MIN_HEADER_LENGTH : size + len(NUMBER_SLOT)] = buf[FIXED_LENGTH:size]
            buf[FIXED_LENGTH:MIN_HEADER_LENGTH] = NUMBER_SLOT
            buf[0] = _WITH_EXTENSION
            return 0, size + len(NUMBER_SLOT)
        return self._normalise_rare(buf, size)

    def _normalise_rare(self, buf: bytearray, size: int) -> tuple[int, int]:
        """Packets with padding or a CSRC list, and the first of a layout."""
        end = size - padding_length(buf, size)
        layout = _Layout(buf, size, self._kept_ids, self._transport_cc_id)
        if buf[0] == _WITH_EXTENSION and layout.payload <= _MAX_REMEMBERED_LENGTH:
            self._layouts[buf[15]] = layout
        return self._move(buf, end, layout)

    def _move(self, buf: bytearray, end: int, layout: _Layout) -> tuple[int, int]:
        """Write the fixed header, the slot and the kept elements directly before the payload."""
        offset = layout.transport_cc_offset
        self.transport_cc = _read_uint16(buf, offset)[0] if offset else -1
        header, tail = buf[:FIXED_LENGTH], layout.tail(buf)
        header[0] = _WITH_EXTENSION
        start, payload = layout.start, layout.payload
        if start < 0:  # the payload makes room
            buf[payload - start : end - start] = buf[payload:end]
            start, payload, end = 0, payload - start, end - start
        buf[start : start + FIXED_LENGTH] = header
        _BLOCK_HEAD.pack_into(buf, start + FIXED_LENGTH, ONE_BYTE_PROFILE, 1 + (len(tail) >> 2), 0)
        buf[payload - len(tail) : payload] = tail
        return start, end
