"""Logging in and out, and who may be added to a visit (L1, B2)."""

from chalicelib.api.endpoint import Answer, Redirect, endpoint
from chalicelib.api.request import Request
from chalicelib.api.schemas import session as schemas
from chalicelib.domain.session import StaffSession
from chalicelib.domain.staff import Staff
from chalicelib.services.ports import Ports


@endpoint("GET", "/login", audience="public", summary="Go to the identity provider", spec="L1")
def login(ports: Ports, return_to: str = "/") -> Redirect:
    raise NotImplementedError


@endpoint("GET", "/login/callback", audience="public", summary="Come back from the identity provider", spec="L1")
def login_callback(ports: Ports, request: Request, state: str = "", code: str = "", error: str = "") -> Redirect:
    raise NotImplementedError


@endpoint("POST", "/logout", audience="staff", summary="End the session on the server", spec="L1")
def logout(ports: Ports, session: StaffSession) -> Answer[schemas.LoggedOut]:
    raise NotImplementedError


@endpoint("GET", "/session", audience="staff", summary="Who is logged in", spec="L1")
def current_session(session: StaffSession) -> schemas.StaffSession:
    raise NotImplementedError


@endpoint("GET", "/colleagues", audience="staff", summary="Who can be added as Sjukvårdspersonal", spec="B2")
def colleagues(ports: Ports, staff: Staff) -> list[schemas.Colleague]:
    raise NotImplementedError
