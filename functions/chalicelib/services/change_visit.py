"""The one way to change a visit: read, decide, write under its version, and decide again when someone was faster."""

from collections.abc import Callable, Sequence

from msgspec.structs import replace

from chalicelib.domain.changes import Change, changed
from chalicelib.domain.visit import Visit
from chalicelib.errors import Conflict, NotFound
from chalicelib.services.ports import Store

ATTEMPTS = 6

Decision = tuple[Visit, Sequence[Change]]


def change_visit(
    store: Store, visit_id: str, decide: Callable[[Visit], Decision | None], *, known: Visit | None = None
) -> Visit:
    """Apply `decide` to the visit in one transaction; the answer is the visit as stored.

    `known`: the visit as the caller has just read it, which saves the first reading.
    `decide` gives the changed visit and what else to write with it, or None when there is nothing to change. It may be
    called again with a newer visit, so it must have no effects of its own. Raises NotFound, whatever `decide` raises,
    and Conflict when the visit changed under every attempt.
    """
    for attempt in range(ATTEMPTS):
        visit = known if known is not None and attempt == 0 else _read(store, visit_id)
        decision = decide(visit)
        if decision is None:
            return visit
        after = replace(decision[0], version=visit.version + 1)
        if _written(store, [*changed(visit, after), *decision[1]], last=attempt == ATTEMPTS - 1):
            return after
    raise AssertionError("the last attempt either wrote or raised")


def _read(store: Store, visit_id: str) -> Visit:
    visit = store.visit(visit_id)
    if visit is None:
        raise NotFound("no such visit")
    return visit


def _written(store: Store, changes: Sequence[Change], *, last: bool) -> bool:
    try:
        store.commit(changes)
    except Conflict:
        if last:
            raise
        return False
    return True
