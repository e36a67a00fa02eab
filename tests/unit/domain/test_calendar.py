"""B10, B11: a visit as calendars read it, from the booking to its cancellation."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar
from msgspec.structs import replace

from chalicelib.domain.calendar import Method, visit_calendar
from chalicelib.domain.visit import Form, Kind, Participant, Visit
from tests.builders import NOW, a_guest, a_patient, a_visit
from tests.calendars import event_of

LINK = "https://vardrum.example/b#" + "x" * 27
STARTS_AT = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)  # 02:30 for the first time that night


def _event(visit: Visit, method: Method = "REQUEST", sequence: int = 0, organiser: str = "") -> dict[str, str]:
    return event_of(visit_calendar(visit, visit.patient, method, LINK, sequence, organiser=organiser))


def test_the_times_are_in_utc_whatever_the_clock_does_that_night() -> None:
    event = _event(a_visit(starts_at=STARTS_AT))
    assert (event["DTSTART"], event["DTEND"]) == ("20261025T003000Z", "20261025T010000Z")
    assert (event["METHOD"], event["STATUS"], event["SUMMARY"]) == (
        "REQUEST",
        "CONFIRMED",
        "Videobesök\\, Region Halland",
    )
    assert event["URL"] == LINK


def test_a_moved_and_a_cancelled_visit_are_the_same_entry_with_a_higher_number() -> None:
    """RFC 5546 2.1.4."""
    visit = a_visit(starts_at=STARTS_AT)
    moved = replace(visit, starts_at=STARTS_AT + timedelta(days=1), sequence=1)
    events = [_event(visit), _event(moved, sequence=1), _event(moved, "CANCEL", 2)]
    assert len({event["UID"] for event in events}) == 1
    assert [event["SEQUENCE"] for event in events] == ["0", "1", "2"]
    assert (events[2]["METHOD"], events[2]["STATUS"]) == ("CANCEL", "CANCELLED")
    assert LINK not in "".join(events[2].values())


def test_each_person_has_an_entry_of_their_own_that_names_nobody() -> None:
    visit = a_visit()
    visit = replace(visit, participants=(*visit.participants, a_guest()))
    uids = {event_of(visit_calendar(visit, p, "REQUEST", LINK, 0))["UID"] for p in visit.participants}
    assert len(uids) == len(visit.participants)
    assert not any(visit.visit_id in uid or "p_" in uid for uid in uids)


@pytest.mark.parametrize(
    ("changes", "summary"),
    [
        ({"patient_protected": True}, "Bokad tid"),
        ({"kind": Kind.YOUTH}, "Bokad tid"),
        ({"form": Form.RELATIVE}, "Videomöte\\, Region Halland"),
        ({"form": Form.GROUP}, "Gruppbesök på video\\, Region Halland"),
    ],
)
def test_the_summary_tells_no_more_than_an_sms(changes: dict[str, Any], summary: str) -> None:
    """P5, B5, B7, B8."""
    event = _event(a_visit(reason="Psoriasis", **changes))
    assert event["SUMMARY"] == summary
    together = "".join(event.values())
    assert not any(word in together for word in ("Psoriasis", "Hud", "Anna", "Andersson", "Eva"))


def test_whose_place_is_gone_reads_nothing_of_care_in_the_cancellation() -> None:
    """P5: whether they are protected is known no more, and the visit's others may not be."""
    visit = a_visit()
    gone = Participant(participant_id="p_gone", role="guest", name="")
    event = event_of(visit_calendar(visit, gone, "CANCEL", "", 1))
    assert event["SUMMARY"] == "Bokad tid"


def test_by_email_it_has_an_organiser_and_its_one_attendee_and_fetched_neither() -> None:
    """RFC 5546 3.2.2. No answer is asked for."""
    visit = a_visit(patient=a_patient(email="anna@example.se"))
    event = _event(visit, organiser="no-reply@vardrum.example")
    assert (event["ORGANIZER"], event["ATTENDEE"]) == ("mailto:no-reply@vardrum.example", "mailto:anna@example.se")
    assert "ORGANIZER" not in _event(visit, "PUBLISH")


def test_an_address_adds_no_reader_to_the_one_attendee() -> None:
    """RFC 6068 2: `?` and `&` may stand in an address."""
    visit = a_visit(patient=a_patient(email="anna?cc=else&to=x@example.se"))
    event = _event(visit, organiser="no-reply@vardrum.example")
    assert event["ATTENDEE"] == "mailto:anna%3Fcc%3Delse%26to%3Dx@example.se"


def test_the_same_booking_is_the_same_bytes() -> None:
    visit = a_visit(created_at=NOW)
    assert visit_calendar(visit, visit.patient, "PUBLISH", LINK, 0) == visit_calendar(
        visit, visit.patient, "PUBLISH", LINK, 0
    )


@given(st.text(min_size=1, max_size=300), st.sampled_from(["sv", "en"]))
def test_any_name_is_read_back_from_lines_of_at_most_75_octets(name: str, language: str) -> None:
    """RFC 5545 3.1, 3.3.11."""
    visit = a_visit(org_name=name)
    person = replace(visit.patient, language=language)
    content = visit_calendar(visit, person, "REQUEST", LINK, 0)
    lines = content.split(b"\r\n")
    assert all(len(line) <= 75 for line in lines)
    assert not any(b"\n" in line or b"\r" in line for line in lines)
    (event,) = Calendar.from_ical(content).events
    title = "Videobesök" if language == "sv" else "Video visit"
    shown = " ".join(name.replace("{", "(").replace("}", ")").split())[:60]
    assert str(event["SUMMARY"]) == f"{title}, {shown}"
