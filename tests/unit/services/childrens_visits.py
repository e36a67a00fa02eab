"""Visits of a child with two guardians, Erik and Sara: asked for, and booked."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from msgspec.structs import replace

from chalicelib.domain.booking import BookedPatient, Booking
from chalicelib.domain.patient import Patient
from chalicelib.domain.places import Guest
from chalicelib.domain.relations import Relation
from chalicelib.domain.visit import Kind, Participant, Visit
from chalicelib.services.book_visit import book_visit
from tests.builders import NOW, SARA, a_child, a_patient_guardian, a_staff_member, an_organisation, staff
from tests.fake_ports import FakePorts

ERIK_ID = a_patient_guardian().guardian_id
SARA_ID = a_patient_guardian(SARA).guardian_id
ERIK_IS_OMBUD = (Relation(guardian_id=ERIK_ID, ombud=True, primary_contact=True), Relation(guardian_id=SARA_ID))
SARA_IS_OMBUD = (Relation(guardian_id=SARA_ID, ombud=True), Relation(guardian_id=ERIK_ID, primary_contact=True))
BOTH = (Relation(guardian_id=ERIK_ID, ombud=True), Relation(guardian_id=SARA_ID, ombud=True))
TOMORROW = NOW + timedelta(days=1)


def child_booking(
    kind: Kind = Kind.CHILD,
    relations: Sequence[Relation] = (),
    starts_at: datetime = TOMORROW,
    guests: tuple[Guest, ...] = (),
) -> Booking:
    return Booking(
        request_id="00000000-0000-4000-8000-000000000001",
        kind=kind,
        starts_at=starts_at,
        duration_minutes=30,
        reason="Eksem",
        patients=(),
        guests=guests,
        relations=tuple(relations),
    )


def ports_with(*patients: Patient) -> FakePorts:
    ports = FakePorts()
    ports.store.seed(an_organisation(), a_staff_member(), *patients)
    return ports


def book(ports: FakePorts, booking: Booking, patient: Patient | None = None) -> Visit:
    return book_visit(ports, staff(), for_patient(patient or a_child(), booking)).page.visit


def for_patient(patient: Patient, booking: Booking) -> Booking:
    return replace(booking, patients=(BookedPatient(patient_id=patient.patient_id),))


def booked(patient: Patient | None = None) -> tuple[FakePorts, Visit]:
    """A child's visit with Erik as ombud."""
    ports = ports_with(patient or a_child())
    return ports, book(ports, child_booking(relations=ERIK_IS_OMBUD))


def ombud_of(visit: Visit) -> Participant:
    assert visit.ombud is not None
    return visit.ombud
