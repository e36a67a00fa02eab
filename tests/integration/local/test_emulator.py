"""What the embedded emulator keeps through a kill."""

import time
from pathlib import Path
from typing import Any

import pytest

from local.environment import resource_variables, stack_template
from local.resources import client, ensure_resources
from local.settings import Settings
from tests.stack import aws_with_tables, emulator, free_settings

SAVED_WITHIN_SECONDS = 2.0


@pytest.fixture
def stack(tmp_path: Path) -> Settings:
    return free_settings(tmp_path)


def test_a_kill_loses_nothing_older_than_two_seconds(stack: Settings) -> None:
    names = resource_variables(stack)
    with aws_with_tables(stack) as process:
        dynamodb, sqs = client("dynamodb", stack.aws_url), client("sqs", stack.aws_url)
        dynamodb.put_item(TableName=names["OUTBOX_TABLE"], Item={"pk": {"S": "m1"}, "state": {"S": "queued"}})
        dynamodb.transact_write_items(
            TransactItems=[
                {"Put": {"TableName": names["VISITS_TABLE"], "Item": {"pk": {"S": "v1"}, "sk": {"S": "visit"}}}},
                {"Put": {"TableName": names["OUTBOX_TABLE"], "Item": {"pk": {"S": "m2"}, "raw": {"B": b"\xff\x00"}}}},
            ]
        )
        sqs.send_message(QueueUrl=names["CALL_EVENTS_QUEUE_URL"], MessageBody="event")
        time.sleep(SAVED_WITHIN_SECONDS)
        process.kill()
        process.wait()
    with emulator(stack):
        dynamodb, sqs = client("dynamodb", stack.aws_url), client("sqs", stack.aws_url)
        rows = dynamodb.scan(TableName=names["OUTBOX_TABLE"])["Items"]
        assert {row["pk"]["S"] for row in rows} == {"m1", "m2"}
        assert {"pk": {"S": "m2"}, "raw": {"B": b"\xff\x00"}} in rows
        assert dynamodb.scan(TableName=names["VISITS_TABLE"])["Count"] == 1
        assert [row["Keys"]["pk"]["S"] for row in stream_of(stack, names["OUTBOX_TABLE"])] == ["m1", "m2"]
        received = sqs.receive_message(QueueUrl=names["CALL_EVENTS_QUEUE_URL"])["Messages"]
        assert [message["Body"] for message in received] == ["event"]


def test_a_stop_loses_nothing_at_all(stack: Settings) -> None:
    names = resource_variables(stack)
    with aws_with_tables(stack):
        put(stack, names["VISITS_TABLE"], "last")
    with emulator(stack):
        assert client("dynamodb", stack.aws_url).scan(TableName=names["VISITS_TABLE"])["Count"] == 1


def test_the_data_moves_to_another_port(stack: Settings, tmp_path: Path) -> None:
    names = resource_variables(stack)
    with aws_with_tables(stack):
        client("sqs", stack.aws_url).send_message(QueueUrl=names["CALL_EVENTS_QUEUE_URL"], MessageBody="event")
    moved = free_settings(tmp_path)
    with emulator(moved):
        ensure_resources(stack_template(moved))
        url = resource_variables(moved)["CALL_EVENTS_QUEUE_URL"]
        assert client("sqs", moved.aws_url).receive_message(QueueUrl=url)["Messages"][0]["Body"] == "event"


def test_stream_positions_go_on_after_a_restart(stack: Settings) -> None:
    table = resource_variables(stack)["VISITS_TABLE"]
    with aws_with_tables(stack):
        put(stack, table, "before")
        before = stream_of(stack, table)[-1]["SequenceNumber"]
    with emulator(stack):
        put(stack, table, "after")
        records = stream_of(stack, table, after=before)
        assert [record["Keys"]["pk"]["S"] for record in records] == ["after"]


def put(stack: Settings, table: str, key: str) -> None:
    client("dynamodb", stack.aws_url).put_item(TableName=table, Item={"pk": {"S": key}, "sk": {"S": "visit"}})


def stream_of(stack: Settings, table: str, after: str | None = None) -> list[dict[str, Any]]:
    """The stream's records from the start, or after a sequence number."""
    arn = client("dynamodb", stack.aws_url).describe_table(TableName=table)["Table"]["LatestStreamArn"]
    streams = client("dynamodbstreams", stack.aws_url)
    shard = streams.describe_stream(StreamArn=arn)["StreamDescription"]["Shards"][0]["ShardId"]
    where = {"ShardIteratorType": "AFTER_SEQUENCE_NUMBER", "SequenceNumber": after} if after else None
    iterator = streams.get_shard_iterator(
        StreamArn=arn, ShardId=shard, **(where or {"ShardIteratorType": "TRIM_HORIZON"})
    )["ShardIterator"]
    return [record["dynamodb"] for record in streams.get_records(ShardIterator=iterator)["Records"]]
