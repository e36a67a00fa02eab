"""Devices, removals and invitations at once, on a database engine whose transactions really decide (G1, G2, G5)."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import TypeVar, cast
from uuid import uuid4

import pytest
from msgspec.structs import replace

from chalicelib.domain.changes import Put, Replace, RequirePlace
from chalicelib.domain.link import link_token
from chalicelib.domain.message import OutboxMessage, message_id
from chalicelib.domain.participants import Additions
from chalicelib.domain.places import Guest
from chalicelib.domain.session import VisitorSession
from chalicelib.domain.staff import Staff
from chalicelib.domain.visit import Contact, Participant, Status, Visit
from chalicelib.errors import Conflict, LinkDead, NotFound, NotLoggedIn
from chalicelib.services.change_participants import add_participants, remove_participant
from chalicelib.services.enter_as_guest import enter_as_guest
from chalicelib.services.join_call import CallTicket, join_call, join_call_as_visitor
from chalicelib.services.open_link import open_link
from chalicelib.storage.store import DynamoStore
from chalicelib.storage.tables import FleetTable, LinksTable
from local.settings import Settings
from tests.builders import BERG, LINK_KEY, a_guest, a_patient, a_visit, an_organisation, staff
from tests.fake_ports import FakePorts
from tests.fakes import FakeClock, FakeStore
from tests.visitors import HOME, invited, opened

T = TypeVar("T")


@pytest.fixture
def ports(aws: Settings) -> FakePorts:
    """The real store among fakes, with a media node; the fakes' own inspection is not used here."""
    assert aws
    ports = FakePorts(store=cast(FakeStore, DynamoStore()), clock=FakeClock(datetime.now(UTC)))
    ports.store.commit([Put(an_organisation()), Put(a_patient())])
    beat_s = int(ports.clock.now().timestamp())
    FleetTable(
        "nodes",
        "node-a",
        internal_url="http://127.0.0.1:1",
        heartbeat_at=beat_s,
        participants=0,
        calls=0,
        capacity=200,
        draining=False,
        expires_at=beat_s + 600,
    ).save()
    return ports


def _at_once(*works: Callable[[], T]) -> list[T]:
    with ThreadPoolExecutor(len(works)) as pool:
        return [each.result() for each in [pool.submit(work) for work in works]]


def _in_call(ports: FakePorts) -> Visit:
    """A visit with a guest, in whose call staff is connected."""
    visit = invited(ports.store, a_visit(status=Status.ONGOING, starts_at=ports.clock.now()), guest=a_guest())
    join_call(ports, staff(), visit.visit_id)
    now = ports.stored(visit)
    assert now.call is not None
    call = replace(now.call, connected={"p_staff": "staff"})
    ports.store.commit([Replace(replace(now, version=now.version + 1, call=call))])
    return visit


def _ticket(ports: FakePorts, session: VisitorSession) -> CallTicket | None:
    try:
        return join_call_as_visitor(ports, session)
    except (NotLoggedIn, LinkDead):
        return None


def _order(ports: FakePorts, visit: Visit, action: str, once_for: str) -> OutboxMessage | None:
    return ports.store.message(message_id(visit.visit_id, f"{visit.visit_id}.1 {once_for}", action, "media"))


def test_of_devices_let_in_at_once_while_a_call_runs_one_joins_it(ports: FakePorts) -> None:
    """G2: each that was replaced gets no token any more, and an order puts it out of the call."""
    visit = _in_call(ports)
    waiting = [opened(ports, visit, "guest") for _ in range(4)]
    inside = _at_once(*[lambda each=each: enter_as_guest(ports, each, "Gunilla").session for each in waiting])
    tickets = _at_once(*[lambda each=each: _ticket(ports, each) for each in inside])
    assert len([ticket for ticket in tickets if ticket]) == 1
    newest = next(p.session_hash for p in ports.stored(visit).participants if p.role == "guest")
    put_out = {s.session_hash for s in inside if _order(ports, visit, "replace_device", s.session_hash)}
    assert put_out == {s.session_hash for s in inside} - {newest}


