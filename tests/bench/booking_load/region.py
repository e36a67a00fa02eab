"""An organisation with a whole day of visits, written straight into the tables: the agenda does not ask how they came."""

from datetime import datetime, timedelta

from msgspec.structs import replace

from chalicelib.domain.changes import Create, Put, created
from chalicelib.domain.visit import Visit
from chalicelib.storage.rows import row
from chalicelib.storage.tables import VisitsTable
from tests.builders import EK, a_visit

MINE = 40
EACH = 10
"""Visits a day of a clinician: a region's 50,000 are of 5,000."""


def fill(org_id: str, visits: int, opening: datetime) -> None:
    """So many visits of the day that begins with `opening`."""
    with VisitsTable.batch_write() as batch:
        for index in range(visits):
            for change in created(visit_of(org_id, index, opening)):
                if isinstance(change, Create | Put):
                    batch.save(row(change.record))


def visit_of(org_id: str, index: int, opening: datetime) -> Visit:
    """One of the day: the first MINE are Eva Ek's, the others of clinicians who have EACH."""
    mine = index < MINE
    hsa_id = EK if mine else f"{org_id}-E{index // EACH:05}"
    place = index if mine else index % EACH
    visit = a_visit(starts_at=opening + timedelta(minutes=10 * place))
    owner = replace(visit.owner, hsa_id=hsa_id)
    others = tuple(p for p in visit.participants if p.role != "staff")
    return replace(
        visit, visit_id=f"v_{org_id}_{index}", org_id=org_id, owner_hsa_id=hsa_id, participants=(owner, *others)
    )
