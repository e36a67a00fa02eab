"""What is known of a participant's connection at this moment, gathered from its transports, producers and consumers."""

import time

from mediaserver.connection_meter import ConnectionFigures, SentFigures
from mediaserver.consumer import Consumer
from mediaserver.downlink import Downlink
from mediaserver.peer import Peer
from mediaserver.producer import Producer


def figures_of(peer: Peer) -> ConnectionFigures:
    """The figures for another sample of a `ConnectionMeter`."""
    now_us = time.monotonic_ns() // 1000
    downlink = _downlink(peer)
    return ConnectionFigures(
        sent=tuple(_sent(producer, now_us) for producer in peer.producers.values()),
        uplink_alive=any(transport.sender.address is not None for transport in peer.transports("send")),
        # Nobody measures the way of what is sent: it is taken to be as long as that of what is received.
        rtt_ms=None if downlink is None else downlink.rtt_ms or None,
        downlink_loss=None if downlink is None else downlink.loss,
        estimate_bps=None if downlink is None else downlink.estimate_bps,
        wanted_bps=0.0 if downlink is None else downlink.wanted_bps,
        downlink_jitter_ms=max((each.jitter_ms for each in peer.consumers if _is_sounding(each)), default=None),
        limited_by_cpu=peer.limited_by == "cpu",
    )


def _downlink(peer: Peer) -> Downlink | None:
    """That of the newest transport for receiving, once the participant has told anything of it."""
    for transport in reversed(peer.transports("recv")):
        if transport.downlink is not None and transport.downlink.known:
            return transport.downlink
    return None


def _sent(producer: Producer, now_us: int) -> SentFigures:
    receptions = [stream.reception for stream in producer.streams]
    return SentFigures(
        producer_id=producer.id,
        source=producer.source,
        paused=producer.paused,
        packets_received=producer.packets_received,
        packets_expected=sum(reception.packets_expected for reception in receptions),
        # Before the repair by RTX: it is the network that is judged.
        packets_lost=sum(reception.packets_lost for reception in receptions),
        jitter_ms=producer.jitter_ms,
        layers=tuple(stream.is_active(now_us) for stream in producer.streams),
    )


def _is_sounding(consumer: Consumer) -> bool:
    """Whether its jitter tells of the network: a picture's packets leave in bursts."""
    return consumer.kind == "audio" and consumer.layer is not None
