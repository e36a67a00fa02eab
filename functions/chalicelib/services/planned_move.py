"""What Omboka writes: the visit as it becomes, who is written to, and what follows it (B4, B9)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from msgspec.structs import replace

from chalicelib.concealed import Concealed
from chalicelib.domain.booking import require_sensible_time
from chalicelib.domain.changes import Change, Create
from chalicelib.domain.link import Link
from chalicelib.domain.message import OutboxMessage
from chalicelib.domain.ombud_change import former_ombud, is_ombud, with_ombud
from chalicelib.domain.organisation import Organisation, StaffMember
from chalicelib.domain.participants import MOST_PARTICIPANTS, require_not_own
from chalicelib.domain.patient import Patient
from chalicelib.domain.rebooking import is_at_another_time, moved
from chalicelib.domain.relations import Relation, chosen
from chalicelib.domain.reminders import reminder_plan
from chalicelib.domain.removal import without_participant
from chalicelib.domain.rescheduling import Rescheduling, invited_themselves, require_movable
from chalicelib.domain.visit import Form, Kind, Rebooking, Visit
from chalicelib.domain.visit_messages import invitation, moved_messages, removed_messages
from chalicelib.errors import BadInput, Conflict
from chalicelib.services.new_links import new_link
from chalicelib.services.ports import Ports


@dataclass(frozen=True, slots=True, repr=False)
class Around(Concealed):
    """What moving needs of the database; `owner` when another is asked for."""

    organisation: Organisation
    patients: Sequence[Patient]
    owner: StaffMember | None


@dataclass(frozen=True, slots=True, repr=False)
class Move(Concealed):
    """`links`: of the rows that must be kept longer than before, and of those who are new."""

    visit: Visit
    messages: list[OutboxMessage]
    links: list[Link]
    others: list[Change]


def planned_move(ports: Ports, visit: Visit, wanted: Rescheduling, around: Around, by: Rebooking) -> Move | None:
    """None when the visit stands as asked for. Raises what `reschedule_visit` does of the booking itself."""
    _require_allowed(visit, wanted, around, by.at)
    people, newcomers, others = _with_relations(visit, wanted, around, by.at)
    if wanted.stands(visit) and people == visit:
        return None
    after = moved(
        people,
        wanted.starts_at,
        wanted.duration_minutes,
        by,
        reason=wanted.reason,
        owner=around.owner,
        kind=wanted.kind,
    )
    if len(after.participants) > max(MOST_PARTICIPANTS, len(visit.participants)):
        raise Conflict("the visit would have too many participants", code="too_many_participants")
    is_moved = is_at_another_time(visit, after)
    written = [
        *_written(after, newcomers, around.organisation, by.at, everyone=is_moved),
        *_told_to_stay_away(visit, after, around.organisation, by.at),
    ]
    is_later = after.ends_at > visit.ends_at
    linked = [p for p in after.participants if p.link_id and (is_later or p.participant_id in newcomers)]
    return Move(
        visit=after,
        messages=written,
        links=[new_link(ports, around.organisation, after, person) for person in linked],
        others=[*others, *map(Create, reminder_plan(after, around.organisation, by.at) if is_moved else [])],
    )


def _require_allowed(visit: Visit, wanted: Rescheduling, around: Around, now: datetime) -> None:
    if (visit.starts_at, visit.ends_at) != (wanted.starts_at, wanted.ends_at):
        require_sensible_time(wanted.starts_at, now)
    require_movable(visit, wanted, around.patients, around.organisation)


def _with_relations(
    visit: Visit, wanted: Rescheduling, around: Around, now: datetime
) -> tuple[Visit, frozenset[str], list[Change]]:
    """The visit with those who come for the patient as they will be, the new ones among them, and what else that writes."""
    patient, kind = around.patients[0], wanted.kind or visit.kind
    if kind is Kind.CHILD:
        return _with_guardians(visit, wanted, patient, now)
    named = _with_primary_contact(visit, patient, kind, wanted.relations)
    return (named, frozenset(), []) if visit.ombud is None else _grown_up(named, patient, now)


def _with_primary_contact(visit: Visit, patient: Patient, kind: Kind, relations: Sequence[Relation]) -> Visit:
    """Nobody acts for who comes in themselves, nor is anyone's guardian concerned in a group or by a relative."""
    if not relations:
        return visit
    if visit.form in {Form.GROUP, Form.RELATIVE}:
        raise BadInput("nobody acts for these patients", code="ombud_not_needed", field="relations")
    return replace(visit, primary_contact_id=chosen(patient, kind, relations).primary_contact_id)


def _grown_up(visit: Visit, patient: Patient, now: datetime) -> tuple[Visit, frozenset[str], list[Change]]:
    """A child that has turned 13: the ombud's place ends, and the child comes in by a link of their own (B4, B5)."""
    without, removals = visit, list[Change]()
    for ombud in (p for p in visit.participants if p.role == "ombud"):
        without, also = without_participant(without, ombud, now)
        removals += also
    require_not_own([p.contact for p in without.participants if p.role == "guest"], without, [patient.contact])
    after = invited_themselves(without, patient)
    return after, frozenset({after.patient.participant_id}), removals


def _with_guardians(
    visit: Visit, wanted: Rescheduling, patient: Patient, now: datetime
) -> tuple[Visit, frozenset[str], list[Change]]:
    """Of a child: those asked for; else the ombud it has, if they may still act for it."""
    if not wanted.relations:
        chosen(patient, Kind.CHILD, _relations_now(visit))
        return visit, frozenset(), []
    picked = chosen(patient, Kind.CHILD, wanted.relations)
    named = replace(visit, primary_contact_id=picked.primary_contact_id)
    if picked.ombud is None or is_ombud(visit, picked.ombud):
        return named, frozenset(), []
    after, ombud, removals = with_ombud(named, picked.ombud, now)
    return after, frozenset({ombud.participant_id}), removals


def _relations_now(visit: Visit) -> list[Relation]:
    return [Relation(guardian_id=visit.ombud.guardian_id, ombud=True)] if visit.ombud else []


def _told_to_stay_away(visit: Visit, after: Visit, organisation: Organisation, now: datetime) -> list[OutboxMessage]:
    """To a former ombud the visit that they know of is cancelled: nobody else would tell them not to come."""
    former = former_ombud(visit, after)
    return removed_messages(visit, former, now, organisation) if former is not None else []


def _written(
    visit: Visit, newcomers: frozenset[str], organisation: Organisation, now: datetime, *, everyone: bool
) -> list[OutboxMessage]:
    """Who is new is invited; of a new time all others are told."""
    invited = [invitation(visit, visit.participant(each), now, organisation) for each in newcomers]
    told = moved_messages(visit, now, organisation) if everyone else []
    return [*(m for m in invited if m), *(m for m in told if m.participant_id not in newcomers)]
