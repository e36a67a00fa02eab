"""The store on a real DynamoDB engine: round trips, and races that only a real transaction decides (P2, B2, B3)."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import TypeVar
from uuid import uuid4

import pytest
from msgspec.structs import replace

from chalicelib.domain.booked_visit import visit_of
from chalicelib.domain.booking import BookedPatient, Booking
from chalicelib.domain.changes import Change, Count, Create, Delete, Put, Replace, RequireStatus, created
from chalicelib.domain.chat import ChatMessage
from chalicelib.domain.fleet import CallPin
from chalicelib.domain.session import VisitorSession
from chalicelib.domain.visit import Kind, Participant, Status, Visit, with_participant
from chalicelib.domain.visit_messages import invitations
from chalicelib.errors import Conflict, TooManyAttempts, Unavailable
from chalicelib.services.change_visit import Decision, change_visit
from chalicelib.storage.rate_limits import DynamoRateLimits
from chalicelib.storage.store import DynamoStore
from chalicelib.storage.tables import PatientsTable
from local.settings import Settings
from tests.builders import EK, NOW, ORG, a_patient, a_staff_member, a_visit, an_organisation

T = TypeVar("T")
THREADS = 20


@pytest.fixture
def store(aws: Settings) -> DynamoStore:
    assert aws
    return DynamoStore()


def _own(visit: Visit) -> Visit:
    return replace(visit, visit_id=f"v_{uuid4().hex}")


def _race(work: Callable[[int], T]) -> list[T | Conflict]:
    def attempt(place: int) -> T | Conflict:
        try:
            return work(place)
        except Conflict as lost:
            return lost

    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(attempt, range(THREADS)))


def test_a_visit_comes_back_as_it_was_written_and_its_agenda_row_with_it(store: DynamoStore) -> None:
    """L2."""
    visit = _own(a_visit(owner_hsa_id=EK))
    store.commit(created(visit))
    assert store.visit(visit.visit_id) == visit
    rows = store.agenda(ORG, EK, visit.starts_at, visit.starts_at + timedelta(seconds=1))
    assert visit.visit_id in {row.visit_id for row in rows}
    assert store.next_visit_at(ORG, EK, visit.starts_at) is not None


def test_the_end_of_a_day_is_not_in_the_day(store: DynamoStore) -> None:
    """L2: [start, end)."""
    visit = _own(a_visit())
    store.commit(created(visit))
    rows = store.agenda(ORG, EK, visit.starts_at - timedelta(hours=1), visit.starts_at)
    assert visit.visit_id not in {row.visit_id for row in rows}


def test_of_twenty_who_create_the_same_patient_one_wins(store: DynamoStore) -> None:
    """P2."""
    patient = replace(a_patient(), org_id=uuid4().hex)
    wishes = [replace(patient, given_name=f"Namn{n}") for n in range(THREADS)]
    results = _race(lambda n: store.commit([Create(wishes[n])]))
    assert results.count(None) == 1
    assert store.patient(patient.org_id, patient.patient_id) == wishes[results.index(None)]


def test_of_twenty_clicks_on_the_same_booking_one_writes_it_with_its_message(store: DynamoStore) -> None:
    """B2, B3."""
    patient = BookedPatient(patient_id=a_patient().patient_id)
    request = Booking(
        request_id=str(uuid4()), kind=Kind.ADULT, starts_at=NOW, duration_minutes=30, reason="", patients=(patient,)
    )
    visit = visit_of(request, an_organisation(), [a_patient()], [a_staff_member()], NOW)
    message = invitations(visit, NOW, an_organisation())[0]
    results = _race(lambda _: store.commit([*created(visit), Create(message)]))
    assert results.count(None) == 1
    assert store.message(message.message_id) == message
    assert message.message_id in store.due_messages(NOW, 1000)


def test_no_change_of_a_visit_is_lost_among_twenty(store: DynamoStore) -> None:
    """Nothing is lost: each of twenty concurrent changes is in the visit at the end."""
    visit = _own(a_visit())
    store.commit(created(visit))

    def add(place: int) -> Visit:
        def decide(current: Visit) -> Decision:
            person = Participant(participant_id=f"p_{place}", role="guest", name=f"Gäst {place}")
            return replace(current, participants=(*current.participants, person)), []

        return _until_written(lambda: change_visit(store, visit.visit_id, decide))

    _race(add)
    after = store.visit(visit.visit_id)
    assert after is not None
    assert len(after.participants) == len(visit.participants) + THREADS
    assert after.version == 1 + THREADS


def _until_written(write: Callable[[], T]) -> T:
    for _ in range(THREADS):
        try:
            return write()
        except Conflict:
            continue
    return write()


def test_a_transaction_that_fails_writes_none_of_it(store: DynamoStore) -> None:
    """B3."""
    visit = _own(a_visit(status=Status.ENDED))
    store.commit(created(visit))
    chat = ChatMessage(
        visit_id=visit.visit_id,
        message_id="m1",
        author_id="p",
        author_name="A",
        author_role="staff",
        text="x",
        sent_at=NOW,
    )
    open_only: list[Change] = [RequireStatus(visit.visit_id, frozenset({Status.ONGOING})), Create(chat)]
    with pytest.raises(Conflict):
        store.commit(open_only)
    assert store.chat(visit.visit_id) == []


def test_an_older_version_never_overwrites_a_newer(store: DynamoStore) -> None:
    visit = _own(a_visit())
    store.commit(created(visit))
    newer = replace(with_participant(visit, replace(visit.patient, name="Ny")), version=2)
    store.commit([Replace(newer)])
    with pytest.raises(Conflict):
        store.commit([Replace(newer)])
    assert store.visit(visit.visit_id) == newer


def test_a_call_is_pinned_once_per_epoch(store: DynamoStore) -> None:
    """design: call -> node by conditional write."""
    call_id = f"c_{uuid4().hex}"
    pins = [
        CallPin(call_id=call_id, node_id=f"n{n}", epoch=1, pinned_at=1, expires_at=2_000_000_000)
        for n in range(THREADS)
    ]
    results = _race(lambda n: store.commit([Create(pins[n])]))
    assert results.count(None) == 1
    moved = [replace(pin, epoch=2) for pin in pins]
    assert _race(lambda n: store.commit([Replace(moved[n])])).count(None) == 1


def test_an_expired_session_is_no_session_before_it_is_swept(store: DynamoStore) -> None:
    session = VisitorSession(
        session_hash=uuid4().hex,
        csrf_token="proof",
        visit_id="v_1",
        participant_id="p_1",
        role="guest",
        admitted=True,
        created_at=NOW,
        expires_at=NOW,
    )
    live = replace(session, session_hash=uuid4().hex, expires_at=NOW + timedelta(days=36500))
    store.commit([Put(session), Put(live)])
    assert store.session(session.session_hash, NOW) is None
    assert store.session(live.session_hash, NOW) == live
    store.commit([Delete(live)])
    assert store.session(live.session_hash, NOW) is None


def test_a_booking_reads_organisation_patient_and_staff_in_one_round(store: DynamoStore) -> None:
    """B2: one read round."""
    store.commit([Put(an_organisation()), Put(a_patient()), Put(a_staff_member())])
    found = store.booking_context(ORG, [a_patient().patient_id], [EK, "SE2321000115-E999"])
    assert found == (an_organisation(), [a_patient()], [a_staff_member()])


def test_a_count_in_a_transaction_stops_it_at_its_limit(store: DynamoStore) -> None:
    """B3: nothing of the transaction is written; and what was written before is found out first."""
    count = Count(f"booking#{uuid4().hex}", 1, 3600)
    first, second = _own(a_visit()), _own(a_visit())
    store.commit([*created(first), count])
    with pytest.raises(TooManyAttempts):
        store.commit([*created(second), count])
    assert store.visit(second.visit_id) is None
    with pytest.raises(Conflict):
        store.commit([*created(first), count])


def test_a_limit_counts_to_its_number_also_among_threads(aws: Settings) -> None:
    """G5: wrong tokens are rate limited."""
    name = uuid4().hex

    def hit(_: int) -> bool:
        try:
            DynamoRateLimits().hit(name, 5, 3600)
        except TooManyAttempts:
            return False
        return True

    with ThreadPoolExecutor(THREADS) as pool:
        assert sum(pool.map(hit, range(THREADS))) == 5


def test_a_booking_that_the_database_cannot_read_for_now_is_worth_another_try(
    store: DynamoStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """B2: the table is away, as it is for a moment when one of the rows is being written."""
    monkeypatch.setattr(PatientsTable.Meta, "table_name", "no-such-table")
    monkeypatch.setattr(PatientsTable, "_connection", None)
    with pytest.raises(Unavailable):
        store.booking_context(ORG, [a_patient().patient_id], [EK])
