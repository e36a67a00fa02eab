"""What leaves for one browser: encrypted in place, numbered for its feedback, sent to where it is now."""

from typing import TYPE_CHECKING

from mediaserver.net.dtls_srtp import SrtpKeys
from mediaserver.net.packet_buffer import PacketBuffer
from mediaserver.net.stun import Address
from mediaserver.ortc import TRANSPORT_CC_ID
from mediaserver.rtp.packet_writer import write_transport_number
from mediaserver.rtp.path_feedback import PathFeedback

if TYPE_CHECKING:
    from mediaserver.transport_context import TransportContext

# Largest compound that leaves room for SRTCP's index and tag in one Ethernet frame.
MAX_RTCP_SIZE = 1200


class MediaSender:
    """The sending side of one transport."""

    def __init__(self, context: "TransportContext") -> None:
        # None until the handshake is done, and after the end.
        self.keys: SrtpKeys | None = None
        # None before the handshake is done, and while the browser has withdrawn its consent.
        self.address: Address | None = None
        # The transport-wide sequence number of the next numbered packet, and what became of the numbers before.
        self.next_number = 0
        self.path = PathFeedback()
        self._record = self.path.record
        self._context = context
        self._counters = context.counters
        self._sendto = context.udp.sockets[0].sendto

    def move_to(self, address: Address | None) -> None:
        """Send there from now on; None: nowhere."""
        self.address = address
        if address is not None:
            self._sendto = self._context.udp.socket_for(address).sendto

    def send_numbered(self, packet: PacketBuffer, size: int, now_us: int) -> int:
        """Give a normalised packet the next transport-wide number, encrypt it in place, send and record it.

        The number, or -1 if there is nowhere to send to or libsrtp refused.
        """
        number = self.next_number
        write_transport_number(packet.data, TRANSPORT_CC_ID, number)
        sent = self._protect_and_send(packet, size)
        if not sent:
            return -1
        self.next_number = (number + 1) & 0xFFFF
        self._record((number, sent, now_us))
        return number

    def send_unnumbered(self, packet: PacketBuffer, size: int, now_us: int) -> int:  # noqa: ARG002  # as the other
        """Encrypt in place and send as it is; 0, or -1 as above."""
        return 0 if self._protect_and_send(packet, size) else -1

    def _protect_and_send(self, packet: PacketBuffer, size: int) -> int:
        """The size of the datagram, 0 if it was not sent. What the kernel refuses is lost, as on the network."""
        keys, address = self.keys, self.address
        if keys is None or address is None:
            return 0
        length = keys.length
        length[0] = size
        if keys.rtp(packet.pointer, length):
            self._counters.drop("srtp_protect")
            return 0
        size = length[0]
        try:
            self._sendto(packet.view[:size], address)
        except BlockingIOError:
            self._counters.drop("send_buffer_full")
        except OSError:
            self._counters.drop("send_failed")
        counters = self._counters
        counters.packets_sent += 1
        counters.bytes_sent += size
        return size

    def send_rtcp(self, data: bytes) -> None:
        """Encrypt and send RTCP, if the browser can be sent to."""
        keys, address = self.keys, self.address
        if keys is None or address is None or len(data) > MAX_RTCP_SIZE:
            return
        packet = self._context.rtcp_packet
        packet.data[: len(data)] = data
        keys.length[0] = len(data)
        if keys.rtcp(packet.pointer, keys.length):
            self._counters.drop("srtp_protect")
            return
        self._context.udp.send(packet.view[: keys.length[0]], address)
