"""V3: bookings that wait for the patient's details, for their owner, and go on when those are there."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from chalicelib.domain.audit import AuditEntry
from chalicelib.domain.imported_booking import ImportContext, ImportedBooking, WaitingFor
from chalicelib.domain.message import OutboxMessage
from chalicelib.domain.visit import Visit
from tests.browser import Browser, heard
from tests.builders import (
    ALVA,
    ANNA,
    BERG,
    BO,
    EK,
    NOW,
    a_child,
    a_commission,
    a_patient,
    a_patient_guardian,
    a_register_person,
    a_staff_member,
)
from tests.fake_bookings import FakeBookings
from tests.fake_ports import FakePorts
from tests.fakes import FakeStore
from tests.unit.api.conftest import identity, logged_in
from tests.unit.api.systems import BookingSystem, an_appointment, with_integration


@pytest.fixture
def vas(ports: FakePorts) -> BookingSystem:
    ports.register.people[BO] = a_register_person(BO)
    return with_integration(ports)


def waiting(clinician: Browser) -> list[Any]:
    reply = clinician.get("/pending-bookings")
    assert reply.status == 200
    return list(reply.json["bookings"])


def invitations(ports: FakePorts) -> list[OutboxMessage]:
    return [each for each in ports.store.of(OutboxMessage) if each.reason == "invitation"]


def test_a_booking_for_an_unknown_patient_waits_at_its_owners(vas: BookingSystem, clinician: Browser) -> None:
    """V3: masked; nothing is sent, and there is no visit."""
    reply = vas.post(an_appointment(number=BO))
    assert (reply.status, reply.json["status"]) == (201, "pending")
    (row,) = waiting(clinician)
    assert (row["missing"], row["number_masked"]) == ("unknown_patient", "1957-11-21-••••")
    assert (row["patient_id"], row["name"], row["reason"]) == (None, "", "Återbesök")
    assert vas.ports.store.of(Visit) == []
    assert invitations(vas.ports) == []


def test_what_waits_is_in_the_log_of_each_patient_who_is_shown(vas: BookingSystem, clinician: Browser) -> None:
    """S6: also of more than one transaction holds, and once for as long as the same is looked at."""
    booking = vas.ports.bookings.booking(vas.post(an_appointment(number=BO)).json["id"])
    assert booking is not None
    assert booking.wanted is not None
    for place in range(120):
        wanted = replace(booking.wanted, patient_id=f"unknown{place}")
        vas.ports.store.seed(replace(booking, booking_id=f"b{place}", wanted=wanted))
    waiting(clinician)
    shown = len(waiting(clinician))
    seen = [each.patient_id for each in vas.ports.store.of(AuditEntry) if each.action == "pending.view"]
    assert shown == len(seen) == len(set(seen)) == 121
    assert booking.wanted.patient_id in seen


def test_it_waits_at_nobody_elses(vas: BookingSystem, clinician: Browser) -> None:
    vas.ports.store.seed(a_staff_member(BERG, "Bo", "Berg"))
    vas.ports.identity_provider.identities["berg"] = identity(BERG, a_commission())
    other = logged_in(Browser(vas.ports), "berg")
    vas.post(an_appointment(number=BO))
    (row,) = waiting(clinician)
    assert waiting(other) == []
    for step, body in (("number", None), ("complete", {})):
        assert other.post(f"/pending-bookings/{row['booking_id']}/{step}", body).status == 404


def test_the_whole_number_is_shown_when_asked_for_and_logged(vas: BookingSystem, clinician: Browser) -> None:
    """V3, S6."""
    vas.post(an_appointment(number=BO))
    (row,) = waiting(clinician)
    reply = clinician.post(f"/pending-bookings/{row['booking_id']}/number")
    assert reply.json == {"number": "19571121-2893"}
    actions = [each.action for each in vas.ports.store.of(AuditEntry)]
    assert actions.count("pending.reveal_number") == actions.count("pending.view") == 1


def test_it_becomes_a_visit_by_itself_when_the_patient_is_created(vas: BookingSystem, clinician: Browser) -> None:
    """V3: and sends its link then; the number is kept no longer."""
    vas.post(an_appointment(number=BO))
    created = clinician.post("/patients", {"number": BO, "phone": "070-174 06 06"})
    assert created.status == 201
    (visit,) = vas.ports.store.of(Visit)
    assert (visit.external_id, visit.patient_id) == ("VAS-1", created.json["patient_id"])
    assert [each.address for each in invitations(vas.ports)] == ["+46701740606"]
    assert waiting(clinician) == []
    assert vas.ports.store.of(WaitingFor) == []
    assert [(each.state, each.number) for each in vas.ports.store.of(ImportedBooking)] == [("booked", "")]


def test_it_becomes_a_visit_when_the_patient_can_be_reached(vas: BookingSystem, clinician: Browser) -> None:
    """V3: who is here, without a mobile number."""
    patient = a_patient(phone="")
    vas.ports.store.seed(patient)
    vas.post(an_appointment())
    (row,) = waiting(clinician)
    assert (row["missing"], row["name"], row["patient_id"]) == ("contact", "Anna Andersson", patient.patient_id)
    contact = {"version": 1, "phone": "070-174 06 05", "email": ""}
    assert clinician.put(f"/patients/{patient.patient_id}/contacts", contact).status == 200
    assert len(vas.ports.store.of(Visit)) == 1
    assert waiting(clinician) == []


def test_a_childs_booking_waits_for_its_ombud_and_is_completed_by_hand(vas: BookingSystem, clinician: Browser) -> None:
    """V3, B4: the link goes to the ombud."""
    vas.ports.store.seed(a_child())
    vas.post(an_appointment(number=ALVA))
    (row,) = waiting(clinician)
    assert row["missing"] == "ombud"
    place = f"/pending-bookings/{row['booking_id']}/complete"
    assert clinician.post(place, {"relations": []}).code == "one_ombud"
    guardian = a_patient_guardian()
    reply = clinician.post(place, {"relations": [{"guardian_id": guardian.guardian_id, "ombud": True}]})
    assert (reply.status, reply.json["kind"]) == (200, "child")
    assert [each.address for each in invitations(vas.ports)] == [guardian.contact.phone]
    assert waiting(clinician) == []
    assert clinician.post(place, {"relations": []}).status == 404


def test_a_child_who_is_created_waits_on_for_the_ombud(vas: BookingSystem, clinician: Browser) -> None:
    vas.ports.register.people[ALVA] = a_register_person(ALVA)
    vas.post(an_appointment(number=ALVA))
    assert clinician.post("/patients", {"number": ALVA}).status == 201
    (row,) = waiting(clinician)
    assert row["missing"] == "ombud"


def test_who_cannot_be_booked_for_waits_and_is_not_booked(vas: BookingSystem, clinician: Browser) -> None:
    """P5."""
    vas.ports.store.seed(replace(a_patient(), deceased=True))
    vas.post(an_appointment())
    (row,) = waiting(clinician)
    assert row["missing"] == "not_bookable"
    assert clinician.post(f"/pending-bookings/{row['booking_id']}/complete", {}).code == "deceased"


def test_a_protected_patients_name_is_not_in_the_list(vas: BookingSystem, clinician: Browser) -> None:
    """P5."""
    vas.ports.store.seed(a_patient(protected=True, phone=""))
    vas.post(an_appointment())
    (row,) = waiting(clinician)
    assert (row["name"], row["protected"]) == ("", True)


def test_what_waits_follows_later_deliveries(vas: BookingSystem, clinician: Browser) -> None:
    """V4: moved, handed to another patient, cancelled."""
    vas.post(an_appointment(number=BO))
    vas.post(an_appointment(version=2, number=BO, starts_at=NOW + timedelta(days=5)))
    (row,) = waiting(clinician)
    assert row["starts_at"] == (NOW + timedelta(days=5)).isoformat().replace("+00:00", "Z")
    vas.post(an_appointment(version=3, number=ANNA))
    assert len(vas.ports.store.of(WaitingFor)) == 1
    clinician.post("/patients", {"number": BO, "phone": "070-174 06 06"})
    assert vas.ports.store.of(Visit) == []
    vas.post(an_appointment(version=4, number=ANNA, status="cancelled"))
    assert waiting(clinician) == []
    assert [(each.state, each.number) for each in vas.ports.store.of(ImportedBooking)] == [("cancelled", "")]
    assert vas.ports.store.of(WaitingFor) == []


def test_what_should_have_gone_on_and_has_not_goes_on_when_it_is_looked_at(
    vas: BookingSystem, clinician: Browser
) -> None:
    """A process that ended between the patient and the booking."""
    vas.post(an_appointment())
    vas.ports.store.seed(a_patient())
    assert waiting(clinician) == []
    assert len(vas.ports.store.of(Visit)) == 1


def test_one_that_cannot_go_on_is_not_hidden_from_its_owner(vas: BookingSystem, clinician: Browser) -> None:
    """V3: the patient is there, and a clinician of the booking has left: nobody else would learn that no link was sent."""
    vas.ports.store.seed(a_staff_member(BERG, "Bo", "Berg"))
    vas.post(an_appointment(staff=(EK, BERG)))
    vas.ports.store.seed(a_patient(), replace(a_staff_member(BERG, "Bo", "Berg"), roles=("support",)))
    assert len(waiting(clinician)) == len(waiting(clinician)) == 1
    assert vas.ports.store.of(Visit) == []
    vas.ports.store.seed(a_staff_member(BERG, "Bo", "Berg"))
    assert waiting(clinician) == []
    assert len(vas.ports.store.of(Visit)) == 1


class Meanwhile(FakeBookings):
    """Between the reading of a delivery and its writing, `happens` once."""

    def __init__(self, store: FakeStore, happens: Callable[[], object]) -> None:
        super().__init__(store)
        self._happens: Callable[[], object] | None = happens

    def import_context(
        self, org_id: str, booking_id: str, patient_id: str, visit_id: str, hsa_ids: Sequence[str]
    ) -> ImportContext:
        found = super().import_context(org_id, booking_id, patient_id, visit_id, hsa_ids)
        happens, self._happens = self._happens, None
        if happens is not None:
            happens()
        return found


def test_a_patient_created_while_the_booking_comes_in_is_not_overlooked(vas: BookingSystem, clinician: Browser) -> None:
    """V3: the transaction demands that the patient is still as it was read."""
    ports = vas.ports
    patient = {"number": BO, "phone": "070-174 06 06"}
    ports.real_bookings = Meanwhile(ports.store, lambda: clinician.post("/patients", patient))
    assert vas.post(an_appointment(number=BO)).json["status"] == "booked"
    assert len(ports.store.of(Visit)) == 1


def test_one_whose_time_is_over_is_not_booked_any_more(vas: BookingSystem, clinician: Browser) -> None:
    vas.post(an_appointment(number=BO))
    vas.ports.clock.advance(days=2, hours=2)
    vas.ports.store.seed(a_patient(BO))
    (booking,) = vas.ports.store.of(ImportedBooking)
    clinician = logged_in(Browser(vas.ports))
    assert clinician.post(f"/pending-bookings/{booking.booking_id}/complete", {}).code == "starts_in_past"


def test_the_owners_start_page_hears_of_what_waits(vas: BookingSystem, clinician: Browser) -> None:
    """L5."""
    _, connection = clinician.connect("staff")
    for delivery in (an_appointment(number=BO), an_appointment(version=2, number=BO, status="cancelled")):
        before = len(vas.ports.live_push.pushed)
        vas.post(delivery)
        assert heard(vas.ports, connection, before) == [{"type": "agenda.changed"}]
