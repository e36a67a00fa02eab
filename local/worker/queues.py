"""Takes messages from a queue to a handler; what fails becomes visible again, and in the end the redrive policy has it."""

from collections.abc import Mapping
from typing import Any

from local.lambda_app import HandlerFailed, invoke, resolve
from local.resources import client
from local.worker.events import failed_items, queue_record
from local.worker.sources import QueueSource
from local.worker.stopping import Stop

LONG_POLL_SECONDS = 10
VISIBILITY_SECONDS = 30
"""Shorter than deployed (infra/template.yaml), so that a killed worker's messages come back while one watches."""
RETRY_SECONDS = 2
SQS_BATCH_LIMIT = 10

Message = Mapping[str, Any]


class QueuePoller:
    """One source. `run` returns when the worker stops and raises what boto3 raises when the emulator is away."""

    def __init__(self, source: QueueSource, endpoint: str, stop: Stop) -> None:
        self._source = source
        self._stop = stop
        self._sqs = client("sqs", endpoint)
        self._handler = resolve(source.handler_string)

    def run(self) -> None:
        """Deliver until stopped. Raises Stopped."""
        while not self._stop.requested:
            answer = self._sqs.receive_message(
                QueueUrl=self._source.queue_url,
                MaxNumberOfMessages=min(self._source.batch_size, SQS_BATCH_LIMIT),
                WaitTimeSeconds=LONG_POLL_SECONDS,
                VisibilityTimeout=VISIBILITY_SECONDS,
                MessageSystemAttributeNames=["All"],
            )
            if answer.get("Messages"):
                with self._stop.busy():
                    self._deliver(answer["Messages"])

    def _deliver(self, messages: list[Message]) -> None:
        failed = self._failed(messages)
        for message in messages:
            handle = {"QueueUrl": self._source.queue_url, "ReceiptHandle": message["ReceiptHandle"]}
            if message["MessageId"] in failed:
                self._sqs.change_message_visibility(**handle, VisibilityTimeout=RETRY_SECONDS)
            else:
                self._sqs.delete_message(**handle)

    def _failed(self, messages: list[Message]) -> set[str]:
        records = [queue_record(message, self._source.queue_arn) for message in messages]
        try:
            return failed_items(invoke(self._handler, self._source.name, {"Records": records}))
        except HandlerFailed:
            return {message["MessageId"] for message in messages}
