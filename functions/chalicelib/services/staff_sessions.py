"""Someone of the staff sees where they are logged in, and ends it there (L1)."""

from collections.abc import Iterable, Iterator
from contextlib import suppress

from chalicelib.domain.audit import by_staff
from chalicelib.domain.changes import Create, Delete
from chalicelib.domain.session import HalfSession, StaffSession
from chalicelib.errors import NotFound, NotLoggedIn, Unavailable
from chalicelib.services.begin_session import person_of
from chalicelib.services.end_live_sockets import Reason, end_live_sockets_of
from chalicelib.services.ports import Ports
from chalicelib.services.resume_session import look_at_staff


def own_sessions(ports: Ports, session: StaffSession) -> list[StaffSession]:
    """All that have not ended, this one first, then by when they were last used."""
    found = ports.store.sessions_of(session.person)
    others = [each for each in _lasting(ports, found) if each.session_hash != session.session_hash]
    return [session, *sorted(others, key=lambda each: each.used_at, reverse=True)]


def end_session(ports: Ports, session: StaffSession, session_id: str) -> None:
    """End one of one's own other sessions, at once, with its live sockets. Raises NotFound."""
    for other in own_sessions(ports, session)[1:]:
        if other.session_id == session_id:
            return _end(ports, other, session)
    raise NotFound("no such session")


def end_other_sessions(ports: Ports, session: StaffSession) -> None:
    """End all but this one, and logins that still have a commission to choose."""
    now = ports.clock.now()
    for other in _all_of(ports, session.person):
        if other.session_hash == session.session_hash:
            continue
        if isinstance(other, StaffSession) and other.expires_at > now:
            _end(ports, other, session)
        else:
            ports.store.commit([Delete(other)])


def end_session_before(ports: Ports, secret: str) -> None:
    """End the session that this browser had when a new one begins; `secret` of its cookie, "" for none.

    The new one has its cookie's place, so that nobody could end it but by waiting. Its open pages begin anew.
    """
    if not secret:
        return
    with suppress(NotLoggedIn, Unavailable):  # what cannot be ended now ends by itself
        before = look_at_staff(ports, secret)
        _end(ports, before, before, "switched")


def end_sessions_of(ports: Ports, org_id: str, hsa_id: str) -> None:
    """End all of someone whose rights in the organisation have changed, also those that are still to choose."""
    for session in _all_of(ports, person_of(ports, org_id, hsa_id)):
        if isinstance(session, StaffSession):
            _end(ports, session, session)
        else:
            ports.store.commit([Delete(session)])


def _all_of(ports: Ports, person: str) -> Iterator[StaffSession | HalfSession]:
    """Each once, and each must be ended before the next is asked for: one question brings so many and no more, and who
    has logged in more often than that must not keep the rest."""
    given: set[str] = set()
    while found := [each for each in ports.store.sessions_of(person) if each.session_hash not in given]:
        given.update(each.session_hash for each in found)
        yield from found


def _end(ports: Ports, session: StaffSession, by: StaffSession, reason: Reason = "ended") -> None:
    ports.store.commit([Delete(session), Create(by_staff(by.staff, "session.end", ports.clock.now()))])
    with suppress(Unavailable):  # the session is over, told or not
        end_live_sockets_of(ports, session, reason)


def _lasting(ports: Ports, sessions: Iterable[object]) -> list[StaffSession]:
    now = ports.clock.now()
    return [each for each in sessions if isinstance(each, StaffSession) and each.expires_at > now]
