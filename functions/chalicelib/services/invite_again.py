"""Skicka igen: who was not reached is invited again, where they are reached now (B10, P4, G1)."""

from dataclasses import dataclass
from datetime import datetime

from msgspec.structs import replace

from chalicelib.concealed import Concealed
from chalicelib.domain.access import require
from chalicelib.domain.audit import by_staff, of_visit
from chalicelib.domain.changes import Change, Count, Create, Replace
from chalicelib.domain.contact import either_contact, required_contact
from chalicelib.domain.organisation import Organisation
from chalicelib.domain.participants import KEPT_ROLES, require_not_own
from chalicelib.domain.patient import Patient
from chalicelib.domain.reinvitation import Reinvitation, is_carried_out, require_invitable, with_reinvited
from chalicelib.domain.staff import Staff
from chalicelib.domain.visit import Contact, Form, Participant, Visit
from chalicelib.domain.visit_messages import invitation
from chalicelib.errors import BadInput, Conflict
from chalicelib.services.change_participants import CHANGES, CHANGES_WINDOW_S
from chalicelib.services.change_visit import Decision
from chalicelib.services.end_participation import end_participation_now
from chalicelib.services.known_organisation import organisation_of
from chalicelib.services.known_patient import patient_of, patients_of
from chalicelib.services.log_access import change_as_staff
from chalicelib.services.new_links import new_link
from chalicelib.services.open_visit import open_visit
from chalicelib.services.ports import Ports


@dataclass(frozen=True, slots=True, repr=False)
class AskedAgain(Concealed):
    """As staff write it. `patient_version`: the patient, or the ombud's child, as the writer saw them."""

    request_id: str
    seen: int
    phone: str
    email: str
    patient_version: int


def invite_again(ports: Ports, staff: Staff, visit_id: str, participant_id: str, asked: AskedAgain) -> Visit:
    """The visit with the person invited anew; the same request invites once.

    One transaction: visit, a new link where the address is corrected, the invitation, the access log; and the correction in
    the patient's own record, where their contacts and a guardian's live (P4), so that the next booking is right as well.
    What is on its way to the old address is not sent any more.

    Raises NotFound, TooManyAttempts, BadInput (`invalid_phone`, `invalid_email`, `patient_contact_missing`,
    `guest_contact_missing`), and Conflict (`not_invitable`, `own_number`, `invited_too_often`, `changed_meanwhile`,
    `visit_over`).
    """
    opened, _ = open_visit(ports, staff, visit_id, "change_participants")
    organisation = organisation_of(ports, opened)
    now = ports.clock.now()

    def decide(visit: Visit) -> Decision | None:
        require(visit, "staff", "change_participants")
        wanted = Reinvitation(request_id=asked.request_id, seen=asked.seen, contact=Contact())
        if is_carried_out(visit, wanted):
            return None
        person = visit.participant(participant_id)
        require_invitable(person, wanted)
        wanted = replace(wanted, contact=_contact(visit, person, asked))
        corrected = _correction(ports, visit, person, wanted.contact, asked.patient_version)
        logged = of_visit(staff, "participant.invite_again", now, visit)
        after, invited, also = with_reinvited(visit, person, wanted, now)
        sent = _sent(ports, organisation, after, invited, is_new=invited.link_id != person.link_id, now=now)
        count = Count(f"participants#{staff.org_id}#{staff.hsa_id}", CHANGES, CHANGES_WINDOW_S)
        return after, [*also, *_corrected(staff, corrected, visit, now), *sent, *map(Create, logged), count]

    visit = change_as_staff(ports, staff, opened, decide)
    end_participation_now(ports, visit)
    return visit


def _contact(visit: Visit, person: Participant, asked: AskedAgain) -> Contact:
    """What each role must be reached by: a patient and an ombud by SMS (P4), others by either (B7, G2)."""
    if person.role == "guest" and not asked.phone.strip() and not asked.email.strip():
        raise BadInput("a guest needs a phone number or an e-mail", code="guest_contact_missing", field="phone")
    by_either = person.role == "guest" or visit.form is Form.RELATIVE
    return either_contact(asked.phone, asked.email) if by_either else required_contact(asked.phone, asked.email)


def _correction(
    ports: Ports, visit: Visit, person: Participant, contact: Contact, version: int
) -> tuple[Patient, str] | None:
    """The record to be corrected besides the visit, and what that is called in the access log; None where it says so already.

    Raises Conflict (`own_number`, `changed_meanwhile`, `not_invitable`).
    """
    if person.role not in KEPT_ROLES:
        require_not_own([contact], visit, [patient.contact for patient in patients_of(ports, visit)])
        return None
    require_not_own(_guests(visit), replace(visit, participants=()), [contact])
    patient = patient_of(ports, visit, person)
    after, action = _with_contact(patient, person, contact)
    if after == patient:
        return None
    if patient.version != version:
        raise Conflict("the patient has been changed since", code="changed_meanwhile")
    return replace(after, version=patient.version + 1), action


def _corrected(staff: Staff, correction: tuple[Patient, str] | None, visit: Visit, now: datetime) -> list[Change]:
    if correction is None:
        return []
    patient, action = correction
    entry = by_staff(staff, action, now, patient_id=patient.patient_id, visit_id=visit.visit_id)
    return [Replace(patient), Create(entry)]


def _guests(visit: Visit) -> list[Contact]:
    return [person.contact for person in visit.participants if person.role == "guest"]


def _with_contact(patient: Patient, person: Participant, contact: Contact) -> tuple[Patient, str]:
    """The patient's own contact, or the guardian's who is the ombud. Raises Conflict (`not_invitable`)."""
    if person.role == "patient":
        return replace(patient, contact=contact), "patient.change_contacts"
    guardian = patient.guardian(person.guardian_id)
    if guardian is None:
        raise Conflict("the ombud is no guardian any more", code="not_invitable")
    corrected = replace(guardian, contact=contact)
    guardians = tuple(corrected if each == guardian else each for each in patient.guardians)
    return replace(patient, guardians=guardians), "patient.change_guardian_contacts"


def _sent(
    ports: Ports, organisation: Organisation, visit: Visit, person: Participant, *, is_new: bool, now: datetime
) -> list[Change]:
    message = invitation(visit, person, now, organisation)
    link: list[Change] = [Create(new_link(ports, organisation, visit, person))] if is_new else []
    return [*link, *([Create(message)] if message else [])]
