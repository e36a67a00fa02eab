"""BankID, against the simulator and against answers as its documentation has them (G6)."""

import base64
import json
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Address
from pathlib import Path

import bankid as pybankid
import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from chalicelib.domain.bankid_qr import qr_text
from chalicelib.domain.eid import EidOrder, EidRequest, EidResult
from chalicelib.domain.identity_number import IdentityNumber
from chalicelib.errors import EidUnavailable
from chalicelib.gateways.bankid import BankId
from local.settings import ROOT
from local.simulators.bankid_orders import ORDERS
from tests.unit.gateways.conftest import Canned, Simulators

ANNA = IdentityNumber("194408139089")
BO = IdentityNumber("195711212893")
CONTRACT = json.loads((ROOT / "tests" / "contracts" / "bankid_texts.json").read_text(encoding="utf-8"))
CERTIFICATES = Path(pybankid.__file__).parent / "certs"
ORDER = EidOrder("131daac9-16c6-4618-beb0-365768f37288", "", "", "", 0.0)


@pytest.fixture
def bankid(simulators: Simulators) -> Iterator[BankId]:
    with closing(BankId(f"{simulators.url}/bankid/rp/v6.0")) as gateway:
        yield gateway


@pytest.fixture
def told(canned: Canned) -> Iterator[BankId]:
    """A gateway to the server that answers as told."""
    with closing(BankId(canned.url, clock=lambda: 1_790_000_000.0)) as gateway:
        yield gateway


def answer_in_app(
    simulators: Simulators, order: EidOrder, number: IdentityNumber, button: str = "approve"
) -> httpx.Response:
    form = {"autostarttoken": order.auto_start_token, "redirect": "null", "person": number.digits, "answer": button}
    return httpx.post(f"{simulators.url}/bankid/app", data=form)


def scan(simulators: Simulators, text: str) -> httpx.Response:
    return httpx.post(f"{simulators.url}/bankid/scan", data={"qr": text})


def test_the_right_person_completes_the_order(bankid: BankId, simulators: Simulators) -> None:
    order = bankid.start(EidRequest(ANNA, "192.0.2.7"))
    assert bankid.collect(order) == EidResult("pending", "outstandingTransaction")
    opened = scan(simulators, qr_text(order, time.time()))
    assert httpx.get(simulators.url + opened.headers["Location"]).status_code == 200
    assert bankid.collect(order) == EidResult("pending", "userSign")
    answer_in_app(simulators, order, ANNA)
    assert bankid.collect(order) == EidResult("complete", "", ANNA)


def test_another_persons_bankid_fails_the_order(bankid: BankId, simulators: Simulators) -> None:
    order = bankid.start(EidRequest(ANNA, "192.0.2.7"))
    refused = answer_in_app(simulators, order, BO)
    assert refused.status_code == 403
    assert "väntar på en annan person" in refused.text
    assert bankid.collect(order) == EidResult("failed", "certificateErr")


def test_who_presses_cancel_in_the_app_has_refused(bankid: BankId, simulators: Simulators) -> None:
    order = bankid.start(EidRequest(ANNA, "2001:db8::7"))
    answer_in_app(simulators, order, ANNA, "refuse")
    assert bankid.collect(order) == EidResult("failed", "userCancel")


def test_an_order_that_nobody_opens_in_30_seconds_has_failed_to_start(simulators: Simulators, bankid: BankId) -> None:
    order = bankid.start(EidRequest(ANNA, "192.0.2.7"))
    simulators.app[ORDERS].find(order.order_ref).created_at -= 31
    assert bankid.collect(order) == EidResult("failed", "startFailed")
    assert scan(simulators, qr_text(order, time.time())).status_code == 404


def test_an_order_that_is_open_but_not_approved_in_120_seconds_expires(simulators: Simulators, bankid: BankId) -> None:
    order = bankid.start(EidRequest(ANNA, "192.0.2.7"))
    simulators.app[ORDERS].open_in_app(order.auto_start_token).created_at -= 121
    assert bankid.collect(order) == EidResult("failed", "expiredTransaction")


