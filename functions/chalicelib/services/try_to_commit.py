"""One transaction, for those who go on when somebody else was faster."""

from collections.abc import Sequence

from chalicelib.domain.changes import Change
from chalicelib.errors import Conflict
from chalicelib.services.ports import Store


def try_to_commit(store: Store, changes: Sequence[Change]) -> bool:
    """False when a row is not as it was read, and nothing was written. Raises Unavailable, and TooManyAttempts past a
    Count's limit."""
    try:
        store.commit(changes)
    except Conflict:
        return False
    return True
