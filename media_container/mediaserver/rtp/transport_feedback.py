"""Transport-wide congestion control feedback on the wire (draft-holmer-rmcat-transport-wide-cc-extensions-01, 3.1)."""

import struct
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from mediaserver.rtp.errors import RtcpError

DELTA_US = 250
REFERENCE_US = 64_000
MAX_DELTA_TICKS = 0x7FFF
MIN_DELTA_TICKS = -0x8000
_MAX_SMALL_TICKS = 0xFF
_NOT_RECEIVED, _SMALL, _LARGE = 0, 1, 2
_MAX_RUN = 0x1FFF
_HEAD = struct.Struct("!IIHHI")
_CHUNK = struct.Struct("!H")
_LARGE_DELTA = struct.Struct("!h")
_RTPFB_TRANSPORT_CC = 0x8F
_PT_RTPFB = 205


class TransportFeedback(NamedTuple):
    """Which packets of a transport arrived, and when.

    Speaks of `packet_status_count` transport-wide sequence numbers from `base_sequence_number` on, modulo 2^16;
    `arrivals` holds (sequence number, arrival in us of the receiver's clock) of those that came, the others are lost
    so far. The clock is of 24 bits of 64 ms and wraps; only differences within it mean something. `feedback_count`
    counts the messages, modulo 256.
    """

    sender_ssrc: int
    media_ssrc: int
    base_sequence_number: int
    packet_status_count: int
    feedback_count: int
    arrivals: tuple[tuple[int, int], ...]


def parse_transport_feedback(body: memoryview) -> TransportFeedback:
    """Read what follows the common RTCP header, sender SSRC first. Raises RtcpError if it is truncated.

    The work is bounded by the bytes, not by the count that the message claims.
    """
    if len(body) < _HEAD.size:
        raise RtcpError("transport feedback shorter than its header")
    sender_ssrc, media_ssrc, base, count, reference = _HEAD.unpack_from(body)
    reference_us = (reference >> 8) * REFERENCE_US
    arrivals = _read_whole_run(body, base, count, reference_us) or _read_arrivals(body, base, count, reference_us)
    return TransportFeedback(sender_ssrc, media_ssrc, base, count, reference & 0xFF, tuple(arrivals))


def _read_whole_run(body: memoryview, base: int, count: int, reference_us: int) -> list[tuple[int, int]]:
    """Nearly always all packets came, one soon after the other: one chunk. Empty if it is not so."""
    first = _HEAD.size + _CHUNK.size
    if not 0 < count <= min(len(body) - first, _MAX_RUN) or _CHUNK.unpack_from(body, _HEAD.size)[0] != (
        _SMALL << 13 | count
    ):
        return []
    numbers = range(base, base + count)
    arrivals = [reference_us + DELTA_US * ticks for ticks in accumulate(body[first : first + count])]
    if base + count > 0x10000:
        return list(zip([number & 0xFFFF for number in numbers], arrivals, strict=True))
    return list(zip(numbers, arrivals, strict=True))


def _read_arrivals(body: memoryview, base: int, count: int, arrival_us: int) -> list[tuple[int, int]]:
    """Of any chunks."""
    symbols, offset = _read_chunks(body, count)
    arrivals = []
    for index, symbol in symbols:
        size = 1 if symbol == _SMALL else 2
        if offset + size > len(body):
            raise RtcpError("transport feedback without all its deltas")
        ticks = body[offset] if size == 1 else _LARGE_DELTA.unpack_from(body, offset)[0]
        offset += size
        arrival_us += ticks * DELTA_US
        arrivals.append(((base + index) & 0xFFFF, arrival_us))
    return arrivals


def _read_chunks(body: memoryview, count: int) -> tuple[list[tuple[int, int]], int]:
    """(index, symbol) of the packets that came, and the offset of the first delta."""
    received: list[tuple[int, int]] = []
    offset, index = _HEAD.size, 0
    while index < count:
        if offset + 2 > len(body):
            raise RtcpError("transport feedback without all its chunks")
        chunk = _CHUNK.unpack_from(body, offset)[0]
        offset += 2
        if len(received) > len(body):  # each needs a byte of delta
            raise RtcpError("transport feedback without all its deltas")
        read = _read_vector if chunk & 0x8000 else _read_run
        index = read(chunk, index, count, received)
    return received, offset


