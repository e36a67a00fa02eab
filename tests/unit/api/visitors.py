"""Visitors through the HTTP door, and a stream that carries what they change."""

from typing import Any

import msgspec

import app as deployed
from chalicelib.domain.chat import ChatMessage, Note
from chalicelib.domain.eid import EidResult
from chalicelib.domain.identity_number import IdentityNumber
from chalicelib.domain.visit import Participant, Visit
from tests.browser import Browser
from tests.builders import a_patient, number
from tests.fake_ports import FakePorts
from tests.visitors import invited, token_of


def opened(ports: FakePorts, *, guest: Participant | None = None) -> Visit:
    """A booked visit of Eva Ek's, whose patient is known and whose links work."""
    ports.store.seed(a_patient())
    return invited(ports.store, guest=guest)


def open_link(browser: Browser, visit: Visit, role: str = "patient") -> Browser:
    """The link is opened; the page has its session's token."""
    reply = browser.post("/links/open", {"token": token_of(visit, role)})
    assert reply.status == 200
    browser.csrf_token = reply.json["csrf_token"]
    return browser


def identify(browser: Browser, who: IdentityNumber | None = None) -> dict[str, Any]:
    """Someone completes the e-ID order that the page has started; the last answer."""
    assert browser.post("/visitor/eid").status == 200
    browser.ports.eid.answers.append(EidResult("complete", "", who or number()))
    reply = browser.post("/visitor/eid/collect")
    if reply.status == 200:
        browser.csrf_token = browser.get("/visitor").json["csrf_token"]
    view: dict[str, Any] = reply.json
    return view


def patient_browser(ports: FakePorts, visit: Visit) -> Browser:
    """The visit's patient, let in."""
    browser = open_link(Browser(ports), visit)
    assert identify(browser)["status"] == "complete"
    return browser


def guest_browser(ports: FakePorts, visit: Visit, name: str = "Gunilla") -> Browser:
    """The visit's guest, let in."""
    browser = open_link(Browser(ports), visit, "guest")
    reply = browser.post("/visitor/enter", {"name": name})
    assert reply.status == 200
    browser.csrf_token = reply.json["csrf_token"]
    return browser


def push_all(ports: FakePorts, visit: Visit) -> None:
    """What DynamoDB's stream tells of the visit as it is stored now."""
    stored = ports.store.visit(visit.visit_id)
    assert stored is not None
    push(stored)


def push(*records: Visit | ChatMessage | Note) -> list[dict[str, str]]:
    """One batch of the visits table's stream; what failed."""
    event = {"Records": [stream_record(record, str(place)) for place, record in enumerate(records)]}
    failures: list[dict[str, str]] = deployed.visits_stream(event, None)["batchItemFailures"]
    return failures


def stream_record(record: Visit | ChatMessage | Note, sequence: str) -> dict[str, Any]:
    """As Lambda's event source mapping hands it on (AWS, "Using AWS Lambda with Amazon DynamoDB")."""
    keys = {"pk": {"S": f"visit#{record.visit_id}"}, "sk": {"S": _sort_key(record)}}
    document = {"S": msgspec.json.encode(record).decode()}
    return {
        "eventName": "MODIFY",
        "dynamodb": {"Keys": keys, "NewImage": {**keys, "document": document}, "SequenceNumber": sequence},
    }


def _sort_key(record: Visit | ChatMessage | Note) -> str:
    match record:
        case Visit():
            return "visit"
        case ChatMessage(message_id=message_id):
            return f"chat#{message_id}"
        case Note():
            return "note"
