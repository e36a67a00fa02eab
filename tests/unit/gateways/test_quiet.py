"""Libraries that print addresses, requests and answers do not do so here, whatever the log's level."""

import logging

import pytest

import app as deployed
from chalicelib.errors import Unavailable
from chalicelib.gateways.aws_client import sending_client
from chalicelib.gateways.media_fleet import HttpMediaFleet
from tests.unit.gateways.conftest import Canned


def test_no_library_prints_where_we_send_what(
    canned: Canned, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "test")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-north-1")
    monkeypatch.setenv("AWS_ENDPOINT_URL", canned.url)
    canned.answer(200, "<PublishResponse><PublishResult><MessageId>1</MessageId></PublishResult></PublishResponse>")
    assert deployed.app.debug is False
    with caplog.at_level(logging.NOTSET):
        with pytest.raises(Unavailable):
            HttpMediaFleet().control(canned.url, "token-of-a-call")
        sending_client("sns").publish(PhoneNumber="+46701740605", Message="Hej Anna")
    assert len(canned.asked) == 2
    assert [record.name for record in caplog.records if record.levelno < logging.WARNING] == []
