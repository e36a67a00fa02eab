"""The live socket through its events: who is let in, what it hears, and what it may ask (L5, S2, S7)."""

from collections.abc import Callable
from io import StringIO

import pytest
from msgspec.structs import replace

from chalicelib.domain.live import Subscription, staff_topic, visit_topic, visitor_topic
from chalicelib.domain.session import StaffSession
from chalicelib.domain.visit import Status, Visit
from chalicelib.services.presence import OPENED_PER_MINUTE, SOCKETS_AT_MOST
from tests.browser import Browser, heard
from tests.builders import EK, NOW, ORG, a_guest, a_visit
from tests.fake_ports import FakePorts
from tests.unit.api.conftest import logged_in
from tests.unit.api.visitors import open_link, opened, patient_browser, push_all

Anew = Callable[[], Browser]


@pytest.fixture
def visit(ports: FakePorts) -> Visit:
    """A visit of Eva Ek's with its patient and a guest, whose links work."""
    return opened(ports, guest=a_guest())


@pytest.fixture
def patient(ports: FakePorts, visit: Visit) -> Browser:
    """The visit's patient, let in by e-ID."""
    return patient_browser(ports, visit)


def _patient(ports: FakePorts, visit: Visit) -> tuple[object, object]:
    stored = ports.store.visit(visit.visit_id)
    assert stored is not None
    return stored.patient.waiting_since, stored.patient.away_since


def test_staff_hear_of_their_start_page(clinician: Browser, ports: FakePorts) -> None:
    """L5."""
    status, connection = clinician.connect("staff")
    assert status == 200
    (subscription,) = ports.store.subscriptions(staff_topic(ORG, EK))
    assert subscription.connection_id == connection


def test_a_socket_without_a_session_is_refused(browser: Browser, ports: FakePorts) -> None:
    assert (browser.connect("staff")[0], browser.connect("visitor")[0]) == (401, 401)
    assert ports.store.of(Subscription) == []


def test_a_socket_from_another_origin_is_refused(clinician: Browser) -> None:
    clinician.headers = {"origin": "https://evil.example"}
    assert clinician.connect("staff")[0] == 403


def test_a_socket_looks_at_no_other_cookie_than_the_one_it_is_opened_for(clinician: Browser, patient: Browser) -> None:
    patient.cookies |= clinician.cookies
    patient.cookies["__Host-staff"] = patient.cookies["__Host-visitor"]
    assert patient.connect("staff")[0] == 401
    assert clinician.connect("visitor")[0] == 401
    assert clinician.connect("admin")[0] == 400


def test_a_visitor_who_has_only_opened_the_link_does_not_wait(
    ports: FakePorts, visit: Visit, another_browser: Anew
) -> None:
    """G6: nobody enters the waiting room before they have shown who they are."""
    someone = open_link(another_browser(), visit)
    assert someone.connect("visitor")[0] == 401
    assert _patient(ports, visit) == (None, None)


def test_an_open_socket_is_presence_in_the_waiting_room(ports: FakePorts, visit: Visit, patient: Browser) -> None:
    """S7, L5."""
    assert patient.connect("visitor")[0] == 200
    assert _patient(ports, visit) == (NOW, None)


def test_a_sleeping_phone_is_away_and_back_without_losing_its_place(
    ports: FakePorts, visit: Visit, patient: Browser
) -> None:
    """S7, C10."""
    _, connection = patient.connect("visitor")
    ports.clock.advance(minutes=5)
    patient.close(connection)
    assert _patient(ports, visit) == (NOW, ports.clock.now())
    ports.clock.advance(minutes=1)
    patient.connect("visitor")
    assert _patient(ports, visit) == (NOW, None)


def test_closing_one_of_two_tabs_leaves_the_patient_present(ports: FakePorts, visit: Visit, patient: Browser) -> None:
    """S7."""
    _, first = patient.connect("visitor")
    _, second = patient.connect("visitor")
    patient.close(first)
    assert _patient(ports, visit) == (NOW, None)
    patient.close(second)
    assert _patient(ports, visit) == (NOW, ports.clock.now())


