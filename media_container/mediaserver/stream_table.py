"""Whose is which SSRC on one transport: where packets and feedback go to, and what is reported of them."""

import time
from collections.abc import Callable, Iterator

from mediaserver.consumer import Consumer
from mediaserver.errors import Conflict
from mediaserver.net.packet_buffer import PacketBuffer
from mediaserver.producer import Producer
from mediaserver.rtp.rtcp import (
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

# libsrtp keeps state for every SSRC that it has accepted; browsers use one or a few for their reports.
MAX_RTCP_SENDERS = 64

# (packet, its size, arrival in us)
PacketHandler = Callable[[PacketBuffer, int, int], None]


class StreamTable:
    """The producers and consumers of one transport by their SSRCs."""

    def __init__(self) -> None:
        # Read for every packet.
        self.handlers: dict[int, PacketHandler] = {}
        self.producers: dict[int, Producer] = {}
        self.consumers: dict[int, Consumer] = {}
        self.publisher_clock = PublisherClock()
        self._rtcp_senders: set[int] = set()

    def add_producer(self, producer: Producer) -> None:
        """Route the stream's SSRCs to the producer. Raises Conflict if one of them is in use."""
        mapping = producer.mapping
        ssrcs = [mapping.ssrc] if mapping.rtx_ssrc is None else [mapping.ssrc, mapping.rtx_ssrc]
        if len(set(ssrcs)) < len(ssrcs) or any(ssrc in self.handlers for ssrc in ssrcs):
            raise Conflict("The SSRC is in use")
        self.producers[mapping.ssrc] = producer
        self.handlers[mapping.ssrc] = producer.receive_rtp
        if mapping.rtx_ssrc is not None:
            self.handlers[mapping.rtx_ssrc] = producer.receive_rtx

    def remove_producer(self, producer: Producer) -> None:
        """Stop routing to the producer."""
        self.producers.pop(producer.mapping.ssrc, None)
        self.handlers.pop(producer.mapping.ssrc, None)
        if producer.mapping.rtx_ssrc is not None:
            self.handlers.pop(producer.mapping.rtx_ssrc, None)

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
                consumer.receive_nack(part, time.monotonic_ns() / 1_000_000)
        elif isinstance(part, PictureLossIndication):
            self._receive_keyframe_request(part.media_ssrc)
        elif isinstance(part, FullIntraRequest):
            for ssrc, _ in part.requests:
                self._receive_keyframe_request(ssrc)

    def _receive_sender_report(self, report: SenderReport) -> None:
        producer = self.producers.get(report.ssrc)
        if producer is not None:
            self.publisher_clock.sender_report_received(report.ntp_timestamp, time.time_ns() // 1000)
            producer.receive_sender_report(report, time.monotonic_ns() // 1000)

    def _receive_reports(self, blocks: tuple[ReportBlock, ...]) -> None:
        for block in blocks:
            consumer = self.consumers.get(block.ssrc)
            if consumer is not None:
                consumer.receive_report(block, time.time_ns() // 1000)

    def _receive_keyframe_request(self, ssrc: int) -> None:
        consumer = self.consumers.get(ssrc)
        if consumer is not None:
            consumer.receive_keyframe_request()

    def reports(self, sender_ssrc: int, now_us: int) -> Iterator[bytes]:
        """A receiver report of the producers and a sender report of each consumer, where there is something to say."""
        blocks = [block for item in self.producers.values() if (block := item.report_block(now_us)) is not None]
        if blocks:
            yield serialize_receiver_report(sender_ssrc, blocks)
        now_unix_us = time.time_ns() // 1000
        for consumer in self.consumers.values():
            report = consumer.sender_report(now_unix_us)
            if report is not None:
                yield report
