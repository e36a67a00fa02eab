"""What a booking of another system waits for before it can be a visit (V3)."""

from chalicelib.domain.imported_booking import Missing, Wanted
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
