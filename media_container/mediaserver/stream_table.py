"""Whose is which SSRC on one transport: where packets and feedback go to, and what is reported of them."""

import time
from collections.abc import Callable, Iterator

from mediaserver.consumer import Consumer
from mediaserver.errors import Conflict
from mediaserver.producer import Producer
from mediaserver.received_stream import PacketHandler, ReceivedStream
from mediaserver.rtp.rtcp import (
    MAX_REPORT_BLOCKS,
    FullIntraRequest,
    Nack,
    PictureLossIndication,
    ReceiverReport,
    ReportBlock,
    RtcpPart,
    SenderReport,
    serialize_receiver_report,
)
from mediaserver.rtp.sender_report import PublisherClock
from mediaserver.stream_learning import UnknownStreams

# libsrtp keeps state for every SSRC that it has accepted; browsers use one or a few for their reports.
MAX_RTCP_SENDERS = 64


class StreamTable:
    """The producers and consumers of one transport by their SSRCs."""

    def __init__(self, report_received: Callable[[Consumer, ReportBlock], None]) -> None:
        """`report_received` is told what the browser reports of a consumer, after the consumer itself."""
        # Read for every packet.
        self.handlers: dict[int, PacketHandler] = {}
        self.streams: dict[int, ReceivedStream] = {}
        self.producers: dict[str, Producer] = {}
        self.consumers: dict[int, Consumer] = {}
        self.publisher_clock = PublisherClock()
        self._report_received = report_received
        self._unknown = UnknownStreams()
        self._rtcp_senders: set[int] = set()

    def add_producer(self, producer: Producer) -> None:
        """Route the streams' SSRCs to the producer. Raises Conflict if one of them, or the MID or RID, is in use."""
        known = [ssrc for stream in producer.streams for ssrc in (stream.ssrc, stream.rtx_ssrc) if ssrc is not None]
        if len(set(known)) < len(known) or any(ssrc in self.handlers for ssrc in known):
            raise Conflict("The SSRC is in use")
        if self._unknown.clashes(producer):
            raise Conflict("The MID is in use")
        self.producers[producer.id] = producer
        for stream in producer.streams:
            self._unknown.expect(stream)
            if stream.ssrc is not None:
                self._bind(stream, stream.ssrc)
            if stream.rtx_ssrc is not None:
                self.handlers[stream.rtx_ssrc] = stream.on_rtx

    def remove_producer(self, producer: Producer) -> None:
        """Stop routing to the producer."""
        self.producers.pop(producer.id, None)
        for stream in producer.streams:
            stream.plan_changed()
            self._unknown.forget(stream)
            if stream.ssrc is not None:
                self.streams.pop(stream.ssrc, None)
                self.handlers.pop(stream.ssrc, None)
            if stream.rtx_ssrc is not None:
                self.handlers.pop(stream.rtx_ssrc, None)

    def _bind(self, stream: ReceivedStream, ssrc: int) -> None:
        self.streams[ssrc] = stream
        self.handlers[ssrc] = stream.on_rtp

    # -- streams that are known by their first packets ---------------------------------------------------------------

    def may_learn(self, ssrc: int) -> bool:
        """Whether it is worth decrypting a packet of an SSRC that nobody told."""
        return self._unknown.may_learn(ssrc)

    def learn(self, ssrc: int, packet: bytes) -> PacketHandler | None:
        """Whose the packet of an unknown SSRC is, from its MID, RID or repaired RID; None if it does not say."""
        learnt = self._unknown.learn(ssrc, packet)
        if learnt is None:
            return None
        if learnt.is_rtx:
            learnt.stream.rtx_ssrc = ssrc
            self.handlers[ssrc] = learnt.stream.on_rtx
        else:
            learnt.stream.learn_ssrc(ssrc)
            self._bind(learnt.stream, ssrc)
        return self.handlers[ssrc]

    # -- RTCP --------------------------------------------------------------------------------------------------------

    def accepts_rtcp_from(self, ssrc: int) -> bool:
        """Whether RTCP of this sender may be decrypted; the senders are bounded."""
        if ssrc not in self._rtcp_senders:
            if len(self._rtcp_senders) >= MAX_RTCP_SENDERS:
                return False
            self._rtcp_senders.add(ssrc)
        return True

    def dispatch(self, part: RtcpPart) -> None:
        """Hand one part of a compound to the producer or the consumers that it speaks of."""
        if isinstance(part, SenderReport):
            self._receive_sender_report(part)
            self._receive_reports(part.reports)
        elif isinstance(part, ReceiverReport):
            self._receive_reports(part.reports)
        elif isinstance(part, Nack):
            consumer = self.consumers.get(part.media_ssrc)
            if consumer is not None:
                consumer.receive_nack(part, time.monotonic_ns() // 1000)
        elif isinstance(part, PictureLossIndication):
            self._receive_keyframe_request(part.media_ssrc)
        elif isinstance(part, FullIntraRequest):
            for ssrc, _ in part.requests:
                self._receive_keyframe_request(ssrc)

    def _receive_sender_report(self, report: SenderReport) -> None:
        stream = self.streams.get(report.ssrc)
        if stream is not None:
            self.publisher_clock.sender_report_received(report.ntp_timestamp, time.time_ns() // 1000)
            stream.receive_sender_report(report, time.monotonic_ns() // 1000)

    def _receive_reports(self, blocks: tuple[ReportBlock, ...]) -> None:
        for block in blocks:
            consumer = self.consumers.get(block.ssrc)
            if consumer is not None:
                consumer.receive_report(block, time.time_ns() // 1000)
                self._report_received(consumer, block)

    def _receive_keyframe_request(self, ssrc: int) -> None:
        consumer = self.consumers.get(ssrc)
        if consumer is not None:
            consumer.receive_keyframe_request(time.monotonic_ns() // 1000)

    def reports(self, sender_ssrc: int, now_us: int) -> Iterator[bytes]:
        """Receiver reports of the streams and a sender report of each consumer, where there is something to say."""
        blocks = [block for item in self.streams.values() if (block := item.report_block(now_us)) is not None]
        for first in range(0, len(blocks), MAX_REPORT_BLOCKS):
            yield serialize_receiver_report(sender_ssrc, blocks[first : first + MAX_REPORT_BLOCKS])
        now_unix_us = time.time_ns() // 1000
        for consumer in self.consumers.values():
            report = consumer.sender_report(now_unix_us)
            if report is not None:
                yield report
