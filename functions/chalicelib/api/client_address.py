"""Whose address a request comes from, where CloudFront stands in front of API Gateway (G5: wrong links are counted by it).

API Gateway tells the address of whoever connected to it: behind CloudFront one of its servers, shared by everyone. What
CloudFront says of the viewer is believed only beside the secret that it adds to each request: API Gateway has an address
of its own, where anyone can send any header.
"""

import hmac
from collections.abc import Mapping
from ipaddress import ip_address

SECRET_HEADER = "x-edge-secret"  # noqa: S105 - a header's name


def client_address(headers: Mapping[str, str], connected_from: str, edge_secret: bytes) -> str:
    """`headers` by lower-case names; `connected_from` as API Gateway tells it, and the answer where nothing else is sure.

    The viewer's address is in `CloudFront-Viewer-Address` (`198.51.100.7:46532`, of IPv6 the port follows the last colon)
    when the origin request policy passes it on, else it is the last but one of `X-Forwarded-For`: CloudFront writes it
    there, and API Gateway CloudFront's own behind it. What stands before those two came from the viewer.
    """
    given = headers.get(SECRET_HEADER, "")
    if not edge_secret or not hmac.compare_digest(given.encode(), edge_secret):
        return connected_from
    viewer = headers.get("cloudfront-viewer-address", "").rpartition(":")[0].strip("[]")
    hops = [hop.strip() for hop in headers.get("x-forwarded-for", "").split(",")]
    told = (viewer, hops[-2] if len(hops) > 1 else "")
    return next((each for each in told if _is_address(each)), connected_from)


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True
