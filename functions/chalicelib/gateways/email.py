"""E-mail through Amazon SES (SESv2 SendEmail): plain text, one recipient, no attachment."""

import re
from functools import cached_property
from typing import TYPE_CHECKING, Any

from chalicelib.domain import email
from chalicelib.errors import BadInput
from chalicelib.gateways.aws_errors import sending_errors

if TYPE_CHECKING:
    from botocore.client import BaseClient

_LONGEST_SUBJECT = 200
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


class SesEmailSender:
    """Satisfies `services.ports.EmailSender`. `sender`: an address that SES knows as ours."""

    def __init__(self, sender: str) -> None:
        self._sender = sender

    def send(self, to: str, subject: str, text: str, message_id: str) -> str:
        """`message_id` (ASCII letters, digits, `_`, `-`) goes along as an e-mail tag.

        Raises Unavailable when worth a retry, BadInput when never: `invalid_email`, or `message_refused`, also for a
        subject that would break its header line.
        """
        if _CONTROL.search(subject) or len(subject) > _LONGEST_SUBJECT:
            raise BadInput("a subject is one line", code="message_refused", field="subject")
        with sending_errors():
            answer: dict[str, Any] = self._client.send_email(
                FromEmailAddress=self._sender,
                Destination={"ToAddresses": [email.normalise(to)]},
                Content={"Simple": {"Subject": _utf8(subject), "Body": {"Text": _utf8(text)}}},
                EmailTags=[{"Name": "message_id", "Value": message_id}],
            )
            return str(answer["MessageId"])

    @cached_property
    def _client(self) -> "BaseClient":
        from chalicelib.gateways.aws_client import sending_client  # noqa: PLC0415  cold start

        return sending_client("sesv2")


def _utf8(text: str) -> dict[str, str]:
    return {"Data": text, "Charset": "UTF-8"}
