"""Freja eID, against the simulator and against answers as its documentation has them (G6)."""

import base64
import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import httpx
import pytest

from chalicelib.domain.eid import EidOrder, EidRequest, EidResult
from chalicelib.domain.identity_number import IdentityNumber
from chalicelib.errors import EidUnavailable
from chalicelib.gateways.freja import FrejaEid
from local.keys import ensure_keys
from local.simulators.freja_orders import REQUESTS
from tests.unit.gateways.conftest import Canned, Simulators

ANNA = IdentityNumber("194408139089")
BO = IdentityNumber("195711212893")
NOBODY = IdentityNumber("191212121212")
REQUEST = EidRequest(ANNA, "192.0.2.7", "Region Halland")
ORDER = EidOrder("ref-1", "ref-1", "", "", 0.0, "freja")


@pytest.fixture
def freja(simulators: Simulators, tmp_path: Path) -> Iterator[FrejaEid]:
    certificate = ensure_keys(tmp_path / "keys").freja_certificate
    with closing(FrejaEid(f"{simulators.url}/freja/rp", str(certificate))) as gateway:
        yield gateway


@pytest.fixture
def told(canned: Canned, tmp_path: Path) -> Iterator[FrejaEid]:
    """A gateway to the server that answers as told."""
    certificate = ensure_keys(tmp_path / "keys").freja_certificate
    with closing(FrejaEid(canned.url, str(certificate), clock=lambda: 1_790_000_000.0)) as gateway:
        yield gateway


def answer_in_app(simulators: Simulators, order: EidOrder, number: IdentityNumber, button: str = "approve") -> int:
    form = {"transactionReference": order.auto_start_token, "person": number.digits, "answer": button}
    return httpx.post(f"{simulators.url}/freja/app", data=form).status_code


def test_the_person_asked_for_approves_and_is_named_by_the_signature(freja: FrejaEid, simulators: Simulators) -> None:
    order = freja.start(REQUEST)
    assert freja.collect(order) == EidResult("pending", "STARTED")
    assert httpx.get(f"{simulators.url}/freja/app?transactionReference={order.auto_start_token}").status_code == 200
    assert freja.collect(order) == EidResult("pending", "DELIVERED_TO_MOBILE")
    assert answer_in_app(simulators, order, ANNA) == 200
    assert freja.collect(order) == EidResult("complete", "APPROVED", ANNA)


def test_it_does_not_come_up_in_another_persons_app(freja: FrejaEid, simulators: Simulators) -> None:
    order = freja.start(REQUEST)
    assert answer_in_app(simulators, order, BO) == 403
    assert freja.collect(order).status == "pending"


def test_who_declines_has_cancelled(freja: FrejaEid, simulators: Simulators) -> None:
    order = freja.start(REQUEST)
    answer_in_app(simulators, order, ANNA, "decline")
    assert freja.collect(order) == EidResult("failed", "CANCELED")


def test_what_nobody_answers_in_two_minutes_expires_also_for_a_number_that_freja_does_not_know(
    freja: FrejaEid, simulators: Simulators
) -> None:
    order = freja.start(EidRequest(NOBODY, "192.0.2.7"))
    simulators.app[REQUESTS].find(order.order_ref).created_at -= 121
    assert freja.collect(order) == EidResult("failed", "EXPIRED")


def test_a_cancelled_request_is_over_and_cancelling_again_is_no_error(freja: FrejaEid, simulators: Simulators) -> None:
    order = freja.start(REQUEST)
    freja.cancel(order)
    freja.cancel(order)
    assert freja.collect(order) == EidResult("failed", "RP_CANCELED")
    assert answer_in_app(simulators, order, ANNA) == 404


def test_a_second_request_of_one_person_cancels_both(freja: FrejaEid) -> None:
    first = freja.start(REQUEST)
    with pytest.raises(EidUnavailable) as caught:
        freja.start(REQUEST)
    assert caught.value.code == "eid_already_in_progress"
    assert freja.collect(first) == EidResult("failed", "REJECTED")
    assert freja.collect(freja.start(REQUEST)).status == "pending"


