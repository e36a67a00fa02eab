"""What is in the access log, and the questions that administrators ask it."""

from collections.abc import Callable

from chalicelib.domain.audit import AuditEntry
from tests.builders import ANNA
from tests.fake_ports import FakePorts

QUESTIONS: dict[str, Callable[[], object]] = {
    "search_audit": lambda: {},
    "sample_audit": lambda: {"size": 3},
    "extract_audit": lambda: {"number": ANNA, "from_day": "2026-11-01", "to_day": "2026-11-23"},
}


def entries(ports: FakePorts, action: str = "") -> list[AuditEntry]:
    return [entry for entry in ports.store.of(AuditEntry) if entry.action == action or not action]
