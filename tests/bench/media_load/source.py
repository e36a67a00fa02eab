"""The streams that a publisher sends: what they look like, and under which numbers."""

import secrets
from dataclasses import dataclass, replace

# Header extension ids as Chrome chooses them.
AUDIO_LEVEL_ID, ABS_SEND_TIME_ID, TRANSPORT_CC_ID, MID_ID, RID_ID = 1, 2, 4, 9, 10
VP8, VP8_RTX, OPUS = 96, 97, 111
VIDEO_CLOCK_HZ, AUDIO_CLOCK_HZ = 90_000, 48_000
CNAME = "bench"


@dataclass(frozen=True)
class Stream:
    """Shape of a stream; sizes are RTP packets before encryption."""

    packets_per_second: int
    packet_bytes: int
    packets_per_frame: int
    burst: int  # packets sent back to back
    is_video: bool = True
    packet_bytes_spread: int = 0

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
    """New numbers for one publisher's streams."""
    return [Source(stream, secrets.randbits(31) << 1, str(mid), fan_out) for mid, stream in enumerate(streams)]


def as_layer(source: Source, rid: str, share: float, fan_out: int) -> Source:
    """A simulcast layer beside a source: `share` of its packets, an SSRC of its own, the same MID."""
    shape = source.stream
    per_frame = max(1, round(shape.packets_per_frame * share))
    rate = shape.packets_per_second * per_frame // shape.packets_per_frame
    layer = replace(shape, packets_per_second=rate, packets_per_frame=per_frame, burst=min(shape.burst, per_frame))
    return Source(layer, secrets.randbits(31) << 1, source.mid, fan_out, rid)
