"""Booking a visit and writing to those invited (B2, B3, G5)."""

from datetime import datetime, timedelta

import pytest
from msgspec.structs import replace

from chalicelib.domain.agenda import AgendaRow
from chalicelib.domain.audit import AuditEntry
from chalicelib.domain.booking import BookedPatient, Booking
from chalicelib.domain.ids import secret_hash
from chalicelib.domain.link import Link, link_token
from chalicelib.domain.places import Guest, open_guest
from chalicelib.domain.visit import Contact, Kind, Status, Visit
from chalicelib.errors import BadInput, Conflict, NotFound, TooManyAttempts
from chalicelib.services.book_visit import BOOKINGS, book_visit, preview_booking
from chalicelib.services.show_visit import link_address
from tests.builders import BERG, EK, LINK_KEY, NOW, a_patient, a_staff_member, an_organisation, staff
from tests.fake_ports import FakePorts

GUEST = Guest(name="Gunilla Gäst", contact=Contact(email="gunilla@example.se"))


def a_booking(
    request: str = "1", starts_at: datetime = NOW + timedelta(hours=1), guests: tuple[Guest, ...] = ()
) -> Booking:
    return Booking(
        request_id=f"00000000-0000-4000-8000-00000000000{request}",
        kind=Kind.ADULT,
        starts_at=starts_at,
        duration_minutes=30,
        reason="Återbesök hudutslag",
        patients=(BookedPatient(patient_id=a_patient().patient_id),),
        guests=guests,
    )


@pytest.fixture
def ports() -> FakePorts:
    ports = FakePorts()
    ports.store.seed(an_organisation(), a_patient(), a_staff_member(), a_staff_member(BERG, "Bo", "Berg"))
    return ports


def _book(ports: FakePorts, booking: Booking, colleagues: tuple[str, ...] = ()) -> tuple[Visit, bool]:
    booked = book_visit(ports, staff(), replace(booking, staff=colleagues))
    return booked.page.visit, booked.is_new


def test_visit_links_messages_and_audit_are_one_transaction(ports: FakePorts) -> None:
    """B3."""
    visit, is_new = _book(ports, a_booking(guests=(GUEST,)), (BERG,))
    assert is_new
    assert len(ports.store.commits) == 1
    assert visit.status is Status.BOOKED
    assert {row.hsa_id for row in ports.store.of(AgendaRow)} == {EK, BERG}
    assert {m.channel for m in ports.store.to_people()} == {"sms", "email"}
    assert len(ports.store.of(Link)) == 3
    assert [entry.action for entry in ports.store.of(AuditEntry)] == ["visit.book"]


def test_the_largest_booking_is_one_transaction(ports: FakePorts) -> None:
    """B3: DynamoDB takes 100 items, and the fake store refuses more as well."""
    colleagues = tuple(f"SE2321000115-C{n}" for n in range(20))
    ports.store.seed(*(a_staff_member(hsa_id) for hsa_id in colleagues))
    _book(ports, a_booking(guests=(GUEST,) * 10), colleagues)
    assert len(ports.store.to_people()) == 11
    assert len(ports.store.of(AgendaRow)) == 21


def test_the_same_click_twice_books_and_sends_once(ports: FakePorts) -> None:
    """B2."""
    first, _ = _book(ports, a_booking())
    again, is_new = _book(ports, a_booking())
    assert (again, is_new) == (first, False)
    assert len(ports.store.of(Visit)) == 1
    assert len(ports.store.to_people()) == 1


def test_another_request_is_another_visit(ports: FakePorts) -> None:
    _book(ports, a_booking("1"))
    _book(ports, a_booking("2"))
    assert len(ports.store.of(Visit)) == 2


def test_no_token_is_stored_anywhere(ports: FakePorts) -> None:
    """G5: only a hash; the message holds the link's place, not the link."""
    visit, _ = _book(ports, a_booking())
    token = link_token(LINK_KEY, visit.patient.link_id)
    assert secret_hash(token) in {link.token_hash for link in ports.store.of(Link)}
    assert token not in ports.store.written()
    assert "{link}" in ports.store.to_people()[0].text


