"""Each deployed function may do with the tables what its use cases do (functions/.chalice/policy-*.json)."""

import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any, cast
from uuid import uuid4

import pytest
from msgspec.structs import replace

import app as deployed
from chalicelib import bootstrap
from chalicelib.domain.audit import by_staff
from chalicelib.domain.call_control import end_call_message
from chalicelib.domain.changes import Create, Put
from chalicelib.domain.message import OutboxMessage, message_id
from chalicelib.domain.message_ids import invitation_id
from chalicelib.domain.reminders import reminder_plan
from chalicelib.domain.visit import Call, Removed, Visit
from chalicelib.domain.visit_messages import started_messages
from chalicelib.settings import TABLES, table_name
from chalicelib.storage.access_log import DynamoAccessLog
from chalicelib.storage.documents import encode
from chalicelib.storage.imported_bookings import DynamoImportedBookings
from chalicelib.storage.rate_limits import DynamoRateLimits
from chalicelib.storage.recent_staff import RECENT
from chalicelib.storage.store import DynamoStore
from chalicelib.storage.tables import FleetTable
from local.settings import ROOT, Settings
from tests.browser import Browser
from tests.builders import ANNA, BERG, BO, a_patient, a_register_person, a_staff_member, a_unit, an_organisation, staff
from tests.carriers import email_event, log_event, sms_line
from tests.database_calls import Call as DatabaseCall
from tests.database_calls import recorded
from tests.fake_ports import FakePorts
from tests.fakes import FakeClock, FakeRateLimits, FakeRegister, FakeStore
from tests.unit.api.conftest import identity, logged_in
from tests.unit.api.systems import BookingSystem, a_client, an_appointment
from tests.unit.api.test_events import CLOCK_EVENT
from tests.unit.api.visitors import guest_browser, patient_browser, stream_record

POLICIES = ROOT / "functions" / ".chalice"
LOGICAL_NAMES = {table_name(table): f"{table.capitalize()}Table" for table in TABLES}


