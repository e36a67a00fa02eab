"""An SMS that will not arrive goes by e-mail, where the person has an address (B10)."""

from msgspec.structs import replace

from chalicelib.domain.changes import Create, Replace
from chalicelib.domain.message import OutboxMessage
from chalicelib.domain.outdated import outdated
from chalicelib.domain.visit_messages import email_instead
from chalicelib.services.ports import Ports
from chalicelib.services.try_to_commit import try_to_commit


def fall_back_to_email(ports: Ports, message: OutboxMessage, failure: str) -> bool:
    """Whether there is an e-mail in its stead: then the failure is noted in the same transaction as the e-mail is written.

    Exactly one: its id is that of the same message by e-mail, and who comes second finds it there.
    """
    visit, organisation = ports.store.visit(message.visit_id), ports.store.organisation(message.org_id)
    now = ports.clock.now()
    if message.channel != "sms" or visit is None or organisation is None or outdated(message, visit, now):
        return False
    email = email_instead(message, visit, organisation, now)
    if email is None:
        return False
    noted = Replace(replace(message, version=message.version + 1, state="failed", failure=failure))
    if not try_to_commit(ports.store, [noted, Create(email)]):
        try_to_commit(ports.store, [noted])
    return True
