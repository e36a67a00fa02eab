"""The patient, or the ombud, shows who they are with e-ID; nobody else's will do (G6)."""

from contextlib import suppress
from dataclasses import dataclass
from typing import Literal

from msgspec.structs import replace

from chalicelib.concealed import Concealed
from chalicelib.domain.access import require
from chalicelib.domain.bankid_qr import qr_text
from chalicelib.domain.changes import Replace
from chalicelib.domain.eid import FIRST_HINT, EidOrder, EidProvider, EidRequest, EidResult
from chalicelib.domain.eid_purpose import eid_purpose
from chalicelib.domain.eid_texts import eid_text_id
from chalicelib.domain.session import EidAttempt, VisitorSession
from chalicelib.domain.visit import Participant, Visit
from chalicelib.errors import BadInput, Conflict, EidUnavailable
from chalicelib.services.admit_identified import admit_identified, admitted_before
from chalicelib.services.invited_person import invited_number
from chalicelib.services.open_link import VisitorEntry
from chalicelib.services.ports import Ports
from chalicelib.services.visitor_session import invited_visitor

COLLECT_EVERY_S = 2.0
WINDOW_S = 600
# Freja tells the person's app of each start, whoever asked for it, so that one has fewer of them.
STARTS: dict[EidProvider, int] = {"bankid": 40, "freja": 10}
BACK_FROM_APP = "/b#bankid"


@dataclass(frozen=True, slots=True)
class PageDevice:
    """Where the page is, which only changes the words. `same`: the app was started on the page's own device."""

    same: bool = False
    computer: bool = False


@dataclass(frozen=True, slots=True, repr=False)
class EidProgress(Concealed):
    """How far the identification has come. `qr`: this second's code, while there is something to scan.

    `entry` when complete: the visitor is let in, under a new cookie.
    """

    provider: EidProvider
    status: Literal["pending", "failed", "complete"]
    hint_code: str
    text_id: str
    qr: str | None
    auto_start_token: str
    entry: VisitorEntry | None = None


def start_eid(
    ports: Ports,
    session: VisitorSession,
    end_user_ip: str,
    *,
    provider: EidProvider = "bankid",
    return_here: bool = False,
) -> EidProgress:
    """Start an order that only the invited person can complete; an earlier one is cancelled, whichever provider has it.

    `return_here`: the app is to open our page when it is done, as on devices where it does not step aside by itself.
    Raises BadInput for a provider that is not offered, NotAllowed for guests, LinkDead, TooManyAttempts, Conflict for
    two starts at once, and EidUnavailable (also `eid_already_in_progress`, `eid_refused`, `freja_not_found`).
    """
    visit, me = _invited(ports, session)
    if provider not in ports.settings.eid_providers:
        raise BadInput("that e-ID is not offered", field="provider")
    ports.rate_limits.hit(f"eid#{provider}#{session.visit_id}#{me.participant_id}", STARTS[provider], WINDOW_S)
    _cancel_order(ports, session.eid)
    order = ports.eid_of(provider).start(_request(ports, visit, me, end_user_ip, return_here=return_here))
    attempt = EidAttempt(order=order, hint_code=FIRST_HINT[provider])
    try:
        _remember(ports, session, attempt)
    except Conflict:
        _cancel_order(ports, attempt)
        raise
    return _progress(ports, attempt, PageDevice())


def collect_eid(ports: Ports, session: VisitorSession, device: PageDevice = PageDevice()) -> EidProgress:
    """How far it has come; the provider is asked at most every 2 s, in between and beside it the session answers.

    Raises WrongPerson, Conflict (`no_eid_order`), NotAllowed, LinkDead, EidUnavailable, and NotLoggedIn (`replaced`)
    when asked again after another device has been let in.
    """
    visit, _ = _invited(ports, session)
    attempt = session.eid
    if attempt is None:
        raise Conflict("no identification is under way", code="no_eid_order")
    if attempt.status == "complete":
        return _complete(attempt, admitted_before(ports, session, visit))
    claimed = _claimed(ports, session, attempt)
    if claimed is None:
        return _progress(ports, attempt, device)
    result = ports.eid_of(attempt.order.provider).collect(attempt.order)
    if result.status == "complete":
        return _complete(attempt, admit_identified(ports, claimed, visit, result.number))
    return _progress(ports, _told(ports, claimed, attempt, result), device)


