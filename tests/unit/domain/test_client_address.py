"""G5: whoever tries wrong tokens is counted without their address being kept."""

import pytest

from chalicelib.domain.client_address import hashed_address

KEY = b"0123456789abcdef0123456789abcdef"


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("192.0.2.7", "192.0.2.7", True),
        ("192.0.2.7", "192.0.2.8", False),
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("::ffff:192.0.2.7", "192.0.2.7", True),
        ("nonsense", "", True),
    ],
)
def test_one_subscriber_counts_as_one(first: str, second: str, same: bool) -> None:
    assert (hashed_address(KEY, first) == hashed_address(KEY, second)) is same


def test_the_hash_is_keyed() -> None:
    assert hashed_address(KEY, "192.0.2.7") != hashed_address(b"another key", "192.0.2.7")
