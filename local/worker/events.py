"""Lambda's events for streams, queues and schedules, made of what boto3 returns."""

import base64
import uuid
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from local.template import ACCOUNT_ID, REGION

Record = dict[str, Any]


def stream_record(record: Mapping[str, Any], stream_arn: str) -> Record:
    """A record of GetRecords as Lambda's event source mapping hands it on: binary as base64, time as epoch seconds."""
    change = dict(record["dynamodb"])
    created: datetime = change["ApproximateCreationDateTime"]
    for part in ("Keys", "NewImage", "OldImage"):
        if part in change:
            change[part] = {name: _attribute(value) for name, value in change[part].items()}
    change["ApproximateCreationDateTime"] = created.timestamp()
    return {**record, "dynamodb": change, "eventSourceARN": stream_arn, "awsRegion": REGION}


def sequence_number(record: Mapping[str, Any]) -> str:
    """What names a record to batchItemFailures and to the checkpoint."""
    number: str = record["dynamodb"]["SequenceNumber"]
    return number


def _attribute(value: Mapping[str, Any]) -> dict[str, Any]:
    ((kind, content),) = value.items()
    match kind:
        case "B":
            return {kind: _base64(content)}
        case "BS":
            return {kind: [_base64(each) for each in content]}
        case "L":
            return {kind: [_attribute(each) for each in content]}
        case "M":
            return {kind: {name: _attribute(each) for name, each in content.items()}}
    return {kind: content}


def _base64(content: bytes) -> str:
    return base64.b64encode(content).decode("ascii")


def queue_record(message: Mapping[str, Any], queue_arn: str) -> Record:
    """A message of ReceiveMessage as Lambda hands it on: the same, with names in camel case."""
    return {
        "messageId": message["MessageId"],
        "receiptHandle": message["ReceiptHandle"],
        "body": message["Body"],
        "attributes": message.get("Attributes", {}),
        "messageAttributes": {},
        "md5OfBody": message["MD5OfBody"],
        "eventSource": "aws:sqs",
        "eventSourceARN": queue_arn,
        "awsRegion": REGION,
    }


def schedule_event(name: str, now: datetime) -> Record:
    """What EventBridge sends for a schedule."""
    return {
        "version": "0",
        "id": str(uuid.uuid4()),
        "detail-type": "Scheduled Event",
        "source": "aws.events",
        "account": ACCOUNT_ID,
        "time": now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "region": REGION,
        "resources": [f"arn:aws:events:{REGION}:{ACCOUNT_ID}:rule/{name}"],
        "detail": {},
    }


def failed_items(answer: Any) -> set[str]:
    """The identifiers in `batchItemFailures`; none when the handler says nothing of it."""
    failures = answer.get("batchItemFailures") if isinstance(answer, dict) else None
    return {failure["itemIdentifier"] for failure in failures or []}
