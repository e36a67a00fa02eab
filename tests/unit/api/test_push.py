"""What changed in a visit reaches those who may know it, and nobody else (L5, S2, S3, G2)."""

from collections.abc import Callable
from io import StringIO

import pytest
from msgspec.structs import replace

from chalicelib.domain.chat import ChatMessage, Note
from chalicelib.domain.live import Subscription
from chalicelib.domain.visit import Status, Visit
from chalicelib.errors import Unavailable
from tests.browser import Browser, heard
from tests.builders import NOW, a_guest
from tests.fake_ports import FakePorts
from tests.unit.api.conftest import logged_in
from tests.unit.api.visitors import guest_browser, identify, open_link, opened, patient_browser, push, push_all

Anew = Callable[[], Browser]


@pytest.fixture
def visit(ports: FakePorts) -> Visit:
    return opened(ports, guest=a_guest())


def _message(visit: Visit, text: str = "Hej") -> ChatMessage:
    return ChatMessage(
        visit_id=visit.visit_id,
        message_id="00000000-0000-4000-8000-000000000000",
        author_id="p_staff",
        author_name="Eva Ek",
        author_role="staff",
        text=text,
        sent_at=NOW,
    )


def _watching(browser: Browser, visit: Visit) -> str:
    _, connection = browser.connect("staff")
    (answer,) = browser.say(connection, {"action": "watch", "visit_id": visit.visit_id})
    assert answer["type"] == "watching"
    browser.ports.live_push.pushed.clear()
    return connection


def test_a_changed_visit_is_told_to_start_pages_visit_pages_and_its_visitors(
    clinician: Browser, ports: FakePorts, visit: Visit
) -> None:
    """L5, S7."""
    _, start_page = clinician.connect("staff")
    visit_page = _watching(clinician, visit)
    _, patient = patient_browser(ports, visit).connect("visitor")
    _, guest = guest_browser(ports, visit).connect("visitor")
    push_all(ports, visit)
    changed = {"type": "visit.changed", "visit_id": visit.visit_id, "version": ports.stored(visit).version}
    assert heard(ports, start_page) == [{"type": "agenda.changed"}]
    assert heard(ports, visit_page) == [changed, {"type": "agenda.changed"}]
    assert heard(ports, patient) == heard(ports, guest) == [changed]


def test_nothing_personal_goes_with_a_change(clinician: Browser, ports: FakePorts, visit: Visit) -> None:
    _watching(clinician, visit)
    push_all(ports, visit)
    said = b"".join(payload for _, payload in ports.live_push.pushed)
    assert b"Anna" not in said
    assert b"terbes" not in said


def test_of_one_visits_states_in_a_batch_only_the_last_is_told(
    clinician: Browser, ports: FakePorts, visit: Visit
) -> None:
    page = _watching(clinician, visit)
    first, second = replace(visit, version=7), replace(visit, version=8)
    assert push(first, _message(visit), second) == []
    assert [m["version"] for m in heard(ports, page) if m["type"] == "visit.changed"] == [8]
    assert [m["type"] for m in heard(ports, page)] == ["chat.message", "visit.changed", "agenda.changed"]


def test_chat_comes_whole_to_staff_and_patient_and_never_to_guests(
    clinician: Browser, ports: FakePorts, visit: Visit
) -> None:
    """S2, G2."""
    page = _watching(clinician, visit)
    patient_page = patient_browser(ports, visit)
    _, patient = patient_page.connect("visitor")
    _, guest = guest_browser(ports, visit).connect("visitor")
    sent = clinician.post(f"/visits/{visit.visit_id}/chat", {"message_id": _message(visit).message_id, "text": "Hej"})
    push(*ports.store.chat(visit.visit_id))
    told = {"type": "chat.message", "visit_id": visit.visit_id, "message": sent.json}
    assert heard(ports, page) == heard(ports, patient) == [told]
    assert heard(ports, guest) == []
    assert patient_page.get("/visitor/chat").json == {"messages": [sent.json]}


def test_chat_does_not_go_to_staff_who_have_not_the_visit_page_open(
    clinician: Browser, ports: FakePorts, visit: Visit
) -> None:
    _, start_page = clinician.connect("staff")
    push(_message(visit))
    assert heard(ports, start_page) == []