def _read_vector(chunk: int, index: int, count: int, received: list[tuple[int, int]]) -> int:
    bits, symbols = (2, 7) if chunk & 0x4000 else (1, 14)
    for place in range(min(symbols, count - index)):
        symbol = (chunk >> (14 - bits * (place + 1))) & (3 if bits == 2 else 1)
        if symbol in (_SMALL, _LARGE):
            received.append((index + place, symbol))
    return index + symbols


def _read_run(chunk: int, index: int, count: int, received: list[tuple[int, int]]) -> int:
    symbol, length = (chunk >> 13) & 3, min(chunk & _MAX_RUN, count - index)
    if symbol in (_SMALL, _LARGE):
        received.extend((at, symbol) for at in range(index, index + length))
    return index + length


def delta_symbol(ticks: int | None) -> int:
    """The 2-bit status of a packet by its delta in ticks of 250 us, None for one that did not come."""
    if ticks is None:
        return _NOT_RECEIVED
    return _SMALL if 0 <= ticks <= _MAX_SMALL_TICKS else _LARGE


def serialize_transport_feedback(
    sender_ssrc: int,
    media_ssrc: int,
    *,
    base_sequence_number: int,
    reference_time: int,
    feedback_count: int,
    deltas: Sequence[int | None],
) -> bytes:
    """The whole RTCP packet. `deltas` in ticks of 250 us (-32768 to 32767), None for packets that did not come; the
    first is from `reference_time` (in 64 ms, taken modulo 2^24), each other from the packet that came before it."""
    head = _HEAD.pack(
        sender_ssrc,
        media_ssrc,
        base_sequence_number & 0xFFFF,
        len(deltas),
        ((reference_time & 0xFFFFFF) << 8) | (feedback_count & 0xFF),
    )
    body = head + (_whole_run(deltas) or _chunks_and_deltas(deltas))
    body += bytes(-len(body) % 4)
    return struct.pack("!BBH", _RTPFB_TRANSPORT_CC, _PT_RTPFB, len(body) >> 2) + body


def _whole_run(deltas: Sequence[int | None]) -> bytes:
    """Where all packets came, one soon after the other: one chunk. Empty if it is not so."""
    try:
        ticks = bytes(deltas)  # type: ignore[arg-type]  # TypeError for None, ValueError beyond a byte
    except (TypeError, ValueError):
        return b""
    return _CHUNK.pack(_SMALL << 13 | len(ticks)) + ticks if len(ticks) <= _MAX_RUN else b""


def _chunks_and_deltas(deltas: Sequence[int | None]) -> bytes:
    symbols = [delta_symbol(ticks) for ticks in deltas]
    chunks = b"".join(_CHUNK.pack(chunk) for chunk in _chunks(symbols))
    ticks = b"".join(
        bytes((delta,)) if symbol == _SMALL else _LARGE_DELTA.pack(delta)
        for symbol, delta in zip(symbols, deltas, strict=True)
        if delta is not None
    )
    return chunks + ticks


def _chunks(symbols: list[int]) -> Iterator[int]:
    """Run-length chunks where a run fills at least what a vector would hold, vectors elsewhere."""
    index = 0
    while index < len(symbols):
        run = _run_length(symbols, index)
        window = symbols[index : index + 14]
        capacity = 14 if _LARGE not in window else 7
        if run >= min(capacity, len(symbols) - index):
            yield (symbols[index] << 13) | run
            index += run
        else:
            yield _vector(window[:capacity], capacity)
            index += capacity


def _run_length(symbols: list[int], index: int) -> int:
    end = index + 1
    while end < len(symbols) and symbols[end] == symbols[index] and end - index < _MAX_RUN:
        end += 1
    return end - index


def _vector(symbols: list[int], capacity: int) -> int:
    bits = 14 // capacity
    chunk = 0x8000 if bits == 1 else 0xC000
    for place, symbol in enumerate(symbols):
        chunk |= symbol << (14 - bits * (place + 1))
    return chunk
