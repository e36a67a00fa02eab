"""Cookie -> session. The one place where it is decided who is calling (L1, G5)."""

from datetime import datetime, timedelta

from msgspec.structs import replace

from chalicelib.domain.changes import Replace
from chalicelib.domain.ids import secret_hash
from chalicelib.domain.session import Session, StaffSession, VisitorSession
from chalicelib.errors import Conflict, NotLoggedIn
from chalicelib.services.ports import Ports

STAFF_IDLE = timedelta(minutes=60)
STAFF_LONGEST = timedelta(hours=12)
_KEPT_AWAKE_EVERY = timedelta(minutes=5)


def resume_staff(ports: Ports, secret: str) -> StaffSession:
    """The session, kept awake by being used. Raises NotLoggedIn."""
    return _kept_awake(ports, look_at_staff(ports, secret))


def look_at_staff(ports: Ports, secret: str) -> StaffSession:
    """As `resume_staff`, without being a use of the session."""
    session = _session(ports, secret)
    if not isinstance(session, StaffSession):
        raise NotLoggedIn("no staff session has this cookie")
    return session


def resume_visitor(ports: Ports, secret: str) -> VisitorSession:
    """The visitor's session, let in or not. Raises NotLoggedIn."""
    session = find_visitor(ports, secret)
    if session is None:
        raise NotLoggedIn("no visitor session has this cookie")
    return session


def find_visitor(ports: Ports, secret: str) -> VisitorSession | None:
    """As `resume_visitor`, for where a session is welcome but not needed."""
    session = _session(ports, secret)
    return session if isinstance(session, VisitorSession) else None


def staff_expiry(created_at: datetime, now: datetime) -> datetime:
    """An hour after the last use, and twelve after login whatever was done."""
    return min(now + STAFF_IDLE, created_at + STAFF_LONGEST)


def last_end(session: StaffSession) -> datetime:
    """When it ends whatever is done."""
    return session.created_at + STAFF_LONGEST


def _session(ports: Ports, secret: str) -> Session | None:
    return ports.store.session(secret_hash(secret), ports.clock.now()) if secret else None


def _kept_awake(ports: Ports, session: StaffSession) -> StaffSession:
    """A write at most each five minutes. One that lost to a logout or another request changes nothing."""
    now = ports.clock.now()
    expires_at = staff_expiry(session.created_at, now)
    if expires_at - session.expires_at < _KEPT_AWAKE_EVERY:
        return session
    awake = replace(session, expires_at=expires_at, used_at=now, version=session.version + 1)
    try:
        ports.store.commit([Replace(awake)])
    except Conflict:
        return session
    return awake
