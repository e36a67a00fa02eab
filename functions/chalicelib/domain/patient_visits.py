"""Where a patient's visits are found from the patient: what the register says anew concerns those to come (P5)."""

from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from chalicelib.concealed import Concealed
from chalicelib.domain.patient import Patient
from chalicelib.domain.visit import Visit, with_participant


class PatientVisit(Concealed, Struct, frozen=True, kw_only=True):
    """Written with the visit, and never changed."""

    org_id: str
    patient_id: str
    visit_id: str
    starts_at: datetime


def patient_visit(visit: Visit) -> PatientVisit:
    return PatientVisit(
        org_id=visit.org_id, patient_id=visit.patient_id, visit_id=visit.visit_id, starts_at=visit.starts_at
    )


def following(visit: Visit, patient: Patient) -> Visit:
    """The visit with the patient's name and protection as they are now, on which its lists and messages go."""
    named = with_participant(visit, replace(visit.patient, name=patient.name))
    return replace(named, patient_protected=patient.protected)
