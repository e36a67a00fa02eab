"""On which commission (medarbetaruppdrag) someone works: chosen once after login, and changed without a new one (L1)."""

from contextlib import suppress

from msgspec.structs import replace

from chalicelib.domain.audit import by_staff
from chalicelib.domain.changes import Create, Delete, Replace
from chalicelib.domain.commission import Commission, at_work_on
from chalicelib.domain.ids import secret_hash
from chalicelib.domain.session import Arrival, HalfSession, StaffSession, UsedLogin
from chalicelib.errors import Conflict, NotAllowed, StaleLogin, Unavailable
from chalicelib.services.begin_session import new_staff_session
from chalicelib.services.end_live_sockets import end_live_sockets_of
from chalicelib.services.ports import Ports


def commissions_to_choose(ports: Ports, secret: str) -> Arrival:
    """Of a half session's cookie. Raises StaleLogin."""
    return _half(ports, secret).arrival


def choose_commission(ports: Ports, secret: str, commission_id: str) -> tuple[str, str]:
    """The half session becomes a whole one: the secret of its cookie, and where the login was to lead.

    Raises StaleLogin, also when it has been chosen before, and NotAllowed (`no_commission`) for one that is not theirs.
    """
    half = _half(ports, secret)
    chosen = _one_of(half.arrival.commissions, commission_id)
    cookie, session = new_staff_session(ports, half.arrival, chosen)
    used = UsedLogin(marker=half.session_hash, expires_at=half.expires_at)
    entry = by_staff(session.staff, "session.start", session.created_at)
    try:
        ports.store.commit([Create(used), Delete(half), Create(session), Create(entry)])
    except Conflict:
        raise StaleLogin("a commission has been chosen before") from None
    return cookie, half.arrival.return_to


def switch_commission(ports: Ports, session: StaffSession, commission_id: str) -> StaffSession:
    """The same session at work on another of the person's commissions, in the access log as of the new unit.

    Pages that are open are told to begin anew: what they show may be nothing for the new one. Raises NotAllowed
    (`no_commission`), and Conflict when another request changed the session meanwhile.
    """
    chosen = _one_of(session.commissions, commission_id)
    staff = at_work_on(chosen, session.staff, session.roles)
    switched = replace(session, staff=staff, commission=chosen, version=session.version + 1)
    ports.store.commit([Replace(switched), Create(by_staff(staff, "session.switch", ports.clock.now()))])
    with suppress(Unavailable):
        end_live_sockets_of(ports, session, "switched")
    return switched


def _half(ports: Ports, secret: str) -> HalfSession:
    half = ports.store.session(secret_hash(secret), ports.clock.now()) if secret else None
    if not isinstance(half, HalfSession):
        raise StaleLogin("this browser has no commission to choose")
    return half


def _one_of(commissions: tuple[Commission, ...], commission_id: str) -> Commission:
    for commission in commissions:
        if commission.commission_id == commission_id:
            return commission
    raise NotAllowed("the commission is not one of the person's", code="no_commission")
