"""Where a patient's visits are found from the patient: what the register says anew concerns those to come (P5)."""

from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from chalicelib.concealed import Concealed
from chalicelib.domain.patient import Patient
from chalicelib.domain.visit import Visit, patient_id_of, with_participant


class PatientVisit(Concealed, Struct, frozen=True, kw_only=True):
    """Written with the visit; a visit that is moved has another."""

    org_id: str
    patient_id: str
    visit_id: str
    starts_at: datetime


def patient_visits(visit: Visit) -> tuple[PatientVisit, ...]:
    """One for each patient of the visit."""
    return tuple(
        PatientVisit(org_id=visit.org_id, patient_id=patient_id, visit_id=visit.visit_id, starts_at=visit.starts_at)
        for patient_id in visit.patient_ids
    )


def following(visit: Visit, patient: Patient, *, others_protected: bool = False) -> Visit:
    """The visit with the patient's name and protection as they are now, on which its lists and messages go.

    `others_protected`: whether another patient of the visit is: one is enough for all that the visit sends and lists.
    """
    named = visit
    for person in visit.patients:
        if patient_id_of(visit, person) == patient.patient_id:
            named = with_participant(named, replace(person, name=patient.name))
    return replace(named, patient_protected=patient.protected or others_protected)
