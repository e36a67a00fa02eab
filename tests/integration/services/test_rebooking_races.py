"""One visit booked, moved and cancelled by many at once, on an engine whose transactions decide (B9, B3)."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import TypeVar, cast
from uuid import uuid4

import pytest
from msgspec.structs import replace

from chalicelib.domain.booking import BookedPatient, Booking
from chalicelib.domain.changes import Put
from chalicelib.domain.link import link_token
from chalicelib.domain.message import message_id
from chalicelib.domain.participants import Additions
from chalicelib.domain.places import Guest
from chalicelib.domain.rescheduling import Rescheduling
from chalicelib.domain.visit import Contact, Form, Kind, Status, Visit
from chalicelib.errors import Conflict
from chalicelib.services.book_visit import book_visit
from chalicelib.services.cancel_visit import cancel_visit
from chalicelib.services.change_participants import add_participants
from chalicelib.services.open_link import open_link
from chalicelib.services.reschedule_visit import reschedule_visit
from chalicelib.storage.rows import visit_pk
from chalicelib.storage.store import DynamoStore
from chalicelib.storage.tables import VisitsTable
from local.settings import Settings
from tests.builders import BERG, BO, EK, LINK_KEY, ORG, a_patient, a_staff_member, an_organisation, staff
from tests.fake_ports import FakePorts
from tests.fakes import FakeClock, FakeStore
from tests.unit.api.bookings import many_numbers
from tests.visitors import HOME

T = TypeVar("T")
THREADS = 20
BEGINNING = datetime(2000, 1, 1, tzinfo=UTC)


@pytest.fixture
def ports(aws: Settings) -> FakePorts:
    """The real store among fakes; the fakes' own inspection is not used here."""
    assert aws
    ports = FakePorts(store=cast(FakeStore, DynamoStore()), clock=FakeClock(datetime.now(UTC)))
    people = [a_patient(), a_patient(BO, phone="+46701740607")]
    members = [a_staff_member(), a_staff_member(BERG, "Bo", "Berg")]
    ports.store.commit([Put(an_organisation()), *map(Put, people), *map(Put, members)])
    return ports


def _at_once(*works: Callable[[], T]) -> list[T]:
    with ThreadPoolExecutor(len(works)) as pool:
        return [each.result() for each in [pool.submit(work) for work in works]]


def _booking(ports: FakePorts, form: Form = Form.INDIVIDUAL) -> Booking:
    numbers = [a_patient().patient_id, *([a_patient(BO).patient_id] if form is Form.GROUP else [])]
    return Booking(
        request_id=str(uuid4()),
        kind=Kind.ADULT,
        form=form,
        starts_at=ports.clock.now() + timedelta(days=1),
        duration_minutes=30,
        reason="Återbesök",
        patients=tuple(BookedPatient(patient_id=each) for each in numbers),
        staff=(BERG,),
    )


def _booked(ports: FakePorts, form: Form = Form.INDIVIDUAL) -> Visit:
    return book_visit(ports, staff(), _booking(ports, form)).page.visit


def _move(ports: FakePorts, seen: Visit, days: int) -> Visit | None:
    """None for an editor who is told that the booking is another."""
    at = ports.clock.now() + timedelta(days=days)
    wanted = Rescheduling(sequence=seen.sequence, starts_at=at, duration_minutes=30)
    try:
        return reschedule_visit(ports, staff(), seen.visit_id, wanted)
    except Conflict as refused:
        assert refused.code in {"booking_changed", "visit_over", "changed_meanwhile"}
        return None


def _move_until_done(ports: FakePorts, visit: Visit, days: int) -> int:
    """The sequence that this editor's own change got; whoever is told reads the visit anew and tries again."""
    while True:
        done = _move(ports, ports.stored(visit), days)
        if done is not None:
            return done.sequence


def _cancel(ports: FakePorts, visit: Visit) -> bool:
    try:
        cancel_visit(ports, staff(BERG, "Bo", "Berg"), visit.visit_id, ports.stored(visit).sequence, "Sjuk")
    except Conflict as refused:
        assert refused.code in {"booking_changed", "changed_meanwhile"}
        return False
    return True


def _assert_rows_follow(ports: FakePorts, visit: Visit) -> None:
    """One row for each clinician and each patient, at the visit's time: no other, anywhere."""
    now = ports.stored(visit)
    rows = list(VisitsTable.query(visit_pk(visit.visit_id), VisitsTable.sk.startswith("agenda#"), consistent_read=True))
    assert sorted(row.sk for row in rows) == sorted(f"agenda#{hsa_id}" for hsa_id in (EK, BERG))
    for hsa_id in (EK, BERG):
        agenda = ports.store.agenda(ORG, hsa_id, BEGINNING, BEGINNING + timedelta(days=365 * 100))
        assert [row.starts_at for row in agenda if row.visit_id == visit.visit_id] == [now.starts_at]
        assert [row.status for row in agenda if row.visit_id == visit.visit_id] == [now.status]
    for patient_id in now.patient_ids:
        assert ports.store.visits_of_patient(ORG, patient_id, BEGINNING).count(visit.visit_id) == 1
        assert visit.visit_id in ports.store.visits_of_patient(ORG, patient_id, now.starts_at)


