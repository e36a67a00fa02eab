"""The visit chat (S2): kept with the visit, told live, stored once however often it is sent."""

from chalicelib.domain.access import TABLE, require
from chalicelib.domain.audit import AuditEntry, by_visitor, of_visit
from chalicelib.domain.changes import Count, Create, RequirePlace
from chalicelib.domain.chat import ChatMessage
from chalicelib.domain.staff import Staff
from chalicelib.domain.visit import Participant, Visit
from chalicelib.errors import Conflict
from chalicelib.services.guardian_rights import require_acting
from chalicelib.services.log_access import log_read
from chalicelib.services.ports import Ports

MESSAGES_PER_VISIT = 500
WINDOW_S = 366 * 24 * 3600  # a visit may be booked that long before; in two windows there are no more than are read


def read_chat(ports: Ports, visit: Visit, reader: Participant, *, staff: Staff | None = None) -> list[ChatMessage]:
    """All of it, in order; after the visit for staff alone. `staff`: as whom the reader is logged in, if they are.

    Raises NotAllowed for guests and for an ombud who may act no more, Conflict (`visit_over`).
    """
    require(visit, reader.role, "read_chat")
    require_acting(ports, visit, reader, "chat.read")
    log_read(ports, *_entries(ports, visit, reader, staff, "chat.read"))
    return ports.store.chat(visit.visit_id)


def write_chat(
    ports: Ports, visit: Visit, author: Participant, message_id: str, text: str, *, staff: Staff | None = None
) -> ChatMessage:
    """The message as stored; sending the same `message_id` again gives the first one. `staff` as in `read_chat`.

    Raises NotAllowed as `read_chat` does, Conflict (`visit_over`), TooManyAttempts past 500 messages in a visit.
    """
    require(visit, author.role, "chat")
    require_acting(ports, visit, author, "chat.send")
    message = ChatMessage(
        visit_id=visit.visit_id,
        message_id=message_id,
        author_id=author.participant_id,
        author_name=author.name,
        author_role=author.role,
        author_shown_name=author.display_name,
        text=text,
        sent_at=ports.clock.now(),
    )
    still_open = RequirePlace(visit.visit_id, TABLE["chat"][author.role], author.participant_id)
    one_more = Count(f"chat#{visit.visit_id}", MESSAGES_PER_VISIT, WINDOW_S)
    entries = map(Create, _entries(ports, visit, author, staff, "chat.send"))
    try:
        ports.store.commit([still_open, Create(message), *entries, one_more])
    except Conflict:
        return _sent_before(ports, message)
    return message


def _entries(
    ports: Ports, visit: Visit, person: Participant, staff: Staff | None, action: str
) -> tuple[AuditEntry, ...]:
    now = ports.clock.now()
    if staff is None:
        return (by_visitor(visit, person.participant_id, action, now),)
    return of_visit(staff, action, now, visit)


def _sent_before(ports: Ports, message: ChatMessage) -> ChatMessage:
    stored = ports.store.chat_message(message.visit_id, message.message_id)
    if stored is None or stored.author_id != message.author_id:
        raise Conflict("the visit is over", code="visit_over")
    return stored
