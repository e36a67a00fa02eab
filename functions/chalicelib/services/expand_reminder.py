"""A reminder that is due becomes a message to each person who is in the visit by then (B10)."""

from collections.abc import Sequence
from typing import Literal

from msgspec.structs import replace

from chalicelib.domain.changes import Create, Replace
from chalicelib.domain.message import OutboxMessage
from chalicelib.domain.outdated import outdated
from chalicelib.domain.visit_messages import reminder_messages
from chalicelib.services.ports import Ports
from chalicelib.services.try_to_commit import try_to_commit


def expand_reminder(ports: Ports, row: OutboxMessage) -> Literal["expanded", "dropped", "taken"]:
    """One transaction: the messages are there, and the row is done. It needs no claim, since nothing leaves us.

    `dropped`: the visit has another time by now, or is over. `taken`: somebody else was faster. A transaction holds 100
    rows, and a visit has far fewer people.
    """
    now, visit = ports.clock.now(), ports.store.visit(row.visit_id)
    reason = outdated(row, visit, now) if visit is not None else "no_visit"
    organisation = ports.store.organisation(row.org_id) if not reason else None
    if visit is None or organisation is None:
        gone = replace(row, version=row.version + 1, state="failed", failure=reason or "no_organisation")
        return "dropped" if _written(ports, gone, []) else "taken"
    done = replace(row, version=row.version + 1, state="sent", attempts=row.attempts + 1)
    return "expanded" if _expanded(ports, done, reminder_messages(row, visit, organisation, now)) else "taken"


def _expanded(ports: Ports, done: OutboxMessage, messages: Sequence[OutboxMessage]) -> bool:
    """Messages that are there already, of a row that an operator has put back, are not written again."""
    if _written(ports, done, messages):
        return True
    there = {message.message_id for message in ports.store.messages([m.message_id for m in messages])}
    return bool(there) and _written(ports, done, [m for m in messages if m.message_id not in there])


def _written(ports: Ports, row: OutboxMessage, messages: Sequence[OutboxMessage]) -> bool:
    return try_to_commit(ports.store, [Replace(row), *map(Create, messages)])
