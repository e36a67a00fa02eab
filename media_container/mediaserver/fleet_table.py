"""The table `fleet`, seen from a node (docs/protocol.md section 4)."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, Protocol

import boto3
from boto3.dynamodb.conditions import Key
from botocore.config import Config

# Of one BatchGetItem.
MAX_ROWS_AT_ONCE = 100
MAX_NODES = 200

Row = dict[str, Any]


class FleetTable(Protocol):
    """All calls block and raise BotoCoreError or ClientError."""

    def write_node(self, row: Row) -> None:
        """Write the whole row of a node."""

    def read_node(self, node_id: str) -> Row | None:
        """The row of a node, if there is one."""

    def read_nodes(self) -> list[Row]:
        """The rows of all nodes."""

    def read_leases(self, call_ids: Iterable[str]) -> list[Row]:
        """The rows of these calls, of those that have one."""


class DynamoFleetTable:
    """The table in DynamoDB."""

    def __init__(self, table_name: str) -> None:
        # Short, for the next heartbeat is the retry, and a node that stops waits for a call under way.
        config = Config(connect_timeout=1, read_timeout=1.5, retries={"total_max_attempts": 1})
        self._database = boto3.resource("dynamodb", config=config)
        self._table = self._database.Table(table_name)
        self._name = table_name

    def write_node(self, row: Row) -> None:
        """Write the whole row of a node."""
        self._table.put_item(Item=row)

    def read_node(self, node_id: str) -> Row | None:
        """The row of a node, if there is one."""
        item: Row | None = self._table.get_item(Key={"pk": "nodes", "sk": node_id}).get("Item")
        return item

    def read_nodes(self) -> list[Row]:
        """The rows of all nodes."""
        condition = Key("pk").eq("nodes")
        rows: list[Row] = self._table.query(KeyConditionExpression=condition, Limit=MAX_NODES)["Items"]
        return rows

    def read_leases(self, call_ids: Iterable[str]) -> list[Row]:
        """The rows of these calls, of those that have one."""
        rows: list[Row] = []
        for ids in _batches(call_ids):
            keys = [{"pk": f"call#{call_id}", "sk": "lease"} for call_id in ids]
            answer = self._database.batch_get_item(RequestItems={self._name: {"Keys": keys}})
            # What DynamoDB has left out is asked for the next time.
            rows += answer["Responses"].get(self._name, [])
        return rows


def _batches(call_ids: Iterable[str]) -> Iterator[list[str]]:
    rest = iter(call_ids)
    while batch := list(islice(rest, MAX_ROWS_AT_ONCE)):
        yield batch
