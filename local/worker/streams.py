"""Follows one table's stream and hands its records to a handler, from where the last run left off."""

import json
from collections.abc import Iterator
from typing import Any

from local.lambda_app import invoke, resolve
from local.resources import client
from local.worker.changes import Changes
from local.worker.checkpoints import Checkpoints
from local.worker.delivery import Delivery
from local.worker.events import Record, sequence_number, stream_record
from local.worker.sources import StreamSource
from local.worker.stopping import Stop


class StreamPoller:
    """One source. `run` returns when the worker stops and raises what boto3 raises when the emulator is away."""

    def __init__(self, source: StreamSource, endpoint: str, dead_queue_url: str, stop: Stop) -> None:
        self._source = source
        self._endpoint = endpoint
        self._dead_queue_url = dead_queue_url
        self._stop = stop
        self._dynamodb = client("dynamodb", endpoint)
        self._streams = client("dynamodbstreams", endpoint)
        self._checkpoints = Checkpoints(self._dynamodb)
        self._handler = resolve(source.handler_string)

    def run(self) -> None:
        """Deliver until stopped."""
        table = self._dynamodb.describe_table(TableName=self._source.table_name)["Table"]
        arn = table["LatestStreamArn"]
        delivery = Delivery(self._invoke, lambda last: self._take(arn, last), self._bury, self._stop.wait)
        for records in self._batches(arn):
            with self._stop.busy():
                delivery.deliver(records)

    def _batches(self, arn: str) -> Iterator[list[Record]]:
        """Batches of new records; between them waits for a change."""
        changes = Changes(self._endpoint)
        shard = self._streams.describe_stream(StreamArn=arn)["StreamDescription"]["Shards"][0]["ShardId"]
        iterator = self._iterator(arn, shard)
        seen = None
        while not self._stop.requested:
            found = self._streams.get_records(ShardIterator=iterator, Limit=self._source.batch_size)
            iterator = found["NextShardIterator"]
            if found["Records"]:
                yield [stream_record(record, arn) for record in found["Records"]]
            else:
                seen = changes.wait(seen)

    def _iterator(self, arn: str, shard: str) -> str:
        position = self._checkpoints.read(self._source.name, arn)
        start = {"ShardIteratorType": "TRIM_HORIZON"}
        if position is not None:
            start = {"ShardIteratorType": "AFTER_SEQUENCE_NUMBER", "SequenceNumber": position}
        try:
            found = self._streams.get_shard_iterator(StreamArn=arn, ShardId=shard, **start)
        except self._streams.exceptions.TrimmedDataAccessException:
            found = self._streams.get_shard_iterator(StreamArn=arn, ShardId=shard, ShardIteratorType="TRIM_HORIZON")
        iterator: str = found["ShardIterator"]
        return iterator

    def _invoke(self, event: Record) -> Any:
        return invoke(self._handler, self._source.name, event)

    def _take(self, arn: str, last: Record) -> None:
        self._checkpoints.write(self._source.name, arn, sequence_number(last))

    def _bury(self, record: Record) -> None:
        """As Lambda's OnFailure destination: where the record is, not what is in it."""
        number = sequence_number(record)
        note = {
            "requestContext": {"condition": "RetryAttemptsExhausted", "functionArn": self._source.name},
            "DDBStreamBatchInfo": {
                "streamArn": record["eventSourceARN"],
                "startSequenceNumber": number,
                "endSequenceNumber": number,
                "batchSize": 1,
            },
        }
        sqs = client("sqs", self._endpoint)
        sqs.send_message(QueueUrl=self._dead_queue_url, MessageBody=json.dumps(note))
