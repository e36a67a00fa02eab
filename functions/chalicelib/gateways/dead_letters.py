"""Messages that will never be sent, on the queue `outbox-dead` (Amazon SQS): which and why, nothing of what they say."""

from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec import Struct

from chalicelib.domain.dead_letter import DeadLetter
from chalicelib.gateways.aws_errors import sending_errors

if TYPE_CHECKING:
    from botocore.client import BaseClient

_MOST_READ = 1_000
_READING_S = 300
"""How long what is read is kept from other readers; after that it lies there as before."""


class _Body(Struct, frozen=True):
    message_id: str
    channel: str
    failure: str


class SqsDeadLetters:
    """Satisfies `services.ports.DeadLetters`; reading and letting go are for the operators' command."""

    def __init__(self, queue_url: str) -> None:
        self._queue_url = queue_url

    def bury(self, message_id: str, channel: str, failure: str) -> None:
        """Raises Unavailable, or BadInput when the queue's address is wrong."""
        letter = _Body(message_id, channel, failure)
        with sending_errors():
            self._client.send_message(QueueUrl=self._queue_url, MessageBody=msgspec.json.encode(letter).decode())

    def read(self) -> Iterator[DeadLetter]:
        """Those on the queue, at most _MOST_READ; they stay there. What is no letter of ours is passed over. Raises as
        `bury`."""
        for _ in range(_MOST_READ // 10):
            with sending_errors():
                answer: dict[str, Any] = self._client.receive_message(
                    QueueUrl=self._queue_url, MaxNumberOfMessages=10, VisibilityTimeout=_READING_S, WaitTimeSeconds=1
                )
            if not answer.get("Messages"):
                return
            for message in answer["Messages"]:
                yield from _letters(message)

    def give_back(self, letter: DeadLetter) -> None:
        """Others see it again at once."""
        with sending_errors():
            self._client.change_message_visibility(
                QueueUrl=self._queue_url, ReceiptHandle=letter.handle, VisibilityTimeout=0
            )

    def forget(self, letter: DeadLetter) -> None:
        """Take it off the queue."""
        with sending_errors():
            self._client.delete_message(QueueUrl=self._queue_url, ReceiptHandle=letter.handle)

    @cached_property
    def _client(self) -> "BaseClient":
        from chalicelib.gateways.aws_client import sending_client  # noqa: PLC0415  cold start

        return sending_client("sqs")


def _letters(message: dict[str, Any]) -> Iterator[DeadLetter]:
    try:
        body = msgspec.json.decode(message["Body"], type=_Body)
    except msgspec.DecodeError:
        return
    yield DeadLetter(body.message_id, body.channel, body.failure, str(message["ReceiptHandle"]))
