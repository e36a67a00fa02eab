"""The fleet table and the event queue in memory."""

import json
import threading
from collections.abc import Iterable
from typing import Any

from botocore.exceptions import EndpointConnectionError


class MemoryFleetTable:
    """Rows by node id; shared by the nodes of a test."""

    def __init__(self) -> None:
        self.rows: dict[str, dict[str, Any]] = {}
        self.written: list[dict[str, Any]] = []
        self.leases: dict[str, dict[str, Any]] = {}

    def write_node(self, row: dict[str, Any]) -> None:
        """Keep the row."""
        self.rows[row["sk"]] = row
        self.written.append(row)

    def read_node(self, node_id: str) -> dict[str, Any] | None:
        """The row, if there is one."""
        return self.rows.get(node_id)

    def read_nodes(self) -> list[dict[str, Any]]:
        """All rows."""
        return list(self.rows.values())

    def read_leases(self, call_ids: Iterable[str]) -> list[dict[str, Any]]:
        """Those that `pin` has written."""
        return [self.leases[call_id] for call_id in call_ids if call_id in self.leases]

    def pin(self, call_id: str, node_id: str, epoch: int) -> None:
        """What the control plane does."""
        self.leases[call_id] = {"pk": f"call#{call_id}", "sk": "lease", "node_id": node_id, "epoch": epoch}


class MemoryEventQueue:
    """Messages in the order of their arrival; `down` refuses them."""

    def __init__(self) -> None:
        self.events: list[dict[str, Any]] = []
        self.down = False
        self.refused = 0
        self._changed = threading.Condition()

    def send(self, body: str) -> None:
        """Keep the message, or refuse it."""
        with self._changed:
            if self.down:
                self.refused += 1
                self._changed.notify_all()
                raise EndpointConnectionError(endpoint_url="http://queue")
            self.events.append(json.loads(body))
            self._changed.notify_all()

    def wait_until(self, enough: Any, timeout_s: float = 20.0) -> None:
        """Block until `enough(self)`; call it in a thread."""
        with self._changed:
            assert self._changed.wait_for(lambda: enough(self), timeout_s), "the events did not come"
