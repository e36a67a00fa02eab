"""Telling everyone who listens to a topic."""

from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from chalicelib.domain.live import Subscription
from chalicelib.services.ports import Ports
from chalicelib.services.presence import close_subscription, is_opening

Payload = Mapping[str, Any]


def encoded(payload: Payload) -> bytes:
    return msgspec.json.encode(payload)


def push(
    ports: Ports,
    topic: str,
    payload: Payload,
    *,
    of_session: str | None = None,
    to: Callable[[Subscription], bool] | None = None,
) -> None:
    """Send to each socket of the topic, or those of one session, or those that `to` lets hear it. A socket that is gone
    for good is forgotten.

    One that is still opening misses it, and its page reads when it is open.
    """
    body = encoded(payload)
    for subscription in ports.store.subscriptions(topic):
        if of_session is not None and subscription.session_hash != of_session:
            continue
        if to is not None and not to(subscription):
            continue
        told = ports.live_push.push(subscription.connection_id, body)
        if not told and not is_opening(subscription, ports.clock.now()):
            close_subscription(ports, subscription)
