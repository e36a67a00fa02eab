"""Visits as the API shows them to staff."""

from typing import Literal

from msgspec.structs import replace

from chalicelib.api.patient_views import guardian_views
from chalicelib.api.schemas import visits as schemas
from chalicelib.domain.access import Action
from chalicelib.domain.agenda import AgendaRow
from chalicelib.domain.deliveries import Delivery, deliveries, delivery
from chalicelib.domain.local_time import local_date
from chalicelib.domain.participants import is_removable
from chalicelib.domain.patient import Patient
from chalicelib.domain.reinvitation import is_invitable
from chalicelib.domain.visit import Call, Participant, Received, Visit
from chalicelib.services.show_agenda import DayAgenda
from chalicelib.services.show_visit import VisitPage

_ACTIONS: dict[Action, schemas.Action] = {
    "receive": "receive",
    "start": "start",
    "start_call": "start_call",
    "join_call": "join_call",
    "end": "end",
    "no_show": "no_show",
    "chat": "chat",
    "note": "note",
    "change_participants": "change_participants",
    "change_relations": "change_relations",
    "reschedule": "reschedule",
    "cancel": "cancel",
}


def agenda_view(agenda: DayAgenda) -> schemas.Agenda:
    return schemas.Agenda(
        date=agenda.day,
        today=agenda.today,
        entries=[_entry(row) for row in agenda.rows],
        next_visit_at=agenda.next_visit_at,
    )


def visit_view(page: VisitPage, join_button_text: str) -> schemas.VisitView:
    visit, me = page.visit, page.me
    patients = [_patient(visit, *both) for both in zip(visit.patients, page.patients, strict=True)]
    shown = patients if me.role == "staff" else [_without_contacts(patient) for patient in patients]
    return schemas.VisitView(
        visit_id=visit.visit_id,
        version=visit.version,
        kind=visit.kind.value,
        form=visit.form.value,
        status=visit.status.value,
        starts_at=visit.starts_at,
        ends_at=visit.ends_at,
        reason=visit.reason,
        unit_name=visit.unit_name,
        owner=schemas.Person(visit.owner_hsa_id, visit.owner.name),
        patient=shown[0],
        patients=shown,
        relations=_relations(visit) if me.role == "staff" else schemas.Relations(None, None, None),
        participants=[_participant(page, person) for person in visit.participants if _listed(person)],
        received=_received(visit.received),
        started_at=visit.started_at,
        ended_at=visit.ended_at,
        call=_call(visit.call),
        last_call_id=visit.last_call_id or None,
        me=schemas.Me(me.participant_id, me.hsa_id == visit.owner_hsa_id, _my_role(me)),
        actions=[_ACTIONS[action] for action in page.actions],
        join_button_text=join_button_text,
        sequence=visit.sequence,
        rebooked=schemas.Rebooked(visit.rebooked.name, visit.rebooked.at) if visit.rebooked else None,
        cancel_reason=visit.cancel_reason,
        cancelled_by=visit.cancelled_by,
        series_id=visit.series_id,
        external=bool(visit.external_id),
    )


def _entry(row: AgendaRow) -> schemas.AgendaEntry:
    return schemas.AgendaEntry(
        visit_id=row.visit_id,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        kind=row.kind.value,
        status=row.status.value,
        patient_name=row.patient_name,
        protected=row.protected,
        reason=row.reason,
        waiting=[schemas.AgendaWaiting(w.name, w.since, w.away) for w in row.waiting],
        received=_received(row.received),
        call_running=row.call_running,
        invited=row.invited,
        form=row.form.value,
        patients=row.patients,
        late=row.late_minutes,
        external=row.external,
        unreached=row.unreached,
    )


def _patient(visit: Visit, person: Participant, patient: Patient) -> schemas.PatientOfVisit:
    return schemas.PatientOfVisit(
        participant_id=person.participant_id,
        display_name=person.display_name,
        patient_id=patient.patient_id,
        version=patient.version,
        name=patient.name,
        age=patient.identity.age_on(local_date(visit.starts_at)),
        number_masked=str(patient.identity),
        phone=patient.contact.phone,
        email=patient.contact.email or None,
        protected=patient.protected,
        protected_registration=patient.protected_registration,
        problem=patient.problem,
        guardians=guardian_views(patient),
        guardians_withheld=patient.guardians_withheld,
    )


def _without_contacts(patient: schemas.PatientOfVisit) -> schemas.PatientOfVisit:
    """What a colleague, who is a guest in the visit, needs to know of the patient: whom they meet (G4)."""
    return replace(patient, number_masked="", phone="", email=None, guardians=[])


def _relations(visit: Visit) -> schemas.Relations:
    ombud = visit.ombud
    return schemas.Relations(
        ombud_id=ombud.guardian_id if ombud else None,
        invited_phone=ombud.contact.phone if ombud else None,
        primary_contact_id=visit.primary_contact_id or None,
    )


def _listed(person: Participant) -> bool:
    """The open guest place is nobody until someone has come in by its link."""
    return bool(person.name) or person.waiting_since is not None


def _participant(page: VisitPage, person: Participant) -> schemas.ParticipantView:
    return schemas.ParticipantView(
        participant_id=person.participant_id,
        role=person.role,
        name=person.name,
        presence=_presence(page.visit, person),
        delivery=delivery(page.messages, person),
        is_owner=person.hsa_id == page.visit.owner_hsa_id,
        guest_kind=person.guest_kind if person.role == "guest" else None,
        removable=is_removable(page.visit, person),
        display_name=person.display_name,
        language=person.language,
        late=schemas.Late(person.late.minutes, person.late.at) if person.late else None,
        deliveries=[_delivery(told) for told in deliveries(page.messages, person)],
        phone=person.contact.phone if page.me.role == "staff" else "",
        email=person.contact.email if page.me.role == "staff" else "",
        invited_again=person.invited_again if is_invitable(person) else None,
    )


def _my_role(me: Participant) -> Literal["staff", "colleague"]:
    return "staff" if me.role == "staff" else "colleague"


def _presence(visit: Visit, person: Participant) -> schemas.Presence:
    if visit.call is not None and person.participant_id in visit.call.connected:
        return schemas.Presence("in_call", visit.call.opened_at)
    if person.away_since is not None:
        return schemas.Presence("away", person.away_since)
    return schemas.Presence("waiting" if person.waiting_since else "invited", person.waiting_since)


def _delivery(told: Delivery) -> schemas.Delivery:
    return schemas.Delivery(told.reason, told.channel, told.state, told.at, told.failure)


def _received(received: Received | None) -> schemas.Received | None:
    return None if received is None else schemas.Received(received.name, received.at)


def _call(call: Call | None) -> schemas.CallView | None:
    if call is None:
        return None
    return schemas.CallView(call.call_id, call.staff_connected, len(call.connected))
