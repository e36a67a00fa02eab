"""What a participant publishes: one picture or sound, in one to four layers."""

import secrets
from collections.abc import Callable
from typing import Any

from mediaserver.ortc import StreamMapping
from mediaserver.received_stream import ReceivedAudio, ReceivedStream, StreamListener
from mediaserver.rtp_parameters import Kind, Source
from mediaserver.stats import Counters


class Producer:
    """A participant's camera, microphone or screen."""

    def __init__(
        self,
        *,
        transport_id: str,
        kind: Kind,
        source: Source,
        mapping: StreamMapping,
        frame_height: int | None,
        paused: bool,
        listener: StreamListener,
        counters: Counters,
    ) -> None:
        """`frame_height` is that of the full picture in pixels, None if the publisher does not tell."""
        self.id = f"pr_{secrets.token_hex(8)}"
        self.transport_id = transport_id
        self.kind = kind
        self.source = source
        self.paused = paused
        self.mapping = mapping
        self.codec = mapping.codec
        make = ReceivedAudio if kind == "audio" else ReceivedStream
        # Lowest layer first.
        self.streams: tuple[ReceivedStream, ...] = tuple(
            make(mapping, encoding, _scaled(frame_height, encoding.scale_down_by), listener, counters)
            for encoding in mapping.encodings
        )
        for stream in self.streams:
            stream.set_paused(paused)

    def describe(self) -> dict[str, Any]:
        """The stream as the others are told."""
        return {"id": self.id, "kind": self.kind, "source": self.source, "paused": self.paused}

    @property
    def microphone(self) -> ReceivedAudio | None:
        """The stream whose level tells whether the participant speaks, None of a picture."""
        stream = self.streams[0]
        return stream if isinstance(stream, ReceivedAudio) else None

    @property
    def packets_received(self) -> int:
        """Packets that came, of all layers."""
        return sum(stream.packets_received for stream in self.streams)

    @property
    def packets_lost(self) -> int:
        """Packets that never came, of all layers."""
        return sum(stream.packets_lost for stream in self.streams)

    @property
    def jitter_ms(self) -> float:
        """Interarrival jitter (RFC 3550 section 6.4.1), of the worst layer."""
        return max(stream.jitter_ms for stream in self.streams)

    def set_paused(self, paused: bool) -> None:
        """While paused nothing is passed on, whatever the publisher sends; afterwards receivers go on without a gap."""
        self.paused = paused
        for stream in self.streams:
            stream.set_paused(paused)

    def show_streams(self, watch: Callable[[ReceivedStream], None]) -> None:
        """Show every stream to those who keep plans, before its first packet."""
        for stream in self.streams:
            watch(stream)


def _scaled(frame_height: int | None, scale_down_by: float) -> int | None:
    return None if frame_height is None else max(round(frame_height / scale_down_by), 1)
