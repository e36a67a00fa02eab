"""Waits for asyncio in C: media is forwarded meanwhile, and Python wakes only for what is Python's.

A wake of the event loop costs more than forwarding a packet. With this selector packets that plans cover wake nobody.
"""

import math
import selectors
from collections.abc import Sequence
from select import EPOLLIN, EPOLLOUT
from typing import TYPE_CHECKING, Any

from mediaserver.loop_watch import LoopWatch
from mediaserver.native.library import ffi, lib

if TYPE_CHECKING:
    from _typeshed import FileDescriptorLike

_Ready = list[tuple[selectors.SelectorKey, int]]


class NativeSelector(selectors.EpollSelector):
    """An epoll that runs an engine's plans while it waits; without one it is like any other."""

    def __init__(self) -> None:
        super().__init__()
        self._engine: Any = None
        self._epoll = self.fileno()
        self._keys: dict[int, selectors.SelectorKey] = {}
        self._ready = ffi.new("vh_ready[]", lib.VH_MAX_READY)

    def register(self, fileobj: "FileDescriptorLike", events: int, data: Any = None) -> selectors.SelectorKey:
        """As any selector does."""
        key = super().register(fileobj, events, data)
        self._keys[key.fd] = key
        return key

    def unregister(self, fileobj: "FileDescriptorLike") -> selectors.SelectorKey:
        """As any selector does."""
        key = super().unregister(fileobj)
        self._keys.pop(key.fd, None)
        return key

    def modify(self, fileobj: "FileDescriptorLike", events: int, data: Any = None) -> selectors.SelectorKey:
        """As any selector does."""
        key = super().modify(fileobj, events, data)
        self._keys[key.fd] = key
        return key

    def attach(self, engine: Any, descriptors: Sequence[int]) -> None:
        """Read these sockets, which are registered as others are, by `engine`, a `vh_engine`."""
        if len(descriptors) > lib.VH_MAX_SOCKETS:
            raise ValueError("more sockets than the engine can wait for")
        for index, descriptor in enumerate(descriptors):
            engine.sockets[index] = descriptor
        engine.socket_count = len(descriptors)
        self._engine = engine

    def detach(self) -> None:
        """Leave the sockets alone."""
        if self._engine is not None:
            self._engine.socket_count = 0
            self._engine = None

    def select(self, timeout: float | None = None) -> _Ready:
        """As `EpollSelector.select`; a media socket is ready only if one of its datagrams is for Python."""
        if self._engine is None:
            return super().select(timeout)
        timeout_ms = -1 if timeout is None else min(max(math.ceil(timeout * 1000), 0), 1 << 30)
        count = lib.vh_engine_wait(self._engine, self._epoll, timeout_ms, self._ready)
        if count < 0:
            raise OSError(ffi.errno, "waiting failed")
        keys = self._keys
        found: _Ready = []
        for index in range(count):
            key = keys.get(self._ready[index].descriptor)
            if key is not None:
                found.append((key, _events(self._ready[index].events) & key.events))
        return found


class NativeLoopWatch(LoopWatch):
    """What the selector has seen itself: how long the loop was away from it. It needs no clock."""

    def __init__(self, engine: Any) -> None:
        super().__init__()
        self._stall = ffi.addressof(engine, "stall")
        self._engine = engine

    def start(self) -> None:
        """It is watched whenever it waits."""

    def stop(self) -> None:
        """Nothing runs."""

    def longest_ms(self) -> float:
        """The longest stall of late, in ms with one decimal."""
        stall = self._stall
        longest_us: int = max(stall.longest_us, stall.longest_before_us)
        return round(longest_us / 1000, 1)


def _events(mask: int) -> int:
    """Errors and hang-ups are for those who read and those who write."""
    reads = selectors.EVENT_READ if mask & ~EPOLLOUT else 0
    return reads | (selectors.EVENT_WRITE if mask & ~EPOLLIN else 0)
