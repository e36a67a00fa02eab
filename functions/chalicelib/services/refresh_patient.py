"""Uppdatera: what the population register says now (P3, P5)."""

from datetime import datetime, timedelta

from msgspec.structs import replace

from chalicelib.domain.audit import by_staff, of_visit
from chalicelib.domain.call_control import replace_device_message
from chalicelib.domain.changes import Change, Create, Replace
from chalicelib.domain.patient import Patient
from chalicelib.domain.patient_visits import following
from chalicelib.domain.register import RegisterPerson
from chalicelib.domain.registered import up_to_date
from chalicelib.domain.relations import may_act
from chalicelib.domain.staff import Staff
from chalicelib.domain.visit import Participant, Visit, with_participant
from chalicelib.errors import Conflict, NotFound
from chalicelib.services.change_visit import Decision, change_visit
from chalicelib.services.find_patient import count_register_question, one_look_up
from chalicelib.services.known_patient import known_patient
from chalicelib.services.log_access import log_read
from chalicelib.services.ports import Ports

ATTEMPTS = 5
_MAY_STILL_GO_ON = timedelta(days=1)


def refresh_patient(ports: Ports, staff: Staff, patient_id: str) -> Patient:
    """The patient with names, protection, guardians and state fetched anew; written contacts stay.

    Visits to come follow, so that no list names who is protected now, and an ombud who may act no more is put out; what a
    crash left behind, the next Uppdatera does.
    Raises NotFound (also `unknown_person`: the register has no such number), RegisterUnavailable, and TooManyAttempts;
    nothing is written then. Raises Conflict (`changed_meanwhile`) when something changed under every attempt.
    """
    known = known_patient(ports, staff, patient_id)
    count_register_question(ports, staff)
    person = ports.register.person(known.identity, fresh=True)
    if person is None:
        raise NotFound("the register has no such number", code="unknown_person")
    patient = _brought_up_to_date(ports, staff, patient_id, person)
    for visit_id in _visits_to_come(ports, patient):
        _follow(ports, staff, visit_id, patient)
    return patient


def _brought_up_to_date(ports: Ports, staff: Staff, patient_id: str, person: RegisterPerson) -> Patient:
    for _ in range(ATTEMPTS - 1):
        try:
            return _write(ports, staff, patient_id, person)
        except Conflict:
            continue
    return _write(ports, staff, patient_id, person)


def _write(ports: Ports, staff: Staff, patient_id: str, person: RegisterPerson) -> Patient:
    patient = known_patient(ports, staff, patient_id)
    if patient.fetched_at > person.fetched_at:
        log_read(ports, by_staff(staff, "patient.view", ports.clock.now(), patient_id=patient_id))
        return patient
    after = replace(up_to_date(ports.settings.patient_key, patient, person), version=patient.version + 1)
    entry = by_staff(staff, "patient.refresh", ports.clock.now(), patient_id=patient_id)
    ports.store.commit([Replace(after), Create(entry), one_look_up(staff)])
    return after


def _visits_to_come(ports: Ports, patient: Patient) -> list[str]:
    since = ports.clock.now() - _MAY_STILL_GO_ON
    return ports.store.visits_of_patient(patient.org_id, patient.patient_id, since)


def _follow(ports: Ports, staff: Staff, visit_id: str, patient: Patient) -> None:
    def decide(visit: Visit) -> Decision | None:
        now = ports.clock.now()
        followed = following(visit, patient, others_protected=_others_protected(ports, visit, patient))
        after, also = _without_rights(followed, patient, now)
        if visit.is_over or after == visit:
            return None
        return after, [*map(Create, of_visit(staff, "visit.refresh", now, visit)), *also]

    change_visit(ports.store, visit_id, decide)


def _others_protected(ports: Ports, visit: Visit, patient: Patient) -> bool:
    others = [patient_id for patient_id in visit.patient_ids if patient_id != patient.patient_id]
    return bool(others) and any(each.protected for each in ports.store.patients(visit.org_id, others))


def _without_rights(visit: Visit, patient: Patient, now: datetime) -> tuple[Visit, list[Change]]:
    """An ombud who may act no more is out at once, of the waiting room and of a running call (P5). Their place stays until
    staff names another, and its link is refused."""
    ombud = visit.ombud
    if ombud is None or not ombud.session_hash or _acts(patient, ombud):
        return visit, []
    out = replace(ombud, session_hash="", waiting_since=None, away_since=None)
    call = visit.call
    order = [] if call is None else [replace_device_message(visit, call, ombud.participant_id, ombud.session_hash, now)]
    return with_participant(visit, out), [Create(message) for message in order]


def _acts(patient: Patient, ombud: Participant) -> bool:
    guardian = patient.guardian(ombud.guardian_id)
    return guardian is not None and may_act(patient, guardian)
