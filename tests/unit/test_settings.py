"""Secrets as the functions read them: what could be guessed starts nothing (V5, G5)."""

import pytest

from chalicelib.settings import settings

ENVIRONMENT = {
    "PUBLIC_URL": "https://vardrum.example",
    "ORG_ID": "SE2321000115",
    "LINK_KEY": "l" * 64,
    "PATIENT_KEY": "p" * 64,
    "INTEGRATION_KEY": "i" * 64,
    "JOIN_KEY": "a key in PEM",
    "OIDC_ISSUER": "https://idp.example",
    "OIDC_CLIENT_ID": "vardrum",
    "BANKID_URL": "https://bankid.example",
    "REGISTER_URL": "https://register.example",
    "LIVE_ENDPOINT": "https://live.example",
}


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
        monkeypatch.delenv(f"{name}_FILE", raising=False)


@pytest.mark.parametrize("name", ["LINK_KEY", "PATIENT_KEY", "INTEGRATION_KEY"])
@pytest.mark.parametrize("key", ["", "x" * 31])
def test_a_key_that_is_empty_or_short_starts_nothing(name: str, key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, key)
    with pytest.raises(ValueError, match=name) as refused:
        settings.__wrapped__()
    assert "x" * 31 not in str(refused.value)


def test_an_address_that_would_make_every_sms_longer_than_two_segments_starts_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """B10: the links begin with it."""
    monkeypatch.setenv("PUBLIC_URL", f"https://{'x' * 42}")
    assert settings.__wrapped__().public_url.endswith("x")
    monkeypatch.setenv("PUBLIC_URL", f"https://{'x' * 43}")
    with pytest.raises(ValueError, match="PUBLIC_URL"):
        settings.__wrapped__()


def test_whole_keys_are_taken_and_printed_nowhere() -> None:
    read = settings.__wrapped__()
    assert read.integration_key == b"i" * 64
    assert "i" * 64 not in repr(read)
