"""How far each stream has been taken, kept in the emulator itself: a kill sets data and position back together."""

from typing import Any

from local.resources import ensure_table

TABLE = "vardrum-local-worker"
PROPERTIES = {
    "TableName": TABLE,
    "BillingMode": "PAY_PER_REQUEST",
    "AttributeDefinitions": [{"AttributeName": "pk", "AttributeType": "S"}],
    "KeySchema": [{"AttributeName": "pk", "KeyType": "HASH"}],
}


class Checkpoints:
    """Rows `<handler>` -> stream and sequence number."""

    def __init__(self, dynamodb: Any) -> None:
        self._dynamodb = dynamodb

    def create(self) -> None:
        """Make the table unless it is there."""
        ensure_table(self._dynamodb, PROPERTIES)

    def read(self, handler: str, stream_arn: str) -> str | None:
        """The sequence number last taken of this stream; None when nothing was, or it is another stream."""
        row = self._dynamodb.get_item(TableName=TABLE, Key={"pk": {"S": handler}}, ConsistentRead=True).get("Item")
        if row is None or row["stream"]["S"] != stream_arn:
            return None
        number: str = row["sequence"]["S"]
        return number

    def write(self, handler: str, stream_arn: str, sequence: str) -> None:
        """All up to and with `sequence` is taken."""
        row = {"pk": {"S": handler}, "stream": {"S": stream_arn}, "sequence": {"S": sequence}}
        self._dynamodb.put_item(TableName=TABLE, Item=row)
