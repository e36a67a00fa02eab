"""SMS through Amazon SNS (Publish to a phone number), transactional, with the organisation's sender id (B10)."""

from functools import cached_property
from typing import TYPE_CHECKING, Any

from chalicelib.gateways.aws_errors import sending_errors

if TYPE_CHECKING:
    from botocore.client import BaseClient


class SnsSmsSender:
    """Satisfies `services.ports.SmsSender`. `sender_id`: at most 11 ASCII letters and digits; `max_price_usd`: what one
    message may cost, such as `0.50`, above which SNS does not send it. Empty for any price."""

    def __init__(self, sender_id: str, max_price_usd: str = "") -> None:
        self._sender_id = sender_id
        price = {"AWS.SNS.SMS.MaxPrice": {"DataType": "Number", "StringValue": max_price_usd}}
        self._price = price if max_price_usd else {}

    def send(self, to_e164: str, text: str, message_id: str) -> str:
        """`message_id` goes along as an attribute: SNS itself would send the same message twice.

        Raises Throttled and Unavailable when worth a retry, BadInput (`message_refused`) when never.
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
                }
                | self._price,
            )
            return str(answer["MessageId"])

    @cached_property
    def _client(self) -> "BaseClient":
        from chalicelib.gateways.aws_client import sending_client  # noqa: PLC0415  cold start

        return sending_client("sns")