def test_a_request_that_freja_has_forgotten_has_expired(freja: FrejaEid) -> None:
    assert freja.collect(ORDER) == EidResult("failed", "EXPIRED")
    freja.cancel(ORDER)


def test_the_question_names_exactly_that_person_at_level_plus(canned: Canned, told: FrejaEid) -> None:
    canned.answer(200, '{"authRef": "ref-1"}')
    order = told.start(REQUEST)
    name, _, value = canned.asked[0].decode().partition("=")
    question = json.loads(base64.b64decode(value, validate=True))
    user = json.loads(base64.b64decode(question.pop("userInfo"), validate=True))
    assert (name, user) == ("initAuthRequest", {"country": "SE", "ssn": "194408139089"})
    assert question == {
        "userInfoType": "SSN",
        "minRegistrationLevel": "PLUS",
        "attributesToReturn": [{"attribute": "SSN"}, {"attribute": "REGISTRATION_LEVEL"}],
    }
    assert (order.order_ref, order.provider, order.qr_start_token) == ("ref-1", "freja", "")


@pytest.mark.parametrize(
    ("code", "problem"),
    [
        (0, "eid_unavailable"),
        (1002, "eid_refused"),
        (1005, "freja_not_found"),
        (1012, "freja_not_found"),
        (2000, "eid_already_in_progress"),
    ],
)
def test_a_refusal_is_told_by_its_code_and_not_in_freja_s_words(
    canned: Canned, told: FrejaEid, code: int, problem: str
) -> None:
    canned.answer(422, json.dumps({"code": code, "message": "194408139089"}))
    with pytest.raises(EidUnavailable) as caught:
        told.start(REQUEST)
    assert caught.value.code == problem
    assert "194408139" not in str(caught.value)


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (200, ""),
        (200, "<html>"),
        (200, "[]"),
        (200, "{}"),
        (200, '{"status": 7}'),
        (200, '{"status": "APPROVED"}'),
        (200, '{"status": "APPROVED", "details": "a.b.c"}'),
        (200, f'{{"status": "STARTED", "x": "{"x" * 300_000}"}}'),
        (500, "<html>down</html>"),
        (422, '{"code": "1100"}'),
        (302, ""),
    ],
)
def test_any_other_answer_is_unavailable(canned: Canned, told: FrejaEid, status: int, body: str) -> None:
    canned.answer(status, body)
    with pytest.raises(EidUnavailable) as caught:
        told.collect(ORDER)
    assert caught.value.__suppress_context__ or caught.value.__cause__ is None


def test_a_status_that_is_not_known_has_failed(canned: Canned, told: FrejaEid) -> None:
    canned.answer(200, '{"status": "A_STATUS_OF_TOMORROW"}')
    assert told.collect(ORDER) == EidResult("failed", "A_STATUS_OF_TOMORROW")


def test_no_answer_at_all_is_unavailable(closed_port: str, tmp_path: Path) -> None:
    certificate = ensure_keys(tmp_path / "keys").freja_certificate
    with closing(FrejaEid(closed_port, str(certificate))) as gateway, pytest.raises(EidUnavailable):
        gateway.start(REQUEST)


@pytest.mark.parametrize("content", [None, "", "no certificate"])
def test_without_certificates_to_check_by_nobody_is_asked_to_approve(
    canned: Canned, tmp_path: Path, content: str | None
) -> None:
    path = tmp_path / "signing.pem"
    if content is not None:
        path.write_text(content)
    with closing(FrejaEid(canned.url, str(path))) as gateway, pytest.raises(EidUnavailable):
        gateway.start(REQUEST)
    assert canned.asked == []


def test_our_certificate_and_freja_s_root_are_loaded_for_mutual_tls(canned: Canned, tmp_path: Path) -> None:
    """A pair that does not belong together cannot be loaded, so nothing is sent."""
    keys = ensure_keys(tmp_path / "keys")
    wrong = (str(keys.freja_certificate), str(keys.join_private))
    root = str(keys.freja_certificate)
    with (
        closing(FrejaEid(canned.url, root, certificate=wrong, server_ca=root)) as gateway,
        pytest.raises(EidUnavailable),
    ):
        gateway.start(REQUEST)
    assert canned.asked == []
