"""A visit's way through its states: mottaget, pågående, avslutat, uteblivet (L3, S1, S5)."""

from collections.abc import Callable
from datetime import datetime

from msgspec.structs import replace

from chalicelib.domain.access import Action, has_its_time_come, require
from chalicelib.domain.audit import of_visit
from chalicelib.domain.call_control import end_call_message
from chalicelib.domain.changes import Change, Create
from chalicelib.domain.staff import Staff
from chalicelib.domain.visit import Call, Received, Status, Visit
from chalicelib.errors import Conflict
from chalicelib.services.change_visit import Decision
from chalicelib.services.log_access import change_as_staff
from chalicelib.services.open_visit import open_visit
from chalicelib.services.ports import Ports

Step = Callable[[Visit, datetime], Visit | None]


def receive_visit(ports: Ports, staff: Staff, visit_id: str) -> Visit:
    """Ta emot: who received the visit and when; the first one stands, again is harmless (L3)."""
    return _advance(ports, staff, visit_id, "receive", lambda visit, now: _received(visit, staff, now))


def start_visit(ports: Ports, staff: Staff, visit_id: str) -> Visit:
    """Starta besök: mottaget -> pågående (S1)."""
    return _advance(ports, staff, visit_id, "start", _started)


def mark_no_show(ports: Ports, staff: Staff, visit_id: str) -> Visit:
    """Uteblev. Raises Conflict (`no_show_too_early`) before the visit's time, and (`call_running`) while people are in the
    call (S5)."""
    return _advance(ports, staff, visit_id, "no_show", _no_show)


def end_visit(ports: Ports, staff: Staff, visit_id: str, *, end_call: bool) -> Visit:
    """Avsluta besök: links and chat end with it, and the call if `end_call`; else Conflict (`call_running`) (S5)."""
    return _advance(ports, staff, visit_id, "end", lambda visit, now: _over(visit, Status.ENDED, now, end_call))


def _advance(ports: Ports, staff: Staff, visit_id: str, action: Action, step: Step) -> Visit:
    opened, _ = open_visit(ports, staff, visit_id, action)
    now = ports.clock.now()

    def decide(visit: Visit) -> Decision | None:
        require(visit, "staff", action)
        after = step(visit, now)
        return None if after is None else (after, _also(staff, visit, after, action, now))

    return change_as_staff(ports, staff, opened, decide)


def _also(staff: Staff, before: Visit, after: Visit, action: Action, now: datetime) -> list[Change]:
    entries = map(Create, of_visit(staff, f"visit.{action}", now, before))
    ended = before.call if after.call is None else None
    return [*entries, *([Create(end_call_message(before, ended, now))] if ended else [])]


def _received(visit: Visit, staff: Staff, now: datetime) -> Visit | None:
    if visit.status is not Status.BOOKED:
        return None
    return replace(visit, status=Status.RECEIVED, received=Received(staff.hsa_id, staff.name, now))


def _started(visit: Visit, now: datetime) -> Visit | None:
    return None if visit.status is Status.ONGOING else replace(visit, status=Status.ONGOING, started_at=now)


def _no_show(visit: Visit, now: datetime) -> Visit | None:
    if visit.status is not Status.NO_SHOW and not has_its_time_come(visit, now):
        raise Conflict("the visit's time has not come", code="no_show_too_early")
    return _over(visit, Status.NO_SHOW, now, False)


def _over(visit: Visit, status: Status, now: datetime, end_call: bool) -> Visit | None:
    if visit.status is status:
        return None
    if _running(visit.call) and not end_call:
        raise Conflict("people are in the call", code="call_running")
    last = visit.call.call_id if visit.call else visit.last_call_id
    return replace(visit, status=status, ended_at=now, call=None, last_call_id=last)


def _running(call: Call | None) -> bool:
    return call is not None and bool(call.connected)
