"""The simulated phone: what arrives, what is kept, and what the page is told."""

import base64
import json
import sqlite3
from contextlib import closing
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import httpx
import pytest

from chalicelib.domain.calendar import visit_calendar
from chalicelib.domain.receipt import read_receipt
from local.simulators.message_store import MOST_MESSAGES, Arrival, MessageStore, TooManyListeners
from local.simulators.receipts import receipt_of
from tests.builders import a_patient, a_visit
from tests.calendars import event_of
from tests.unit.gateways.conftest import Simulators


def arrival(number: int, **changes: Any) -> Arrival:
    fields = {
        "kind": "sms",
        "recipient": "+46701740605",
        "sender": "Halland",
        "subject": "",
        "text": f"text {number}",
        "message_id": f"m_{number}",
        "provider_id": f"p_{number}",
        "invocation_id": f"i_{number}",
    }
    return Arrival(**fields | changes)


def publish(simulators: Simulators, text: str, invocation_id: str = "") -> httpx.Response:
    form = {"Action": "Publish", "PhoneNumber": "+46701740605", "Message": text}
    headers = {"amz-sdk-invocation-id": invocation_id} if invocation_id else {}
    return httpx.post(f"{simulators.url}/sns/", data=form, headers=headers)


def texts(simulators: Simulators, query: str = "") -> list[str]:
    messages = httpx.get(f"{simulators.url}/phone/api/messages{query}").json()["messages"]
    return [message["text"] for message in messages]


def test_the_newest_message_comes_first(simulators: Simulators) -> None:
    publish(simulators, "first")
    publish(simulators, "second")
    assert texts(simulators) == ["second", "first"]


def test_a_retry_of_the_clients_own_is_the_same_message(simulators: Simulators) -> None:
    first, retry = publish(simulators, "hej", "call-1"), publish(simulators, "hej", "call-1")
    assert texts(simulators) == ["hej"]
    assert first.text.split("<MessageId>")[1][:36] == retry.text.split("<MessageId>")[1][:36]


def test_two_calls_are_two_messages_even_when_alike(simulators: Simulators) -> None:
    publish(simulators, "hej", "call-1")
    publish(simulators, "hej", "call-2")
    assert texts(simulators) == ["hej", "hej"]


def test_messages_outlive_a_restart(tmp_path: Path) -> None:
    store = MessageStore(tmp_path / "messages.sqlite3")
    store.add(arrival(1))
    store.close()
    reopened = MessageStore(tmp_path / "messages.sqlite3")
    assert [message["text"] for message in reopened.newest()] == ["text 1"]
    assert reopened.add(arrival(1, provider_id="other")) == "p_1"
    reopened.close()


def test_the_oldest_messages_go_when_there_are_too_many(tmp_path: Path) -> None:
    store = MessageStore(tmp_path / "messages.sqlite3")
    for number in range(MOST_MESSAGES + 3):
        store.add(arrival(number))
    kept = store.newest(limit=MOST_MESSAGES + 3)
    store.close()
    assert (len(kept), kept[-1]["text"]) == (MOST_MESSAGES, "text 3")


def test_only_so_many_pages_may_listen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("local.simulators.message_store.MOST_LISTENERS", 1)
    store = MessageStore(tmp_path / "messages.sqlite3")
    with store.listening() as queue:
        with pytest.raises(TooManyListeners), store.listening():
            pass
        store.add(arrival(1))
        assert queue.get_nowait()["text"] == "text 1"
    with store.listening():
        pass
    store.close()


def test_one_recipient_and_what_is_new_can_be_asked_for(simulators: Simulators) -> None:
    publish(simulators, "first")
    publish(simulators, "second")
    assert texts(simulators, "?to=%2B46701740605&limit=1") == ["second"]
    assert texts(simulators, "?to=%2B46701740699") == []
    newest = httpx.get(f"{simulators.url}/phone/api/messages").json()["messages"][0]["id"]
    assert texts(simulators, f"?after={newest - 1}") == ["second"]
    assert texts(simulators, "?limit=-1&after=x") == ["second", "first"]


def test_the_page_is_told_of_each_message_as_it_comes(simulators: Simulators) -> None:
    publish(simulators, "before")
    with httpx.stream("GET", f"{simulators.url}/phone/events?after=0", timeout=10) as events:
        lines = events.iter_lines()
        assert _next_message(lines)["text"] == "before"
        publish(simulators, "now\n<b>")
        assert _next_message(lines)["text"] == "now\n<b>"


def _next_message(lines: Any) -> dict[str, Any]:
    message: dict[str, Any] = json.loads(next(line for line in lines if line.startswith("data: "))[6:])
    return message


def test_a_raw_letter_shows_its_text_and_what_is_attached(simulators: Simulators) -> None:
    letter = _letter()
    letter.add_attachment(b"BEGIN:VCALENDAR", maintype="text", subtype="calendar", filename="besok.ics")
    _post(simulators, letter)
    assert texts(simulators) == ["Hej\n\n[Bilaga: besok.ics]"]


def test_a_raw_letter_shows_the_calendar_that_a_mail_program_would_take(simulators: Simulators) -> None:
    letter = _letter()
    letter.add_alternative("BEGIN:VCALENDAR", subtype="calendar", params={"method": "CANCEL"})
    _post(simulators, letter)
    assert texts(simulators) == ["Hej\n\n[Kalender: CANCEL]"]


