"""V1, V2, V4: bookings of another system through the FHIR door, once and for all and in their own order."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from chalicelib.domain.audit import AuditEntry
from chalicelib.domain.imported_booking import ImportedBooking
from chalicelib.domain.integration_message import IntegrationMessage
from chalicelib.domain.link import Link
from chalicelib.domain.message import OutboxMessage
from chalicelib.domain.visit import Form, Kind, Status
from tests.builders import ANNA, BERG, BO, EK, NOW, STINA, a_patient, a_staff_member, a_visit
from tests.fake_ports import FakePorts
from tests.unit.api.systems import BOOKINGS, BookingSystem, an_appointment, with_integration
from tests.unit.api.taken import booking, outcomes, reasons, visits

LATER = NOW + timedelta(days=3)


@pytest.fixture
def vas(ports: FakePorts) -> BookingSystem:
    ports.store.seed(a_patient(), a_patient(BO, phone="+46701740606"), a_staff_member(BERG, "Bo", "Berg"))
    return with_integration(ports)


def test_a_booking_becomes_a_visit_with_its_link_and_its_reminders(vas: BookingSystem) -> None:
    """V1, B3: in one transaction, with the message and the access log."""
    reply = vas.post(an_appointment())
    assert reply.status == 201
    (visit,) = visits(vas)
    assert (visit.external_id, visit.owner_hsa_id, visit.kind, visit.form) == (
        "VAS-1",
        EK,
        Kind.ADULT,
        Form.INDIVIDUAL,
    )
    assert (visit.starts_at, visit.ends_at) == (NOW + timedelta(days=2), NOW + timedelta(days=2, minutes=30))
    assert (visit.reason, visit.status) == ("Återbesök", Status.BOOKED)
    assert reasons(vas) == ["invitation"]
    assert [each.channel for each in vas.ports.store.of(OutboxMessage)].count("reminder") == 2
    (entry,) = [each for each in vas.ports.store.of(AuditEntry) if each.action == "visit.book"]
    assert (entry.user, entry.user_name, entry.patient_id) == ("system:vas", "VAS", visit.patient_id)
    (written,) = [commit for commit in vas.ports.store.commits if any(_is_message(each) for each in commit)]
    assert any(getattr(each, "record", None) == visit for each in written)


def _is_message(change: Any) -> bool:
    return isinstance(getattr(change, "record", None), IntegrationMessage)


def test_the_same_delivery_again_changes_nothing(vas: BookingSystem) -> None:
    """V1."""
    first, again = vas.post(an_appointment()), vas.post(an_appointment())
    assert (first.status, again.status) == (201, 200)
    assert first.json == again.json
    assert len(visits(vas)) == 1
    assert reasons(vas) == ["invitation"]
    assert outcomes(vas) == [("created", ""), ("unchanged", "same_version")]


def test_an_older_delivery_changes_nothing(vas: BookingSystem) -> None:
    """V1: by the version."""
    vas.post(an_appointment(version=3, starts_at=LATER))
    vas.post(an_appointment(version=2))
    (visit,) = visits(vas)
    assert visit.starts_at == LATER
    assert outcomes(vas)[-1] == ("unchanged", "older_version")


def test_the_time_of_the_last_change_orders_where_there_is_no_number(vas: BookingSystem) -> None:
    """V1: `meta.lastUpdated`."""
    for at, start in (("2026-11-23T08:00:05Z", LATER), ("2026-11-23T09:00:03+01:00", NOW + timedelta(days=9))):
        vas.post({**an_appointment(starts_at=start), "meta": {"lastUpdated": at}})
    (visit,) = visits(vas)
    assert visit.starts_at == LATER


def test_a_moved_booking_moves_its_visit_and_tells_the_patient_once(vas: BookingSystem) -> None:
    """V4: the links stay."""
    vas.post(an_appointment())
    (before,) = visits(vas)
    reply = vas.post(an_appointment(version=2, starts_at=LATER, minutes=45))
    (after,) = visits(vas)
    assert reply.status == 200
    assert (after.starts_at, after.ends_at, after.sequence) == (LATER, LATER + timedelta(minutes=45), 1)
    assert [each.link_id for each in after.participants] == [each.link_id for each in before.participants]
    assert reasons(vas) == ["invitation", "moved#1"]


def test_a_link_lasts_as_long_as_the_moved_visit(vas: BookingSystem) -> None:
    """G5."""
    vas.post(an_appointment())
    vas.post(an_appointment(version=2, starts_at=NOW + timedelta(days=90)))
    links = vas.ports.store.of(Link)
    assert len(links) == 2
    assert {each.expires_at for each in links} == {NOW + timedelta(days=90, minutes=30 + 120)}


# Stina was born on 14 March 2014: a child on the day before she turns 13, and a youth on the day itself, in Sweden.
@pytest.mark.parametrize(
    ("starts_at", "missing"),
    [("2027-03-13T23:30:00+01:00", "ombud"), ("2027-03-13T22:45:00Z", "ombud"), ("2027-03-13T23:00:00Z", "contact")],
)
def test_the_age_is_that_of_the_swedish_day(vas: BookingSystem, starts_at: str, missing: str) -> None:
    """B4, B5: with the offset that the other system writes, or none."""
    vas.ports.store.seed(a_patient(STINA, phone=""))
    vas.post(an_appointment(number=STINA, starts_at=datetime.fromisoformat(starts_at)))
    assert booking(vas).missing == missing


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2027-03-28T01:45:00+01:00", "2027-03-28T03:15:00+02:00"),
        ("2027-10-31T02:45:00+02:00", "2027-10-31T02:15:00+01:00"),
    ],
)
def test_half_an_hour_over_a_change_of_the_clock_is_half_an_hour(vas: BookingSystem, start: str, end: str) -> None:
    """By the offsets that the times are written with."""
    assert vas.post({**an_appointment(), "start": start, "end": end}).status == 201
    (visit,) = visits(vas)
    assert visit.ends_at - visit.starts_at == timedelta(minutes=30)


def test_a_visit_moved_over_a_thirteenth_birthday_is_made_anew(vas: BookingSystem) -> None:
    """B4: the ombud's visit is cancelled, and the youth's own waits for a number to reach."""
    vas.ports.store.seed(a_patient(STINA, phone=""))
    before = datetime(2027, 3, 13, 9, tzinfo=UTC)
    vas.post(an_appointment(number=STINA, starts_at=before))
    child = replace(a_visit(starts_at=before, patient=a_patient(STINA)), kind=Kind.CHILD, external_id="VAS-1")
    booked = replace(booking(vas), state="booked", visit_id=child.visit_id, visits=1, number="", missing=None)
    vas.ports.store.seed(child, booked)
    vas.post(an_appointment(version=2, number=STINA, starts_at=before + timedelta(days=1)))
    assert [each.status for each in visits(vas)] == [Status.CANCELLED]
    assert (booking(vas).state, booking(vas).missing) == ("pending", "contact")


def test_what_is_told_anew_without_a_change_moves_nothing(vas: BookingSystem) -> None:
    vas.post(an_appointment())
    vas.post(an_appointment(version=2))
    assert outcomes(vas)[-1] == ("unchanged", "same_content")
    assert booking(vas).source.number == 2
    assert reasons(vas) == ["invitation"]


def test_a_time_that_staff_has_chosen_here_stays_until_the_other_system_chooses_one(vas: BookingSystem) -> None:
    """What the other system has not changed stays as it is."""
    vas.post(an_appointment())
    (visit,) = visits(vas)
    here = LATER + timedelta(hours=1)
    vas.ports.store.seed(replace(visit, starts_at=here, ends_at=here + timedelta(minutes=30)))
    vas.post(an_appointment(version=2, activity="Nybesök"))
    assert [(each.starts_at, each.reason) for each in visits(vas)] == [(here, "Nybesök")]
    vas.post(an_appointment(version=3, activity="Nybesök", starts_at=LATER))
    assert [each.starts_at for each in visits(vas)] == [LATER]


def test_a_cancelled_booking_cancels_its_visit_and_tells_the_patient(vas: BookingSystem) -> None:
    """V4."""
    vas.post(an_appointment())
    reply = vas.post({**an_appointment(version=2, status="cancelled"), "participant": [], "contained": []})
    (visit,) = visits(vas)
    assert (reply.status, reply.json["status"]) == (200, "cancelled")
    assert (visit.status, visit.cancelled_by) == (Status.CANCELLED, "system")
    assert reasons(vas) == ["cancelled", "invitation"]


def test_a_cancellation_that_comes_first_keeps_the_older_booking_away(vas: BookingSystem) -> None:
    """V1."""
    vas.post(an_appointment(version=2, status="cancelled"))
    vas.post(an_appointment(version=1))
    assert visits(vas) == []
    assert outcomes(vas) == [("ignored", "cancelled_before_created"), ("unchanged", "older_version")]


def test_a_change_of_a_booking_never_seen_creates_it(vas: BookingSystem) -> None:
    """V1."""
    reply = vas.put(f"?identifier={BOOKINGS}|VAS-1", an_appointment(version=7))
    assert reply.status == 201
    assert len(visits(vas)) == 1


def test_booked_again_after_it_was_cancelled_is_a_new_visit(vas: BookingSystem) -> None:
    """The former stays cancelled: its links are dead, and whoever it was told so is invited anew."""
    vas.post(an_appointment())
    vas.post(an_appointment(version=2, status="cancelled"))
    vas.post(an_appointment(version=3, starts_at=LATER))
    statuses = sorted((each.status, each.starts_at) for each in visits(vas))
    assert statuses == [(Status.CANCELLED, NOW + timedelta(days=2)), (Status.BOOKED, LATER)]
    assert booking(vas).visits == 2
    assert reasons(vas) == ["cancelled", "invitation", "invitation"]
    vas.post(an_appointment(version=4, starts_at=LATER + timedelta(hours=1)))
    assert [each.starts_at for each in visits(vas) if each.status is Status.BOOKED] == [LATER + timedelta(hours=1)]


def test_a_visit_that_was_cancelled_here_does_not_rise_at_the_same_time(vas: BookingSystem) -> None:
    """The patient has cancelled, and the other system does not know."""
    vas.post(an_appointment())
    (visit,) = visits(vas)
    vas.ports.store.seed(replace(visit, status=Status.CANCELLED, cancelled_by="patient"))
    vas.post(an_appointment(version=2, activity="Nybesök"))
    assert [each.status for each in visits(vas)] == [Status.CANCELLED]
    assert outcomes(vas)[-1] == ("ignored", "visit_over")
    vas.post(an_appointment(version=3, starts_at=LATER))
    assert sorted(each.status for each in visits(vas)) == [Status.CANCELLED, Status.BOOKED]


@pytest.mark.parametrize("change", [{"starts_at": LATER}, {"status": "cancelled"}])
def test_a_visit_that_goes_on_is_left_alone(vas: BookingSystem, change: dict[str, Any]) -> None:
    vas.post(an_appointment())
    (visit,) = visits(vas)
    vas.ports.store.seed(replace(visit, status=Status.ONGOING))
    vas.post(an_appointment(version=2, **change))
    assert [(each.status, each.starts_at) for each in visits(vas)] == [(Status.ONGOING, visit.starts_at)]
    assert outcomes(vas)[-1] == ("ignored", "visit_started")


@pytest.mark.parametrize("status", ["arrived", "checked-in", "fulfilled", "noshow"])
def test_how_a_visit_goes_is_told_here_and_not_by_the_other_system(vas: BookingSystem, status: str) -> None:
    vas.post(an_appointment())
    vas.post(an_appointment(version=2, status=status))
    assert [each.status for each in visits(vas)] == [Status.BOOKED]
    assert outcomes(vas)[-1] == ("ignored", "status_kept_here")
    vas.post(an_appointment(version=3, starts_at=LATER))
    assert [each.starts_at for each in visits(vas)] == [LATER]


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"contact_type": "MOTT"}, "not_divl"),
        ({"published": False}, "not_published"),
        ({"visit_reason": "ASAM"}, "asam"),
        ({"activity": "Medverkan teambesök"}, "participation"),
        ({"activity": "Anhörigsamtal"}, "relative"),
        ({"status": "proposed"}, "not_booked"),
    ],
)
def test_what_is_no_video_visit_makes_none_and_ends_one_that_it_was(
    vas: BookingSystem, change: dict[str, Any], why: str
) -> None:
    """V2: also published and then not any more; nothing of the patient is kept of it."""
    assert vas.post(an_appointment("VAS-2", **change)).status == 201
    assert visits(vas) == []
    assert outcomes(vas) == [("ignored", why)]
    vas.post(an_appointment())
    vas.post(an_appointment(version=2, **change))
    assert [each.status for each in visits(vas)] == [Status.CANCELLED]
    assert outcomes(vas)[-1] == ("cancelled", why)
    assert all(each.wanted is None and not each.number for each in vas.ports.store.of(ImportedBooking))


def test_several_practitioners_are_a_team_of_which_the_first_is_the_owner(vas: BookingSystem) -> None:
    """B6."""
    vas.post(an_appointment(staff=(BERG, EK)))
    (visit,) = visits(vas)
    assert (visit.form, visit.owner_hsa_id) == (Form.TEAM, BERG)
    assert {each.hsa_id for each in visit.participants if each.role == "staff"} == {EK, BERG}


def test_another_owner_takes_over_and_who_is_no_longer_wanted_is_out(vas: BookingSystem) -> None:
    vas.post(an_appointment())
    vas.post(an_appointment(version=2, staff=(BERG,)))
    (visit,) = visits(vas)
    assert visit.owner_hsa_id == BERG
    assert [each.hsa_id for each in visit.participants if each.hsa_id] == [BERG]
    assert vas.ports.store.agenda(visit.org_id, EK, NOW, LATER) == []
    assert len(vas.ports.store.agenda(visit.org_id, BERG, NOW, LATER)) == 1
    assert reasons(vas) == ["invitation"]


def test_a_booking_for_another_patient_is_another_visit(vas: BookingSystem) -> None:
    vas.post(an_appointment(number=ANNA))
    vas.post(an_appointment(version=2, number=BO))
    assert sorted(each.status for each in visits(vas)) == [Status.CANCELLED, Status.BOOKED]
    assert reasons(vas) == ["cancelled", "invitation", "invitation"]


def test_a_visit_booked_by_hand_is_never_touched(vas: BookingSystem) -> None:
    """V2: nor a relative's conversation, whatever the booking says of it."""
    vas.post(an_appointment())
    (visit,) = visits(vas)
    for change in ({"external_id": ""}, {"form": Form.RELATIVE}):
        by_hand = replace(visit, **change)
        vas.ports.store.seed(by_hand)
        version = booking(vas).source.number or 0
        vas.post(an_appointment(version=version + 1, status="cancelled"))
        assert visits(vas) == [by_hand]
        assert outcomes(vas)[-1] == ("ignored", "not_ours")
        vas.ports.store.seed(replace(booking(vas), state="booked"))
