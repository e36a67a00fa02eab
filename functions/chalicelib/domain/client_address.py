"""Who knocks, for rate limits: a keyed hash of the network address, so that no address is stored."""

import hashlib
import hmac
from ipaddress import IPv6Address, ip_address


def hashed_address(key: bytes, address: str) -> str:
    """128 bits that stand for the address. Of IPv6 the first 64 bits count: a subscriber has all the rest."""
    return hmac.new(key, f"address\n{_network(address)}".encode(), hashlib.sha256).hexdigest()[:32]


def _network(address: str) -> str:
    """What cannot be read as an address counts as one and the same."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return "unknown"
    if isinstance(parsed, IPv6Address):
        return str(parsed.ipv4_mapped or int(parsed) >> 64)
    return str(parsed)