def test_a_cancelled_order_is_over_and_cancelling_again_is_no_error(bankid: BankId, simulators: Simulators) -> None:
    order = bankid.start(EidRequest(ANNA, "192.0.2.7"))
    bankid.cancel(order)
    bankid.cancel(order)
    assert bankid.collect(order) == EidResult("failed", "cancelled")
    assert answer_in_app(simulators, order, ANNA).status_code == 404


def test_a_second_order_of_one_person_aborts_the_first(bankid: BankId) -> None:
    first = bankid.start(EidRequest(ANNA, "192.0.2.7"))
    with pytest.raises(EidUnavailable) as caught:
        bankid.start(EidRequest(ANNA, "192.0.2.7"))
    assert caught.value.code == "eid_already_in_progress"
    assert bankid.collect(first) == EidResult("failed", "cancelled")
    assert bankid.collect(bankid.start(EidRequest(ANNA, "192.0.2.7"))).status == "pending"


def test_orders_of_two_people_do_not_meet(bankid: BankId, simulators: Simulators) -> None:
    anna, bo = bankid.start(EidRequest(ANNA, "192.0.2.7")), bankid.start(EidRequest(BO, "192.0.2.8"))
    answer_in_app(simulators, bo, BO)
    assert bankid.collect(bo).number == BO
    assert bankid.collect(anna).status == "pending"


def test_a_forged_qr_code_opens_nothing(bankid: BankId, simulators: Simulators) -> None:
    order = bankid.start(EidRequest(ANNA, "192.0.2.7"))
    genuine = qr_text(order, time.time())
    for text in ("", "bankid", genuine[:-1] + ("0" if genuine[-1] != "0" else "1"), qr_text(order, time.time() + 20)):
        assert scan(simulators, text).status_code == 404
    assert bankid.collect(order).hint_code == "outstandingTransaction"


def test_a_mistaken_address_of_the_user_is_an_error_without_details(bankid: BankId) -> None:
    with pytest.raises(EidUnavailable) as caught:
        bankid.start(EidRequest(ANNA, "not an address"))
    assert ANNA.digits not in str(caught.value)


def test_the_question_demands_exactly_that_person(canned: Canned, told: BankId) -> None:
    canned.answer(200, json.dumps(dict.fromkeys(("orderRef", "autoStartToken", "qrStartToken", "qrStartSecret"), "x")))
    order = told.start(EidRequest(ANNA, "192.0.2.7"))
    assert json.loads(canned.asked[0]) == {
        "endUserIp": "192.0.2.7",
        "requirement": {"personalNumber": "194408139089"},
    }
    assert order.started_at == 1_790_000_000.0


def test_the_app_is_told_what_to_show_and_where_to_go(canned: Canned, told: BankId) -> None:
    """RP API v6.0, /auth: `userVisibleData` is base64 over UTF-8."""
    canned.answer(200, json.dumps(dict.fromkeys(("orderRef", "autoStartToken", "qrStartToken", "qrStartSecret"), "x")))
    told.start(EidRequest(ANNA, "192.0.2.7", "Vård i Halland", "https://vardrum.example/b#bankid"))
    question = json.loads(canned.asked[0])
    assert base64.b64decode(question["userVisibleData"]).decode() == "Vård i Halland"
    assert question["returnUrl"] == "https://vardrum.example/b#bankid"


def test_the_app_shows_it_and_goes_there_whatever_the_start_link_says(bankid: BankId, simulators: Simulators) -> None:
    home = f"http://localhost:{simulators.url.rpartition(':')[2]}/phone/"
    order = bankid.start(EidRequest(ANNA, "192.0.2.7", "Region <Halland>", home))
    app = httpx.get(f"{simulators.url}/bankid/app", params={"autostarttoken": order.auto_start_token})
    assert "Region &lt;Halland&gt;" in app.text
    form = {"autostarttoken": order.auto_start_token, "redirect": "https://evil.example/", "answer": "approve"}
    answer = httpx.post(f"{simulators.url}/bankid/app", data=form | {"person": ANNA.digits})
    assert answer.headers["Location"] == home


