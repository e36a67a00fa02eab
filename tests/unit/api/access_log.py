"""What is in the access log, and the questions that administrators ask it."""

from collections.abc import Callable, Sequence

from chalicelib.domain.audit import AuditEntry
from chalicelib.domain.changes import Change, Create
from chalicelib.errors import Unavailable
from tests.builders import ANNA
from tests.fake_ports import FakePorts
from tests.fakes import FakeStore

QUESTIONS: dict[str, Callable[[], object]] = {
    "search_audit": lambda: {},
    "sample_audit": lambda: {"size": 3},
    "extract_audit": lambda: {"number": ANNA, "from_day": "2026-11-01", "to_day": "2026-11-23"},
}


class BrokenLog(FakeStore):
    """A store that, once `broken`, takes everything but entries of the access log."""

    broken = False

    def commit(self, changes: Sequence[Change]) -> None:
        if self.broken and any(isinstance(each, Create) and isinstance(each.record, AuditEntry) for each in changes):
            raise Unavailable("the database refused the transaction")
        super().commit(changes)


def entries(ports: FakePorts, action: str = "") -> list[AuditEntry]:
    return [entry for entry in ports.store.of(AuditEntry) if entry.action == action or not action]
