"""Domain changes -> one TransactWriteItems (DynamoDB developer guide, "Amazon DynamoDB Transactions")."""

import random
import time
from collections.abc import Sequence
from uuid import uuid4

from pynamodb.connection import Connection
from pynamodb.exceptions import TransactWriteError
from pynamodb.expressions.condition import Condition
from pynamodb.expressions.operand import Path
from pynamodb.transactions import TransactWrite

from chalicelib.domain.changes import (
    Change,
    Count,
    Create,
    Delete,
    Put,
    Replace,
    RequirePatient,
    RequirePlace,
    RequireStatus,
    Versioned,
)
from chalicelib.domain.fleet import CallPin
from chalicelib.domain.organisation import Organisation
from chalicelib.domain.visit import Status
from chalicelib.errors import Conflict, TooManyAttempts, Unavailable
from chalicelib.storage.rate_limits import counting
from chalicelib.storage.rows import patient_pk, row, visit_pk
from chalicelib.storage.tables import PatientsTable, VisitsTable

CONTENDED_ATTEMPTS = 5
_SECOND = 2


def commit(connection: Connection, changes: Sequence[Change]) -> None:
    """Write all of it or nothing.

    Raises Conflict when a condition did not hold, TooManyAttempts when only a Count was at its limit, and Unavailable
    when DynamoDB refused.

    Another transaction holding one of the rows (TransactionConflict) is waited out a few times: it says nothing about
    the conditions.
    """
    for attempt in range(CONTENDED_ATTEMPTS):
        try:
            return _write(connection, changes)
        except TransactWriteError as error:
            _raise_unless_contended(error, _counts(changes), last=attempt == CONTENDED_ATTEMPTS - 1)
            time.sleep(random.uniform(0.005, 0.02) * (attempt + 1))  # noqa: S311 - jitter, not a secret
    return None


def _write(connection: Connection, changes: Sequence[Change]) -> None:
    # The token makes a retry after a lost answer harmless: DynamoDB answers as it did the first time.
    with TransactWrite(connection=connection, client_request_token=uuid4().hex) as transaction:
        for change in changes:
            _add(transaction, change)


def _raise_unless_contended(error: TransactWriteError, counts: int, *, last: bool) -> None:
    """pynamodb sends updates last, and our only updates are Counts: so the last reasons are theirs."""
    codes = [reason.code if reason is not None else "" for reason in error.cancellation_reasons]
    if "ConditionalCheckFailed" in codes[: len(codes) - counts]:
        raise Conflict("a condition of the transaction did not hold", code="changed_meanwhile") from error
    if "ConditionalCheckFailed" in codes:
        raise TooManyAttempts("the limit of this window is reached") from error
    if last or ("TransactionConflict" not in codes and error.cause_response_code != "TransactionInProgressException"):
        raise Unavailable("the database refused the transaction") from error


def _add(transaction: TransactWrite, change: Change) -> None:
    match change:
        case Count():
            row_of_window, actions, below_limit = counting(change)
            transaction.update(row_of_window, actions=actions, condition=below_limit)
        case RequireStatus(visit_id, statuses):
            transaction.condition_check(VisitsTable, visit_pk(visit_id), "visit", condition=_in_status(statuses))
        case RequirePatient(org_id, patient_id, version):
            as_read = Path("version") == version if version else Path("pk").does_not_exist()
            transaction.condition_check(PatientsTable, patient_pk(org_id, patient_id), condition=as_read)
        case RequirePlace(visit_id, statuses, participant_id, session_hash):
            condition = _in_status(statuses) & _written("participant_id", participant_id)
            if session_hash:
                condition &= _written("session_hash", session_hash)
            transaction.condition_check(VisitsTable, visit_pk(visit_id), "visit", condition=condition)
        case Create(record):
            transaction.save(row(record), condition=Path("pk").does_not_exist())
        case Replace(record):
            transaction.save(row(record), condition=_is_previous(record))
        case Put(record):
            transaction.save(row(record))
        case Delete(record):
            transaction.delete(row(record))


def _in_status(statuses: frozenset[Status]) -> Condition:
    return VisitsTable.status.is_in(*sorted(s.value for s in statuses))


def _written(name: str, value: str) -> Condition:
    """That a place of the visit's document holds this. Nothing that people write can pass for it: quotes in a text are
    escaped, and of those removed the document has no `participant_id`."""
    return VisitsTable.document.contains(f'"{name}":"{value}"')


def _counts(changes: Sequence[Change]) -> int:
    return sum(isinstance(change, Count) for change in changes)


def _is_previous(record: Versioned | CallPin) -> Condition:
    if isinstance(record, CallPin):
        return Path("epoch") == record.epoch - 1
    if isinstance(record, Organisation) and record.version == _SECOND:  # its row may be from before it had versions
        first: Condition = Path("version").does_not_exist() | (Path("version") == 1)
        both: Condition = Path("pk").exists() & first
        return both
    return Path("version") == record.version - 1
