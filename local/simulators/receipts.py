"""What the simulated carriers tell afterwards: SMS to numbers that end in 00 do not arrive, and letters to addresses that
begin with `bounce` come back. Told on the queue that the app takes receipts from; nowhere when there is none."""

import asyncio
import json
import logging
import os
from typing import Any

from aiohttp import web
from botocore.exceptions import BotoCoreError, ClientError

from local.resources import client
from local.simulators.message_store import Arrival

_AFTER_S = 0.3
_MOST_AT_ONCE = 200

logger = logging.getLogger("simulators")


class Receipts:
    """Tells of one arrival a moment after it was answered. At most so many are on their way: the others are lost, as a
    carrier's may be."""

    def __init__(self, queue_url: str) -> None:
        self._queue_url = queue_url
        self._under_way: set[asyncio.Task[None]] = set()
        self._sqs: Any = None

    def tell(self, arrival: Arrival) -> None:
        if not self._queue_url or len(self._under_way) >= _MOST_AT_ONCE:
            return
        task = asyncio.create_task(self._send(receipt_of(arrival)))
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)

    async def close(self) -> None:
        """What is on its way is waited for."""
        await asyncio.gather(*self._under_way)

    async def _send(self, body: str) -> None:
        await asyncio.sleep(_AFTER_S)
        try:
            await asyncio.to_thread(self._put, body)
        except (BotoCoreError, ClientError) as error:
            logger.warning("A receipt is lost: the queue is away (%s)", type(error).__name__)

    def _put(self, body: str) -> None:
        self._sqs = self._sqs or client("sqs", os.environ["AWS_ENDPOINT_URL_SQS"])
        self._sqs.send_message(QueueUrl=self._queue_url, MessageBody=body)


def receipt_of(arrival: Arrival) -> str:
    """A line of SNS's delivery status log, or an event of SES."""
    if arrival.kind == "sms":
        status = "FAILURE" if arrival.recipient.endswith("00") else "SUCCESS"
        return json.dumps({"notification": {"messageId": arrival.provider_id}, "delivery": {}, "status": status})
    event_type = "Bounce" if arrival.recipient.startswith("bounce") else "Delivery"
    mail = {"messageId": arrival.provider_id, "tags": {"message_id": [arrival.message_id]}}
    return json.dumps({"source": "aws.ses", "detail": {"eventType": event_type, "mail": mail}})


RECEIPTS = web.AppKey("receipts", Receipts)


def prepare(app: web.Application) -> None:
    app[RECEIPTS] = Receipts(os.environ.get("RECEIPTS_QUEUE_URL", ""))
    app.on_cleanup.append(_close)


async def _close(app: web.Application) -> None:
    await app[RECEIPTS].close()
