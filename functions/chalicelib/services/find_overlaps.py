"""A clinician's double booking is warned of before the booking is made, and never refused (B9)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from chalicelib.concealed import Concealed
from chalicelib.domain.agenda import AgendaRow
from chalicelib.domain.visit import OVER, Visit
from chalicelib.services.ports import Ports

LONGEST_VISIT = timedelta(hours=8)


@dataclass(frozen=True, slots=True, repr=False)
class Overlap(Concealed):
    """What a clinician of the planned visit has at the same time; of whose visit it is nothing is told."""

    hsa_id: str
    name: str
    starts_at: datetime
    ends_at: datetime


def find_overlaps(ports: Ports, planned: Visit, only: Collection[str] | None = None) -> list[Overlap]:
    """Of each clinician in the visit, or of those with the HSA-ids `only`, by one index query for each. Times that touch
    do not overlap, and what is over, or cancelled, is no hindrance; nor is the visit itself, when it is to be changed.

    A series asks for each of its visits by itself: twelve may be 132 weeks apart, of which one query would read all.
    """
    return [
        Overlap(person.hsa_id, person.name, row.starts_at, row.ends_at)
        for person in planned.participants
        if person.hsa_id and (only is None or person.hsa_id in only)
        for row in _agenda(ports, planned, person.hsa_id)
        if _overlaps(planned, row)
    ]


def _agenda(ports: Ports, planned: Visit, hsa_id: str) -> list[AgendaRow]:
    return ports.store.agenda(planned.org_id, hsa_id, planned.starts_at - LONGEST_VISIT, planned.ends_at)


def _overlaps(planned: Visit, row: AgendaRow) -> bool:
    """The query has left out what starts when this ends, or later."""
    return row.ends_at > planned.starts_at and row.visit_id != planned.visit_id and row.status not in OVER
