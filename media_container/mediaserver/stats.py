"""Counters of the node, and how GET /metrics prints them (Prometheus text format 0.0.4). No personal data."""

from collections import defaultdict
from collections.abc import Mapping


class Counters:
    """Counts of one node. The plain integers are added to on the packet path; `drop` and `refuse` name a reason."""

    # By which path packets go.
    hot_path = "python"

    __slots__ = (
        "bytes_received",
        "bytes_sent",
        "dropped",
        "events_sent",
        "keyframe_requests",
        "nacks_sent",
        "packets_received",
        "packets_retransmitted",
        "packets_sent",
        "refused",
    )

    def __init__(self) -> None:
        self.packets_received = 0
        self.packets_sent = 0
        self.bytes_received = 0
        self.bytes_sent = 0
        self.packets_retransmitted = 0
        self.nacks_sent = 0
        self.keyframe_requests = 0
        self.events_sent = 0
        self.dropped: dict[str, int] = defaultdict(int)
        self.refused: dict[str, int] = defaultdict(int)

    def drop(self, reason: str, packets: int = 1) -> None:
        """Count packets that were not used; none is no count."""
        if packets:
            self.dropped[reason] += packets

    def refuse(self, reason: str) -> None:
        """Count a connection, token or request that was refused."""
        self.refused[reason] += 1


_TOTALS = (
    "packets_received",
    "packets_sent",
    "bytes_received",
    "bytes_sent",
    "packets_retransmitted",
    "nacks_sent",
    "keyframe_requests",
    "events_sent",
)


def prometheus_text(counters: Counters, gauges: Mapping[str, float]) -> str:
    """All counters and gauges as Prometheus text."""
    lines: list[str] = []
    for name in _TOTALS:
        lines += [f"# TYPE media_{name}_total counter", f"media_{name}_total {getattr(counters, name)}"]
    lines += _by_reason("dropped", counters.dropped) + _by_reason("refused", counters.refused)
    for name, value in gauges.items():
        lines += [f"# TYPE media_{name} gauge", f"media_{name} {value}"]
    return "\n".join(lines) + "\n"


def _by_reason(name: str, counts: Mapping[str, int]) -> list[str]:
    lines = [f'media_{name}_total{{reason="{reason}"}} {count}' for reason, count in sorted(counts.items())]
    return [f"# TYPE media_{name}_total counter", *lines]
