"""Messages to open sockets over real HTTP, as API Gateway's management API answers (PostToConnection)."""

import pytest

from chalicelib.errors import Unavailable
from chalicelib.gateways.live_push import ApiGatewayLivePush
from tests.unit.gateways.conftest import Canned


@pytest.fixture(autouse=True)
def aws(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "testing")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-north-1")


def test_the_payload_is_posted_as_it_is(canned: Canned) -> None:
    canned.answer(200, b"")
    assert ApiGatewayLivePush(canned.url).push("c-1=", '{"type":"chat.message","text":"å"}'.encode()) is True
    assert canned.asked == ['{"type":"chat.message","text":"å"}'.encode()]


def test_a_socket_that_is_gone_is_gone_for_good(canned: Canned) -> None:
    canned.answer(410, '{"__type": "GoneException"}')
    assert ApiGatewayLivePush(canned.url).push("c-1", b"{}") is False


@pytest.mark.parametrize(
    ("status", "error"), [(403, "ForbiddenException"), (429, "LimitExceededException"), (500, "Oops")]
)
def test_any_other_refusal_may_pass(canned: Canned, status: int, error: str) -> None:
    canned.answer(status, f'{{"__type": "{error}"}}')
    with pytest.raises(Unavailable) as refused:
        ApiGatewayLivePush(canned.url).push("c-1", b"{}")
    assert refused.value.code == "live_unavailable"


def test_silence_may_pass(closed_port: str) -> None:
    with pytest.raises(Unavailable):
        ApiGatewayLivePush(closed_port).push("c-1", b"{}")
