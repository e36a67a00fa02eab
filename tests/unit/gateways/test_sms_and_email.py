"""SMS and e-mail through SNS and SES, against the simulated phone and against moto (B10)."""

import json
from base64 import b64decode
from collections.abc import Iterator
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any
from urllib.parse import parse_qs

import httpx
import pytest
from botocore.exceptions import ClientError
from hypothesis import given
from hypothesis import strategies as st
from moto import mock_aws
from moto.ses.models import ses_backends
from moto.sns.models import sns_backends

from chalicelib.domain.calendar import CalendarPart, visit_calendar
from chalicelib.errors import BadInput, Throttled, Unavailable
from chalicelib.gateways.aws_errors import sending_errors
from chalicelib.gateways.email import SesEmailSender
from chalicelib.gateways.sms import SnsSmsSender
from tests.builders import a_patient, a_visit
from tests.unit.gateways.conftest import Canned, Simulators

REGION = "eu-north-1"
ACCOUNT = "123456789012"
TEXT = "Du har ett videobesök kl 09:30. http://localhost:8000/b/abc"


@pytest.fixture(autouse=True)
def aws(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "testing")
    monkeypatch.setenv("AWS_DEFAULT_REGION", REGION)


@pytest.fixture
def phone(simulators: Simulators, monkeypatch: pytest.MonkeyPatch) -> Simulators:
    """The simulators, with boto3 pointed at them as the local stack does."""
    monkeypatch.setenv("AWS_ENDPOINT_URL_SNS", f"{simulators.url}/sns")
    monkeypatch.setenv("AWS_ENDPOINT_URL_SESV2", f"{simulators.url}/ses")
    return simulators


@pytest.fixture
def told(canned: Canned, monkeypatch: pytest.MonkeyPatch) -> Canned:
    """boto3 pointed at the server that answers as told."""
    monkeypatch.setenv("AWS_ENDPOINT_URL_SNS", canned.url)
    monkeypatch.setenv("AWS_ENDPOINT_URL_SESV2", canned.url)
    return canned


def arrived(phone: Simulators) -> list[dict[str, Any]]:
    messages: list[dict[str, Any]] = httpx.get(f"{phone.url}/phone/api/messages").json()["messages"]
    return messages


def test_an_sms_arrives_with_its_sender_and_message_id(phone: Simulators) -> None:
    provider_id = SnsSmsSender("Halland").send("+46701740605", TEXT, "m_1")
    (message,) = arrived(phone)
    assert message["kind"] == "sms"
    assert (message["to"], message["sender"], message["text"]) == ("+46701740605", "Halland", TEXT)
    assert (message["message_id"], message["provider_id"]) == ("m_1", provider_id)


def test_a_letter_arrives_with_its_subject_and_message_id(phone: Simulators) -> None:
    provider_id = SesEmailSender("no-reply@vardrum.example").send("anna@example.com", "Ditt besök", "Hej\nå", "m_2")
    (message,) = arrived(phone)
    assert message["kind"] == "email"
    assert (message["to"], message["sender"]) == ("anna@example.com", "no-reply@vardrum.example")
    assert (message["subject"], message["text"]) == ("Ditt besök", "Hej\nå\n")
    assert (message["message_id"], message["provider_id"]) == ("m_2", provider_id)


def test_what_is_sent_twice_arrives_twice(phone: Simulators) -> None:
    sender = SnsSmsSender("Halland")
    sender.send("+46701740605", TEXT, "m_1")
    sender.send("+46701740605", TEXT, "m_1")
    assert [message["message_id"] for message in arrived(phone)] == ["m_1", "m_1"]


@pytest.mark.parametrize(("to", "text"), [("0701740605", TEXT), ("+46701740605", ""), ("+46701740605", "x" * 1601)])
def test_an_sms_that_can_never_be_sent_is_bad_input(phone: Simulators, to: str, text: str) -> None:
    with pytest.raises(BadInput) as caught:
        SnsSmsSender("Halland").send(to, text, "m_1")
    assert caught.value.code == "message_refused"
    assert "740605" not in str(caught.value)
    assert arrived(phone) == []


def test_a_sender_id_that_no_phone_can_show_is_bad_input(phone: Simulators) -> None:
    with pytest.raises(BadInput):
        SnsSmsSender("Region Halland").send("+46701740605", TEXT, "m_1")


def test_throttling_is_worth_another_try(phone: Simulators) -> None:
    httpx.post(f"{phone.url}/phone/admin", json={"down": True})
    with pytest.raises(Throttled):
        SnsSmsSender("Halland").send("+46701740605", TEXT, "m_1")
    with pytest.raises(Throttled):
        SesEmailSender("no-reply@vardrum.example").send("anna@example.com", "Hej", "Hej", "m_2")
    httpx.post(f"{phone.url}/phone/admin", json={"down": False})
    assert SnsSmsSender("Halland").send("+46701740605", TEXT, "m_1")


@pytest.mark.parametrize(
    "subject", ["Hej\r\nBcc: alla@example.com", "Hej\nX", "Hej\rX", "Hej\x00", "Hej\u2028X", "x" * 201]
)
def test_a_subject_that_would_add_a_header_is_refused(phone: Simulators, subject: str) -> None:
    with pytest.raises(BadInput):
        SesEmailSender("no-reply@vardrum.example").send("anna@example.com", subject, "Hej", "m_1")
    assert arrived(phone) == []


