"""The visit chat, from both sides (S2)."""

from chalicelib.api.chat_views import chat_history, chat_message
from chalicelib.api.endpoint import endpoint
from chalicelib.api.schemas import chat as schemas
from chalicelib.domain.session import VisitorSession
from chalicelib.domain.staff import Staff
from chalicelib.services.open_visit import open_visit
from chalicelib.services.ports import Ports
from chalicelib.services.visitor_session import admitted_visitor
from chalicelib.services.write_chat import read_chat, write_chat


@endpoint(
    "GET",
    "/visits/{visit_id}/chat",
    audience="staff",
    action="read_chat",
    summary="The chat so far",
    spec="S2",
    problems={404: "not_found"},
)
def chat(ports: Ports, staff: Staff, visit_id: str) -> schemas.ChatHistory:
    visit, me = open_visit(ports, staff, visit_id, "read_chat")
    return chat_history(read_chat(ports, visit, me, staff=staff), to_staff=True)


@endpoint(
    "POST",
    "/visits/{visit_id}/chat",
    audience="staff",
    action="chat",
    summary="Write in the chat; the same message_id is stored once",
    spec="S2",
    problems={404: "not_found", 409: "visit_over", 429: "too_many_attempts"},
)
def send_chat(ports: Ports, staff: Staff, visit_id: str, body: schemas.SendChat) -> schemas.ChatMessageView:
    visit, me = open_visit(ports, staff, visit_id, "chat")
    return chat_message(write_chat(ports, visit, me, body.message_id, body.text, staff=staff), to_staff=True)


@endpoint(
    "GET",
    "/visitor/chat",
    audience="visitor",
    action="read_chat",
    summary="The chat so far; never for guests",
    spec="S2",
    problems={
        401: "not_admitted, replaced",
        403: "not_allowed, guardian_may_not_act",
        409: "visit_over",
        410: "link_ended",
    },
)
def visitor_chat(ports: Ports, session: VisitorSession) -> schemas.ChatHistory:
    visit, me = admitted_visitor(ports, session, "read_chat")
    return chat_history(read_chat(ports, visit, me), to_staff=False)


@endpoint(
    "POST",
    "/visitor/chat",
    audience="visitor",
    action="chat",
    summary="Write in the chat; never for guests",
    spec="S2",
    problems={
        401: "not_admitted, replaced",
        403: "not_allowed, guardian_may_not_act",
        409: "visit_over",
        410: "link_ended",
        429: "too_many_attempts",
    },
)
def visitor_send_chat(ports: Ports, session: VisitorSession, body: schemas.SendChat) -> schemas.ChatMessageView:
    visit, me = admitted_visitor(ports, session, "chat")
    return chat_message(write_chat(ports, visit, me, body.message_id, body.text), to_staff=False)
