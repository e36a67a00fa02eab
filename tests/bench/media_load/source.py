"""The streams that a publisher sends: what they look like, and under which numbers."""

import secrets
from dataclasses import dataclass, replace
from itertools import groupby

# Header extension ids as Chrome chooses them.
AUDIO_LEVEL_ID, ABS_SEND_TIME_ID, TRANSPORT_CC_ID, MID_ID, RID_ID = 1, 2, 4, 9, 10
VP8, VP8_RTX, OPUS = 96, 97, 111
VIDEO_CLOCK_HZ, AUDIO_CLOCK_HZ = 90_000, 48_000
CNAME = "bench"
RIDS = "lmh"


@dataclass(frozen=True)
class Stream:
    """Shape of a stream; sizes are RTP packets before encryption."""

    packets_per_second: int
    packet_bytes: int
    packets_per_frame: int
    burst: int  # packets sent back to back
    is_video: bool = True
    packet_bytes_spread: int = 0
    # Simulcast layers beside the full picture, lowest first: the share of its packets that each has.
    lower_layers: tuple[float, ...] = ()

    @property
    def frame_ticks(self) -> int:
        """RTP clock ticks from one frame to the next."""
        clock_hz = VIDEO_CLOCK_HZ if self.is_video else AUDIO_CLOCK_HZ
        return clock_hz * self.packets_per_frame // self.packets_per_second


AUDIO = Stream(packets_per_second=50, packet_bytes=100, packets_per_frame=1, burst=1, is_video=False)


@dataclass(frozen=True)
class Source:
    """One stream of one publisher. `mid` and `rid` are single characters; `fan_out` is how many receive it."""

    stream: Stream
    ssrc: int
    mid: str
    fan_out: int
    rid: str = ""

    @property
    def rtx_ssrc(self) -> int:
        """Where retransmissions of video go."""
        return self.ssrc ^ 1

    @property
    def payload_type(self) -> int:
        """As Chrome chooses it."""
        return VP8 if self.stream.is_video else OPUS


def sources_of(streams: tuple[Stream, ...], fan_out: int) -> list[Source]:
    """New numbers for one publisher's streams; of each stream the lowest layer first."""
    return [source for mid, stream in enumerate(streams) for source in _layers(stream, str(mid), fan_out)]


def _layers(stream: Stream, mid: str, fan_out: int) -> list[Source]:
    """Receivers are expected to get the full picture; what the lower layers cost is not counted as sent."""
    if not stream.lower_layers:
        return [Source(stream, _new_ssrc(), mid, fan_out)]
    lower = [_layer(stream, share) for share in stream.lower_layers]
    return [
        Source(shape, _new_ssrc(), mid, fan_out if shape is stream else 0, rid)
        for shape, rid in zip([*lower, stream], RIDS, strict=False)
    ]


def _layer(stream: Stream, share: float) -> Stream:
    """The same frames in so many of the packets."""
    per_frame = max(1, round(stream.packets_per_frame * share))
    rate = stream.packets_per_second * per_frame // stream.packets_per_frame
    return replace(stream, packets_per_second=rate, packets_per_frame=per_frame, burst=per_frame)


def _new_ssrc() -> int:
    return secrets.randbits(31) << 1


def by_mid(sources: list[Source]) -> list[list[Source]]:
    """The layers of each stream together."""
    return [list(layers) for _, layers in groupby(sources, key=lambda source: source.mid)]
