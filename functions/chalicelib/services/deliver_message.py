"""One outgoing message is handed to whoever carries it: SMS, e-mail, or a media node."""

import msgspec

from chalicelib.domain.calendar import CalendarPart, visit_calendar
from chalicelib.domain.call_control import Control
from chalicelib.domain.fleet import CallPin, MediaNode
from chalicelib.domain.link import link_token, link_url
from chalicelib.domain.message import OutboxMessage
from chalicelib.domain.message_ids import earlier_ids
from chalicelib.domain.message_texts import LINK, with_eids
from chalicelib.domain.outdated import outdated
from chalicelib.domain.visit import Contact, Participant, Visit
from chalicelib.errors import BadInput
from chalicelib.services.media_tokens import control_token
from chalicelib.services.ports import Ports


def undeliverable(ports: Ports, message: OutboxMessage) -> str:
    """Why it must not go out any more, empty if it may (`domain.outdated`); `not_invited`: a cancellation of what its
    reader has never heard of. Control calls to the media fleet are always of use.
    """
    if message.channel == "media":
        return ""
    visit = ports.store.visit(message.visit_id)
    if visit is None:
        return "no_visit"
    reason = outdated(message, visit, ports.clock.now())
    if reason or not message.reason.startswith("cancelled"):
        return reason
    return "" if _was_told(ports, message, visit) else "not_invited"


def deliver(ports: Ports, message: OutboxMessage) -> str:
    """Hand it over; the answer is the carrier's id for it, empty for the media fleet.

    Raises Unavailable when worth another try, BadInput when never.
    """
    if message.channel == "sms":
        return ports.sms.send(message.address, full_text(ports, message), message.message_id)
    if message.channel == "email":
        calendar = _calendar(ports, message)
        return ports.email.send(
            message.address, message.subject, full_text(ports, message), message.message_id, calendar
        )
    _control(ports, message)
    return ""


def full_text(ports: Ports, message: OutboxMessage) -> str:
    """With the e-IDs that there are now, and the link, whose token is made here and stored nowhere."""
    text = with_eids(message.text, ports.settings.eid_providers)
    return text.replace(LINK, _link(ports, message)) if message.link_id else text


def _link(ports: Ports, message: OutboxMessage) -> str:
    settings = ports.settings
    return link_url(settings.public_url, link_token(settings.link_key, message.link_id))


def _was_told(ports: Ports, message: OutboxMessage, visit: Visit) -> bool:
    """Whether anything of the visit has gone to them, or is just going."""
    earlier = ports.store.messages(earlier_ids(visit, message.participant_id))
    return any(each.state not in {"queued", "failed"} or each.provider_id for each in earlier)


def _calendar(ports: Ports, message: OutboxMessage) -> CalendarPart | None:
    """What puts the visit into the reader's calendar, or takes it away; reminders leave the calendar as it is."""
    words = message.reason.partition("#")[0]
    if words not in {"invitation", "moved", "cancelled"}:
        return None
    visit = ports.store.visit(message.visit_id)
    if visit is None:
        return None
    person = next((p for p in visit.participants if p.participant_id == message.participant_id), None)
    gone = Participant(
        participant_id=message.participant_id, role="guest", name="", contact=Contact(email=message.address)
    )
    organiser = ports.settings.email_sender
    if words == "cancelled":
        taken_away = visit_calendar(visit, person or gone, "CANCEL", "", visit.sequence + 1, organiser=organiser)
        return CalendarPart("CANCEL", taken_away)
    link = _link(ports, message)
    booked = visit_calendar(visit, person or gone, "REQUEST", link, visit.sequence, organiser=organiser)
    return CalendarPart("REQUEST", booked)


def _control(ports: Ports, message: OutboxMessage) -> None:
    """A call whose node is gone has ended with it. A node that has just moved the call away answers 204 as well."""
    pin = ports.store.call_pin(message.address)
    node = _owner(ports, pin) if pin else None
    if pin is None or node is None:
        return
    now, action = ports.clock.now(), _action(message)
    token = control_token(ports.settings, pin, action, message.participant_id, now, replaced_at=message.created_at)
    ports.media_fleet.control(node.internal_url, token)


def _owner(ports: Ports, pin: CallPin) -> MediaNode | None:
    now_s = ports.clock.now().timestamp()
    return next((n for n in ports.store.nodes() if n.node_id == pin.node_id and n.is_alive(now_s)), None)


def _action(message: OutboxMessage) -> Control:
    try:
        action: Control = msgspec.convert(message.text, Control)
    except msgspec.ValidationError:
        raise BadInput("no such control action", code="unknown_action") from None
    return action
