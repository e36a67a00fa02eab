"""What load is put on a server, and what a server's client has to offer for it."""

from dataclasses import dataclass, field, replace
from typing import Protocol

from tests.bench.media_load.endpoint import Endpoint
from tests.bench.media_load.source import AUDIO, Source, Stream

# A browser's camera at 1.2 Mbps: 26 frames of 5 packets a second, each frame sent at once.
CAMERA = Stream(packets_per_second=130, packet_bytes=1150, packets_per_frame=5, burst=5)


def _video(packets_per_second: int, packets_per_frame: int, burst: int) -> Stream:
    return Stream(packets_per_second, 1000, packets_per_frame, burst, packet_bytes_spread=200)


@dataclass(frozen=True)
class Load:
    """`calls` calls of so many participants each; everyone who receives gets all others' streams."""

    name: str
    calls: int
    publishers: int
    receivers: int
    mutual: bool
    streams: tuple[Stream, ...]  # of each publisher

    @property
    def fan_out(self) -> int:
        """How many receive each stream."""
        return self.publishers - 1 if self.mutual else self.receivers

    @property
    def consumers(self) -> int:
        """How many streams the server sends in one call."""
        return self.publishers * self.fan_out * len(self.streams)

    @property
    def packets_per_second(self) -> int:
        """How many packets the server is to send in one call."""
        return self.publishers * self.fan_out * sum(stream.packets_per_second for stream in self.streams)


def _call_of(size: int) -> Load:
    return Load(f"{size}_party", 1, size, 0, mutual=True, streams=(CAMERA, AUDIO))


LOADS = {
    load.name: load
    for load in (
        # Paced evenly, about a millisecond's packets at once.
        Load("one_to_one", 1, publishers=1, receivers=1, mutual=False, streams=(_video(1500, 20, 2),)),
        Load("fanout_10", 1, publishers=1, receivers=10, mutual=False, streams=(_video(2000, 20, 2),)),
        # A frame's packets at once, as browsers send, 25 frames a second; publishers independent of one another.
        Load("one_4party", 1, publishers=4, receivers=0, mutual=True, streams=(_video(250, 10, 10),)),
        Load("ten_2party", 10, publishers=2, receivers=0, mutual=True, streams=(_video(100, 4, 4),)),
        # The same call with three simulcast layers by RID; what is counted is the full picture.
        Load(
            "simulcast_4party", 1, 4, 0, mutual=True, streams=(replace(_video(250, 10, 10), lower_layers=(0.1, 0.3)),)
        ),
        # What the calls per core are counted with.
        _call_of(2),
        _call_of(4),
        _call_of(10),
    )
}


@dataclass
class Call:
    """The transports of one call that is up: who sends what, and who counts."""

    senders: list[tuple[Endpoint, list[Source]]] = field(default_factory=list)
    receivers: list[Endpoint] = field(default_factory=list)


class ServerClient(Protocol):
    """The signalling of one kind of server."""

    async def open_call(self, load: Load) -> Call:
        """Bring one call up; every stream flows once packets are sent."""

    async def close(self) -> None:
        """End all calls."""
