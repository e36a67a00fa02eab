"""One ICE-lite + DTLS-SRTP association with a browser, which sends or receives on it."""

import secrets
import struct
import time
from collections.abc import Callable
from typing import Any, Protocol

from mediaserver.consumer import Consumer
from mediaserver.downlink import Downlink, LayerListener
from mediaserver.errors import Conflict
from mediaserver.net.dtls_srtp import DtlsFailed, DtlsSrtp, SrtpKeys, drop_reason
from mediaserver.net.ice_lite import IceCredentials, IceLite
from mediaserver.net.packet_buffer import PacketBuffer
from mediaserver.net.stun import Address, BindingRequest
from mediaserver.producer import Producer
from mediaserver.rtp.errors import RtcpError
from mediaserver.rtp.packet_budget import PacketBudget
from mediaserver.rtp.round_trip import RoundTrip
from mediaserver.rtp.rtcp import ReportBlock, TransportFeedback, parse
from mediaserver.rtp_parameters import Direction, DtlsParameters
from mediaserver.stream_table import StreamTable
from mediaserver.ticker import Urgent
from mediaserver.transport_context import TransportContext

_read_uint32 = struct.Struct("!I").unpack_from

REPORT_INTERVAL_US = 1_000_000
# Version 2, format 15 of RTPFB (draft-holmer-rmcat-transport-wide-cc-extensions-01 section 3.1), padded or not.
TRANSPORT_FEEDBACK_HEADS = (b"\x8f\xcd", b"\xaf\xcd")
# Of one browser; it comes every 50-100 ms.
MAX_FEEDBACK_WAITING = 4
# Of one browser, for lost packets: half of what a camera in three layers sends.
MAX_ASKED_PER_S, MAX_ASKED_AT_ONCE = 250.0, 512


class TransportListener(LayerListener, Protocol):
    """The peer, as its transports see it."""

    def transport_closed(self, transport: "WebRtcTransport") -> None:
        """The transport ended by itself."""


