"""What this process asks of DynamoDB, seen where the requests leave it."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from unittest.mock import patch

from botocore.awsrequest import AWSPreparedRequest
from botocore.httpsession import URLLib3Session

_IN_TRANSACTION = {
    "Get": "GetItem",
    "Put": "PutItem",
    "Update": "UpdateItem",
    "Delete": "DeleteItem",
    "ConditionCheck": "ConditionCheckItem",
}


@dataclass(frozen=True, slots=True)
class Call:
    """One request: the operation and its body."""

    operation: str
    body: dict[str, Any]

    def actions(self) -> set[tuple[str, str]]:
        """What IAM asks for, as (action, table, or table/index)."""
        if "TransactItems" in self.body:
            items = (item for each in self.body["TransactItems"] for item in each.items())
            return {(_IN_TRANSACTION[kind], item["TableName"]) for kind, item in items}
        if "RequestItems" in self.body:
            return {(self.operation, table) for table in self.body["RequestItems"]}
        index = f"/{self.body['IndexName']}" if "IndexName" in self.body else ""
        return {(self.operation, self.body["TableName"] + index)}


@contextmanager
def recorded() -> Iterator[list[Call]]:
    """The calls made inside, in order, retries included."""
    calls: list[Call] = []
    send: Callable[..., Any] = URLLib3Session.send

    def noted(session: URLLib3Session, request: AWSPreparedRequest) -> Any:
        calls.append(call_of(request))
        return send(session, request)

    with patch.object(URLLib3Session, "send", noted):
        yield calls


def call_of(request: AWSPreparedRequest) -> Call:
    """What a request to DynamoDB asks for."""
    target = request.headers["X-Amz-Target"]
    operation = (target.decode() if isinstance(target, bytes) else target).rpartition(".")[2]
    return Call(operation, json.loads(request.body))
