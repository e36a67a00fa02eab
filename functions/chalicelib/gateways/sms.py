"""SMS through Amazon SNS (Publish to a phone number), transactional, with the organisation's sender id (B10)."""

from functools import cached_property
from typing import TYPE_CHECKING, Any

from chalicelib.gateways.aws_errors import sending_errors

if TYPE_CHECKING:
    from botocore.client import BaseClient


class SnsSmsSender:
    """Satisfies `services.ports.SmsSender`. `sender_id`: at most 11 ASCII letters and digits."""

    def __init__(self, sender_id: str) -> None:
        self._sender_id = sender_id

    def send(self, to_e164: str, text: str, message_id: str) -> str:
        """`message_id` goes along as an attribute: SNS itself would send the same message twice.

        Raises Unavailable when worth a retry, BadInput (`message_refused`) when never.
        """
        attributes = {
            "AWS.SNS.SMS.SenderID": self._sender_id,
            "AWS.SNS.SMS.SMSType": "Transactional",
            "vardrum.message_id": message_id,
        }
        with sending_errors():
            answer: dict[str, Any] = self._client.publish(
                PhoneNumber=to_e164,
                Message=text,
                MessageAttributes={
                    name: {"DataType": "String", "StringValue": value} for name, value in attributes.items()
                },
            )
            return str(answer["MessageId"])

    @cached_property
    def _client(self) -> "BaseClient":
        from chalicelib.gateways.aws_client import sending_client  # noqa: PLC0415  cold start

        return sending_client("sns")