def _letter() -> EmailMessage:
    letter = EmailMessage()
    letter["Subject"] = "Ditt besök"
    letter.set_content("Hej")
    return letter


def _post(simulators: Simulators, letter: EmailMessage) -> None:
    body = {
        "FromEmailAddress": "no-reply@vardrum.example",
        "Destination": {"ToAddresses": ["anna@example.com"]},
        "Content": {"Raw": {"Data": base64.b64encode(letter.as_bytes()).decode()}},
    }
    assert httpx.post(f"{simulators.url}/ses/v2/email/outbound-emails", json=body).status_code == 200


def test_a_letter_for_a_calendar_is_shown_as_its_entry(simulators: Simulators) -> None:
    """B10: what a calendar would make of it, on the phone's page."""
    visit = a_visit(patient=a_patient(phone="", email="anna@example.com"))
    content = visit_calendar(visit, visit.patient, "CANCEL", "", 2)
    letter = EmailMessage()
    letter["Subject"] = "Avbokat"
    letter.set_content("Hej")
    letter.add_alternative(content.decode(), subtype="calendar", cte="base64", params={"method": "CANCEL"})
    body = {
        "FromEmailAddress": "no-reply@vardrum.example",
        "Destination": {"ToAddresses": ["anna@example.com"]},
        "Content": {"Raw": {"Data": base64.b64encode(letter.as_bytes()).decode()}},
    }
    assert httpx.post(f"{simulators.url}/ses/v2/email/outbound-emails", json=body).status_code == 200
    (message,) = httpx.get(f"{simulators.url}/phone/api/messages").json()["messages"]
    assert message["text"].startswith("Hej\n")
    assert event_of(message["calendar"].replace("\n", "\r\n").encode())["METHOD"] == "CANCEL"


def test_a_phone_from_before_letters_had_calendars_keeps_its_messages(tmp_path: Path) -> None:
    path = tmp_path / "messages.sqlite3"
    store = MessageStore(path)
    store.add(arrival(1))
    store.close()
    with closing(sqlite3.connect(path)) as database:
        database.execute("ALTER TABLE messages DROP COLUMN calendar")
    reopened = MessageStore(path)
    assert [(message["text"], message["calendar"]) for message in reopened.newest()] == [("text 1", "")]
    reopened.close()


@pytest.mark.parametrize(
    ("kind", "recipient", "state"),
    [
        ("sms", "+46701740605", "delivered"),
        ("sms", "+46701740600", "failed"),
        ("email", "anna@example.com", "delivered"),
        ("email", "bounce+anna@example.com", "bounced"),
    ],
)
def test_carriers_tell_what_became_of_a_message_as_the_app_reads_it(kind: str, recipient: str, state: str) -> None:
    """B10."""
    receipt = read_receipt(receipt_of(arrival(1, kind=kind, recipient=recipient)))
    assert receipt is not None
    assert (receipt.channel, receipt.state, receipt.provider_id) == (kind, state, "p_1")
    assert receipt.message_id == ("m_1" if kind == "email" else "")


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"{}", b'{"Content": {"Raw": {"Data": "%"}}}', b'{"Content": {"Simple": 7}}', b"\xff"]
)
def test_a_malformed_letter_is_refused(simulators: Simulators, body: bytes) -> None:
    answer = httpx.post(f"{simulators.url}/ses/v2/email/outbound-emails", content=body)
    assert (answer.status_code, answer.headers["x-amzn-ErrorType"]) == (400, "BadRequestException")
    assert texts(simulators) == []


@pytest.mark.parametrize("form", [{}, {"Action": "CreateTopic"}, {"Action": "Publish", "PhoneNumber": "x"}])
def test_a_malformed_sms_is_refused(simulators: Simulators, form: dict[str, str]) -> None:
    answer = httpx.post(f"{simulators.url}/sns/", data=form)
    assert (answer.status_code, "<ErrorResponse" in answer.text) == (400, True)


def test_the_phone_can_be_emptied(simulators: Simulators) -> None:
    publish(simulators, "hej")
    assert httpx.delete(f"{simulators.url}/phone/api/messages").status_code == 204
    assert texts(simulators) == []


@pytest.mark.parametrize("path", ["/", "/phone/", "/bankid/", "/freja/", "/register/"])
def test_each_page_loads_nothing_from_elsewhere(simulators: Simulators, path: str) -> None:
    answer = httpx.get(f"{simulators.url}{path}")
    assert answer.status_code == 200
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert "http://" not in answer.text
    assert "https://" not in answer.text


def test_text_from_outside_is_never_markup(simulators: Simulators) -> None:
    query = {
        "response_type": "code",
        "client_id": "vardrum",
        "redirect_uri": "http://localhost/x",
        "scope": "openid",
        "state": '"><script>alert(1)</script>',
        "nonce": "n",
        "code_challenge": "c",
        "code_challenge_method": "S256",
        "claims": '{"id_token": {"employeeHsaId": null}}',
    }
    page = httpx.get(f"{simulators.url}/idp/authorize", params=query).text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page
