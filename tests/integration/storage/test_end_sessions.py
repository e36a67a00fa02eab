"""L1: an operator ends the sessions of one person, of an organisation's staff, or of everybody (OWASP ASVS 5.0, V7.4.5)."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from chalicelib.domain.changes import Put
from chalicelib.domain.session import VisitorSession
from chalicelib.end_sessions import main
from chalicelib.import_organisation import main as import_organisation
from chalicelib.storage.store import DynamoStore
from local.settings import Settings
from tests.integration.storage.test_import_organisation import DEMO, ORG, log_in

EK, BERG = "SE2321000115-E001", "SE2321000115-E002"


@pytest.fixture(autouse=True)
def organisation(aws: Settings) -> None:
    assert aws
    import_organisation(str(DEMO))


def lasts(session_hash: str) -> bool:
    return DynamoStore().session(session_hash, datetime.now(UTC)) is not None


def a_visitor() -> str:
    now = datetime.now(UTC)
    session = VisitorSession(
        session_hash=uuid4().hex,
        csrf_token="proof",
        visit_id="v_1",
        participant_id="p_1",
        role="patient",
        admitted=True,
        created_at=now,
        expires_at=now + timedelta(hours=1),
    )
    DynamoStore().commit([Put(session)])
    return session.session_hash


def test_one_persons_sessions_end_and_nobody_elses() -> None:
    mine, hers, theirs = log_in(EK), log_in(EK), log_in(BERG)
    main([ORG, EK])
    assert [lasts(each) for each in (mine, hers, theirs)] == [False, False, True]


def test_all_of_an_organisations_staff_are_out_and_its_visitors_are_not() -> None:
    staff, visitor = [log_in(EK), log_in(BERG)], a_visitor()
    main([ORG])
    assert [lasts(each) for each in (*staff, visitor)] == [False, False, True]


def test_everybody_is_out() -> None:
    everybody = [log_in(EK), a_visitor()]
    main(["--everybody"])
    assert not any(map(lasts, everybody))


def test_nobody_is_put_out_by_a_slip() -> None:
    mine = log_in(EK)
    with pytest.raises(SystemExit, match="organisation"):
        main([])
    assert lasts(mine)
