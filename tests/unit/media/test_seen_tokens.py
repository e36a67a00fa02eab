"""A token is taken once."""

import pytest

from mediaserver import join_token
from mediaserver.errors import TokenRefused
from mediaserver.join_token import SeenTokens


def test_second_use_is_refused_while_the_token_could_live() -> None:
    now_s = [1000.0]
    seen = SeenTokens(lambda: now_s[0])
    seen.take("a", expires_at=1060)
    now_s[0] = 1062.0
    with pytest.raises(TokenRefused, match="token_replayed"):
        seen.take("a", expires_at=1060)


def test_memory_is_given_back_when_tokens_have_died() -> None:
    now_s = [1000.0]
    seen = SeenTokens(lambda: now_s[0])
    for number in range(100):
        seen.take(str(number), expires_at=1060)
    now_s[0] = 1100.0
    seen.take("later", expires_at=1160)
    assert len(seen._forget_at) == 1


def test_memory_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(join_token, "MAX_SEEN_TOKENS", 2)
    seen = SeenTokens(lambda: 1000.0)
    seen.take("a", expires_at=1060)
    seen.take("b", expires_at=1060)
    with pytest.raises(TokenRefused, match="token_memory_full"):
        seen.take("c", expires_at=1060)
