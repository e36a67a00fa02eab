"""Logging out ends the session on the server, and every live socket that it opened (L1)."""

from contextlib import suppress

from chalicelib.domain.audit import by_staff
from chalicelib.domain.changes import Create, Delete
from chalicelib.domain.session import StaffSession
from chalicelib.errors import IdpUnavailable, Unavailable
from chalicelib.services.end_live_sockets import end_live_sockets_of
from chalicelib.services.ports import Ports


def log_out(ports: Ports, session: StaffSession) -> str:
    """Where the browser ends the identity provider's session too; our own page when the provider does not answer."""
    staff = session.staff
    ports.store.commit([Delete(session), Create(by_staff(staff, "session.end", ports.clock.now()))])
    with suppress(Unavailable):  # the session is over, told or not
        end_live_sockets_of(ports, session, "logged_out")
    try:
        return ports.identity_provider.logout_url()
    except IdpUnavailable:
        return f"{ports.settings.public_url}/logga-in"