class WebRtcTransport:
    """The server's end of one RTCPeerConnection."""

    def __init__(self, context: TransportContext, direction: Direction, listener: TransportListener) -> None:
        self.id = f"t_{secrets.token_hex(8)}"
        self.direction = direction
        self.streams = StreamTable(self._receive_report)
        self._context = context
        self._counters = context.counters
        self._listener = listener
        self._ice = IceLite()
        self._dtls = DtlsSrtp(context.certificate, self._send_dtls)
        self.receiver = context.hot_path.receiver(self, context)
        self.sender = context.hot_path.sender(context)
        self.path = self.sender.path
        self.send_numbered: Callable[[PacketBuffer, int, int], int] = self.sender.send_numbered
        self.send_unnumbered: Callable[[PacketBuffer, int, int], int] = self.sender.send_unnumbered
        self.send_rtcp: Callable[[bytes], None] = self.sender.send_rtcp
        # Shares out what the browser can receive; None where the browser sends.
        self.downlink = Downlink(self, self.streams.consumers, listener) if direction == "recv" else None
        self._connecting = False
        self._closed = False
        self._handlers = self.streams.handlers
        self.record_arrival: Callable[[tuple[int, int]], None] = self.receiver.arrivals.record
        self._feedback_ssrc = secrets.randbits(32)
        # Compounds that begin with transport-wide feedback, and when they came.
        self._feedback: list[tuple[bytes, int]] = []
        self._asks = PacketBudget(MAX_ASKED_PER_S, MAX_ASKED_AT_ONCE)
        self.round_trip = RoundTrip()
        self._reported_at_us = 0
        self._next_mid = 0
        context.udp.add_fragment(self._ice.credentials.username_fragment, self)
        context.ticker.add(self)

    # -- signalling ------------------------------------------------------------------------------------------------

    def describe(self) -> dict[str, Any]:
        """ICE and DTLS parameters for the browser."""
        fingerprint = {"algorithm": "sha-256", "value": self._context.certificate.sha256_fingerprint}
        return {
            "id": self.id,
            "iceParameters": self._ice_parameters(),
            "iceCandidates": self._context.candidates,
            "dtlsParameters": {"role": "auto", "fingerprints": [fingerprint]},
        }

    def restart_ice(self) -> dict[str, Any]:
        """New ICE credentials; media goes on to the old address until the browser has checked with the new ones."""
        self._forget(self._ice.restart())
        self._context.udp.add_fragment(self._ice.credentials.username_fragment, self)
        return {"iceParameters": self._ice_parameters(), "iceServers": self._context.ice_servers.for_a_browser()}

    def _forget(self, credentials: IceCredentials | None) -> None:
        if credentials is not None:
            self._context.udp.remove_fragment(credentials.username_fragment)

    def connect(self, parameters: DtlsParameters) -> None:
        """Take the browser's fingerprints and begin the handshake. Raises Conflict the second time."""
        if self._connecting:
            raise Conflict("The transport is connected already")
        self._connecting = True
        self._context.spawn(self._handshake([(print_.algorithm, print_.value) for print_ in parameters.fingerprints]))

    def _ice_parameters(self) -> dict[str, Any]:
        credentials = self._ice.credentials
        return {
            "usernameFragment": credentials.username_fragment,
            "password": credentials.password,
            "iceLite": True,
        }

    async def _handshake(self, fingerprints: list[tuple[str, str]]) -> None:
        try:
            inbound, outbound = await self._dtls.handshake(fingerprints)
        except DtlsFailed:
            if not self._closed:
                self._counters.refuse("dtls_failed")
                self._listener.transport_closed(self)
            return
        if not self._closed:
            self.receiver.keys, self.sender.keys = inbound, outbound
            self._dtls.on_closed(self._ended_by_browser)
            self._update_address()

    def _ended_by_browser(self) -> None:
        if not self._closed:
            self._listener.transport_closed(self)

    # -- producers and consumers -----------------------------------------------------------------------------------

    def remove_producer(self, producer: Producer) -> None:
        """Stop routing to the producer."""
        self.streams.remove_producer(producer)
        for stream in producer.streams:
            self._context.ticker.forget(stream.repair)

    def next_mid(self) -> str:
        """A MID that no other consumer of this transport has."""
        mid = str(self._next_mid)
        self._next_mid += 1
        return mid

    def add_consumer(self, consumer: Consumer) -> None:
        """Feedback about the consumer's SSRC goes to it from now on."""
        self.streams.consumers[consumer.ssrc] = consumer
        consumer.set_transport_ready(self.sender.address is not None)
        self.wishes_changed(consumer)

    def remove_consumer(self, consumer: Consumer) -> None:
        """Forget the consumer."""
        self.streams.consumers.pop(consumer.ssrc, None)
        consumer.set_transport_ready(False)
        if self.downlink is not None:
            self.downlink.wishes_changed(consumer)

    def wishes_changed(self, consumer: Consumer) -> None:
        """What the browser wants of a stream is another."""
        if self.downlink is not None:
            self.downlink.wishes_changed(consumer)

    def layer_changed(self, consumer: Consumer) -> None:
        """From now on another layer is sent."""
        if self.downlink is not None:
            self.downlink.layer_changed(consumer)

    def askable(self, packets: int, now_us: int) -> int:
        """For how many of so many lost packets the browser may be asked now."""
        return self._asks.take(packets, now_us)

    @property
    def is_overloaded(self) -> bool:
        """Whether the node throws packets away."""
        return self._context.udp.is_overloaded

    def hurry(self, member: Urgent) -> None:
        """A stream misses packets or a keyframe."""
        if not self._closed:
            self._context.ticker.hurry(member)

    # -- receiving -------------------------------------------------------------------------------------------------

    def receive_check(self, request: BindingRequest, address: Address) -> bytes | None:
        """Answer an ICE check, or None if it is not signed with this transport's password."""
        credentials = self._ice.signed_with(request)
        if credentials is None:
            return None
        if request.claims_controlled:
            return request.role_conflict(credentials.password)
        displaced = self._ice.accept(request, address, _now_ms())
        if displaced is not None:
            self._context.udp.remove_address(displaced, self)
        self._context.udp.add_address(address, self)
        self._forget(self._ice.end_restart(request, credentials))
        self._update_address()
        return request.success(address, credentials.password)

    def is_reached_at(self, address: Address) -> bool:
        """Whether this is where the browser receives."""
        return address == self._ice.selected and self._ice.has_consent(_now_ms())

    def receive_dtls(self, data: bytes) -> None:
        """Take in a DTLS datagram; some may come before `connect`."""
        if not self._dtls.receive(data):
            self._counters.drop("dtls_queue_full")

    def receive_media(self, packet: PacketBuffer, size: int) -> None:
        """Decrypt a packet once and hand it to whom it is for."""
        inbound = self.receiver.keys
        if inbound is None:
            self._counters.drop("media_before_dtls")
            return
        data = packet.data
        if 192 <= data[1] <= 223:
            self._receive_rtcp(inbound, packet, size)
            return
        handler = self._handlers.get(_read_uint32(data, 8)[0])
        if handler is None:
            self._receive_unknown(inbound, packet, size)
            return
        length = inbound.length
        length[0] = size
        status = inbound.rtp(packet.pointer, length)
        if status:
            self._counters.drop(drop_reason(status))
            return
        size = length[0]
        counters = self._counters
        counters.packets_received += 1
        counters.bytes_received += size
        handler(packet, size, time.monotonic_ns() // 1000)

    def _receive_unknown(self, inbound: SrtpKeys, packet: PacketBuffer, size: int) -> None:
        """The first packets of a stream whose SSRC nobody told say whose they are."""
        ssrc = int.from_bytes(packet.data[8:12], "big")
        if not self.streams.may_learn(ssrc):
            self._counters.drop("ssrc_unknown")
            return
        inbound.length[0] = size
        status = inbound.rtp(packet.pointer, inbound.length)
        if status:
            self._counters.drop(drop_reason(status))
            return
        size = inbound.length[0]
        self._counters.packets_received += 1
        self._counters.bytes_received += size
        handler = self.streams.learn(ssrc, bytes(packet.view[:size]))
        if handler is None:
            self._counters.drop("ssrc_untold")
            return
        handler(packet, size, time.monotonic_ns() // 1000)

    def _receive_rtcp(self, inbound: SrtpKeys, packet: PacketBuffer, size: int) -> None:
        if not self.streams.accepts_rtcp_from(int.from_bytes(packet.data[4:8], "big")):
            self._counters.drop("rtcp_senders")
            return
        inbound.length[0] = size
        status = inbound.rtcp(packet.pointer, inbound.length)
        if status:
            self._counters.drop(drop_reason(status))
            return
        compound = bytes(packet.view[: inbound.length[0]])
        if compound.startswith(TRANSPORT_FEEDBACK_HEADS):
            self._put_off(compound)
        else:
            self._take_compound(compound, time.monotonic_ns() // 1000)

    def _put_off(self, compound: bytes) -> None:
        """Feedback is taken in between packets: it is the dearest of all that comes. Who sends too much of it loses it."""
        if len(self._feedback) >= MAX_FEEDBACK_WAITING:
            self._counters.drop("feedback_too_many")
            return
        self._feedback.append((compound, time.monotonic_ns() // 1000))
        if len(self._feedback) == 1:
            self._context.ticker.turns.put(self._take_feedback)

    def _take_feedback(self) -> None:
        feedback, self._feedback = self._feedback, []
        for compound, arrived_us in feedback:
            if not self._closed:
                self._take_compound(compound, arrived_us)

    def _take_compound(self, compound: bytes, arrived_us: int) -> None:
        try:
            parts = parse(compound)
        except RtcpError:
            self._counters.drop("rtcp_malformed")
            return
        for part in parts:
            if not isinstance(part, TransportFeedback):
                self.streams.dispatch(part)
            elif self.downlink is not None:
                self.downlink.transport_feedback(part, arrived_us)
                self.receiver.heard_feedback(part.sender_ssrc, self.path)

    def _receive_report(self, consumer: Consumer, block: ReportBlock) -> None:
        if self.downlink is not None:
            self.downlink.report_block(consumer, block)

    # -- sending ---------------------------------------------------------------------------------------------------

    @property
    def rtt_ms(self) -> float:
        """The shortest round trip that the browser's reports tell of, 0 before the first."""
        return min((consumer.rtt_ms for consumer in self.streams.consumers.values() if consumer.rtt_ms), default=0.0)

    def repairable(self, packets: int, now_us: int) -> int:
        """How many of so many lost packets of a picture there is room to send again."""
        return packets if self.downlink is None else self.downlink.repairable(packets, now_us)

    def send_probe(self, size: int) -> int:
        """Send a packet of padding, to see whether there is room for it; its size, 0 if no stream can carry it."""
        now_us = time.monotonic_ns() // 1000
        for consumer in self.streams.consumers.values():
            sent = consumer.sent.send_padding(size, now_us)
            if sent:
                return sent
        return 0

    def _send_dtls(self, data: bytes) -> None:
        if self._ice.selected is not None and self._ice.has_consent(_now_ms()):
            self._context.udp.send(data, self._ice.selected)

    def tick(self, now_us: int) -> None:
        """Called every 100 ms: feedback every time or every other one; reports every second."""
        if self.sender.keys is None:
            return
        for stream in self.streams.streams.values():
            stream.tick(now_us)
        if self.sender.address is not None and not self._ice.has_consent(now_us / 1000):
            self._counters.drop("consent_expired")
            self._set_address(None)
        if now_us - self._reported_at_us >= REPORT_INTERVAL_US:
            self._reported_at_us = now_us
            for report in self.streams.reports(self._feedback_ssrc, now_us):
                self.send_rtcp(report)
        media_ssrc = next(iter(self.streams.streams), 0)
        for feedback in self.receiver.arrivals.due_feedback(self._feedback_ssrc, media_ssrc, now_us):
            self.send_rtcp(feedback)
        if self.downlink is not None:
            self.downlink.tick(now_us)

    def _update_address(self) -> None:
        if self.sender.keys is not None and self.sender.address != self._ice.selected:
            self._set_address(self._ice.selected)

    def _set_address(self, address: Address | None) -> None:
        """Consumers flow while there is an address."""
        for consumer in self.streams.consumers.values():
            consumer.address_changes()
        self.sender.move_to(address)
        for consumer in self.streams.consumers.values():
            consumer.set_transport_ready(address is not None)

    # -- the end ---------------------------------------------------------------------------------------------------

    def close(self) -> None:
        """End the association and forget all addresses. Again is harmless."""
        if self._closed:
            return
        self._closed = True
        self._context.transports_closed += 1
        self._set_address(None)
        self._context.ticker.remove(self)
        self._forget(self._ice.credentials)
        self._forget(self._ice.previous)
        for address in self._ice.addresses:
            self._context.udp.remove_address(address, self)
        self.receiver.close()
        self.sender.keys = None
        self._context.spawn(self._dtls.close())


def _now_ms() -> float:
    return time.monotonic_ns() / 1_000_000
