"""E-mail through Amazon SES (SESv2 SendEmail, raw): plain text, one recipient, and the visit as a calendar sees it."""

import re
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from functools import cached_property
from typing import TYPE_CHECKING, Any

from chalicelib.domain import email
from chalicelib.domain.calendar import CalendarPart
from chalicelib.errors import BadInput
from chalicelib.gateways.aws_errors import sending_errors

if TYPE_CHECKING:
    from botocore.client import BaseClient

_LONGEST_SUBJECT = 200
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


class SesEmailSender:
    """Satisfies `services.ports.EmailSender`. `sender`: an address that SES knows as ours; `configuration_set`: what tells us
    what became of it, empty where nothing does."""

    def __init__(self, sender: str, configuration_set: str = "") -> None:
        self._sender = sender
        self._configuration_set = {"ConfigurationSetName": configuration_set} if configuration_set else {}

    def send(self, to: str, subject: str, text: str, message_id: str, calendar: CalendarPart | None = None) -> str:
        """`message_id` (ASCII letters, digits, `_`, `-`) goes along as an e-mail tag.

        Raises Throttled and Unavailable when worth a retry, BadInput when never: `invalid_email`, or `message_refused`,
        also for a subject that would break its header line.
        """
        if _CONTROL.search(subject) or len(subject) > _LONGEST_SUBJECT:
            raise BadInput("a subject is one line", code="message_refused", field="subject")
        address = email.normalise(to)
        letter = _letter(self._sender, address, subject, text, calendar)
        with sending_errors():
            answer: dict[str, Any] = self._client.send_email(
                FromEmailAddress=self._sender,
                Destination={"ToAddresses": [address]},
                Content={"Raw": {"Data": letter.as_bytes()}},
                EmailTags=[{"Name": "message_id", "Value": message_id}],
                **self._configuration_set,
            )
            return str(answer["MessageId"])

    @cached_property
    def _client(self) -> "BaseClient":
        from chalicelib.gateways.aws_client import sending_client  # noqa: PLC0415  cold start

        return sending_client("sesv2")


def _letter(sender: str, to: str, subject: str, text: str, calendar: CalendarPart | None) -> EmailMessage:
    """MIME (RFC 2045) with the calendar as the text's alternative (RFC 6047 2.4). There is nobody to reply to."""
    letter = EmailMessage(policy=SMTP)
    letter["From"], letter["To"], letter["Subject"] = _address(sender), _address(to), subject
    letter["Auto-Submitted"] = "auto-generated"  # RFC 3834: no out-of-office answers
    letter.set_content(text, cte="base64")
    if calendar is not None:
        content = calendar.content.decode()
        letter.add_alternative(content, subtype="calendar", cte="base64", params={"method": calendar.method})
    return letter


def _address(address: str) -> Address:
    """Without a display name. Both are plain: of ours it is checked when it is set up, of theirs by `email.normalise`."""
    return Address(addr_spec=address)
