"""The patient shows who they are with e-ID; nobody else's will do (G6)."""

from contextlib import suppress
from dataclasses import dataclass
from typing import Literal

from msgspec.structs import replace

from chalicelib.concealed import Concealed
from chalicelib.domain.access import require
from chalicelib.domain.bankid_qr import qr_text
from chalicelib.domain.bankid_texts import text_id
from chalicelib.domain.changes import Put
from chalicelib.domain.session import EidAttempt, VisitorSession
from chalicelib.domain.visit import Visit
from chalicelib.errors import Conflict, EidUnavailable
from chalicelib.services.admit_identified import admit_identified, admitted_before, invited_number
from chalicelib.services.open_link import VisitorEntry
from chalicelib.services.ports import Ports
from chalicelib.services.visitor_session import invited_visitor

COLLECT_EVERY_S = 2.0
STARTS, STARTS_WINDOW_S = 40, 600


@dataclass(frozen=True, slots=True, repr=False)
class EidProgress(Concealed):
    """How far the identification has come. `qr`: this second's code, while there is something to scan.

    `entry` when complete: the visitor is let in, under a new cookie.
    """

    status: Literal["pending", "failed", "complete"]
    hint_code: str
    text_id: str
    qr: str | None
    auto_start_token: str
    entry: VisitorEntry | None = None


def start_eid(ports: Ports, session: VisitorSession, end_user_ip: str) -> EidProgress:
    """Start an order that only the invited person can complete; an earlier one is cancelled.

    Raises NotAllowed for guests, LinkDead, TooManyAttempts, and EidUnavailable (also `eid_already_in_progress`).
    """
    visit = _invited_patient(ports, session)
    ports.rate_limits.hit(f"eid#{session.visit_id}#{session.participant_id}", STARTS, STARTS_WINDOW_S)
    _cancel_order(ports, session)
    attempt = EidAttempt(order=ports.eid.start(invited_number(ports, visit), end_user_ip))
    _remember(ports, session, attempt)
    return _progress(ports, attempt, same_device=False)


def collect_eid(ports: Ports, session: VisitorSession, *, same_device: bool = False) -> EidProgress:
    """How far it has come; the provider is asked at most every 2 s, in between the session answers.

    `same_device`: the app was started on this device, which only changes the words. Raises WrongPerson, Conflict
    (`no_eid_order`), NotAllowed, LinkDead, EidUnavailable, and NotLoggedIn (`replaced`) when asked again after another
    device has been let in.
    """
    visit = _invited_patient(ports, session)
    attempt = session.eid
    if attempt is None:
        raise Conflict("no identification is under way", code="no_eid_order")
    if attempt.status == "complete":
        return _complete(admitted_before(ports, session, visit))
    now_s = ports.clock.now().timestamp()
    if attempt.status == "failed" or now_s - attempt.collected_at < COLLECT_EVERY_S:
        return _progress(ports, attempt, same_device=same_device)
    result = ports.eid.collect(attempt.order.order_ref)
    if result.status == "complete":
        return _complete(admit_identified(ports, session, visit, result.number))
    asked = replace(attempt, status=result.status, hint_code=result.hint_code, collected_at=now_s)
    _remember(ports, session, asked)
    return _progress(ports, asked, same_device=same_device)


def cancel_eid(ports: Ports, session: VisitorSession) -> None:
    """The user gave up. No order, or a provider that does not answer, is no error: the order ends by itself."""
    _cancel_order(ports, session)
    if session.eid is not None and not session.admitted:
        _remember(ports, session, None)


def _invited_patient(ports: Ports, session: VisitorSession) -> Visit:
    visit, me = invited_visitor(ports, session)
    require(visit, me.role, "identify")
    if session.admitted:
        raise Conflict("the visitor is let in already", code="already_admitted")
    return visit


def _cancel_order(ports: Ports, session: VisitorSession) -> None:
    if session.eid is not None and session.eid.status == "pending":
        with suppress(EidUnavailable):
            ports.eid.cancel(session.eid.order.order_ref)


def _remember(ports: Ports, session: VisitorSession, attempt: EidAttempt | None) -> None:
    ports.store.commit([Put(replace(session, eid=attempt))])


def _complete(entry: VisitorEntry) -> EidProgress:
    return EidProgress("complete", "", "", None, "", entry)


def _progress(ports: Ports, attempt: EidAttempt, *, same_device: bool) -> EidProgress:
    status: Literal["pending", "failed"] = "failed" if attempt.status == "failed" else "pending"
    to_scan = status == "pending" and attempt.hint_code == "outstandingTransaction"
    return EidProgress(
        status=status,
        hint_code=attempt.hint_code,
        text_id=text_id(status, attempt.hint_code, same_device=same_device),
        qr=qr_text(attempt.order, ports.clock.now().timestamp()) if to_scan else None,
        auto_start_token=attempt.order.auto_start_token,
    )