@pytest.fixture
def ports(aws: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[FakePorts]:
    """Real tables behind the app; everything else is a fake."""
    assert aws
    ports = FakePorts(
        store=cast(FakeStore, DynamoStore()),
        real_log=DynamoAccessLog(),
        rate_limits=cast(FakeRateLimits, DynamoRateLimits()),
        clock=FakeClock(datetime.now(UTC)),
        register=FakeRegister(a_register_person()),
    )
    member = replace(a_staff_member(), roles=("clinician", "admin"))
    ports.store.commit([Put(an_organisation()), Put(a_unit()), Put(member), Put(a_patient())])
    ports.identity_provider.identities["ek"] = identity()
    node = _a_node()
    node.save()
    monkeypatch.setattr(bootstrap, "ports", lambda: ports)
    monkeypatch.setitem(os.environ, "POWERTOOLS_METRICS_DISABLED", "true")
    yield ports
    node.delete()


@contextmanager
def under(policy: str) -> Iterator[None]:
    """What is asked of the tables inside is within the policy, and inside is no place for a test's own reading."""
    allowed = _allowed(policy)
    with recorded() as calls:
        yield
    asked = {(action, _resource(table)) for call in calls for action, table in call.actions()}
    assert asked
    assert asked <= allowed
    for entry in _written_entries(calls):
        assert "attribute_not_exists" in entry["ConditionExpression"], "an entry of the access log overwrites nothing"


def test_the_rest_function_may_do_what_its_use_cases_do(ports: FakePorts) -> None:
    visit = _booked(ports)
    path = f"/visits/{visit.visit_id}"
    added = {"request_id": str(uuid4()), "guests": [{"name": "Tolk", "email": "videolank@digitaltolk.se"}]}
    with under("policy-api.json"):
        clinician = logged_in(Browser(ports))
        patient, guest = patient_browser(ports, visit), guest_browser(ports, visit)
        replies = [
            *(clinician.post(f"/patients{way}", {"number": ANNA}) for way in ("/search", "/register")),
            clinician.post("/patients", {"number": ANNA, "phone": "070-174 06 05"}),
            clinician.post(f"/patients/{a_patient().patient_id}/number"),
            *(clinician.get(read) for read in ("/agenda", "/colleagues", path, f"{path}/chat", f"{path}/note")),
            *(clinician.post(f"{path}/{step}") for step in ("receive", "start", "call/join")),
            clinician.put(f"{path}/note", {"text": "Rodnad", "version": 0}),
            patient.post("/visitor/chat", {"message_id": str(uuid4()), "text": "Hej"}),
            clinician.post(f"{path}/call/rating", {"call_id": f"{visit.visit_id}.1", "score": 5}),
            clinician.get("/interpreter"),
            clinician.post(f"{path}/participants/preview", added),
            clinician.post(f"{path}/participants", added),
            guest.post("/visitor/here"),
            guest.post("/visitor/leave"),
            clinician.delete(f"{path}/participants/{visit.participants[-1].participant_id}"),
            clinician.post(f"{path}/end", {"end_call": True}),
            clinician.post("/audit/search", {}),
            clinician.post("/audit/search", {"number": ANNA}),
            clinician.post("/audit/sample", {}),
            clinician.post("/audit/extract", {"number": ANNA, "from_day": "2026-01-01", "to_day": "2026-12-31"}),
            clinician.post("/logout"),
        ]
    assert {reply.status for reply in replies} <= {200, 201, 204}


def test_the_rest_function_may_take_bookings_of_other_systems(ports: FakePorts) -> None:
    """V1, V3: those that wait, what came in, and the token for it."""
    RECENT.forget()
    ports.real_bookings = DynamoImportedBookings()
    organisation = replace(an_organisation(), booking_integration=True)
    member = replace(a_staff_member(), roles=("clinician", "support"))
    ports.store.commit([Put(organisation), Put(member), Put(a_client()), Put(a_patient())])
    clinician = logged_in(Browser(ports))
    starts_at = ports.clock.now().replace(second=0, microsecond=0) + timedelta(days=2)
    external_id = f"VAS-{uuid4()}"
    with under("policy-api.json"):
        vas = BookingSystem(ports).authenticated()
        created = vas.post(an_appointment(external_id, 1, starts_at=starts_at))
        waits = vas.post(an_appointment(f"{external_id}-2", 1, starts_at=starts_at, number=BO))
        found = clinician.post("/integration/messages/search", {"external_id": external_id}).json["messages"]
        place = f"/integration/messages/{found[0]['message_id']}"
        replies = [
            created,
            waits,
            vas.get(f"Appointment/{created.json['id']}"),
            vas.get(f"Patient/{a_patient().patient_id}"),
            vas.post(an_appointment(external_id, 2, starts_at=starts_at + timedelta(hours=1))),
            vas.post(an_appointment(external_id, 3, status="cancelled")),
            clinician.get("/pending-bookings"),
            clinician.post(f"/pending-bookings/{waits.json['id']}/number"),
            clinician.post("/integration/messages/search", {}),
            clinician.post("/integration/messages/search", {"outcome": "pending"}),
            *(clinician.post(f"{place}/{step}") for step in ("read", "replay")),
        ]
    assert [reply.status for reply in replies] == [201, 201, *[200] * 10]


def test_the_live_functions_may_do_what_their_use_cases_do(ports: FakePorts) -> None:
    visit = _booked(ports)
    clinician, patient = logged_in(Browser(ports)), patient_browser(ports, visit)
    ports.clock.advance(minutes=10)
    with under("policy-live.json"):
        (_, page), (status, waiting) = clinician.connect("staff"), patient.connect("visitor")
        for message in ("watch", "unwatch"):
            clinician.say(page, {"action": message, "visit_id": visit.visit_id})
        clinician.say(page, {"action": "ping"})
        gone = tuple(Removed(person_id="p_gone", hsa_id=who, at=ports.clock.now()) for who in ("", BERG))
        told = deployed.visits_stream({"Records": [stream_record(replace(visit, removed=gone), "1")]}, None)
        patient.close(waiting)
    assert (status, told) == (200, {"batchItemFailures": []})


def test_the_senders_may_do_what_their_use_cases_do(ports: FakePorts) -> None:
    visit = _booked(ports)
    message = _invitation(ports, visit)
    ports.sms.failures.append(RuntimeError("the process ends here"))
    watching = Browser(ports)
    logged_in(watching)
    _, gone = watching.connect("staff")
    watching.say(gone, {"action": "watch", "visit_id": visit.visit_id})
    ports.live_push.gone.add(gone)
    ports.clock.advance(minutes=2)
    end_call = end_call_message(visit, Call(call_id=f"{visit.visit_id}.1", opened_at=visit.starts_at), visit.starts_at)
    tomorrow = replace(visit, starts_at=visit.starts_at + timedelta(days=1))
    reminder = reminder_plan(tomorrow, an_organisation(), visit.created_at)[-1]
    due = replace(reminder, message_id="m_" + uuid4().hex, due_at=ports.clock.now(), useful_until=None)
    (newest,) = started_messages(visit, ports.clock.now() + timedelta(minutes=1), an_organisation())
    lost = replace(newest, state="failed", failure="bounced")
    ports.store.commit([Create(end_call), Create(due), Create(lost)])
    with under("policy-sender.json"):
        new = [_outbox_record(each, "INSERT") for each in (message, end_call, due)]
        settled = [_outbox_record(each, "MODIFY") for each in (replace(message, state="sent"), lost)]
        outcomes = [deployed.outbox_stream({"Records": [record]}, None) for record in (*new, *settled)]
        deployed.sweep(CLOCK_EVENT, None)
    assert [len(each["batchItemFailures"]) for each in outcomes] == [1, 0, 0, 0, 0]
    noted = ports.store.visit(visit.visit_id)
    assert noted is not None
    assert noted.patient.unreached


def test_the_receipts_functions_may_do_what_their_use_cases_do(ports: FakePorts) -> None:
    """B10: an SMS that has not arrived, of somebody with an address, and a letter that has."""
    ports.store.commit([Put(a_patient(email="anna@example.se"))])
    visit = _booked(ports)
    message = _invitation(ports, visit)
    deployed.outbox_stream({"Records": [_outbox_record(message, "INSERT")]}, None)
    lines = [sms_line("provider-1", "FAILURE")]
    with under("policy-receipts.json"):
        deployed.sms_receipts(log_event(*lines), None)
        email = message_id(visit.visit_id, visit.patient.participant_id, "invitation", "email")
        body = email_event("Delivery", email)
        answer = deployed.receipts({"Records": [{"messageId": "1", "body": body}]}, None)
    assert answer == {"batchItemFailures": []}
    told = ports.store.messages([message.message_id, email])
    assert {each.channel: each.state for each in told} == {"sms": "failed", "email": "delivered"}


def test_the_exporting_function_may_do_what_its_use_case_does(ports: FakePorts) -> None:
    """S6. What it may do with the archive, the package's test says."""
    entry = by_staff(staff(), "visit.view", ports.clock.now(), patient_id=a_patient().patient_id)
    image = {"pk": {"S": "k"}, "sk": {"S": "k"}, "document": {"S": encode(entry)}}
    record = {"eventName": "INSERT", "dynamodb": {"Keys": {}, "NewImage": image, "SequenceNumber": "1"}}
    with under("policy-archive.json"):
        assert deployed.audit_stream({"Records": [record]}, None) == {"batchItemFailures": []}
    ((document,),) = ports.access_log_archive.stored.values()
    assert ANNA.encode() in document


def test_nobody_may_write_over_an_entry_or_take_it_away() -> None:
    """S6: append-only by permission."""
    for policy in POLICIES.glob("policy-*.json"):
        of_audit = {action for action, table in _allowed(policy.name) if table.startswith("AuditTable")}
        assert of_audit <= {"PutItem", "Query", "DescribeStream", "GetRecords", "GetShardIterator", "ListStreams"}


def test_the_call_events_function_may_do_what_its_use_cases_do(ports: FakePorts) -> None:
    visit = _booked(ports)
    clinician = logged_in(Browser(ports))
    for step in ("receive", "start", "call/join"):
        clinician.post(f"/visits/{visit.visit_id}/{step}")
    owner = visit.owner.participant_id
    begun = {
        "type": "call.state",
        "call_id": f"{visit.visit_id}.1",
        "node_id": "node-1",
        "epoch": 1,
        "seq": 1,
        "at_ms": 1_790_000_000_000,
        "ended": False,
        "participants": [{"id": owner, "role": "staff", "connected": True}],
    }
    statistics = {"duration_ms": 1, "participants_max": 1, "participants": []}
    event = {**begun, "seq": 2, "ended": True, "participants": [], "end_reason": "empty", "stats": statistics}
    with under("policy-calls.json"):
        answers = [
            deployed.call_events({"Records": [{"messageId": "1", "body": json.dumps(told)}]}, None)
            for told in (begun, event)
        ]
    assert answers == [{"batchItemFailures": []}] * 2
    assert clinician.get(f"/visits/{visit.visit_id}").json["last_call_id"] == event["call_id"]


@pytest.mark.parametrize("policy", ["policy-api.json", "policy-live.json", "policy-sender.json"])
def test_who_tells_open_pages_may_write_to_their_sockets(policy: str) -> None:
    """L1: a logout; L5: a visit that changed; B10: a message that was sent."""
    statements = json.loads((POLICIES / policy).read_text(encoding="utf-8"))["Statement"]
    assert "execute-api:ManageConnections" in [action for one in statements for action in _several(one["Action"])]


def _written_entries(calls: list[DatabaseCall]) -> list[dict[str, Any]]:
    """The writes to the audit table, in transactions or alone."""
    audit = table_name("audit")
    puts = [each.get("Put") for call in calls for each in call.body.get("TransactItems", [])]
    alone = [call.body for call in calls if call.operation == "PutItem"]
    return [put for put in (*puts, *alone) if put is not None and put["TableName"] == audit]


def _booked(ports: FakePorts) -> Visit:
    reply = logged_in(Browser(ports)).post(
        "/visits",
        {
            "request_id": str(uuid4()),
            "patients": [{"patient_id": a_patient().patient_id}],
            "starts_at": (ports.clock.now() + timedelta(minutes=1)).isoformat(),
            "duration_minutes": 30,
            "reason": "Återbesök",
        },
    )
    visit = ports.store.visit(reply.json["visit"]["visit_id"])
    assert visit is not None
    return visit


def _invitation(ports: FakePorts, visit: Visit) -> OutboxMessage:
    message = ports.store.message(invitation_id(visit, visit.patient))
    assert message is not None
    return message


def _outbox_record(message: OutboxMessage, event_name: str) -> dict[str, Any]:
    keys = {"pk": {"S": message.message_id}}
    image = keys | {"document": {"S": encode(message)}}
    return {"eventName": event_name, "dynamodb": {"Keys": keys, "NewImage": image, "SequenceNumber": "1"}}


def _a_node() -> FleetTable:
    now_s = int(time.time())
    return FleetTable(
        "nodes",
        "node-1",
        internal_url="http://127.0.0.1:1",
        heartbeat_at=now_s + 600,
        participants=0,
        calls=0,
        capacity=100,
        draining=False,
        expires_at=now_s + 600,
    )


def _allowed(policy: str) -> set[tuple[str, str]]:
    """(Action, logical name of a table, with `/index/*` for its indexes)."""
    statements = json.loads((POLICIES / policy).read_text(encoding="utf-8"))["Statement"]
    return {
        (action.removeprefix("dynamodb:"), _name(resource))
        for statement in statements
        for action in _several(statement["Action"])
        for resource in _several(statement["Resource"])
        if action.startswith("dynamodb:")
    }


def _several(resources: Any) -> list[Any]:
    """IAM takes one, or a list of them."""
    return resources if isinstance(resources, list) else [resources]


def _name(resource: dict[str, Any]) -> str:
    if "Fn::GetAtt" in resource:
        return str(resource["Fn::GetAtt"][0])
    return str(resource["Fn::Sub"]).replace("${", "").replace(".Arn}", "")


def _resource(table: str) -> str:
    name, slash, _ = table.partition("/")
    return LOGICAL_NAMES[name] + ("/index/*" if slash else "")
