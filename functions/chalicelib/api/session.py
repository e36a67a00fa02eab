"""The session of someone of the staff: who they are, on which commission, where else they are logged in (L1)."""

from chalicelib.api import cookies
from chalicelib.api.endpoint import Answer, endpoint
from chalicelib.api.schemas import session as schemas
from chalicelib.api.session_views import expiry_view, own_session_view, session_view
from chalicelib.domain.session import StaffSession
from chalicelib.services.choose_commission import switch_commission
from chalicelib.services.log_out import log_out
from chalicelib.services.ports import Ports
from chalicelib.services.resume_session import last_end
from chalicelib.services.staff_sessions import end_other_sessions, end_session, own_sessions


@endpoint("POST", "/logout", audience="staff", action="own_session", summary="End the session on the server", spec="L1")
def logout(ports: Ports, session: StaffSession) -> Answer[schemas.LoggedOut]:
    redirect_to = log_out(ports, session)
    return Answer(schemas.LoggedOut(redirect_to), cookies=(cookies.clear_cookie(cookies.STAFF),))


@endpoint("GET", "/session", audience="staff", action="own_session", summary="Who is logged in", spec="L1")
def current_session(ports: Ports, session: StaffSession) -> schemas.StaffSession:
    return session_view(session, ports.clock.now())


@endpoint(
    "GET",
    "/session/expiry",
    audience="staff",
    action="own_session",
    is_use=False,
    summary="When the session ends unless it is used; asking is no use",
    spec="L1",
)
def session_expiry(ports: Ports, session: StaffSession) -> schemas.SessionExpiry:
    return expiry_view(session, last_end(session), ports.clock.now())


@endpoint(
    "POST",
    "/session/commission",
    audience="staff",
    action="own_session",
    summary="Work on another of one's commissions",
    spec="L1",
    problems={403: "no_commission", 409: "changed_meanwhile"},
)
def switch_session_commission(
    ports: Ports, session: StaffSession, body: schemas.ChooseCommission
) -> schemas.StaffSession:
    return session_view(switch_commission(ports, session, body.commission_id), ports.clock.now())


@endpoint(
    "GET", "/sessions", audience="staff", action="own_session", summary="Where one is logged in, here first", spec="L1"
)
def sessions(ports: Ports, session: StaffSession) -> list[schemas.OwnSession]:
    return [own_session_view(each, session) for each in own_sessions(ports, session)]


@endpoint(
    "DELETE",
    "/sessions/{session_id}",
    audience="staff",
    action="own_session",
    summary="End another of one's sessions",
    spec="L1",
    problems={404: "not_found"},
)
def end_own_session(ports: Ports, session: StaffSession, session_id: str) -> None:
    end_session(ports, session, session_id)


@endpoint(
    "POST",
    "/sessions/end-others",
    audience="staff",
    action="own_session",
    summary="End all of one's sessions but this",
    spec="L1",
)
def end_own_other_sessions(ports: Ports, session: StaffSession) -> None:
    end_other_sessions(ports, session)
