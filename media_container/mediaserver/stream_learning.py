"""Streams whose SSRC nobody told: known by the MID, RID or repaired RID of their first packets (RFC 8843, RFC 8852)."""

from typing import NamedTuple

from mediaserver.producer import Producer
from mediaserver.received_stream import ReceivedStream
from mediaserver.rtp.errors import RtpError
from mediaserver.rtp.extensions import find_text
from mediaserver.rtp.header import payload_type

# libsrtp keeps state for every SSRC that it has accepted. Of those that nobody told, so many in a transport's life.
MAX_TRIED_SSRCS = 512
# A sender repeats its MID and RID until it has had a receiver report; media may come before its `produce`.
MAX_TRIES = 256


class Learnt(NamedTuple):
    """Whose packet it was."""

    stream: ReceivedStream
    is_rtx: bool


class UnknownStreams:
    """The streams of one transport that lack their SSRC or that of their RTX."""

    def __init__(self) -> None:
        self._expected: dict[ReceivedStream, None] = {}
        # Since a stream was last expected.
        self._tries: dict[int, int] = {}
        self._tried_ssrcs = 0

    def clashes(self, producer: Producer) -> bool:
        """Whether the packets of a new producer could not be told from those of one that is expected."""
        mid = producer.mapping.mid
        learns = any(stream.ssrc is None for stream in producer.streams)
        return learns and any(stream.mapping.mid == mid for stream in self._expected)

    def expect(self, stream: ReceivedStream) -> None:
        """Look for the packets of this stream, if it lacks an SSRC."""
        if stream.ssrc is None or stream.is_learning_rtx:
            self._expected[stream] = None
            self._tries.clear()

    def forget(self, stream: ReceivedStream) -> None:
        """Look for it no longer."""
        self._expected.pop(stream, None)

    def may_learn(self, ssrc: int) -> bool:
        """Whether a packet of this SSRC may be decrypted, for what it says of itself. The tries are bounded."""
        if not self._expected:
            return False
        tries = self._tries.get(ssrc, 0)
        return tries < MAX_TRIES and (tries > 0 or self._tried_ssrcs < MAX_TRIED_SSRCS)

    def learn(self, ssrc: int, packet: bytes) -> Learnt | None:
        """The stream that a decrypted packet says it is of; None if it says nothing, or of several."""
        self._tried_ssrcs += ssrc not in self._tries
        self._tries[ssrc] = self._tries.get(ssrc, 0) + 1
        found = [learnt for stream in self._expected if (learnt := _match(stream, packet)) is not None]
        if len(found) != 1:
            return None
        stream, is_rtx = found[0]
        has_ssrc, has_rtx = stream.ssrc is not None or not is_rtx, stream.rtx_ssrc is not None or is_rtx
        if has_ssrc and (has_rtx or not stream.is_learning_rtx):
            self.forget(stream)
        return found[0]


def _match(stream: ReceivedStream, packet: bytes) -> Learnt | None:
    mapping = stream.mapping
    kind = payload_type(packet)
    is_rtx = kind == mapping.rtx_payload_type
    if not is_rtx and kind != mapping.payload_type:
        return None
    if (stream.rtx_ssrc if is_rtx else stream.ssrc) is not None:
        return None
    mid, rid = _text(packet, mapping.mid_id), _text(packet, mapping.rid_id)
    if is_rtx:  # Chrome repeats the RID of what it repairs; others give the RID itself
        rid = _text(packet, mapping.repaired_rid_id) or rid
    if mid not in {None, mapping.mid} or (mid is None and rid is None):
        return None
    is_only_one = len(mapping.encodings) == 1
    return Learnt(stream, is_rtx) if rid == stream.rid or (rid is None and is_only_one) else None


def _text(packet: bytes, ext_id: int | None) -> str | None:
    try:
        return None if ext_id is None else find_text(packet, len(packet), ext_id)
    except RtpError:
        return None
