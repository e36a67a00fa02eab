"""The compiled packet path, and the choice of it when a node starts.

C receives, decrypts and forwards by plans made of the Python objects; whatever no plan covers comes back to Python one
datagram at a time, so that Python's path stays complete and the measure of the other (docs/decisions/0012).
"""

import asyncio
import itertools
import secrets
from collections.abc import Coroutine, Sequence
from typing import TYPE_CHECKING, Any

from mediaserver.errors import SettingsInvalid
from mediaserver.hot_path import HotPath, PythonPath
from mediaserver.loop_watch import LoopWatch
from mediaserver.media_receiver import MediaReceiver
from mediaserver.media_sender import MediaSender
from mediaserver.native.counters import NativeCounters
from mediaserver.native.library import ffi, is_usable, lib
from mediaserver.native.port import NativeUdpPort
from mediaserver.native.receiver import NativeReceiver
from mediaserver.native.selector import NativeLoopWatch, NativeSelector
from mediaserver.native.sender import NativeSender
from mediaserver.net.udp_port import DatagramReceiver, UdpPort
from mediaserver.settings import HotPathSetting

if TYPE_CHECKING:
    from mediaserver.transport_context import TransportContext


def choose_hot_path(setting: HotPathSetting) -> HotPath:
    """The path that is set; by itself the compiled one where it is installed. Raises SettingsInvalid if it is not."""
    if setting == "native" and not is_usable():
        raise SettingsInvalid(
            "MEDIA_HOT_PATH is native, but vardrum_hot_path is not installed or is of another version"
        )
    return PythonPath() if setting == "python" or not is_usable() else NativePath()


class NativePath:
    """One `vh_engine` and what hangs on it. The module must be usable."""

    name = "native"

    def __init__(self) -> None:
        # `vh_engine *`
        self.engine: Any = ffi.gc(lib.vh_engine_new(secrets.randbits(64)), lib.vh_engine_free)
        if self.engine == ffi.NULL:
            raise MemoryError
        self.counters = NativeCounters(ffi.addressof(self.engine, "counters"))
        self._route_ids = itertools.count(1)
        self._selector: NativeSelector | None = None

    def run(self, main: Coroutine[None, None, None]) -> None:
        """See `HotPath`. The loop waits in C."""
        self._selector = NativeSelector()
        with asyncio.Runner(loop_factory=lambda: asyncio.SelectorEventLoop(self._selector)) as runner:
            runner.run(main)

    def loop_watch(self) -> LoopWatch:
        """See `HotPath`."""
        return LoopWatch() if self._selector is None else NativeLoopWatch(self.engine)

    def open_port(self, hosts: Sequence[str], port: int) -> UdpPort:
        """See `HotPath`."""
        return NativeUdpPort(hosts, port, self.counters, self.engine, self._selector)

    def sender(self, context: "TransportContext") -> MediaSender:
        """See `HotPath`."""
        return NativeSender(context, self.engine)

    def receiver(self, owner: DatagramReceiver, context: "TransportContext") -> MediaReceiver:
        """See `HotPath`. Raises TypeError if the port is not of a compiled path."""
        if not isinstance(context.udp, NativeUdpPort):
            raise TypeError("the port reads by another path")
        return NativeReceiver(next(self._route_ids), owner, context.udp)
