"""B10: the simulated carriers tell of a message on the queue that the app takes receipts from."""

import asyncio

from chalicelib.domain.receipt import read_receipt
from local.environment import resource_variables
from local.resources import client
from local.settings import Settings
from local.simulators.message_store import Arrival
from local.simulators.receipts import Receipts


def _arrival() -> Arrival:
    return Arrival(
        kind="email",
        recipient="bounce@example.com",
        sender="no-reply@vardrum.example",
        subject="Hej",
        text="Hej",
        message_id="m_1",
        provider_id="p_1",
        invocation_id="i_1",
    )


async def test_a_receipt_lies_on_the_queue_a_moment_later(aws: Settings) -> None:
    url, sqs = resource_variables(aws)["RECEIPTS_QUEUE_URL"], client("sqs", aws.aws_url)
    receipts = Receipts(url)
    receipts.tell(_arrival())
    await receipts.close()
    answer = await asyncio.to_thread(sqs.receive_message, QueueUrl=url, MaxNumberOfMessages=10, WaitTimeSeconds=10)
    receipts_found = [read_receipt(letter["Body"]) for letter in answer["Messages"]]
    assert [each.state for each in receipts_found if each and each.message_id == "m_1"] == ["bounced"]
    for letter in answer["Messages"]:
        sqs.delete_message(QueueUrl=url, ReceiptHandle=letter["ReceiptHandle"])


async def test_a_queue_that_is_away_or_not_there_loses_the_receipt_and_nothing_else(aws: Settings) -> None:
    for url in ("", f"{aws.aws_url}/000000000000/no-such-queue"):
        receipts = Receipts(url)
        receipts.tell(_arrival())
        await receipts.close()