@pytest.mark.parametrize("to", ["anna@example.com, bo@example.com", "anna@example.com\r\nBcc: bo@example.com", "anna"])
def test_a_letter_goes_to_one_plain_address_only(phone: Simulators, to: str) -> None:
    with pytest.raises(BadInput) as caught:
        SesEmailSender("no-reply@vardrum.example").send(to, "Hej", "Hej", "m_1")
    assert caught.value.code == "invalid_email"
    assert arrived(phone) == []


def test_nobody_listening_is_worth_another_try(closed_port: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL_SNS", closed_port)
    with pytest.raises(Unavailable):
        SnsSmsSender("Halland").send("+46701740605", TEXT, "m_1")


def test_at_most_one_retry_is_made_inside(told: Canned) -> None:
    told.answer(500, "", "text/xml")
    with pytest.raises(Unavailable):
        SnsSmsSender("Halland").send("+46701740605", TEXT, "m_1")
    assert len(told.asked) == 2


@pytest.mark.parametrize(
    ("code", "error"),
    [
        ("Throttling", Throttled),
        ("ThrottledException", Throttled),
        ("ThrottlingException", Throttled),
        ("InternalError", Unavailable),
        ("AuthorizationError", Unavailable),
        ("TooManyRequestsException", Throttled),
        ("LimitExceededException", Throttled),
        ("SendingPausedException", Unavailable),
        ("SomethingNew", Unavailable),
        ("InvalidParameter", BadInput),
        ("InvalidParameterValue", BadInput),
        ("BadRequestException", BadInput),
        ("MessageRejected", BadInput),
        ("OptedOut", BadInput),
    ],
)
def test_each_error_of_the_provider_is_either_later_or_never(code: str, error: type[Exception]) -> None:
    with pytest.raises(error) as caught, sending_errors():
        raise ClientError({"Error": {"Code": code, "Message": "Invalid parameter: +46701740605"}}, "Publish")
    assert "+46" not in str(caught.value)


@pytest.fixture
def moto() -> Iterator[None]:
    with mock_aws():
        yield


@pytest.mark.usefixtures("moto")
def test_moto_too_takes_the_sms() -> None:
    provider_id = SnsSmsSender("Halland").send("+46701740605", TEXT, "m_1")
    assert sns_backends[ACCOUNT][REGION].sms_messages[provider_id] == ("+46701740605", TEXT)


@pytest.mark.usefixtures("moto")
def test_moto_too_takes_the_letter() -> None:
    ses_backends[ACCOUNT][REGION].verify_email_identity("no-reply@vardrum.example")
    SesEmailSender("no-reply@vardrum.example").send("anna@example.com", "Hej", "Hej Anna", "m_1")
    (message,) = ses_backends[ACCOUNT][REGION].sent_messages
    assert set(message.destinations) == {"anna@example.com"}


def test_no_sms_costs_more_than_it_may(told: Canned) -> None:
    """B10: SNS itself then does not send it."""
    told.answer(500, "", "text/xml")
    with pytest.raises(Unavailable):
        SnsSmsSender("Halland", "0.50").send("+46701740605", TEXT, "m_1")
    form = parse_qs(told.asked[0].decode())
    named = {form[name][0]: name.removesuffix(".Name") for name in form if name.endswith(".Name")}
    price = named["AWS.SNS.SMS.MaxPrice"]
    assert (form[f"{price}.Value.DataType"], form[f"{price}.Value.StringValue"]) == (["Number"], ["0.50"])


def test_a_letter_carries_the_visit_as_the_texts_alternative(told: Canned) -> None:
    """B10, RFC 6047: and goes by the configuration set that tells what becomes of it."""
    told.answer(200, '{"MessageId": "0100"}', "application/json")
    visit = a_visit(patient=a_patient(phone="", email="anna@example.com"))
    content = visit_calendar(visit, visit.patient, "REQUEST", "https://x.example/b#t", 0, organiser="no@x.example")
    sender = SesEmailSender("no@x.example", "vardrum-test")
    assert sender.send("anna@example.com", "Videobesök", "Hej å", "m_1", CalendarPart("REQUEST", content)) == "0100"
    asked = json.loads(told.asked[0])
    assert (asked["ConfigurationSetName"], asked["EmailTags"]) == (
        "vardrum-test",
        [{"Name": "message_id", "Value": "m_1"}],
    )
    letter = message_from_bytes(b64decode(asked["Content"]["Raw"]["Data"]), policy=default)
    assert (letter["To"], letter["Subject"], letter["Reply-To"]) == ("anna@example.com", "Videobesök", None)
    assert letter.get_content_type() == "multipart/alternative"
    text, calendar = letter.iter_parts()
    assert isinstance(text, EmailMessage)
    assert isinstance(calendar, EmailMessage)
    assert text.get_content().splitlines() == ["Hej å"]
    assert calendar.get_content_type() == "text/calendar"
    assert calendar["Content-Type"].params["method"] == "REQUEST"
    assert calendar.get_payload(decode=True) == content


@given(subject=st.text(max_size=60))
def test_no_subject_reaches_the_provider_with_a_line_break(subject: str) -> None:
    sent: list[str] = []

    class Client:
        def send_email(self, **arguments: Any) -> dict[str, str]:
            sent.append(str(message_from_bytes(arguments["Content"]["Raw"]["Data"], policy=default)["Subject"]))
            return {"MessageId": "x"}

    sender = SesEmailSender("no-reply@vardrum.example")
    vars(sender)["_client"] = Client()
    try:
        sender.send("anna@example.com", subject, "Hej", "m_1")
    except BadInput:
        assert sent == []
    else:
        assert len(sent) == 1
        assert sent[0].split() == subject.split()
        assert len(sent[0].splitlines()) <= 1
