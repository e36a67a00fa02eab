"""A media node's snapshot of a call is written into its visit; late, doubled and reordered ones do no harm (S4, C3)."""

from msgspec.structs import replace

from chalicelib.domain.call_event import CallState, after_event, statistics_of
from chalicelib.domain.call_id import is_call_of, quality_id, visit_id_of_call
from chalicelib.domain.changes import Create, Put
from chalicelib.domain.visit import Visit
from chalicelib.domain.visit_messages import started_messages
from chalicelib.services.change_visit import Decision, change_visit
from chalicelib.services.ports import Ports


def apply_call_event(ports: Ports, event: CallState) -> bool:
    """Whether it was of a call of ours. Raises Conflict when the visit changed under every attempt (worth another try).

    The statistics of an ended call are kept also when the visit no longer waits for them: Avsluta ends both at once.
    """
    visit = _visit_of(ports, event)
    if visit is None:
        return False
    statistics = statistics_of(event, visit.org_id, quality_id(ports.settings.link_key, event.call_id))
    if statistics is not None:
        ports.store.commit([Put(statistics)])
    change_visit(ports.store, visit.visit_id, lambda visit: _decision(ports, visit, event), known=visit)
    return True


def _visit_of(ports: Ports, event: CallState) -> Visit | None:
    visit_id = visit_id_of_call(event.call_id)
    visit = ports.store.visit(visit_id) if visit_id else None
    return visit if visit is not None and is_call_of(visit, event.call_id) else None


def _decision(ports: Ports, visit: Visit, event: CallState) -> Decision | None:
    """The first time that staff is in a call of the visit, patients who are not there are told, once (B10)."""
    after = after_event(visit, event)
    if after is None:
        return None
    if visit.staff_came_at is not None or after.call is None or not after.call.staff_connected:
        return after, []
    now, organisation = ports.clock.now(), ports.store.organisation(visit.org_id)
    told = started_messages(after, now, organisation) if organisation is not None else []
    return replace(after, staff_came_at=now), [*map(Create, told)]