def cancel_eid(ports: Ports, session: VisitorSession) -> None:
    """The user gave up. No order, or a provider that does not answer, is no error: the order ends by itself."""
    _cancel_order(ports, session.eid)
    if session.eid is not None and not session.admitted:
        with suppress(Conflict):  # another request has gone further; its order is not this one
            _remember(ports, session, None)


def _invited(ports: Ports, session: VisitorSession) -> tuple[Visit, Participant]:
    visit, me = invited_visitor(ports, session)
    require(visit, me.role, "identify")
    if session.admitted:
        raise Conflict("the visitor is let in already", code="already_admitted")
    return visit, me


def _request(ports: Ports, visit: Visit, me: Participant, end_user_ip: str, *, return_here: bool) -> EidRequest:
    return EidRequest(
        number=invited_number(ports, visit, me),
        end_user_ip=end_user_ip,
        purpose=eid_purpose(visit.org_name),
        return_url=f"{ports.settings.public_url}{BACK_FROM_APP}" if return_here else "",
    )


def _cancel_order(ports: Ports, attempt: EidAttempt | None) -> None:
    if attempt is not None and attempt.status == "pending":
        with suppress(EidUnavailable):
            ports.eid_of(attempt.order.provider).cancel(attempt.order)


def _remember(ports: Ports, session: VisitorSession, attempt: EidAttempt | None) -> VisitorSession:
    """Raises Conflict when another request has changed the session since it was read."""
    after = replace(session, eid=attempt, version=session.version + 1)
    ports.store.commit([Replace(after)])
    return after


def _claimed(ports: Ports, session: VisitorSession, attempt: EidAttempt) -> VisitorSession | None:
    """The session, with the time of this question in it; None when it is not to be asked now.

    Written before the question, under the session's version: of many requests at once only one asks.
    """
    now_s = ports.clock.now().timestamp()
    if attempt.status == "failed" or now_s - attempt.collected_at < COLLECT_EVERY_S:
        return None
    try:
        return _remember(ports, session, replace(attempt, collected_at=now_s))
    except Conflict:
        return None


def _told(ports: Ports, claimed: VisitorSession, before: EidAttempt, result: EidResult) -> EidAttempt:
    """What the provider has said, remembered where it is news."""
    asked = replace(claimed.eid or before, status=_going(result), hint_code=result.hint_code)
    if (asked.status, asked.hint_code) != (before.status, before.hint_code):
        with suppress(Conflict):  # given up, or begun anew, in the meantime
            _remember(ports, claimed, asked)
    return asked


def _going(result: EidResult) -> Literal["pending", "failed"]:
    return "failed" if result.status == "failed" else "pending"


def _complete(attempt: EidAttempt, entry: VisitorEntry) -> EidProgress:
    return EidProgress(attempt.order.provider, "complete", "", "", None, "", entry)


def _progress(ports: Ports, attempt: EidAttempt, device: PageDevice) -> EidProgress:
    provider = attempt.order.provider
    status: Literal["pending", "failed"] = "failed" if attempt.status == "failed" else "pending"
    text_id = eid_text_id(provider, status, attempt.hint_code, same_device=device.same, computer=device.computer)
    return EidProgress(
        provider=provider,
        status=status,
        hint_code=attempt.hint_code,
        text_id=text_id,
        qr=_qr(ports, attempt.order) if attempt.to_scan else None,
        auto_start_token=attempt.order.auto_start_token,
    )


def _qr(ports: Ports, order: EidOrder) -> str:
    return qr_text(order, ports.clock.now().timestamp())
