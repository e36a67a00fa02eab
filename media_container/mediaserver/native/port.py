"""The UDP port whose receive loop is in C: only what no plan covers comes here, one datagram at a time."""

import asyncio
from collections.abc import Sequence
from typing import Any

from mediaserver.native.counters import NativeCounters
from mediaserver.native.library import ffi, lib
from mediaserver.native.selector import NativeSelector
from mediaserver.native.sender import packed
from mediaserver.net.stun import Address
from mediaserver.net.udp_port import MAX_DATAGRAM, MAX_DATAGRAMS_PER_TURN, DatagramReceiver, UdpPort


class _Mirrored(dict[Address, DatagramReceiver]):
    """Whose an address is, also told to the engine."""

    def __init__(self, engine: Any, routes: dict[DatagramReceiver, Any]) -> None:
        super().__init__()
        self._engine = engine
        self._routes = routes

    def __setitem__(self, address: Address, receiver: DatagramReceiver) -> None:
        super().__setitem__(address, receiver)
        route = self._routes.get(receiver)
        ip, scope = packed(address)
        if route is not None:
            lib.vh_engine_add_address(self._engine, ip, len(ip), address[1], scope, route)
        else:  # nobody's whom the engine knows
            lib.vh_engine_remove_address(self._engine, ip, len(ip), address[1], scope)
            self._engine.addresses_overflowed = 1

    def __delitem__(self, address: Address) -> None:
        super().__delitem__(address)
        ip, scope = packed(address)
        lib.vh_engine_remove_address(self._engine, ip, len(ip), address[1], scope)


class NativeUdpPort(UdpPort):
    """Runs the plans of `engine`, a `vh_engine`."""

    def __init__(
        self,
        hosts: Sequence[str],
        port: int,
        counters: NativeCounters,
        engine: Any,
        selector: NativeSelector | None = None,
    ) -> None:
        """Bind. `selector` is that of the loop, if it is one of ours. Raises OSError if the port is taken."""
        super().__init__(hosts, port, counters)
        self._selector = selector
        self._engine = engine
        self._event = engine.event
        self._limit = ffi.new("int *")
        # Python's own buffer, so that what C hands over is where Python looks for it.
        self._memory = ffi.from_buffer("uint8_t[]", self._packet.data)
        engine.buffer = self._memory
        self._routes: dict[DatagramReceiver, Any] = {}
        self._owners: dict[int, DatagramReceiver] = {}
        self._by_address = _Mirrored(engine, self._routes)

    def start(self, loop: asyncio.AbstractEventLoop) -> None:
        """Begin to read on the loop."""
        self._loop = loop
        for each in self.sockets:
            loop.add_reader(each.fileno(), self._run, each.fileno())
        if self._selector is not None:
            self._selector.attach(self._engine, [each.fileno() for each in self.sockets])

    def close(self) -> None:
        """Stop reading and close the sockets."""
        if self._selector is not None and self._loop is not None:
            self._selector.detach()
        super().close()

    @property
    def is_overloaded(self) -> bool:
        """As `UdpPort.is_overloaded`."""
        backlogs = self._engine.backlogs
        return any(backlogs[index].level for index in range(len(self.sockets)))

    def add_route(self, receiver: DatagramReceiver, route: Any) -> None:
        """The receiver's media may be taken in by `route`, a `vh_route`, wherever it comes from."""
        self._routes[receiver] = route
        self._owners[route.id] = receiver

    def remove_route(self, receiver: DatagramReceiver) -> None:
        """Forget a receiver that has no address any more."""
        route = self._routes.pop(receiver, None)
        if route is not None:
            del self._owners[route.id]

    def _run(self, descriptor: int) -> None:
        """Read what has arrived; the loop gets its turn after so many datagrams."""
        engine, limit = self._engine, self._limit
        limit[0] = MAX_DATAGRAMS_PER_TURN
        # First what the selector has left in the buffer; it goes on reading by itself.
        left, engine.waiting = engine.waiting, lib.VH_DONE
        self._hand_over(left)
        while left == lib.VH_DONE and (kind := lib.vh_engine_run(engine, descriptor, limit)):
            self._hand_over(kind)

    def _hand_over(self, kind: int) -> None:
        """Python sees to the datagram in the buffer."""
        event = self._event
        if kind == lib.VH_MEDIA:
            owner = self._owners.get(event.route_id)
            if owner is not None:  # it may have ended since
                owner.receive_media(self._packet, event.size)
        elif kind == lib.VH_RARE:
            self._receive_other(event.size, self._sender())

    def _sender(self) -> Address:
        """The address that the datagram came from, as Python's sockets tell it."""
        event = self._event
        family = lib.vh_event_address(ffi.addressof(self._engine, "event"))
        ip = ffi.string(event.ip).decode("ascii")
        return (ip, event.port) if family == 4 else (ip, event.port, event.flow, event.scope)

    def _receive_other(self, size: int, address: Address) -> None:
        """What is not media, or of an address that only Python knows."""
        if not (128 <= self._packet.data[0] <= 191 and 12 <= size <= MAX_DATAGRAM):
            self._receive_rare(size, address)
        elif (receiver := self._by_address.get(address)) is not None:
            receiver.receive_media(self._packet, size)
        else:
            self.counters.drop("unknown_address")
