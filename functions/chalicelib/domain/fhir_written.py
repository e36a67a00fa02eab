"""What other systems may read here, as FHIR R4 resources: a booking, its patient, its practitioners (V1)."""

from chalicelib.domain import fhir
from chalicelib.domain.fhir_people import HSA_ID, PROTECTED, SYSTEM_OF
from chalicelib.domain.imported_booking import ImportedBooking
from chalicelib.domain.organisation import StaffMember
from chalicelib.domain.patient import Patient

# How the booking stands here, beside its status; the codes are in docs/integration.md.
STATE = "urn:vardrum:booking-state"
WHY = "urn:vardrum:why"
_STATUS: dict[str, fhir.Status] = {
    "booked": "booked",
    "pending": "pending",
    "cancelled": "cancelled",
    "ignored": "cancelled",
}


def appointment_of(booking: ImportedBooking) -> fhir.Appointment:
    """`meta.versionId` is the booking's version here, its ETag; what the other system told is not repeated."""
    wanted = booking.wanted
    return fhir.Appointment(
        id=booking.booking_id,
        meta=fhir.Meta(version_id=str(booking.version), last_updated=booking.changed_at),
        extension=_extensions(booking),
        identifier=(fhir.Identifier(system=booking.external_system or None, value=booking.external_id),),
        status=_STATUS[booking.state],
        service_type=(fhir.CodeableConcept(text=wanted.reason),) if wanted and wanted.reason else (),
        start=wanted.starts_at if wanted else None,
        end=wanted.ends_at if wanted else None,
        participant=_participants(booking),
    )


def patient_of(patient: Patient) -> fhir.Patient:
    """A protected person's name is not told."""
    number = fhir.Identifier(system=SYSTEM_OF[patient.identity.kind], value=patient.number)
    name = fhir.HumanName(use="official", family=patient.family_name, given=tuple(patient.given_name.split()))
    return fhir.Patient(
        id=patient.patient_id,
        meta=fhir.Meta(version_id=str(patient.version), security=(PROTECTED,) if patient.protected else ()),
        identifier=(number,),
        active=patient.problem is None,
        name=() if patient.protected else (name,),
    )


def practitioner_of(member: StaffMember) -> fhir.Practitioner:
    name = fhir.HumanName(use="official", family=member.family_name, given=tuple(member.given_name.split()))
    hsa_id = fhir.Identifier(system=HSA_ID, value=member.hsa_id)
    return fhir.Practitioner(id=member.hsa_id, identifier=(hsa_id,), active=True, name=(name,))


def _extensions(booking: ImportedBooking) -> tuple[fhir.Extension, ...]:
    state = fhir.Extension(url=STATE, value_code=booking.state)
    return (state, fhir.Extension(url=WHY, value_code=booking.why)) if booking.why else (state,)


def _participants(booking: ImportedBooking) -> tuple[fhir.Participant, ...]:
    """FHIR wants at least one (1..*): of a booking without a visit the organisation itself."""
    wanted = booking.wanted
    if wanted is None:
        name = fhir.Identifier(system=HSA_ID, value=booking.org_id)
        return (fhir.Participant(actor=fhir.Reference(type="HealthcareService", identifier=name), status="declined"),)
    patient = fhir.Reference(reference=f"Patient/{wanted.patient_id}", type="Patient")
    staff = (fhir.Reference(reference=f"Practitioner/{each}", type="Practitioner") for each in wanted.staff)
    return tuple(fhir.Participant(actor=actor, status="accepted") for actor in (patient, *staff))
