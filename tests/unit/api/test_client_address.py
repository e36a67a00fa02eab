"""G5: whose wrong links are counted, behind CloudFront and without it."""

import pytest

from chalicelib.api.client_address import client_address

SECRET = b"between CloudFront and us"
EDGE, VIEWER, MADE_UP = "130.176.1.2", "198.51.100.7", "203.0.113.9"


def _address(headers: dict[str, str], secret: bytes = SECRET) -> str:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return client_address(named, EDGE, secret)


@pytest.mark.parametrize(
    ("told", "address"),
    [
        (f"{VIEWER}:46532", VIEWER),
        ("2001:db8:85a3::8a2e:370:7334:46532", "2001:db8:85a3::8a2e:370:7334"),
        ("[2001:db8::1]:443", "2001:db8::1"),
    ],
)
def test_cloudfront_tells_the_viewers_address(told: str, address: str) -> None:
    given = {"x_edge_secret": SECRET.decode(), "cloudfront_viewer_address": told}
    assert _address({**given, "x_forwarded_for": f"{MADE_UP}, {EDGE}"}) == address


def test_else_the_hop_that_cloudfront_wrote_counts_whatever_the_viewer_put_before_it() -> None:
    hops = f"{MADE_UP}, {MADE_UP}, {VIEWER}, {EDGE}"
    assert _address({"x_edge_secret": SECRET.decode(), "x_forwarded_for": hops}) == VIEWER


@pytest.mark.parametrize("secret", ["", "wrong", "ö"])
def test_without_the_secret_nothing_that_is_said_is_believed(secret: str) -> None:
    """Who goes around CloudFront could otherwise have a new address for each guess."""
    told = {"cloudfront_viewer_address": f"{MADE_UP}:1", "x_forwarded_for": f"{MADE_UP}, {EDGE}"}
    assert _address({"x_edge_secret": secret, **told}) == EDGE
    assert _address({"x_edge_secret": secret, **told}, b"") == EDGE


@pytest.mark.parametrize("nonsense", ["", "x", ":", "198.51.100.7", "a:1"])
def test_nonsense_leaves_the_address_of_the_connection(nonsense: str) -> None:
    given = {"cloudfront_viewer_address": nonsense, "x_forwarded_for": nonsense}
    assert _address({"x_edge_secret": SECRET.decode(), **given}) == EDGE
