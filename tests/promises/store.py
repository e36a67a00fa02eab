"""The store of tests/fakes.py with a stream, a history of visits, and a process around it that may die."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from chalicelib.domain.audit import AuditEntry
from chalicelib.domain.changes import Change, Create, Put, Replace
from chalicelib.domain.message import OutboxMessage
from chalicelib.domain.visit import Visit
from chalicelib.storage.documents import encode
from tests.fakes import FakeClock, FakeStore
from tests.promises.fuse import Fuse

T = TypeVar("T")
StreamRecord = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Version:
    """A visit as it was from `at` on."""

    at: datetime
    visit: Visit


class FragileStore(FakeStore):
    """`stream`: what the outbox table's stream has still to deliver. `history`: each visit's versions, oldest first."""

    def __init__(self, fuse: Fuse, clock: FakeClock) -> None:
        super().__init__()
        self.stream: list[StreamRecord] = []
        self.history: dict[str, list[Version]] = {}
        self.entries: list[AuditEntry] = []
        self._fuse = fuse
        self._clock = clock

    def commit(self, changes: Sequence[Change]) -> None:
        self._fuse.step()
        super().commit(changes)
        for change in changes:
            self._note(change)
        self._fuse.step()

    def versions(self) -> dict[str, int]:
        """How many each visit has had."""
        return {visit_id: len(versions) for visit_id, versions in self.history.items()}

    def _note(self, change: Change) -> None:
        match change:
            case Create(OutboxMessage() as message):
                self._write("INSERT", message)
            case Replace(OutboxMessage() as message):
                self._write("MODIFY", message)
            case Create(Visit() as visit) | Replace(Visit() as visit) | Put(Visit() as visit):
                self.history.setdefault(visit.visit_id, []).append(Version(self._clock.now(), visit))
            case Create(AuditEntry() as entry):
                self.entries.append(entry)

    def _write(self, what: str, message: OutboxMessage) -> None:
        """As Lambda hands it on (AWS, "Using AWS Lambda with Amazon DynamoDB")."""
        keys = {"pk": {"S": message.message_id}}
        image = {**keys, "document": {"S": encode(message)}}
        change = {"Keys": keys, "NewImage": image, "SequenceNumber": str(len(self.stream))}
        self.stream.append({"eventName": what, "dynamodb": change})

    def _one(self, kind: type[T], **fields: str) -> T | None:
        self._fuse.step()
        return super()._one(kind, **fields)
