"""What a booking of another system waits for before it can be a visit, where that is found, and when it is one (V3)."""

from msgspec.structs import replace

from chalicelib.domain.changes import Change, Delete, Put
from chalicelib.domain.imported_booking import ImportedBooking, Missing, WaitingFor, Wanted
from chalicelib.domain.kinds import kind_on
from chalicelib.domain.local_time import local_date
from chalicelib.domain.organisation import Organisation
from chalicelib.domain.patient import Patient
from chalicelib.domain.visit import Kind


def kind_of(patient: Patient, wanted: Wanted, organisation: Organisation) -> Kind:
    """By the patient's age on the day of the visit (B1)."""
    return kind_on(patient.identity, local_date(wanted.starts_at), organisation.child_age_limit)


def missing_of(patient: Patient | None, wanted: Wanted, organisation: Organisation) -> Missing | None:
    """None: it can be a visit as it is. A child's ombud is chosen by hand, never by itself (B4, P5)."""
    if patient is None:
        return "unknown_patient"
    if patient.problem is not None:
        return "not_bookable"
    if kind_of(patient, wanted, organisation) is Kind.CHILD:
        return "not_bookable" if patient.protected else "ombud"
    return None if patient.contact.phone else "contact"


def booked_as(booking: ImportedBooking, visit_id: str) -> ImportedBooking:
    """One visit more, and nothing is missing."""
    visits = booking.visits + 1
    return replace(booking, state="booked", why="", missing=None, number="", visits=visits, visit_id=visit_id)


def waiting_rows(before: ImportedBooking | None, after: ImportedBooking) -> list[Change]:
    """For whom it waits, where the patient finds it."""
    was, now = _waiting(before), _waiting(after)
    gone: list[Change] = [Delete(was)] if was is not None and (now is None or now.patient_id != was.patient_id) else []
    return gone if now is None else [*gone, Put(now)]


def _waiting(booking: ImportedBooking | None) -> WaitingFor | None:
    if booking is None or booking.state != "pending" or booking.wanted is None:
        return None
    return WaitingFor(
        org_id=booking.org_id,
        patient_id=booking.wanted.patient_id,
        booking_id=booking.booking_id,
        expires_at=booking.expires_at,
    )
