"""How one receiver's stream goes on when its source changes: same clock, same counters, no step back.

The numbers of a packet sent are those of the source plus the `Origin`'s shifts, so that a packet sent again later is the
same to the byte. What was sent last is read from the history when a source is left: nothing is kept per packet.
"""

from typing import NamedTuple

from mediaserver.rtp.errors import RtpError
from mediaserver.rtp.header import read_fixed
from mediaserver.rtp.history import PacketHistory
from mediaserver.rtp.normaliser import payload_offset
from mediaserver.rtp.vp8 import read_descriptor, shift_counters

# Sender reports that would move the picture further than this from the time that has passed are not believed.
MAX_ALIGNMENT_S = 3
_HALF = 0x80000000
_MASK = 0xFFFFFFFF


class Origin(NamedTuple):
    """Where a forwarded packet is found again, and what was added to its numbers."""

    history: PacketHistory
    timestamp_offset: int
    picture_id_shift: int = 0
    tl0picidx_shift: int = 0


class LastSent(NamedTuple):
    """The newest packet sent to a receiver, in the receiver's numbers; counters are -1 where it had none."""

    timestamp: int
    sent_at_us: int
    picture_id: int = -1
    tl0picidx: int = -1


def last_sent(origin: Origin, in_seq: int, *, vp8: bool) -> LastSent | None:
    """What is known of the packet `in_seq`, None if the history has lost it."""
    found = origin.history.last(in_seq)
    if found is None:
        return None
    packet, sent_at_us = found
    timestamp = (read_fixed(packet)[3] + origin.timestamp_offset) & _MASK
    picture_id, tl0picidx = _counters(packet) if vp8 else (-1, -1)
    if picture_id >= 0:
        picture_id = (picture_id + origin.picture_id_shift) & 0x7FFF
    if tl0picidx >= 0:
        tl0picidx = (tl0picidx + origin.tl0picidx_shift) & 0xFF
    return LastSent(timestamp, sent_at_us, picture_id, tl0picidx)


def counter_shifts(packet: memoryview, last: LastSent) -> tuple[int, int]:
    """(picture id, tl0picidx): what to add so that this packet's picture is the one after the last."""
    picture_id, tl0picidx = _counters(packet)
    return (
        (last.picture_id + 1 - picture_id) & 0x7FFF if picture_id >= 0 and last.picture_id >= 0 else 0,
        (last.tl0picidx + 1 - tl0picidx) & 0xFF if tl0picidx >= 0 and last.tl0picidx >= 0 else 0,
    )


def shift_in_packet(buf: bytearray, size: int, shifts: tuple[int, int]) -> None:
    """Shift the VP8 counters of the normalised packet at the start of `buf`; a broken descriptor is left as it is."""
    try:
        shift_counters(buf, payload_offset(buf), size, *shifts)
    except RtpError:
        return


def _counters(packet: bytes | memoryview) -> tuple[int, int]:
    try:
        descriptor = read_descriptor(packet, payload_offset(packet), len(packet))
    except RtpError:
        return -1, -1
    return descriptor.picture_id, descriptor.tl0picidx


def continued_timestamp(aligned: int | None, last: LastSent, now_us: int, clock_rate_hz: int) -> int:
    """The receiver's timestamp of the first packet of another source: always after the last one.

    `aligned` is what the publisher's sender reports say, None if they say nothing; otherwise the time that has passed
    counts.
    """
    elapsed = max(now_us - last.sent_at_us, 0) * clock_rate_hz // 1_000_000
    expected = (last.timestamp + elapsed) & _MASK
    timestamp = expected
    if aligned is not None and _distance(aligned, expected) <= MAX_ALIGNMENT_S * clock_rate_hz:
        timestamp = aligned
    is_after = 0 < (timestamp - last.timestamp) & _MASK < _HALF
    return timestamp if is_after else (last.timestamp + 1) & _MASK


def _distance(first: int, second: int) -> int:
    return min((first - second) & _MASK, (second - first) & _MASK)
