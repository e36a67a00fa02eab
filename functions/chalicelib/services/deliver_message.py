"""One outgoing message is handed to whoever carries it: SMS, e-mail, or a media node."""

import msgspec

from chalicelib.domain.call_control import Control
from chalicelib.domain.fleet import CallPin, MediaNode
from chalicelib.domain.link import link_token, link_url
from chalicelib.domain.link_state import dead_code
from chalicelib.domain.message import OutboxMessage
from chalicelib.domain.message_texts import LINK
from chalicelib.errors import BadInput
from chalicelib.services.media_tokens import control_token
from chalicelib.services.ports import Ports


def undeliverable(ports: Ports, message: OutboxMessage) -> str:
    """Why it must not go out any more, empty if it may: a message with a link, when the link is dead (G5)."""
    if not message.link_id:
        return ""
    visit = ports.store.visit(message.visit_id)
    if visit is None:
        return "no_visit"
    return dead_code(visit, message.participant_id, message.link_id) or ""


def deliver(ports: Ports, message: OutboxMessage) -> str:
    """Hand it over; the answer is the carrier's id for it, empty for the media fleet.

    Raises Unavailable when worth another try, BadInput when never.
    """
    if message.channel == "sms":
        return ports.sms.send(message.address, _text(ports, message), message.message_id)
    if message.channel == "email":
        return ports.email.send(message.address, message.subject, _text(ports, message), message.message_id)
    _control(ports, message)
    return ""


def _text(ports: Ports, message: OutboxMessage) -> str:
    """With the link in it, whose token is made here and stored nowhere."""
    if not message.link_id:
        return message.text
    settings = ports.settings
    return message.text.replace(LINK, link_url(settings.public_url, link_token(settings.link_key, message.link_id)))


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