@pytest.mark.parametrize("form", [Form.INDIVIDUAL, Form.GROUP])
def test_no_editors_change_is_lost_among_many(ports: FakePorts, form: Form) -> None:
    """B9: each that succeeds stands upon the one before."""
    visit = _booked(ports, form)
    sequences = _at_once(*(lambda n=n: _move_until_done(ports, visit, 2 + n) for n in range(THREADS)))
    assert sorted(sequences) == list(range(1, THREADS + 1))
    assert ports.stored(visit).sequence == THREADS
    _assert_rows_follow(ports, visit)
    patients = ports.stored(visit).patients
    ids = [message_id(visit.visit_id, p.participant_id, f"moved#{n}", "sms") for p in patients for n in sequences]
    assert len(ports.store.messages(ids)) == len(ids)


def test_of_two_editors_one_is_told(ports: FakePorts) -> None:
    """B9."""
    for _ in range(8):
        visit = _booked(ports)
        done = _at_once(lambda v=visit: _move(ports, v, 3), lambda v=visit: _move(ports, v, 4))  # type: ignore[misc]  # as above
        (winner,) = [each for each in done if each is not None]
        assert ports.stored(visit) == winner
        assert winner.sequence == 1


def test_a_request_sent_many_times_at_once_moves_once(ports: FakePorts) -> None:
    """B3: a double click, and a browser that tries again."""
    visit = _booked(ports)
    done = _at_once(*[lambda: _move(ports, visit, 5)] * 8)
    assert {each.sequence for each in done if each} == {1}
    assert None not in done
    assert ports.stored(visit).sequence == 1


def test_a_visit_that_is_booked_moved_filled_and_cancelled_at_once_is_whole(ports: FakePorts) -> None:
    """B9, B3, G1: it ends cancelled, at the time of the last move, with everyone who was added."""
    booking = _booking(ports)
    visit = book_visit(ports, staff(), booking).page.visit
    guest = Guest(name="Gun", contact=Contact("+46701740606"))
    added, moves, cancels = list[Visit](), list[int](), list[bool]()

    def book() -> None:
        assert book_visit(ports, staff(), booking).page.visit.visit_id == visit.visit_id

    def add() -> None:
        wanted = Additions(request_id=str(uuid4()), guests=(guest,))
        try:
            added.append(add_participants(ports, staff(), visit.visit_id, wanted))
        except Conflict as refused:
            assert refused.code in {"visit_over", "changed_meanwhile"}

    def move(n: int) -> None:
        done = _move(ports, ports.stored(visit), 2 + n)
        moves.extend([done.sequence] if done else [])

    works = [
        *[book] * 4,
        *[add] * 4,
        *(lambda n=n: move(n) for n in range(8)),
        *[lambda: cancels.append(_cancel(ports, visit))] * 4,
    ]
    assert len(works) == THREADS
    _at_once(*works)
    now = ports.stored(visit)
    assert now.sequence == len(moves)
    assert sorted(moves) == list(range(1, len(moves) + 1))
    assert (now.status is Status.CANCELLED) is any(cancels)
    assert [p.name for p in now.participants].count("Gun") == len(added)
    assert _cancel(ports, visit)
    assert ports.stored(visit).status is Status.CANCELLED
    _assert_rows_follow(ports, visit)


def test_the_largest_group_is_moved_by_two_at_once_as_any_visit(ports: FakePorts) -> None:
    """B8, B9: 20 patients and 20 clinicians, whose rows, links and logs are more than one transaction takes."""
    people = [a_patient(digits, phone=f"+4670174{n:04}") for n, digits in enumerate(many_numbers(20))]
    members = [a_staff_member(f"{ORG}-X{n:03}") for n in range(19)]
    ports.store.commit([*map(Put, people), *map(Put, members)])
    patients = tuple(BookedPatient(patient_id=each.patient_id) for each in people)
    booking = replace(_booking(ports, Form.GROUP), patients=patients, staff=tuple(m.hsa_id for m in members))
    visit = book_visit(ports, staff(), booking).page.visit
    assert sorted(_at_once(*(lambda n=n: _move_until_done(ports, visit, n) for n in (40, 3)))) == [1, 2]
    now = ports.stored(visit)
    assert now.sequence == 2
    for patient_id in now.patient_ids:
        assert ports.store.visits_of_patient(ORG, patient_id, BEGINNING).count(visit.visit_id) == 1
        assert visit.visit_id in ports.store.visits_of_patient(ORG, patient_id, now.starts_at)
    rows = list(VisitsTable.query(visit_pk(visit.visit_id), VisitsTable.sk.startswith("agenda#"), consistent_read=True))
    assert len(rows) == 20
    ports.clock.time = now.ends_at
    assert open_link(ports, link_token(LINK_KEY, now.patients[-1].link_id), HOME).page.moved


def test_a_link_of_a_visit_that_was_moved_far_away_has_a_row_that_lasts(ports: FakePorts) -> None:
    """B9, G5: it is found, and still open, at the new time."""
    visit = _booked(ports)
    moved = _move(ports, visit, 60)
    assert moved is not None
    token = link_token(LINK_KEY, visit.patient.link_id)
    ports.clock.time = moved.ends_at
    assert open_link(ports, token, HOME).page.moved
