"""The node's one UDP port: every datagram is told apart by its first byte (RFC 7983) and by where it came from.

Only an authenticated ICE check makes an address known. Whatever else comes from an unknown address is dropped without
an answer.
"""

import asyncio
import socket
import time
from collections.abc import Sequence
from fcntl import ioctl
from termios import FIONREAD
from typing import Protocol

from mediaserver.net.backlog import MOST_AT_ONCE, Backlog
from mediaserver.net.packet_buffer import PacketBuffer
from mediaserver.net.stun import Address, BindingRequest, StunMalformed, claimed_fragment, parse_binding_request
from mediaserver.net.udp_sockets import bind_port
from mediaserver.stats import Counters

BUFFER_SIZE = 2048
# Largest datagram that is looked at: a full Ethernet frame.
MAX_DATAGRAM = 1500
NOTHING_WAITS = bytes(4)
# The loop gets its turn after so many datagrams, so that signalling is not starved.
MAX_DATAGRAMS_PER_TURN = 64


class DatagramReceiver(Protocol):
    """A transport, as the port sees it."""

    def receive_check(self, request: BindingRequest, address: Address) -> bytes | None:
        """Answer an ICE check, or None if it is not authentic. One that succeeds makes its address known."""

    def is_reached_at(self, address: Address) -> bool:
        """Whether media is sent to this address, with consent."""

    def receive_dtls(self, data: bytes) -> None:
        """Take in a DTLS datagram."""

    def receive_media(self, packet: PacketBuffer, size: int) -> None:
        """Take in an SRTP or SRTCP packet; the buffer is only lent."""


class UdpPort:
    """One port number with a socket for each address family, and the transports behind it."""

    def __init__(self, hosts: Sequence[str], port: int, counters: Counters) -> None:
        """Bind; at most one host of a family. Raises OSError if the port is taken."""
        self.counters = counters
        self.sockets = bind_port(hosts, port)
        self.port: int = self.sockets[0].getsockname()[1]
        # A socket address of IPv4 has two parts, one of IPv6 has four.
        self._by_address_length = {len(each.getsockname()): each for each in self.sockets}
        self._by_address: dict[Address, DatagramReceiver] = {}
        self._by_fragment: dict[str, DatagramReceiver] = {}
        self._packet = PacketBuffer(bytearray(BUFFER_SIZE))
        self._waiting_size = bytearray(NOTHING_WAITS)
        self._backlogs = {each.fileno(): Backlog(each) for each in self.sockets}
        self._loop: asyncio.AbstractEventLoop | None = None

    def start(self, loop: asyncio.AbstractEventLoop) -> None:
        """Begin to read on the loop."""
        self._loop = loop
        for each in self.sockets:
            loop.add_reader(each.fileno(), self._readable, each)

    def close(self) -> None:
        """Stop reading and close the sockets."""
        for each in self.sockets:
            if self._loop is not None:
                self._loop.remove_reader(each.fileno())
            each.close()
        self._loop = None

    @property
    def address_count(self) -> int:
        """Addresses that media is taken from."""
        return len(self._by_address)

    @property
    def fragment_count(self) -> int:
        """Username fragments that checks are answered for."""
        return len(self._by_fragment)

    def add_fragment(self, fragment: str, receiver: DatagramReceiver) -> None:
        """Send checks for this username fragment to the receiver."""
        self._by_fragment[fragment] = receiver

    def remove_fragment(self, fragment: str) -> None:
        """Forget a username fragment."""
        self._by_fragment.pop(fragment, None)

    def add_address(self, address: Address, receiver: DatagramReceiver) -> None:
        """Take media from this address for the receiver, who checked from there, until `remove_address`."""
        if self._by_address.get(address) is not receiver:
            self._by_address[address] = receiver

    def remove_address(self, address: Address, receiver: DatagramReceiver) -> None:
        """Forget an address, unless another transport has it by now."""
        if self._by_address.get(address) is receiver:
            del self._by_address[address]

    @property
    def is_overloaded(self) -> bool:
        """Whether more came of late than could be read in time, and was thrown away."""
        return any(backlog.level for backlog in self._backlogs.values())

    def socket_for(self, address: Address) -> socket.socket:
        """The socket that an address is reached by: the one that it came in on."""
        return self._by_address_length[len(address)]

    def send(self, data: bytes | memoryview, address: Address) -> None:
        """Send a datagram, or count why not."""
        try:
            self.socket_for(address).sendto(data, address)
        except BlockingIOError:
            self.counters.drop("send_buffer_full")
        except OSError:
            self.counters.drop("send_failed")

    def _readable(self, source: socket.socket) -> None:
        """Read what has arrived. Asking for the size of the next datagram costs a third of being told that it blocks."""
        packet, by_address = self._packet, self._by_address
        receive, buffer = source.recvfrom_into, packet.data
        descriptor, waiting_size = source.fileno(), self._waiting_size
        backlog, media = self._backlogs[descriptor], 0
        backlog.look(time.monotonic_ns() // 1000)
        level = backlog.level
        for _ in range(MOST_AT_ONCE if backlog.sheds else MAX_DATAGRAMS_PER_TURN):
            try:
                size, address = receive(buffer)
            except BlockingIOError:
                backlog.emptied(time.monotonic_ns() // 1000)
                return
            except OSError:
                self.counters.drop("receive_failed")
                return
            if level and backlog.drops(buffer, size, address[1]):
                self.counters.drop("overload")
            elif 128 <= buffer[0] <= 191 and 12 <= size <= MAX_DATAGRAM:
                receiver = by_address.get(address)
                if receiver is not None:
                    media += 1
                    receiver.receive_media(packet, size)
                else:
                    self.counters.drop("unknown_address")
            else:
                self._receive_rare(size, address)
            ioctl(descriptor, FIONREAD, waiting_size)
            if waiting_size == NOTHING_WAITS:
                backlog.emptied(time.monotonic_ns() // 1000)
                return
        backlog.left_over(media, MAX_DATAGRAMS_PER_TURN - media)

    def _receive_rare(self, size: int, address: Address) -> None:
        """All that is not media of a known address."""
        buffer = self._packet.data
        first = buffer[0]
        if not 0 < size <= MAX_DATAGRAM:
            self.counters.drop("datagram_size")
        elif first <= 3:
            self._receive_check(bytes(buffer[:size]), address)
        elif address not in self._by_address:
            self.counters.drop("unknown_address")
        elif 20 <= first <= 63:
            self._by_address[address].receive_dtls(bytes(buffer[:size]))
        else:
            self.counters.drop("unknown_protocol")

    def _receive_check(self, data: bytes, address: Address) -> None:
        try:
            receiver = self._by_fragment.get(claimed_fragment(data))
            if receiver is None:
                self.counters.drop("stun_unknown_username")
                return
            request = parse_binding_request(data)
        except StunMalformed:
            self.counters.drop("stun_malformed")
            return
        owner = self._by_address.get(address)
        if owner is not None and owner is not receiver and owner.is_reached_at(address):
            # Somebody who may check, but from an address that another one's media goes to.
            self.counters.drop("stun_address_taken")
            return
        answer = receiver.receive_check(request, address)
        if answer is None:
            self.counters.drop("stun_unauthenticated")
            return
        self.send(answer, address)
