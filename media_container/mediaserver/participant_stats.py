"""What is told about each participant's media when a call has ended: counts and delays, nothing of the content."""

from typing import Any, Protocol

from mediaserver.rtp.quality_score import MeanScore


class ProducerFigures(Protocol):
    """What a producer has counted."""

    @property
    def packets_received(self) -> int:
        """Packets that came."""

    @property
    def packets_lost(self) -> int:
        """Packets that never came."""

    @property
    def jitter_ms(self) -> float:
        """Interarrival jitter (RFC 3550 section 6.4.1)."""


class ConsumerFigures(Protocol):
    """What is known of a stream that went to the participant; the last three by the participant's own reports."""

    @property
    def packets_sent(self) -> int:
        """Packets sent, without those sent again."""

    @property
    def packets_lost(self) -> int:
        """Packets that never came."""

    @property
    def jitter_ms(self) -> float:
        """Interarrival jitter (RFC 3550 section 6.4.1)."""

    @property
    def rtt_ms(self) -> float:
        """Round trip, 0 before it was measured."""


class ParticipantStats:
    """Sums over all connections of one participant; jitter and round trip are the largest seen at a stream's end."""

    def __init__(self, role: str) -> None:
        self.role = role
        # How often the participant came: once, and again after each loss.
        self.connections = 0
        self.packets_received = 0
        self.packets_lost = 0
        self.jitter_ms = 0.0
        self.packets_sent = 0
        self.packets_sent_lost = 0
        self.jitter_sent_ms = 0.0
        self.rtt_ms = 0.0
        self.quality_up = MeanScore()
        self.quality_down = MeanScore()

    def add_producer(self, producer: ProducerFigures) -> None:
        """Add a stream that came from the participant."""
        self.packets_received += producer.packets_received
        self.packets_lost += producer.packets_lost
        self.jitter_ms = max(self.jitter_ms, producer.jitter_ms)

    def add_consumer(self, consumer: ConsumerFigures) -> None:
        """Add a stream that went to the participant."""
        self.packets_sent += consumer.packets_sent
        self.packets_sent_lost += consumer.packets_lost
        self.jitter_sent_ms = max(self.jitter_sent_ms, consumer.jitter_ms)
        self.rtt_ms = max(self.rtt_ms, consumer.rtt_ms)

    def add_quality(self, up: int | None, down: int | None) -> None:
        """Add what the scores are at this moment; called once a second."""
        self.quality_up.add(up)
        self.quality_down.add(down)

    def row(self, participant_id: str) -> dict[str, Any]:
        """As it stands in the last call event."""
        return {
            "id": participant_id,
            "role": self.role,
            "connections": self.connections,
            "packets_received": self.packets_received,
            "packets_lost": self.packets_lost,
            "jitter_ms": round(self.jitter_ms, 1),
            "packets_sent": self.packets_sent,
            "packets_sent_lost": self.packets_sent_lost,
            "jitter_sent_ms": round(self.jitter_sent_ms, 1),
            "rtt_ms": round(self.rtt_ms, 1),
            "quality_up_mean": self.quality_up.mean,
            "quality_up_worst": self.quality_up.worst,
            "quality_down_mean": self.quality_down.mean,
            "quality_down_worst": self.quality_down.worst,
        }
