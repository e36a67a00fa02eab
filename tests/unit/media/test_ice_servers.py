"""TURN credentials that end by themselves, as coturn's `use-auth-secret` reads them."""

import base64
import hashlib
import hmac

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediaserver.ice_servers import IceServers, TurnService

TURN = TurnService(("turn:turn.example.se", "turns:turn.example.se"), "north-sea-herring", 600)


def test_known_credentials(monkeypatch: pytest.MonkeyPatch) -> None:
    """By openssl: `printf 1790000600:00ff00ff00ff00ff | openssl dgst -sha1 -hmac north-sea-herring -binary | base64`."""
    monkeypatch.setattr("secrets.token_hex", lambda _size: "00ff00ff00ff00ff")
    assert TURN.access(1_790_000_000.9) == {
        "urls": ["turn:turn.example.se", "turns:turn.example.se"],
        "username": "1790000600:00ff00ff00ff00ff",
        "credential": "UNjLbrtqpC7CWXIDBQgpTSFmpeQ=",
    }


@given(st.floats(0, 4e9), st.integers(60, 86_400))
def test_user_name_is_the_time_of_its_end_and_the_credential_is_its_signature(now_s: float, lifetime_s: int) -> None:
    access = TurnService(("turn:a",), "secret of coturn", lifetime_s).access(now_s)
    expires_at, random = access["username"].split(":")
    assert int(expires_at) == int(now_s) + lifetime_s
    assert len(bytes.fromhex(random)) == 8
    signature = hmac.new(b"secret of coturn", access["username"].encode(), hashlib.sha1).digest()
    assert base64.b64decode(access["credential"]) == signature


def test_no_two_browsers_have_the_same_user_name() -> None:
    assert len({TURN.access(0.0)["username"] for _ in range(100)}) == 100


def test_browser_is_told_of_stun_without_and_of_turn_with_credentials() -> None:
    stun = {"urls": "stun:stun.example.se"}
    assert IceServers().for_a_browser() == []
    assert IceServers((stun,)).for_a_browser() == [stun]
    first, second = IceServers((stun,), TURN).for_a_browser()
    assert first == stun
    assert second["urls"] == list(TURN.urls)
    assert set(second) == {"urls", "username", "credential"}


def test_secret_is_not_in_what_is_printed() -> None:
    assert "herring" not in repr(IceServers((), TURN))
