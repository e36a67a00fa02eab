"""Nobody waits longer for others than a request lives (API Gateway and Lambda: 29 s)."""

import json

from chalicelib.gateways import aws_client, bankid, freja, oidc, register_http
from chalicelib.services.send_outbox import SWEEP_LASTS
from chalicelib.storage import connection
from local.settings import ROOT

CONFIG = json.loads((ROOT / "functions" / ".chalice" / "config.json").read_text(encoding="utf-8"))
REQUEST_S = CONFIG["lambda_timeout"]


def test_a_database_that_does_not_answer_is_given_up_within_a_request() -> None:
    assert (connection.CONNECT_TIMEOUT_S + connection.READ_TIMEOUT_S) * (1 + connection.RETRIES) < REQUEST_S


def test_others_who_do_not_answer_are_given_up_within_a_request() -> None:
    """e-ID: a cancel and a start; the register: all it may take and the last attempt; OpenID: description, token and keys."""
    for eid in (bankid, freja):
        assert 2 * (eid._CONNECT_TIMEOUT_S + eid._READ_TIMEOUT_S) < REQUEST_S
    last_attempt_s = register_http.CONNECT_TIMEOUT_S + register_http.READ_TIMEOUT_S
    assert register_http.TOTAL_S + last_attempt_s < REQUEST_S
    assert 3 * (oidc._CONNECT_TIMEOUT_S + oidc._READ_TIMEOUT_S) < REQUEST_S


def test_a_sweep_ends_before_its_function_does() -> None:
    """The last message may begin when the sweep's time is over, and takes two attempts of SNS, SES or a media node."""
    last_s = 2 * (aws_client._CONFIG.connect_timeout + aws_client._CONFIG.read_timeout)
    assert SWEEP_LASTS.total_seconds() + last_s < CONFIG["lambda_functions"]["sweep"]["lambda_timeout"]
