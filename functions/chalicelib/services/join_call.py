"""Staff starts the visit's one call or joins it; patients and guests join when staff is there (C1, C3, S4)."""

from dataclasses import dataclass
from typing import Any

from msgspec.structs import replace

from chalicelib.concealed import Concealed
from chalicelib.domain.access import TABLE, require
from chalicelib.domain.audit import AuditEntry, by_staff, by_visitor
from chalicelib.domain.call_event import moved
from chalicelib.domain.call_id import next_call_id
from chalicelib.domain.changes import Create, RequireStatus
from chalicelib.domain.fleet import CallPin
from chalicelib.domain.session import VisitorSession
from chalicelib.domain.staff import Staff
from chalicelib.domain.visit import Call, Participant, Visit
from chalicelib.errors import Conflict
from chalicelib.services.change_visit import Decision, change_visit
from chalicelib.services.media_tokens import join_token
from chalicelib.services.open_visit import open_visit
from chalicelib.services.pin_call import pin_call
from chalicelib.services.ports import Ports
from chalicelib.services.visitor_session import admitted_visitor

MEDIA_PATH = "/media"


@dataclass(frozen=True, slots=True, repr=False)
class CallTicket(Concealed):
    """What the browser needs to join. `title` is this person's window's: the patient's name for staff alone, and empty
    where the identity is protected (P5)."""

    call_id: str
    epoch: int
    media_path: str
    token: str
    ice_servers: list[dict[str, Any]]
    me: Participant
    title: str


def join_call(ports: Ports, staff: Staff, visit_id: str, lost_epoch: int | None = None) -> CallTicket:
    """Start the call, or join the one that runs: there are never two (S4).

    `lost_epoch`: that of the connection that was just lost, if one was (`pin_call`). Raises NotFound, Conflict
    (`not_received`, `not_started`, `visit_over`) and NoMediaNode.
    """
    visit, me = open_visit(ports, staff, visit_id, "start_call")
    call = visit.call or _started(ports, staff, visit)
    entry = by_staff(staff, "call.join", ports.clock.now(), patient_id=visit.patient_id, visit_id=visit_id)
    return _ticket(ports, visit, me, _pinned(ports, visit.visit_id, call, lost_epoch), entry)


def join_call_as_visitor(ports: Ports, session: VisitorSession, lost_epoch: int | None = None) -> CallTicket:
    """Accept the call request, or come back to the call.

    Raises NotLoggedIn, LinkDead, Conflict (`not_requested` while no staff is connected, `not_started`, `visit_over`)
    and NoMediaNode.
    """
    visit, me = admitted_visitor(ports, session, "join_call")
    call = visit.call
    if call is None or not _may_enter(call, me):
        raise Conflict("no staff is in the call", code="not_requested")
    entry = by_visitor(visit, me.participant_id, "call.join", ports.clock.now())
    return _ticket(ports, visit, me, _pinned(ports, visit.visit_id, call, lost_epoch), entry)


def _may_enter(call: Call, me: Participant) -> bool:
    return call.staff_connected > 0 or me.participant_id in call.connected or me.participant_id in call.lost


def _started(ports: Ports, staff: Staff, visit: Visit) -> Call:
    now = ports.clock.now()

    def decide(visit: Visit) -> Decision | None:
        require(visit, "staff", "start_call")
        if visit.call is not None:
            return None
        entry = by_staff(staff, "call.start", now, patient_id=visit.patient_id, visit_id=visit.visit_id)
        return replace(visit, call=Call(call_id=next_call_id(visit), opened_at=now)), [Create(entry)]

    call = change_visit(ports.store, visit.visit_id, decide, known=visit).call
    if call is None:
        raise AssertionError("the decision leaves a call in the visit")
    return call


def _pinned(ports: Ports, visit_id: str, call: Call, lost_epoch: int | None) -> CallPin:
    pin = pin_call(ports, call.call_id, lost_epoch)
    if pin.epoch > max(call.epoch, 1):
        _follow(ports, visit_id, pin)
    return pin


def _ticket(ports: Ports, visit: Visit, me: Participant, pin: CallPin, entry: AuditEntry) -> CallTicket:
    _log(ports, visit, me, entry)
    token = join_token(ports.settings, pin, me, ports.clock.now())
    return CallTicket(pin.call_id, pin.epoch, MEDIA_PATH, token, [], me, _title(visit, me))


def _title(visit: Visit, me: Participant) -> str:
    if me.role != "staff":
        return visit.org_name
    return "" if visit.patient_protected else visit.patient.name


def _follow(ports: Ports, visit_id: str, pin: CallPin) -> None:
    """From here on only the new node is believed: the old one's last word must not end the call."""

    def decide(visit: Visit) -> Decision | None:
        call = visit.call
        if call is None or call.call_id != pin.call_id or call.epoch >= pin.epoch:
            return None
        return replace(visit, call=moved(call, pin.epoch, ports.clock.now())), []

    change_visit(ports.store, visit_id, decide)


def _log(ports: Ports, visit: Visit, me: Participant, entry: AuditEntry) -> None:
    """In the access log before the token is out, and only while the visit goes on (S5)."""
    try:
        ports.store.commit([RequireStatus(visit.visit_id, TABLE["join_call"][me.role]), Create(entry)])
    except Conflict:
        raise Conflict("the visit has ended", code="visit_over") from None
