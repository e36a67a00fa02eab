"""The visit that a booking becomes, by its form (B1-B8). Its people are in `domain.places`."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from msgspec.structs import replace

from chalicelib.domain.booking import Booking, require_bookable, series_id_of, visit_id_of
from chalicelib.domain.group import display_names, require_group
from chalicelib.domain.kinds import kind_on, require_kind
from chalicelib.domain.local_time import local_date
from chalicelib.domain.organisation import Organisation, StaffMember
from chalicelib.domain.patient import Patient
from chalicelib.domain.places import group_place, guest_places, ombud_of, patient_place, staff_places
from chalicelib.domain.relations import Chosen, chosen
from chalicelib.domain.visit import Contact, Form, Kind, Participant, Received, Status, Visit
from chalicelib.errors import BadInput

RELATIVE_REASON = "Anhörigsamtal"
_TEAM_AT_LEAST = 2


def visit_of(
    booking: Booking,
    organisation: Organisation,
    patients: Sequence[Patient],
    staff: Sequence[StaffMember],
    now: datetime,
    *,
    place: int = 0,
) -> Visit:
    """The booked visit; the first of `staff` owns it, and `patients` are those of the booking, in its order. It has an
    open guest place for the link that can be copied. `place`: which one of a repeated booking.

    Raises BadInput (`one_patient`, `team_needs_two`, `relative_not_adult`, `patient_contact_missing`: of who has no ombud),
    and what `require_bookable`, `kinds.require_kind`, `group.require_group`, `group.display_names` and `relations.chosen`
    do.
    """
    for patient in patients:
        require_bookable(patient)
    owner = staff[0]
    visit_id = visit_id_of(organisation.org_id, owner.hsa_id, booking.request_id, place)
    invited, relations = _invited(visit_id, booking, organisation, patients)
    if booking.form is Form.TEAM and len(staff) < _TEAM_AT_LEAST:
        raise BadInput("a team has at least two clinicians", code="team_needs_two", field="staff")
    people = (*staff_places(visit_id, staff), *invited, *guest_places(visit_id, booking.guests))
    visit = Visit(
        visit_id=visit_id,
        version=1,
        org_id=organisation.org_id,
        org_name=organisation.name,
        unit_id=owner.unit_id,
        unit_name=owner.unit_name,
        kind=booking.kind,
        form=booking.form,
        status=Status.BOOKED,
        starts_at=booking.starts_at,
        ends_at=booking.starts_at + timedelta(minutes=booking.duration_minutes),
        reason=RELATIVE_REASON if booking.form is Form.RELATIVE else booking.reason,
        owner_hsa_id=owner.hsa_id,
        patient_id="" if booking.form is Form.GROUP else patients[0].patient_id,
        patient_protected=any(patient.protected for patient in patients),
        created_at=now,
        participants=people,
        primary_contact_id=relations.primary_contact_id,
        series_id=series_id_of(organisation.org_id, owner.hsa_id, booking.request_id) if booking.repeat else "",
    )
    return _begun(visit, owner, now) if booking.start_now else visit


def _begun(visit: Visit, owner: StaffMember, now: datetime) -> Visit:
    """A drop-in visit: its clinician has received it and has started (L3, S1)."""
    received = Received(owner.hsa_id, owner.name, now)
    return replace(visit, status=Status.ONGOING, received=received, started_at=now)


def _invited(
    visit_id: str, booking: Booking, organisation: Organisation, patients: Sequence[Patient]
) -> tuple[list[Participant], Chosen]:
    """The patients' places, with who comes for them."""
    day = local_date(booking.starts_at)
    kinds = [kind_on(patient.identity, day, organisation.child_age_limit) for patient in patients]
    if booking.form is Form.GROUP:
        return _group(visit_id, booking, patients, kinds), Chosen()
    if len(patients) != 1:
        raise BadInput("a visit is for one patient", code="one_patient", field="patients")
    if booking.form is Form.RELATIVE:
        return _relative(visit_id, booking, patients[0], kinds[0]), Chosen()
    require_kind(booking.kind, kinds[0])
    relations = chosen(patients[0], booking.kind, booking.relations)
    return _one(visit_id, booking, patients[0], relations), relations


def _group(visit_id: str, booking: Booking, patients: Sequence[Patient], kinds: Sequence[Kind]) -> list[Participant]:
    _require_alone(booking)
    require_group(booking.patient_ids, kinds)
    for patient in patients:
        _require_phone(patient)
    names = display_names([each.display_name for each in booking.patients])
    return [
        group_place(visit_id, patient, asked.language, name, youth=kind is Kind.YOUTH)
        for patient, asked, name, kind in zip(patients, booking.patients, names, kinds, strict=True)
    ]


def _relative(visit_id: str, booking: Booking, relative: Patient, kind: Kind) -> list[Participant]:
    """A conversation with a relative knows of no patient: the relative's own number and contact are all there is (B7)."""
    _require_alone(booking)
    if kind is not Kind.ADULT:
        raise BadInput("a relative in a conversation is an adult", code="relative_not_adult", field="patients")
    if not relative.contact.phone and not relative.contact.email:
        raise _no_contact()
    return [patient_place(visit_id, relative, booking.patients[0].language)]


def _one(visit_id: str, booking: Booking, patient: Patient, relations: Chosen) -> list[Participant]:
    """The patient, who comes in by a link, or has an ombud and then comes with them."""
    language = booking.patients[0].language
    place = patient_place(visit_id, patient, language)
    if relations.ombud is None:
        _require_phone(patient)
        return [place]
    return [replace(place, link_id="", contact=Contact()), ombud_of(visit_id, relations.ombud, language=language)]


def _require_alone(booking: Booking) -> None:
    """Groups and relatives are adults to a booking, each for themselves."""
    require_kind(booking.kind, Kind.ADULT)
    if booking.relations:
        raise BadInput("nobody acts for these patients", code="ombud_not_needed", field="relations")


def _require_phone(patient: Patient) -> None:
    if not patient.contact.phone:
        raise _no_contact()


def _no_contact() -> BadInput:
    return BadInput("the patient cannot be reached", code="patient_contact_missing", field="patients")
