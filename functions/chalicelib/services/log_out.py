"""Logging out ends the session on the server, and every live socket that it opened (L1)."""

from contextlib import suppress

from chalicelib.domain.audit import by_staff
from chalicelib.domain.changes import Delete, Put
from chalicelib.domain.live import staff_topic
from chalicelib.domain.session import StaffSession
from chalicelib.errors import IdpUnavailable, Unavailable
from chalicelib.services.end_live_sockets import end_live_sockets
from chalicelib.services.ports import Ports


def log_out(ports: Ports, session: StaffSession) -> str:
    """Where the browser ends the identity provider's session too; our own page when the provider does not answer."""
    staff = session.staff
    ports.store.commit([Delete(session), Put(by_staff(staff, "session.end", ports.clock.now()))])
    with suppress(Unavailable):  # the session is over, told or not
        end_live_sockets(ports, staff_topic(staff.org_id, staff.hsa_id), "logged_out", of_session=session.session_hash)
    try:
        return ports.identity_provider.logout_url()
    except IdpUnavailable:
        return f"{ports.settings.public_url}/logga-in"