def test_a_changed_note_is_told_to_staff_alone_and_without_its_text(
    clinician: Browser, ports: FakePorts, visit: Visit
) -> None:
    """S3."""
    page = _watching(clinician, visit)
    _, patient = patient_browser(ports, visit).connect("visitor")
    push(Note(visit_id=visit.visit_id, version=1, text="Utslag", saved_at=NOW, saved_by="Eva Ek"))
    assert heard(ports, page) == [{"type": "note.changed", "visit_id": visit.visit_id}]
    assert heard(ports, patient) == []


def test_the_device_that_is_replaced_is_told_and_hears_nothing_more(
    ports: FakePorts, visit: Visit, another_browser: Anew
) -> None:
    """G2."""
    old = patient_browser(ports, visit)
    _, old_socket = old.connect("visitor")
    new = open_link(another_browser(), visit)
    assert identify(new)["status"] == "complete"
    _, new_socket = new.connect("visitor")
    push_all(ports, visit)
    push(_message(visit))
    assert heard(ports, old_socket) == [{"type": "session.ended", "reason": "replaced"}]
    assert [m["type"] for m in heard(ports, new_socket)] == ["visit.changed", "chat.message"]
    assert old.get("/visitor").code == "replaced"


def test_news_from_before_the_patient_came_do_not_send_them_out(ports: FakePorts, visit: Visit) -> None:
    """S7: a stream that lags tells of the visit as it was."""
    before = ports.stored(visit)
    _, patient = patient_browser(ports, visit).connect("visitor")
    push(before)
    assert [message["type"] for message in heard(ports, patient)] == ["visit.changed"]


def test_another_tab_of_someone_who_left_is_told_so(ports: FakePorts, visit: Visit) -> None:
    """S7."""
    patient = patient_browser(ports, visit)
    _, tab = patient.connect("visitor")
    patient.post("/visitor/leave")
    push_all(ports, visit)
    assert heard(ports, tab) == [{"type": "session.ended", "reason": "logged_out"}]


def test_before_the_replaced_device_is_told_it_gets_no_chat_either(
    ports: FakePorts, visit: Visit, another_browser: Anew
) -> None:
    """G2: the chat row may come out of the stream first."""
    _, old_socket = patient_browser(ports, visit).connect("visitor")
    identify(open_link(another_browser(), visit))
    push(_message(visit))
    assert heard(ports, old_socket) == []


@pytest.mark.parametrize("status", [Status.ENDED, Status.CANCELLED, Status.NO_SHOW])
def test_when_the_visit_is_over_its_visitors_sockets_end(ports: FakePorts, visit: Visit, status: Status) -> None:
    """S5."""
    _, patient = patient_browser(ports, visit).connect("visitor")
    _, guest = guest_browser(ports, visit).connect("visitor")
    push(replace(ports.stored(visit), status=status))
    assert heard(ports, patient) == heard(ports, guest) == [{"type": "session.ended", "reason": "ended"}]
    assert ports.store.of(Subscription) == []


def test_a_socket_that_is_gone_is_forgotten_and_the_others_are_told(
    clinician: Browser, ports: FakePorts, visit: Visit, another_browser: Anew
) -> None:
    gone, there = _watching(clinician, visit), _watching(logged_in(another_browser()), visit)
    ports.live_push.gone.add(gone)
    ports.clock.advance(minutes=1)
    push(_message(visit))
    assert [m["type"] for m in heard(ports, there)] == ["chat.message"]
    assert {s.connection_id for s in ports.store.subscriptions(f"visit#{visit.visit_id}")} == {there}


def test_a_record_that_cannot_be_told_now_comes_again_with_all_after_it(
    clinician: Browser, ports: FakePorts, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Lambda delivers from the named record on once more (ReportBatchItemFailures)."""
    _watching(clinician, visit)

    def down(*_: object) -> bool:
        raise Unavailable("the live API does not answer")

    note = Note(visit_id="v_nobody_watches", version=1, text="", saved_at=NOW, saved_by="Eva Ek")
    monkeypatch.setattr(ports.live_push, "push", down)
    assert push(note, _message(visit), note) == [{"itemIdentifier": "1"}]


def test_a_row_that_no_code_of_ours_wrote_fails_alone_and_says_nothing_of_itself(
    ports: FakePorts, visit: Visit, log: StringIO
) -> None:
    broken = replace(_message(visit), author_role="hemlig Anna")
    assert push(broken) == [{"itemIdentifier": "0"}]
    assert "ValidationError" in log.getvalue()
    assert "hemlig" not in log.getvalue()
