"""A clinician's start page is told that a booking waits there, or waits no more (V3, L5)."""

from contextlib import suppress

from chalicelib.domain.live import staff_topic
from chalicelib.errors import Unavailable
from chalicelib.services.ports import Ports
from chalicelib.services.push import push


def tell_owner(ports: Ports, org_id: str, hsa_id: str) -> None:
    """Their start page reads again. What cannot be told now is seen when it reads next."""
    with suppress(Unavailable):
        push(ports, staff_topic(org_id, hsa_id), {"type": "agenda.changed"})
