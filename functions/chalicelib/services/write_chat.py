"""The visit chat (S2): kept with the visit, told live, stored once however often it is sent."""

from chalicelib.domain.access import TABLE, require
from chalicelib.domain.changes import Count, Create, RequireStatus
from chalicelib.domain.chat import ChatMessage
from chalicelib.domain.visit import Participant, Visit
from chalicelib.errors import Conflict
from chalicelib.services.ports import Ports

MESSAGES_PER_VISIT = 500
WINDOW_S = 366 * 24 * 3600  # a visit may be booked that long before; in two windows there are no more than are read


def read_chat(ports: Ports, visit: Visit, reader: Participant) -> list[ChatMessage]:
    """All of it, in order; after the visit for staff alone. Raises NotAllowed for guests, Conflict (`visit_over`)."""
    require(visit, reader.role, "read_chat")
    return ports.store.chat(visit.visit_id)


def write_chat(ports: Ports, visit: Visit, author: Participant, message_id: str, text: str) -> ChatMessage:
    """The message as stored; sending the same `message_id` again gives the first one.

    Raises NotAllowed for guests, Conflict (`visit_over`), TooManyAttempts past 500 messages in a visit.
    """
    require(visit, author.role, "chat")
    message = ChatMessage(
        visit_id=visit.visit_id,
        message_id=message_id,
        author_id=author.participant_id,
        author_name=author.name,
        author_role=author.role,
        text=text,
        sent_at=ports.clock.now(),
    )
    still_open = RequireStatus(visit.visit_id, TABLE["chat"][author.role])
    one_more = Count(f"chat#{visit.visit_id}", MESSAGES_PER_VISIT, WINDOW_S)
    try:
        ports.store.commit([still_open, Create(message), one_more])
    except Conflict:
        return _sent_before(ports, message)
    return message


def _sent_before(ports: Ports, message: ChatMessage) -> ChatMessage:
    stored = ports.store.chat_message(message.visit_id, message.message_id)
    if stored is None or stored.author_id != message.author_id:
        raise Conflict("the visit is over", code="visit_over")
    return stored
