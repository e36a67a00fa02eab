"""The visit chat, from both sides (S2)."""

from chalicelib.api.endpoint import endpoint
from chalicelib.api.schemas import chat as schemas
from chalicelib.domain.session import VisitorSession
from chalicelib.domain.staff import Staff
from chalicelib.services.ports import Ports


@endpoint(
    "GET",
    "/visits/{visit_id}/chat",
    audience="staff",
    summary="The chat so far",
    spec="S2",
    problems={404: "not_found"},
)
def chat(ports: Ports, staff: Staff, visit_id: str) -> schemas.ChatHistory:
    raise NotImplementedError


@endpoint(
    "POST",
    "/visits/{visit_id}/chat",
    audience="staff",
    summary="Write in the chat; the same message_id is stored once",
    spec="S2",
    problems={404: "not_found", 409: "visit_over"},
)
def send_chat(ports: Ports, staff: Staff, visit_id: str, body: schemas.SendChat) -> schemas.ChatMessageView:
    raise NotImplementedError


@endpoint(
    "GET",
    "/visitor/chat",
    audience="visitor",
    summary="The chat so far; never for guests",
    spec="S2",
    problems={401: "replaced", 403: "not_allowed"},
)
def visitor_chat(ports: Ports, session: VisitorSession) -> schemas.ChatHistory:
    raise NotImplementedError


@endpoint(
    "POST",
    "/visitor/chat",
    audience="visitor",
    summary="Write in the chat; never for guests",
    spec="S2",
    problems={401: "replaced", 403: "not_allowed", 409: "visit_over"},
)
def visitor_send_chat(ports: Ports, session: VisitorSession, body: schemas.SendChat) -> schemas.ChatMessageView:
    raise NotImplementedError