@pytest.mark.parametrize("row", CONTRACT["errors"])
def test_each_error_of_bankids_is_one_of_three_problems(canned: Canned, told: BankId, row: dict[str, str]) -> None:
    canned.answer(int(row["status"]), json.dumps({"errorCode": row["error_code"], "details": "194408139089"}))
    with pytest.raises(EidUnavailable) as caught:
        told.start(EidRequest(ANNA, "192.0.2.7"))
    assert caught.value.code == row["problem"]
    assert "194408139" not in str(caught.value)


def test_a_completed_order_as_documented_names_the_person(canned: Canned, told: BankId) -> None:
    canned.answer(
        200,
        json.dumps(
            {
                "orderRef": ORDER.order_ref,
                "status": "complete",
                "completionData": {
                    "user": {"personalNumber": ANNA.digits, "name": "A B", "givenName": "A", "surname": "B"},
                    "device": {"ipAddress": "192.168.0.1", "uhi": "OZvYM9VvyiAmG7NA5jU5zqGcVpo="},
                    "bankIdIssueDate": "2020-02-01",
                    "signature": "PHNpZ25hdHVyZS8+",
                    "ocspResponse": "b2NzcA==",
                    "risk": "low",
                },
            }
        ),
    )
    assert told.collect(ORDER) == EidResult("complete", "", ANNA)


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (200, "<html>"),
        (200, "{}"),
        (200, "[]"),
        (200, '{"orderRef": "x", "status": "complete"}'),
        (200, '{"orderRef": "x", "status": "sideways", "hintCode": "x"}'),
        (
            200,
            '{"orderRef": "x", "status": "complete", "completionData": {"user": {"personalNumber": "194408139088"}}}',
        ),
        (401, '{"errorCode": "unauthorized", "details": "x"}'),
        (404, '{"errorCode": "notFound", "details": "x"}'),
        (408, '{"errorCode": "requestTimeout", "details": "x"}'),
        (500, '{"errorCode": "internalError", "details": "194408139089"}'),
        (503, '{"errorCode": "maintenance", "details": "x"}'),
        (503, "<html>down</html>"),
        (500, "[]"),
    ],
)
def test_any_other_answer_is_unavailable_and_says_nothing_of_the_person(
    canned: Canned, told: BankId, status: int, body: str
) -> None:
    canned.answer(status, body)
    with pytest.raises(EidUnavailable) as caught:
        told.collect(ORDER)
    assert "194408139" not in str(caught.value)
    assert caught.value.__suppress_context__


def test_no_answer_at_all_is_unavailable(closed_port: str) -> None:
    with closing(BankId(closed_port)) as gateway, pytest.raises(EidUnavailable):
        gateway.start(EidRequest(ANNA, "192.0.2.7"))


@pytest.fixture
def impostor(tmp_path: Path) -> Iterator[str]:
    """A TLS server on this machine, with a certificate that BankID has not issued."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number(), now, now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(IPv4Address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = tmp_path / "impostor.pem"
    pem.write_bytes(
        key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()) + certificate.public_bytes(Encoding.PEM)
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=refuse_handshakes, args=(context, listener), daemon=True)
        thread.start()
        yield f"https://127.0.0.1:{listener.getsockname()[1]}/rp/v6.0"
        thread.join(10)


def refuse_handshakes(context: ssl.SSLContext, listener: socket.socket) -> None:
    connection, _ = listener.accept()
    with connection, suppress(OSError), context.wrap_socket(connection, server_side=True):
        pass


@pytest.mark.parametrize("key", ["FPTestcert5_20240610_cert.pem", "missing.pem"])
def test_a_certificate_that_cannot_be_shown_is_no_crash(canned: Canned, key: str) -> None:
    pair = (str(CERTIFICATES / "FPTestcert5_20240610_cert.pem"), str(CERTIFICATES / key))
    with closing(BankId(canned.url, pair)) as gateway, pytest.raises(EidUnavailable):
        gateway.start(EidRequest(ANNA, "192.0.2.7"))
    assert canned.asked == []


def test_only_bankids_own_root_is_trusted(impostor: str) -> None:
    certificate = (
        str(CERTIFICATES / "FPTestcert5_20240610_cert.pem"),
        str(CERTIFICATES / "FPTestcert5_20240610_key.pem"),
    )
    with closing(BankId(impostor, certificate)) as gateway, pytest.raises(EidUnavailable):
        gateway.start(EidRequest(ANNA, "192.0.2.7"))
