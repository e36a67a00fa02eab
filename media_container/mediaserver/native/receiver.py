"""The receiving side of a transport in C: its keys, its arrivals, and the plans of its streams."""

from typing import Any

from mediaserver.media_receiver import MediaReceiver
from mediaserver.native.library import ffi, lib
from mediaserver.native.path import NativePathFeedback
from mediaserver.native.plan import StreamPlan
from mediaserver.native.port import NativeUdpPort
from mediaserver.native.sender import session_pointer
from mediaserver.native.statistics import NativeArrivals
from mediaserver.net.dtls_srtp import SrtpKeys, srtp_function_address
from mediaserver.net.udp_port import DatagramReceiver
from mediaserver.received_stream import ReceivedStream
from mediaserver.rtp.path_feedback import PathFeedback


class NativeReceiver(MediaReceiver):
    """A `vh_route`: the keys are written through to it."""

    def __init__(self, route_id: int, owner: DatagramReceiver, port: NativeUdpPort) -> None:
        # `vh_route *`
        self.route: Any = ffi.gc(lib.vh_route_new(), lib.vh_route_free)
        if self.route == ffi.NULL:
            raise MemoryError
        self.route.id = route_id
        self.route.unprotect = ffi.cast("vh_srtp_function", srtp_function_address("srtp_unprotect"))
        self.route.unprotect_rtcp = ffi.cast("vh_srtp_function", srtp_function_address("srtp_unprotect_rtcp"))
        arrivals = NativeArrivals()
        self.route.arrivals = arrivals.state
        self._keys: SrtpKeys | None = None
        super().__init__(arrivals)
        self._owner, self._port = owner, port
        # Held as long as the route points to it.
        self._path: PathFeedback | None = None
        port.add_route(owner, self.route)

    @property
    def keys(self) -> SrtpKeys | None:
        """None before the handshake is done, and after the end."""
        return self._keys

    @keys.setter
    def keys(self, keys: SrtpKeys | None) -> None:
        self._keys = keys
        self.route.session = session_pointer(keys)

    def watch(self, stream: ReceivedStream) -> None:
        """Keep a plan of the stream; before its first packet."""
        StreamPlan(self.route, stream)

    def heard_feedback(self, sender_ssrc: int, path: PathFeedback) -> None:
        """From now on C matches what this SSRC tells."""
        if isinstance(path, NativePathFeedback):
            self._path = path
            self.route.path, self.route.feedback_ssrc = path.state, sender_ssrc

    def close(self) -> None:
        """Nothing comes any more, and no address is the browser's."""
        super().close()
        self._port.remove_route(self._owner)
