"""Staff starts the visit's one call or joins it; all others join when staff is there (C1, C3, G4, S4)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from msgspec.structs import replace

from chalicelib.concealed import Concealed
from chalicelib.domain.access import TABLE, require
from chalicelib.domain.audit import AuditEntry, by_visitor, of_visit
from chalicelib.domain.call_event import moved
from chalicelib.domain.call_id import next_call_id
from chalicelib.domain.changes import Create, RequirePlace
from chalicelib.domain.fleet import CallPin
from chalicelib.domain.session import VisitorSession
from chalicelib.domain.staff import Staff
from chalicelib.domain.visit import Call, Form, Participant, Visit
from chalicelib.errors import Conflict
from chalicelib.services.change_visit import Decision, change_visit
from chalicelib.services.guardian_rights import require_acting
from chalicelib.services.media_tokens import join_token
from chalicelib.services.open_visit import open_visit
from chalicelib.services.pin_call import pin_call
from chalicelib.services.ports import Ports
from chalicelib.services.visitor_session import admitted_visitor

MEDIA_PATH = "/media"
# A token names whole seconds. Those of a device are later than the second in which it replaced another, so that what puts
# the other one out never means it.
REPLACED_WITHIN = timedelta(seconds=1)


@dataclass(frozen=True, slots=True, repr=False)
class CallTicket(Concealed):
    """What the browser needs to join. `title` is this person's window's: the patient's name for staff alone, and empty
    where the identity is protected (P5) and of a group (B8)."""

    call_id: str
    epoch: int
    media_path: str
    token: str
    ice_servers: list[dict[str, Any]]
    me: Participant
    title: str


def join_call(ports: Ports, staff: Staff, visit_id: str, lost_epoch: int | None = None) -> CallTicket:
    """Start the call, or join the one that runs: there are never two (S4). A colleague only joins (G4).

    `lost_epoch`: that of the connection that was just lost, if one was (`pin_call`). Raises NotFound, Conflict
    (`not_received`, `not_started`, `visit_over`; for a colleague `not_requested` while no staff is connected) and
    NoMediaNode.
    """
    visit, me = open_visit(ports, staff, visit_id, "join_call")
    call = _running(visit, me) if me.role == "colleague" else visit.call or _started(ports, staff, visit)
    pin = _pinned(ports, visit.visit_id, call, lost_epoch)
    now = ports.clock.now()
    entries = of_visit(staff, "call.join", now, visit)
    _log(ports, visit, me, entries, or_say_why=lambda: open_visit(ports, staff, visit_id, "join_call"))
    return _ticket(ports, visit, me, pin, now)


def join_call_as_visitor(ports: Ports, session: VisitorSession, lost_epoch: int | None = None) -> CallTicket:
    """Accept the call request, or come back to the call.

    Raises NotLoggedIn, LinkDead, Conflict (`not_requested` while no staff is connected, `not_started`, `visit_over`)
    and NoMediaNode.
    """
    visit, me = admitted_visitor(ports, session, "join_call")
    require_acting(ports, visit, me, "call.join")
    pin = _pinned(ports, visit.visit_id, _running(visit, me), lost_epoch)
    now = ports.clock.now()
    entries = (by_visitor(visit, me.participant_id, "call.join", now),)
    _log(ports, visit, me, entries, or_say_why=lambda: admitted_visitor(ports, session, "join_call"))
    return _ticket(ports, visit, me, pin, max(now, session.created_at + REPLACED_WITHIN))


def _running(visit: Visit, me: Participant) -> Call:
    """The call that this person may come into. Raises Conflict (`not_requested`)."""
    if visit.call is None or not _may_enter(visit.call, me):
        raise Conflict("no staff is in the call", code="not_requested")
    return visit.call


def _may_enter(call: Call, me: Participant) -> bool:
    return call.staff_connected > 0 or me.participant_id in call.connected or me.participant_id in call.lost


def _started(ports: Ports, staff: Staff, visit: Visit) -> Call:
    now = ports.clock.now()

    def decide(visit: Visit) -> Decision | None:
        require(visit, "staff", "start_call")
        if visit.call is not None:
            return None
        entries = [*map(Create, of_visit(staff, "call.start", now, visit))]
        return replace(visit, call=Call(call_id=next_call_id(visit), opened_at=now)), entries

    call = change_visit(ports.store, visit.visit_id, decide, known=visit).call
    if call is None:
        raise AssertionError("the decision leaves a call in the visit")
    return call


def _pinned(ports: Ports, visit_id: str, call: Call, lost_epoch: int | None) -> CallPin:
    pin = pin_call(ports, call.call_id, lost_epoch)
    if pin.epoch > max(call.epoch, 1):
        _follow(ports, visit_id, pin)
    return pin


def _ticket(ports: Ports, visit: Visit, me: Participant, pin: CallPin, issued_at: datetime) -> CallTicket:
    token = join_token(ports.settings, pin, me, issued_at)
    return CallTicket(pin.call_id, pin.epoch, MEDIA_PATH, token, [], me, _title(visit, me))


def _title(visit: Visit, me: Participant) -> str:
    if me.role != "staff":
        return visit.org_name
    return "" if visit.patient_protected or visit.form is Form.GROUP else visit.patient.name


def _follow(ports: Ports, visit_id: str, pin: CallPin) -> None:
    """From here on only the new node is believed: the old one's last word must not end the call."""

    def decide(visit: Visit) -> Decision | None:
        call = visit.call
        if call is None or call.call_id != pin.call_id or call.epoch >= pin.epoch:
            return None
        return replace(visit, call=moved(call, pin.epoch, ports.clock.now())), []

    change_visit(ports.store, visit_id, decide)


def _log(
    ports: Ports,
    visit: Visit,
    me: Participant,
    entries: Sequence[AuditEntry],
    *,
    or_say_why: Callable[[], object],
) -> None:
    """In the access log before the token is out, and only while the visit goes on and this person, on this device, is in
    it (S5, G2, G5): whoever is put out after this is put out of the call too, as its node is known by now.
    """
    place = RequirePlace(visit.visit_id, TABLE["join_call"][me.role], me.participant_id, me.session_hash)
    try:
        ports.store.commit([place, *map(Create, entries)])
    except Conflict:
        or_say_why()
        raise Conflict("the visit has ended", code="visit_over") from None
