"""A database that takes a fixed time for each request and nothing of the machine: what is left to see is the worker itself.

It keeps what is put and gives it back by its key, and asks no conditions.
"""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from botocore.awsrequest import AWSPreparedRequest, AWSResponse
from botocore.httpsession import URLLib3Session

from tests.database_calls import Call, call_of

LATENCY_S = 0.005
Item = dict[str, Any]
Rows = dict[tuple[str, str, str], Item]


@contextmanager
def fixed_latency() -> Iterator[None]:
    """In place of what boto3 and pynamodb of this process would ask."""
    rows: Rows = {}

    def send(_session: URLLib3Session, request: AWSPreparedRequest) -> AWSResponse:
        answer = json.dumps(_answer(rows, call_of(request))).encode()
        time.sleep(LATENCY_S)
        return AWSResponse(request.url, 200, {"content-type": "application/x-amz-json-1.0"}, _Body(answer))

    with patch.object(URLLib3Session, "send", send):
        yield


class _Body:
    """As urllib3 hands it over."""

    def __init__(self, content: bytes) -> None:
        self._content = content

    def stream(self) -> Iterator[bytes]:
        yield self._content


def _answer(rows: Rows, call: Call) -> dict[str, Any]:
    match call.operation:
        case "TransactWriteItems":
            puts = [each["Put"] for each in call.body["TransactItems"] if "Put" in each]
            rows.update({_place(put["TableName"], put["Item"]): put["Item"] for put in puts})
            return {}
        case "TransactGetItems":
            return {"Responses": [_found(rows, each["Get"]) for each in call.body["TransactItems"]]}
        case "GetItem":
            return _found(rows, call.body)
        case "UpdateItem":  # a count of attempts: the first
            return {"Attributes": call.body["Key"] | {"hits": {"N": "1"}, "expires_at": {"N": "1"}}}
    raise AssertionError(f"{call.operation} is no part of an import")


def _found(rows: Rows, asked: dict[str, Any]) -> dict[str, Any]:
    item = rows.get(_place(asked["TableName"], asked["Key"]))
    return {} if item is None else {"Item": item}


def _place(table: str, keys: Item) -> tuple[str, str, str]:
    return table, keys["pk"]["S"], keys.get("sk", {}).get("S", "")
