"""What could not be sent lies on a queue for operators, without a word of what it said (B3)."""

import json

import pytest

from chalicelib.errors import BadInput, Unavailable
from chalicelib.gateways.dead_letters import SqsDeadLetters
from local.resources import client
from local.settings import Settings

QUEUE = "vardrum-local-outbox-dead"


def test_a_dead_letter_names_the_message_its_channel_and_why(aws: Settings) -> None:
    sqs = client("sqs", aws.aws_url)
    url = sqs.get_queue_url(QueueName=QUEUE)["QueueUrl"]
    SqsDeadLetters(url).bury("m_1", "sms", "message_refused")
    (letter,) = sqs.receive_message(QueueUrl=url, WaitTimeSeconds=2)["Messages"]
    assert json.loads(letter["Body"]) == {"message_id": "m_1", "channel": "sms", "failure": "message_refused"}
    sqs.delete_message(QueueUrl=url, ReceiptHandle=letter["ReceiptHandle"])


@pytest.mark.parametrize("url", ["", "no-such-queue"])
def test_a_wrong_queue_is_an_error_that_is_seen(aws: Settings, url: str) -> None:
    with pytest.raises((BadInput, Unavailable)):
        SqsDeadLetters(f"{aws.aws_url}/000000000000/{url}").bury("m_1", "sms", "unavailable")
