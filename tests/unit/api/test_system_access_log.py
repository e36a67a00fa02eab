"""S6, V1: what another system reads and writes of a patient is in the access log before it is told, door by door."""

import pytest

from chalicelib.api.endpoint import Endpoint
from chalicelib.domain.audit import AuditEntry
from tests.builders import ANNA, a_patient
from tests.fake_ports import FakePorts
from tests.unit.api.access_log import BrokenLog, entries
from tests.unit.api.systems import BookingSystem, an_appointment, with_integration
from tests.unit.api.test_system_access import DOORS, ask

OF_PATIENTS = [one for one in DOORS if one.name != "read_practitioner"]  # which tells of staff alone


@pytest.fixture
def log() -> BrokenLog:
    return BrokenLog()


@pytest.fixture
def vas(ports: FakePorts, log: BrokenLog) -> BookingSystem:
    log.seed(*ports.store.records.values(), a_patient())
    ports.store = log
    return with_integration(ports)


@pytest.fixture
def booking_id(vas: BookingSystem) -> str:
    return str(vas.post(an_appointment()).json["id"])


@pytest.mark.parametrize("one", OF_PATIENTS, ids=lambda one: one.name)
def test_each_door_logs_whom_it_told_of(vas: BookingSystem, booking_id: str, one: Endpoint) -> None:
    before = {entry.audit_id for entry in entries(vas.ports)}
    assert ask(vas, one, booking_id).status == 200
    new = [entry for entry in entries(vas.ports) if entry.audit_id not in before]
    assert {_told(entry) for entry in new} == {("system:vas", "VAS", a_patient().patient_id, "ok")}


@pytest.mark.parametrize("one", OF_PATIENTS, ids=lambda one: one.name)
def test_what_cannot_be_logged_is_refused_and_nothing_of_it_told(
    vas: BookingSystem, log: BrokenLog, booking_id: str, one: Endpoint
) -> None:
    log.broken = True
    stored = log.written()
    reply = ask(vas, one, booking_id)
    assert reply.status == 503, reply.text
    assert ANNA not in reply.text
    assert "Andersson" not in reply.text
    assert log.written() == stored, "a change is written with its entry or not at all"


def _told(entry: AuditEntry) -> tuple[str, str, str, str]:
    return entry.user, entry.user_name, entry.patient_id, entry.result
