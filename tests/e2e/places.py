"""Everywhere the running product leaves something: logs, addresses, rows, queues and the database's own file."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

import httpx

from local.environment import resource_variables
from local.resources import client
from local.settings import Settings
from tests.e2e.secrets import Kind
from tests.e2e.traces import TRACES

NOWHERE: frozenset[Kind] = frozenset({"token", "call chat"})
"""Not even where personal data may be: a token is nowhere stored, the call's chat nowhere kept (G5, C6)."""
EVERYTHING: frozenset[Kind] = frozenset(get_args(Kind))
PERSONAL: frozenset[Kind] = frozenset({"number", "name", "phone", "email"})
DOCUMENTS: dict[str, frozenset[Kind]] = {
    "visits": PERSONAL | {"reason", "chat"},
    "patients": PERSONAL,
    "sessions": frozenset({"name", "proof"}),
    "outbox": frozenset({"name", "phone", "email"}),
    "audit": frozenset({"name"}),
    "organisations": frozenset({"name", "email"}),
    "integration": frozenset({"number", "reason"}),
}
"""What `document` may hold, by table; no other attribute may hold anything (docs/data-model.md). An organisation's
e-mail address is the interpreters' office, nobody's own (G3)."""


@dataclass(frozen=True)
class Place:
    """`allowed`: what is meant to be here."""

    name: str
    text: str
    allowed: frozenset[Kind] = frozenset()


def places(settings: Settings) -> Iterator[Place]:
    """All of them, as they are now."""
    yield from logs(settings.data / "logs")  # the functions' metrics among them
    yield from metrics(settings)
    yield from addresses(settings.port)
    yield from rows(settings)
    yield from queues(settings)
    yield from archive(settings)
    state = settings.data / "aws" / "state.marshal"
    yield Place("database file", state.read_text("utf-8", errors="replace"), EVERYTHING - NOWHERE)


def logs(folder: Path) -> Iterator[Place]:
    for log in sorted(folder.iterdir()):
        for line in log.read_text("utf-8", errors="replace").splitlines():
            yield Place(log.name, line)


def metrics(settings: Settings) -> Iterator[Place]:
    """What each media node tells a monitoring system."""
    for node in settings.media:
        for line in httpx.get(f"{node.url}/metrics").raise_for_status().text.splitlines():
            yield Place(f"metrics of {node.node_id}", line)


def addresses(port: int) -> Iterator[Place]:
    """Those of our own origin: the e-ID, the phone and the identity provider are other parties'."""
    for address in sorted(TRACES.addresses):
        if f"//localhost:{port}/" in address:
            yield Place("address", address)


def rows(settings: Settings) -> Iterator[Place]:
    """Each attribute of each row of every table."""
    dynamodb = client("dynamodb", settings.aws_url)
    for table in dynamodb.list_tables()["TableNames"]:
        for page in dynamodb.get_paginator("scan").paginate(TableName=table, ConsistentRead=True):
            for item in page["Items"]:
                yield from _attributes(table, item)


def _attributes(table: str, item: dict[str, Any]) -> Iterator[Place]:
    for name, value in item.items():
        allowed = DOCUMENTS.get(table.rpartition("-")[2], frozenset[Kind]()) if name == "document" else frozenset()
        yield Place(f"{table}, {name}", json.dumps(value, ensure_ascii=False, default=_as_text), allowed)


def _as_text(value: bytes) -> str:
    """What is sealed reads as nothing; what should have been, and is not, is found."""
    return value.decode("utf-8", errors="replace")


def hashes(settings: Settings) -> set[str]:
    """The keys of links and sessions: SHA-256 of tokens."""
    dynamodb = client("dynamodb", settings.aws_url)
    tables = [name for name in dynamodb.list_tables()["TableNames"] if name.endswith(("-links", "-sessions"))]
    return {
        item["pk"]["S"]
        for table in tables
        for page in dynamodb.get_paginator("scan").paginate(TableName=table, ConsistentRead=True)
        for item in page["Items"]
    }


def archive(settings: Settings) -> Iterator[Place]:
    """The exported access log, which Loggtjänst wants patients' numbers and staff's names in; its keys tell nothing."""
    s3, bucket = client("s3", settings.aws_url), resource_variables(settings)["ACCESS_LOG_BUCKET"]
    for page in s3.get_paginator("list_objects_v2").paginate(Bucket=bucket):
        for found in page.get("Contents", []):
            yield Place("archive key", found["Key"])
            body = s3.get_object(Bucket=bucket, Key=found["Key"])["Body"].read().decode()
            yield Place("archive", body, frozenset({"number", "name"}))


def queues(settings: Settings) -> Iterator[Place]:
    """The messages that wait now; they go on waiting."""
    sqs = client("sqs", settings.aws_url)
    for url in sqs.list_queues().get("QueueUrls", []):
        received = sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10, VisibilityTimeout=0)
        for message in received.get("Messages", []):
            yield Place(url.rpartition("/")[2], message["Body"])
