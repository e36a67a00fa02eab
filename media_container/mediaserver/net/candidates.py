"""The server's own ICE candidates: one for each announced address (RFC 8445 section 5.1.2)."""

from collections.abc import Sequence
from typing import Any

TYPE_PREFERENCE_HOST = 126
HIGHEST_LOCAL_PREFERENCE = 65_535
# 256 minus the component, which is always RTP: RTCP is multiplexed.
COMPONENT_TERM = 255


def host_candidates(ips: Sequence[str], port: int) -> list[dict[str, Any]]:
    """Candidates as mediasoup-client reads them; what stands first is preferred."""
    return [_candidate(index, ip, port) for index, ip in enumerate(ips)]


def _candidate(index: int, ip: str, port: int) -> dict[str, Any]:
    local_preference = HIGHEST_LOCAL_PREFERENCE - index
    return {
        # Candidates of different addresses must not share a foundation (RFC 8445 section 5.1.1.3).
        "foundation": f"udp{index + 1}",
        "priority": TYPE_PREFERENCE_HOST << 24 | local_preference << 8 | COMPONENT_TERM,
        "ip": ip,
        "address": ip,
        "protocol": "udp",
        "port": port,
        "type": "host",
    }
