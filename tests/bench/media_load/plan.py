"""What load is put on a server, and what a server's client has to offer for it."""

from dataclasses import dataclass, field
from typing import Protocol

from tests.bench.media_load.endpoint import Endpoint
from tests.bench.media_load.video_source import VideoSource


@dataclass(frozen=True)
class Load:
    """`calls` calls of so many participants each; everyone who receives gets all others' streams."""

    name: str
    calls: int
    publishers: int
    receivers: int
    mutual: bool
    packets_per_second: int  # of each publisher

    @property
    def streams_out(self) -> int:
        """How many streams the server sends."""
        per_call = self.publishers * (self.publishers - 1) if self.mutual else self.publishers * self.receivers
        return self.calls * per_call


LOADS = {
    load.name: load
    for load in (
        Load("one_to_one", calls=1, publishers=1, receivers=1, mutual=False, packets_per_second=1500),
        Load("fanout_10", calls=1, publishers=1, receivers=10, mutual=False, packets_per_second=2000),
        Load("one_4party", calls=1, publishers=4, receivers=0, mutual=True, packets_per_second=250),
        Load("ten_2party", calls=10, publishers=2, receivers=0, mutual=True, packets_per_second=100),
    )
}


@dataclass
class Call:
    """The transports of one call that is up: who sends, and who counts."""

    senders: list[tuple[Endpoint, VideoSource]] = field(default_factory=list)
    receivers: list[Endpoint] = field(default_factory=list)


class ServerClient(Protocol):
    """The signalling of one kind of server."""

    async def open_call(self, load: Load) -> Call:
        """Bring one call up; every stream flows once packets are sent."""

    async def close(self) -> None:
        """End all calls."""