def test_the_late_close_of_an_old_socket_does_not_send_the_patient_away(
    ports: FakePorts, visit: Visit, patient: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    """S7: the new socket comes in between the closing's look at the sockets and its write."""
    _, old = patient.connect("visitor")
    look = ports.store.subscriptions
    calls: list[str] = []

    def look_while_the_new_one_opens(topic: str) -> list[Subscription]:
        found = look(topic)
        if not calls:
            calls.append(topic)
            patient.connect("visitor")
        return found

    monkeypatch.setattr(ports.store, "subscriptions", look_while_the_new_one_opens)
    patient.close(old)
    assert calls
    assert _patient(ports, visit) == (NOW, None)


def test_a_socket_found_dead_when_something_is_pushed_counts_as_closed(
    ports: FakePorts, visit: Visit, patient: Browser, clinician: Browser
) -> None:
    """S7: a gateway that died has told nobody of its sockets."""
    _, connection = patient.connect("visitor")
    ports.live_push.gone.add(connection)
    ports.clock.advance(minutes=1)
    push_all(ports, visit)
    assert _patient(ports, visit) == (NOW, ports.clock.now())


def test_a_socket_that_is_still_opening_when_something_is_pushed_stays(
    ports: FakePorts, visit: Visit, patient: Browser
) -> None:
    """S7: until $connect has been answered, API Gateway says of the socket that it is gone."""
    _, connection = patient.connect("visitor")
    ports.live_push.gone.add(connection)
    push_all(ports, visit)
    ports.live_push.gone.clear()
    assert _patient(ports, visit) == (NOW, None)
    push_all(ports, visit)
    assert [message["type"] for message in heard(ports, connection)] == ["visit.changed"]


def test_after_the_visit_nobody_waits(ports: FakePorts, visit: Visit, patient: Browser) -> None:
    """S5."""
    ended = replace(ports.stored(visit), status=Status.ENDED)
    ports.store.seed(ended)
    assert patient.connect("visitor")[0] == 200
    assert _patient(ports, visit) == (None, None)


def test_the_start_page_shows_who_waits_until_the_visit_is_over(
    clinician: Browser, ports: FakePorts, visit: Visit, patient: Browser
) -> None:
    """L3, L5."""
    patient.connect("visitor")
    day = visit.starts_at.date()
    (row,) = clinician.get(f"/agenda?date={day}").json["entries"]
    assert [(w["name"], w["away"]) for w in row["waiting"]] == [("Anna Andersson", False)]
    for step in ("receive", "start", "end"):
        assert clinician.post(f"/visits/{visit.visit_id}/{step}", {} if step == "end" else None).status == 200
    (row,) = clinician.get(f"/agenda?date={day}").json["entries"]
    assert (row["status"], row["waiting"]) == ("avslutat", [])


def test_a_ping_is_answered(clinician: Browser, patient: Browser) -> None:
    for browser, role in ((clinician, "staff"), (patient, "visitor")):
        _, connection = browser.connect(role)
        assert browser.say(connection, {"action": "ping"}) == [{"type": "pong"}]


def test_staff_of_the_visit_watch_it(clinician: Browser, ports: FakePorts, visit: Visit) -> None:
    """S1, S2."""
    _, connection = clinician.connect("staff")
    (answer,) = clinician.say(connection, {"action": "watch", "visit_id": visit.visit_id})
    assert answer == {"type": "watching", "visit_id": visit.visit_id, "version": visit.version}
    assert [s.connection_id for s in ports.store.subscriptions(visit_topic(visit.visit_id))] == [connection]
    assert clinician.say(connection, {"action": "unwatch", "visit_id": visit.visit_id}) == []
    assert ports.store.subscriptions(visit_topic(visit.visit_id)) == []


@pytest.mark.parametrize("visit_id", ["v_nobodys", "visit#v_1", "", "a" * 65])
def test_staff_watch_no_visit_that_is_not_theirs(clinician: Browser, ports: FakePorts, visit_id: str) -> None:
    """S6."""
    _, connection = clinician.connect("staff")
    watch = {"action": "watch", "visit_id": visit_id}
    assert clinician.say(connection, watch) == [{"type": "error", "code": "not_found"}]


def test_a_colleague_who_is_not_added_cannot_watch(clinician: Browser, ports: FakePorts) -> None:
    """S6: as if it were not there."""
    foreign = a_visit(participants=a_visit().participants[1:])
    ports.store.seed(foreign)
    _, connection = clinician.connect("staff")
    watch = {"action": "watch", "visit_id": foreign.visit_id}
    assert clinician.say(connection, watch) == [{"type": "error", "code": "not_found"}]
    assert ports.store.subscriptions(visit_topic(foreign.visit_id)) == []


def test_a_patient_cannot_watch_as_staff_do(ports: FakePorts, visit: Visit, patient: Browser) -> None:
    """S6."""
    _, connection = patient.connect("visitor")
    watch = {"action": "watch", "visit_id": visit.visit_id}
    assert patient.say(connection, watch) == [{"type": "error", "code": "not_allowed"}]
    assert ports.store.subscriptions(visit_topic(visit.visit_id)) == []


@pytest.mark.parametrize(
    "message",
    [
        "",
        "x",
        "null",
        "[]",
        "{}",
        '{"action": "admin"}',
        '{"action": "watch"}',
        '{"action": "watch", "visit_id": 7}',
        '{"action": "watch", "visit_id": "v_1", "role": "staff"}',
        '{"action": "ping", "as": "staff"}',
        "[" * 4000,
        "\ud800",
    ],
)
def test_a_message_that_is_none_of_the_known_is_an_error_and_changes_nothing(
    clinician: Browser, ports: FakePorts, message: str
) -> None:
    """Forged, malformed, of another shape."""
    _, connection = clinician.connect("staff")
    before = len(ports.store.commits)
    assert clinician.say(connection, message) == [{"type": "error", "code": "bad_input"}]
    assert len(ports.store.commits) == before


def test_a_message_over_4_kib_is_too_large(clinician: Browser) -> None:
    _, connection = clinician.connect("staff")
    message = '{"action": "ping", "x": "' + "ö" * 2048 + '"}'
    assert clinician.say(connection, message) == [{"type": "error", "code": "body_too_large"}]


def test_a_socket_watches_a_bounded_number_of_visits(clinician: Browser, ports: FakePorts) -> None:
    _, connection = clinician.connect("staff")
    answers = []
    for _ in range(21):
        visit = a_visit()
        ports.store.seed(visit)
        answers += clinician.say(connection, {"action": "watch", "visit_id": visit.visit_id})
    assert [answer["type"] for answer in answers] == ["watching"] * 20 + ["error"]
    assert answers[-1]["code"] == "too_many_attempts"


def test_a_person_has_a_bounded_number_of_sockets_and_the_newest_hear(clinician: Browser, ports: FakePorts) -> None:
    """A phone that loses its network again and again leaves sockets that nobody has closed."""
    opened = []
    for _ in range(SOCKETS_AT_MOST + 2):
        ports.clock.advance(seconds=2)
        opened.append(clinician.connect("staff")[1])
    listening = {s.connection_id for s in ports.store.of(Subscription)}
    assert listening == set(opened[2:])


def test_a_person_opens_a_bounded_number_of_sockets_a_minute(patient: Browser, ports: FakePorts, visit: Visit) -> None:
    """L5: each of them tells the clinicians' start pages to read again."""
    statuses = [patient.connect("visitor")[0] for _ in range(OPENED_PER_MINUTE + 1)]
    assert statuses == [200] * OPENED_PER_MINUTE + [429]
    assert len(ports.store.subscriptions(visitor_topic(visit.visit_id, "p_patient"))) <= SOCKETS_AT_MOST


def test_a_socket_outlives_its_session_by_one_message_at_most(
    clinician: Browser, ports: FakePorts, visit: Visit
) -> None:
    """L1."""
    _, connection = clinician.connect("staff")
    clinician.say(connection, {"action": "watch", "visit_id": visit.visit_id})
    ports.clock.advance(hours=2)
    answers = clinician.say(connection, {"action": "ping"})
    assert answers[0] == {"type": "session.ended", "reason": "ended"}
    assert ports.store.subscriptions_of(connection) == []


def test_logout_tells_the_sockets_of_that_session_and_no_other(
    clinician: Browser, ports: FakePorts, another_browser: Anew
) -> None:
    """L1."""
    other = logged_in(another_browser())
    _, mine = clinician.connect("staff")
    _, theirs = other.connect("staff")
    clinician.post("/logout")
    assert heard(ports, mine) == [{"type": "session.ended", "reason": "logged_out"}]
    assert heard(ports, theirs) == []
    assert ports.store.subscriptions_of(mine) == []
    assert len(ports.store.of(StaffSession)) == 1


def test_closing_a_socket_forgets_all_it_listened_to(clinician: Browser, ports: FakePorts, visit: Visit) -> None:
    _, connection = clinician.connect("staff")
    clinician.say(connection, {"action": "watch", "visit_id": visit.visit_id})
    clinician.close(connection)
    assert ports.store.of(Subscription) == []


def test_a_socket_whose_session_was_made_up_says_nothing(browser: Browser, ports: FakePorts) -> None:
    """A message on a connection nobody opened here."""
    assert browser.say("socket-unknown", {"action": "ping"}) == [
        {"type": "session.ended", "reason": "ended"},
        {"type": "error", "code": "not_logged_in"},
    ]


def test_what_fails_here_refuses_the_handshake_and_tells_nothing_of_itself(
    clinician: Browser, ports: FakePorts, monkeypatch: pytest.MonkeyPatch, log: StringIO
) -> None:
    """Lambda itself would print the exception's words."""
    monkeypatch.setattr(ports.store, "commit", _failing)
    assert clinician.connect("staff")[0] == 500
    assert "RuntimeError" in log.getvalue()
    assert "Anna" not in log.getvalue()


def test_a_socket_that_cannot_be_closed_here_is_logged_and_no_more(
    clinician: Browser, ports: FakePorts, monkeypatch: pytest.MonkeyPatch, log: StringIO
) -> None:
    _, connection = clinician.connect("staff")
    monkeypatch.setattr(ports.store, "commit", _failing)
    clinician.close(connection)
    assert "live disconnect" in log.getvalue()
    assert "Anna" not in log.getvalue()


def _failing(*_: object) -> None:
    raise RuntimeError("Anna Andersson could not be written")
