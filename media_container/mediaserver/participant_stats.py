"""What is told about each participant's media when a call has ended: counts and delays, nothing of the content."""

from typing import Any, Protocol


class ProducerFigures(Protocol):
    """What a producer has counted."""

    packets_received: int

    @property
    def packets_lost(self) -> int:
        """Packets that never came."""

    @property
    def jitter_ms(self) -> float:
        """Interarrival jitter (RFC 3550 section 6.4.1)."""


class ConsumerFigures(Protocol):
    """What a consumer has counted."""

    packets_sent: int
    rtt_ms: float


class ParticipantStats:
    """Sums over all connections of one participant; jitter and round trip are the largest seen at a stream's end."""

    def __init__(self, role: str) -> None:
        self.role = role
        self.packets_received = 0
        self.packets_lost = 0
        self.packets_sent = 0
        self.jitter_ms = 0.0
        self.rtt_ms = 0.0

    def add_producer(self, producer: ProducerFigures) -> None:
        """Add a stream that came from the participant."""
        self.packets_received += producer.packets_received
        self.packets_lost += producer.packets_lost
        self.jitter_ms = max(self.jitter_ms, producer.jitter_ms)

    def add_consumer(self, consumer: ConsumerFigures) -> None:
        """Add a stream that went to the participant."""
        self.packets_sent += consumer.packets_sent
        self.rtt_ms = max(self.rtt_ms, consumer.rtt_ms)

    def row(self, participant_id: str) -> dict[str, Any]:
        """As it stands in the last call event."""
        return {
            "id": participant_id,
            "role": self.role,
            "packets_received": self.packets_received,
            "packets_lost": self.packets_lost,
            "packets_sent": self.packets_sent,
            "jitter_ms": round(self.jitter_ms, 1),
            "rtt_ms": round(self.rtt_ms, 1),
        }
