"""Messages that will never be sent, on the queue `outbox-dead` (Amazon SQS): which and why, nothing of what they say."""

from functools import cached_property
from typing import TYPE_CHECKING

import msgspec

from chalicelib.gateways.aws_errors import sending_errors

if TYPE_CHECKING:
    from botocore.client import BaseClient


class SqsDeadLetters:
    """Satisfies `services.ports.DeadLetters`."""

    def __init__(self, queue_url: str) -> None:
        self._queue_url = queue_url

    def bury(self, message_id: str, channel: str, failure: str) -> None:
        """Raises Unavailable, or BadInput when the queue's address is wrong."""
        letter = {"message_id": message_id, "channel": channel, "failure": failure}
        with sending_errors():
            self._client.send_message(QueueUrl=self._queue_url, MessageBody=msgspec.json.encode(letter).decode())

    @cached_property
    def _client(self) -> "BaseClient":
        from chalicelib.gateways.aws_client import sending_client  # noqa: PLC0415  cold start

        return sending_client("sqs")
