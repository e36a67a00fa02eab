"""A clinician's double booking is warned of before the booking is made, and never refused (B9)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from chalicelib.concealed import Concealed
from chalicelib.domain.agenda import AGENDA_LIMIT, AgendaRow
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


def find_overlaps(ports: Ports, planned: Sequence[Visit], only: Collection[str] | None = None) -> list[Overlap]:
    """Of each clinician in the visits, or of those with the HSA-ids `only`. `planned`: one visit, or those of a series, of
    the same people and in order of time. Times that touch do not overlap, and what is over, or cancelled, is no hindrance;
    nor is the visit itself, when it is to be changed.
    """
    people = [p for p in planned[0].participants if p.hsa_id and (only is None or p.hsa_id in only)]
    agendas = {person.hsa_id: _agenda(ports, planned, person.hsa_id) for person in people}
    return [
        Overlap(person.hsa_id, person.name, row.starts_at, row.ends_at)
        for visit in planned
        for person in people
        for row in agendas[person.hsa_id]
        if _overlaps(visit, row)
    ]


def _agenda(ports: Ports, planned: Sequence[Visit], hsa_id: str) -> list[AgendaRow]:
    """What the clinician has around the planned visits: a reading for each of them at most, and one for them all where few
    visits lie in between. Once a full reading does not reach the next of them, too many do, and each is asked for by itself.
    """
    rows: dict[str, AgendaRow] = {}
    reached, ahead = planned[0].starts_at, True
    for visit, following in zip(planned, [*planned[1:], planned[-1]], strict=True):
        if visit.ends_at <= reached:
            continue
        end = planned[-1].ends_at if ahead else visit.ends_at
        read = ports.store.agenda(visit.org_id, hsa_id, visit.starts_at - LONGEST_VISIT, end)
        rows |= {row.visit_id: row for row in read}
        reached = read[-1].starts_at if len(read) == AGENDA_LIMIT else end
        ahead = following.ends_at <= reached
    return list(rows.values())


def _overlaps(planned: Visit, row: AgendaRow) -> bool:
    at_once = row.starts_at < planned.ends_at and planned.starts_at < row.ends_at
    return at_once and row.visit_id != planned.visit_id and row.status not in OVER