def test_who_is_removed_while_they_join_is_refused_or_put_out_by_an_order_of_after(ports: FakePorts) -> None:
    """G5: a token is given only to who is in the visit then, so the order that puts them out is later than it."""
    for _ in range(4):
        visit = _in_call(ports)
        session = enter_as_guest(ports, opened(ports, visit, "guest"), "Gunilla").session
        joins: list[Callable[[], object]] = [lambda s=session: _ticket(ports, s)] * 3  # type: ignore[misc]  # as above
        _at_once(lambda v=visit: remove_participant(ports, staff(), v.visit_id, "p_guest"), *joins)  # type: ignore[misc]  # as above
        assert _ticket(ports, session) is None
        order = _order(ports, visit, "remove_participant", "p_guest")
        assert order is not None
        assert order.state == "queued"


def test_of_two_who_remove_each_other_at_once_one_stays(ports: FakePorts) -> None:
    """G1, G5: who has been removed has no say any more, also in what they had begun."""
    bo, stina = staff(BERG, "Bo", "Berg"), staff("SE2321000115-E003", "Stina", "Lind")
    people = [
        Participant(participant_id=p, role="staff", name=p, hsa_id=h.hsa_id)
        for p, h in (("p_bo", bo), ("p_stina", stina))
    ]
    for _ in range(5):
        visit = invited(ports.store, a_visit(participants=(*a_visit().participants, *people)))
        _at_once(
            lambda v=visit: _removed(ports, bo, v, "p_stina"),  # type: ignore[misc]  # mypy knows no default of a lambda
            lambda v=visit: _removed(ports, stina, v, "p_bo"),  # type: ignore[misc]  # as above
        )
        left = {p.participant_id for p in ports.stored(visit).participants} & {"p_bo", "p_stina"}
        assert len(left) == 1


def _removed(ports: FakePorts, by: Staff, visit: Visit, whom: str) -> bool:
    try:
        remove_participant(ports, by, visit.visit_id, whom)
    except NotFound:
        return False
    return True


def test_a_request_that_is_sent_many_times_at_once_invites_once(ports: FakePorts) -> None:
    """G1: a double click, and a browser that tries again."""
    visit = invited(ports.store, a_visit(starts_at=ports.clock.now()))
    guest = Guest(name="Tolk digital", contact=Contact(email="videolank@digitaltolk.se"))
    wanted = Additions(request_id=str(uuid4()), guests=(guest,))
    _at_once(*[lambda: add_participants(ports, staff(), visit.visit_id, wanted)] * 6)
    after = ports.stored(visit)
    assert [p.name for p in after.participants].count("Tolk digital") == 1
    assert after.version == visit.version + 1
    assert open_link(ports, link_token(LINK_KEY, after.participants[-1].link_id), HOME).page.stage == "name"


@pytest.mark.parametrize("trick", ['","participant_id":"p_nobody', "p_guest\\", "%", "p_"])
def test_a_place_in_a_visit_is_nobodys_who_is_not_in_it(ports: FakePorts, trick: str) -> None:
    """Nor does a name that looks like one give it."""
    named = replace(a_guest(), name='x","participant_id":"p_nobody')
    visit = invited(ports.store, a_visit(starts_at=ports.clock.now()), guest=named)
    places = frozenset({Status.BOOKED})
    ports.store.commit([RequirePlace(visit.visit_id, places, "p_guest"), Put(a_patient())])
    for who in ("p_nobody", trick):
        with pytest.raises(Conflict):
            ports.store.commit([RequirePlace(visit.visit_id, places, who), Put(a_patient())])
    remove_participant(ports, staff(), visit.visit_id, "p_guest")
    with pytest.raises(Conflict):
        ports.store.commit([RequirePlace(visit.visit_id, places, "p_guest"), Put(a_patient())])


def test_the_row_of_a_link_outlives_it(ports: FakePorts) -> None:
    """G5: a visit that goes on past its time still finds it, and later it says that it has expired."""
    visit = invited(ports.store, a_visit(starts_at=ports.clock.now()))
    wanted = Additions(request_id=str(uuid4()), guests=(Guest(name="Gun", contact=Contact("+46701740606")),))
    person = add_participants(ports, staff(), visit.visit_id, wanted).participants[-1]
    rows = [row for row in LinksTable.scan() if f'"{person.participant_id}"' in row.document]
    assert [row.expires_at for row in rows] == [int((visit.ends_at + timedelta(days=7, hours=2)).timestamp())]
