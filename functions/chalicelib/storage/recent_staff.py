"""The organisation, its staff and the system that delivers, as read some seconds ago: a region's bookings come by the
thousand for the same ones.

Only for deliveries of other systems: who logs in or is removed is asked of the tables.
"""

import time
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Any

from chalicelib.domain.integration_client import IntegrationClient
from chalicelib.domain.organisation import Organisation, StaffMember

KEPT_S = 5.0
MOST = 10_000


class RecentStaff:
    """Of one process. What is not there, or too old, is None and must be read."""

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        self._kept: OrderedDict[tuple[str, str], tuple[float, Any]] = OrderedDict()
        self._lock = Lock()

    def organisation(self, org_id: str) -> Organisation | None:
        found: Organisation | None = self._recent((org_id, ""))
        return found

    def member(self, org_id: str, hsa_id: str) -> StaffMember | None:
        found: StaffMember | None = self._recent((org_id, hsa_id))
        return found

    def keep_organisation(self, organisation: Organisation | None) -> Organisation | None:
        if organisation is not None:
            self._keep((organisation.org_id, ""), organisation)
        return organisation

    def keep_member(self, member: StaffMember | None) -> StaffMember | None:
        if member is not None:
            self._keep((member.org_id, member.hsa_id), member)
        return member

    def client(self, client_id: str) -> IntegrationClient | None:
        found: IntegrationClient | None = self._recent(("", client_id))
        return found

    def keep_client(self, client: IntegrationClient | None) -> IntegrationClient | None:
        if client is not None:
            self._keep(("", client.client_id), client)
        return client

    def forget(self) -> None:
        with self._lock:
            self._kept.clear()

    def _recent(self, key: tuple[str, str]) -> Any:
        until, found = self._kept.get(key, (0.0, None))
        return found if until > self._monotonic() else None

    def _keep(self, key: tuple[str, str], record: object) -> None:
        with self._lock:
            self._kept[key] = (self._monotonic() + KEPT_S, record)
            self._kept.move_to_end(key)
            while len(self._kept) > MOST:
                self._kept.popitem(last=False)


RECENT = RecentStaff()
