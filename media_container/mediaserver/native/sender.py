"""The sending side of a transport in C: what is sent by a plan and what Python sends have the same numbers."""

import socket
from typing import TYPE_CHECKING, Any

from mediaserver.media_sender import MediaSender
from mediaserver.native.library import ffi, lib
from mediaserver.native.path import NativePathFeedback
from mediaserver.net.dtls_srtp import SrtpKeys, srtp_function_address
from mediaserver.net.packet_buffer import PacketBuffer
from mediaserver.net.stun import Address
from mediaserver.ortc import TRANSPORT_CC_ID

if TYPE_CHECKING:
    from mediaserver.transport_context import TransportContext


class NativeSender(MediaSender):
    """A `vh_link`: keys and address are written through to it."""

    def __init__(self, context: "TransportContext", engine: Any) -> None:
        # `vh_link *`
        self.link = ffi.gc(lib.vh_link_new(), lib.vh_link_free)
        if self.link == ffi.NULL:
            raise MemoryError
        self.link.counters = ffi.addressof(engine, "counters")
        self.link.protect = ffi.cast("vh_srtp_function", srtp_function_address("srtp_protect"))
        self.link.protect_rtcp = ffi.cast("vh_srtp_function", srtp_function_address("srtp_protect_rtcp"))
        self.link.transport_cc_id = TRANSPORT_CC_ID
        self._keys: SrtpKeys | None = None
        super().__init__(context)
        self.path = NativePathFeedback(ffi.addressof(self.link, "path"), self.link)

    @property
    def keys(self) -> SrtpKeys | None:
        """None until the handshake is done, and after the end."""
        return self._keys

    @keys.setter
    def keys(self, keys: SrtpKeys | None) -> None:
        self._keys = keys
        self._update()

    def move_to(self, address: Address | None) -> None:
        """Send there from now on; None: nowhere."""
        super().move_to(address)
        if address is not None:
            descriptor = self._context.udp.socket_for(address).fileno()
            ip, scope = packed(address)
            lib.vh_link_set_address(self.link, descriptor, ip, len(ip), address[1], scope)
        self._update()

    def _update(self) -> None:
        ready = self._keys is not None and self.address is not None
        self.link.session = session_pointer(self._keys if ready else None)

    def send_numbered(self, packet: PacketBuffer, size: int, now_us: int) -> int:
        """As `MediaSender.send_numbered`."""
        number: int = lib.vh_link_send_numbered(self.link, ffi.from_buffer(packet.data), size, now_us)
        return number

    def send_unnumbered(self, packet: PacketBuffer, size: int, now_us: int) -> int:
        """As `MediaSender.send_unnumbered`."""
        result: int = lib.vh_link_send(self.link, ffi.from_buffer(packet.data), size, now_us)
        return result

    def send_rtcp(self, data: bytes) -> None:
        """As `MediaSender.send_rtcp`."""
        lib.vh_link_send_rtcp(self.link, data, len(data))


def session_pointer(keys: SrtpKeys | None) -> Any:
    """The session as `void *`, good as long as the keys are held; NULL without keys."""
    return ffi.NULL if keys is None else ffi.cast("void *", keys.session_address)


def packed(address: Address) -> tuple[bytes, int]:
    """(the IP address in network order, its scope) of a socket address."""
    if len(address) == 2:
        return socket.inet_pton(socket.AF_INET, address[0]), 0
    return socket.inet_pton(socket.AF_INET6, address[0]), address[3]
