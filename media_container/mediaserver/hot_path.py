"""Who takes packets in and passes them on: Python, or the compiled module where it is installed (docs/decisions/0012)."""

from collections.abc import Coroutine, Sequence
from typing import TYPE_CHECKING, Protocol

import uvloop

from mediaserver.loop_watch import LoopWatch
from mediaserver.media_receiver import MediaReceiver
from mediaserver.media_sender import MediaSender
from mediaserver.net.udp_port import DatagramReceiver, UdpPort
from mediaserver.stats import Counters

if TYPE_CHECKING:
    from mediaserver.transport_context import TransportContext


class HotPath(Protocol):
    """The parts of a node that every packet meets. One of each node."""

    @property
    def name(self) -> str:
        """As settings, log and metrics call it."""

    @property
    def counters(self) -> Counters:
        """The counts of the node."""

    def run(self, main: Coroutine[None, None, None]) -> None:
        """Run the node's process in an event loop that suits the path."""

    def loop_watch(self) -> LoopWatch:
        """What sees how long the event loop was kept from its work."""

    def open_port(self, hosts: Sequence[str], port: int) -> UdpPort:
        """Bind the node's port. Raises OSError if it is taken."""

    def sender(self, context: "TransportContext") -> MediaSender:
        """The sending side of a new transport."""

    def receiver(self, owner: DatagramReceiver, context: "TransportContext") -> MediaReceiver:
        """The receiving side of a new transport."""


class PythonPath:
    """The packet path in Python: complete, and what the other is measured by."""

    name = "python"

    def __init__(self) -> None:
        self.counters = Counters()

    def run(self, main: Coroutine[None, None, None]) -> None:
        """See `HotPath`."""
        uvloop.run(main)

    def loop_watch(self) -> LoopWatch:
        """See `HotPath`."""
        return LoopWatch()

    def open_port(self, hosts: Sequence[str], port: int) -> UdpPort:
        """See `HotPath`."""
        return UdpPort(hosts, port, self.counters)

    def sender(self, context: "TransportContext") -> MediaSender:
        """See `HotPath`."""
        return MediaSender(context)

    def receiver(self, owner: DatagramReceiver, context: "TransportContext") -> MediaReceiver:  # noqa: ARG002
        """See `HotPath`."""
        return MediaReceiver()
