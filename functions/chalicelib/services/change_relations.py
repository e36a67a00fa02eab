"""Another ombud or primary contact in a visit that is booked already (P6, B4)."""

from collections.abc import Sequence
from datetime import datetime

from msgspec.structs import replace

from chalicelib.domain.access import require
from chalicelib.domain.audit import of_visit
from chalicelib.domain.changes import Change, Create
from chalicelib.domain.ombud_change import former_ombud, is_ombud, with_ombud
from chalicelib.domain.organisation import Organisation
from chalicelib.domain.relations import Relation, chosen
from chalicelib.domain.staff import Staff
from chalicelib.domain.visit import Participant, Visit
from chalicelib.domain.visit_messages import invitation, removed_messages
from chalicelib.services.change_visit import Decision
from chalicelib.services.end_participation import end_participation_now
from chalicelib.services.known_organisation import organisation_of
from chalicelib.services.known_patient import patient_of
from chalicelib.services.log_access import change_as_staff
from chalicelib.services.new_links import new_link
from chalicelib.services.open_visit import open_visit
from chalicelib.services.ports import Ports


def change_relations(ports: Ports, staff: Staff, visit_id: str, relations: Sequence[Relation]) -> Visit:
    """The visit with these relations; the same again changes nothing.

    One transaction: the former ombud is out, with link, sessions and place in a running call, and told so of a visit to
    come; the new one is invited, who is a guest no longer. An ombud whose contact has changed since is invited anew there.
    Raises NotFound, Conflict (`visit_over`), and what `domain.relations.chosen` raises.
    """
    opened, _ = open_visit(ports, staff, visit_id, "change_relations")
    organisation, patient = organisation_of(ports, opened), patient_of(ports, opened)
    now = ports.clock.now()

    def decide(visit: Visit) -> Decision | None:
        require(visit, "staff", "change_relations")
        picked = chosen(patient, visit.kind, relations)
        after, also = visit, list[Change]()
        if picked.ombud is not None and not is_ombud(visit, picked.ombud):
            after, ombud, removals = with_ombud(visit, picked.ombud, now)
            told = _told_to_stay_away(visit, after, organisation, now)
            also = [*removals, *told, *_invited(ports, organisation, after, ombud, now)]
        after = replace(after, primary_contact_id=picked.primary_contact_id)
        if after == visit:
            return None
        return after, [*also, *map(Create, of_visit(staff, "visit.change_relations", now, visit))]

    changed = change_as_staff(ports, staff, opened, decide)
    end_participation_now(ports, changed)
    return changed


def _invited(ports: Ports, organisation: Organisation, visit: Visit, ombud: Participant, now: datetime) -> list[Change]:
    message = invitation(visit, ombud, now, organisation)
    return [Create(new_link(ports, organisation, visit, ombud)), *([Create(message)] if message else [])]


def _told_to_stay_away(before: Visit, after: Visit, organisation: Organisation, now: datetime) -> list[Change]:
    former = former_ombud(before, after)
    return [] if former is None else [*map(Create, removed_messages(before, former, now, organisation))]