def test_nothing_of_reason_or_unit_is_in_a_message(ports: FakePorts) -> None:
    """B10."""
    _book(ports, a_booking(guests=(GUEST,)))
    texts = " ".join(m.text + m.subject for m in ports.store.to_people()).lower()
    assert "hud" not in texts
    assert "andersson" not in texts


def test_a_link_lives_until_a_set_time_after_the_visits_end(ports: FakePorts) -> None:
    """G5."""
    visit, _ = _book(ports, a_booking())
    assert {link.expires_at for link in ports.store.of(Link)} == {visit.ends_at + timedelta(minutes=120)}


def test_a_preview_shows_the_same_texts_and_writes_nothing_but_that_it_was_seen(ports: FakePorts) -> None:
    """B2: nothing is sent before the click. S6: the patient's name and contact are shown."""
    planned = preview_booking(ports, staff(), a_booking(guests=(GUEST,))).messages
    assert [type(change).__name__ for changes in ports.store.commits for change in changes] == ["Create", "Count"]
    assert [entry.action for entry in ports.store.of(AuditEntry)] == ["visit.preview"]
    _book(ports, a_booking(guests=(GUEST,)))
    assert {m.text for m in planned} == {m.text for m in ports.store.to_people()}


def test_the_copied_guest_link_is_one_of_the_visits_links(ports: FakePorts) -> None:
    """B2: Kopiera inbjudningslänk. The token stands after #, so that it reaches no log."""
    visit, _ = _book(ports, a_booking())
    address, token = link_address(ports, open_guest(visit)).split("#")
    assert address == "https://vardrum.example/b"
    link = ports.store.link(secret_hash(token))
    assert link is not None
    assert visit.participant(link.participant_id).role == "guest"


@pytest.mark.parametrize(
    ("starts_at", "code"),
    [(NOW - timedelta(hours=1), "starts_in_past"), (NOW + timedelta(days=1000), "starts_too_far")],
)
def test_a_time_that_makes_no_sense_is_refused(ports: FakePorts, starts_at: datetime, code: str) -> None:
    with pytest.raises(BadInput) as refused:
        _book(ports, a_booking(starts_at=starts_at))
    assert refused.value.code == code
    assert not ports.store.commits


def test_a_clinician_books_a_bounded_number_of_visits_an_hour(ports: FakePorts) -> None:
    """Each booking sends messages. One that was booked before is still answered."""
    first, _ = _book(ports, a_booking("1"))
    ports.store.counts.update(dict.fromkeys(ports.store.counts, BOOKINGS))
    with pytest.raises(TooManyAttempts):
        _book(ports, a_booking("2"))
    assert ports.store.of(Visit) == [first]
    assert _book(ports, a_booking("1")) == (first, False)


def test_a_guests_link_never_goes_to_the_patients_own_number(ports: FakePorts) -> None:
    """B5: nobody gets in without their e-ID that way."""
    own = Guest(name="Anna", contact=Contact(a_patient().contact.phone))
    with pytest.raises(Conflict) as refused:
        _book(ports, a_booking(guests=(own,)))
    assert refused.value.code == "own_number"
    assert not ports.store.of(Visit)


def test_an_unknown_patient_or_colleague_books_nothing(ports: FakePorts) -> None:
    with pytest.raises(NotFound):
        _book(ports, replace(a_booking(), patients=(BookedPatient(patient_id="nobody"),)))
    with pytest.raises(BadInput) as refused:
        _book(ports, a_booking(), ("SE2321000115-E999",))
    assert refused.value.code == "unknown_staff"
    assert not ports.store.commits


def test_a_protected_patients_name_is_on_no_start_page(ports: FakePorts) -> None:
    """L3, P5."""
    ports.store.seed(replace(a_patient(), protected=True))
    _book(ports, a_booking())
    row = ports.store.of(AgendaRow)[0]
    assert (row.patient_name, row.protected) == ("", True)
    assert "Region" not in ports.store.to_people()[0].text
