"""What changed in a visit -> who is told of it, live (L5, S2, S7, docs/api.md)."""

from msgspec.structs import replace

from chalicelib.domain.access import allows, may
from chalicelib.domain.chat import ChatMessage, Note
from chalicelib.domain.live import Subscription, staff_topic, visit_topic, visitor_topic
from chalicelib.domain.session import StaffSession
from chalicelib.domain.visit import Participant, Visit
from chalicelib.services.end_live_sockets import end_socket
from chalicelib.services.end_participation import end_participation
from chalicelib.services.guardian_rights import is_acting
from chalicelib.services.ports import Ports
from chalicelib.services.push import Payload, push

Changed = Visit | ChatMessage | Note


def push_change(ports: Ports, record: Changed) -> None:
    """Tell everyone concerned. Doing so twice does no harm: pages read again, chat messages have ids."""
    match record:
        case Visit():
            _push_visit(ports, record)
        case ChatMessage():
            _push_chat(ports, record)
        case Note(visit_id=visit_id):
            push(ports, visit_topic(visit_id), {"type": "note.changed", "visit_id": visit_id})


def push_delivery(ports: Ports, visit_id: str) -> None:
    """A message of the visit was sent or given up: whoever has the visit page open reads it again (B10)."""
    push(ports, visit_topic(visit_id), {"type": "delivery.changed", "visit_id": visit_id})


def visit_changed(visit: Visit) -> Payload:
    return {"type": "visit.changed", "visit_id": visit.visit_id, "version": visit.version}


def watching(visit: Visit) -> Payload:
    """From now on the page hears of every change: what it read before may be older."""
    return {"type": "watching", "visit_id": visit.visit_id, "version": visit.version}


def _push_visit(ports: Ports, visit: Visit) -> None:
    end_participation(ports, visit)
    changed = visit_changed(visit)
    push(ports, visit_topic(visit.visit_id), changed)
    for person in visit.participants:
        if person.hsa_id:
            push(ports, staff_topic(visit.org_id, person.hsa_id), {"type": "agenda.changed"})
        else:
            _push_to_visitor(ports, visit, person, changed)


def _push_to_visitor(ports: Ports, visit: Visit, person: Participant, changed: Payload) -> None:
    """To the person's one session; sockets of an earlier one learn that it is replaced (G2), or that they have left."""
    topic = visitor_topic(visit.visit_id, person.participant_id)
    listening = ports.store.subscriptions(topic)
    if any(subscription.session_hash != person.session_hash for subscription in listening):
        person = _as_now(ports, visit.visit_id, person)
    for subscription in listening:
        if subscription.session_hash != person.session_hash:
            end_socket(ports, subscription.connection_id, "replaced" if person.session_hash else "logged_out")
        elif visit.is_over:
            end_socket(ports, subscription.connection_id, "ended")
    push(ports, topic, changed, of_session=person.session_hash)


def _as_now(ports: Ports, visit_id: str, person: Participant) -> Participant:
    """The stream tells of the past, and the person may have come, or changed device, since."""
    visit = ports.store.visit(visit_id)
    people = visit.participants if visit else ()
    now = next((each for each in people if each.participant_id == person.participant_id), None)
    return now or replace(person, session_hash="")


def _push_chat(ports: Ports, message: ChatMessage) -> None:
    """To staff who have the page open, and to those who may read it: never to guests (S2)."""
    visit = ports.store.visit(message.visit_id)
    if visit is None:
        return
    end_participation(ports, visit)
    told = _told(message, message.author_name)
    push(ports, visit_topic(message.visit_id), told, to=lambda socket: _still_reads(ports, visit, socket))
    for person in visit.participants:
        if not person.hsa_id and allows(visit, person.role, "read_chat") and is_acting(ports, visit, person):
            topic = visitor_topic(visit.visit_id, person.participant_id)
            push(ports, topic, _told(message, message.shown_name), of_session=person.session_hash)


def _still_reads(ports: Ports, visit: Visit, socket: Subscription) -> bool:
    """What people write goes out under a session that lasts, of someone at work with care who is in the visit: a session
    that ran out has told nobody, and a socket may have been overlooked when another ended."""
    session = ports.store.session(socket.session_hash, ports.clock.now())
    if not isinstance(session, StaffSession) or not may(session.staff.roles, "read_chat"):
        return False
    me = visit.staff(session.staff.hsa_id)
    return me is not None and allows(visit, me.role, "read_chat")


def _told(message: ChatMessage, author_name: str) -> Payload:
    """With the `ChatMessageView` of the API."""
    view = {
        "message_id": message.message_id,
        "author_id": message.author_id,
        "author_name": author_name,
        "author_role": message.author_role,
        "text": message.text,
        "sent_at": message.sent_at,
    }
    return {"type": "chat.message", "visit_id": message.visit_id, "message": view}
