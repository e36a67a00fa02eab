"""V1, V2, V4: bookings of another system through the FHIR door, once and for all and in their own order."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from chalicelib.domain.audit import AuditEntry
from chalicelib.domain.imported_booking import ImportedBooking
from chalicelib.domain.integration_message import IntegrationMessage
from chalicelib.domain.link import Link
from chalicelib.domain.message import OutboxMessage
from chalicelib.domain.sealed import unseal
from chalicelib.domain.visit import Form, Kind, Status, Visit
from tests.builders import (
    ANNA,
    BERG,
    BO,
    EK,
    INTEGRATION_KEY,
    NOW,
    STINA,
    a_patient,
    a_staff_member,
    a_visit,
    an_organisation,
)
from tests.fake_ports import FakePorts
from tests.unit.api.systems import BOOKINGS, NUMBERS, BookingSystem, a_client, an_appointment, with_integration

LATER = NOW + timedelta(days=3)


@pytest.fixture
def vas(ports: FakePorts) -> BookingSystem:
    ports.store.seed(a_patient(), a_patient(BO, phone="+46701740606"), a_staff_member(BERG, "Bo", "Berg"))
    return with_integration(ports)


def visits(vas: BookingSystem) -> list[Visit]:
    return vas.ports.store.of(Visit)


def booking(vas: BookingSystem) -> ImportedBooking:
    (found,) = vas.ports.store.of(ImportedBooking)
    return found


def messages(vas: BookingSystem) -> list[IntegrationMessage]:
    return sorted(vas.ports.store.of(IntegrationMessage), key=lambda each: each.message_id)


def outcomes(vas: BookingSystem) -> list[tuple[str, str]]:
    """In the order they were taken: the fake clock stands still, so ids do not tell."""
    every = [each.record for commit in vas.ports.store.commits for each in commit if hasattr(each, "record")]
    return [(each.outcome, each.why) for each in every if isinstance(each, IntegrationMessage)]


def reasons(vas: BookingSystem) -> list[str]:
    return sorted(each.reason for each in vas.ports.store.of(OutboxMessage) if each.channel != "reminder")


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


def test_versions_that_cannot_be_compared_are_refused(vas: BookingSystem) -> None:
    vas.post(an_appointment())
    reply = vas.post({**an_appointment(), "meta": {"lastUpdated": "2026-11-23T08:00:05Z"}})
    assert (reply.status, _code(reply.json)) == (422, "version_missing")


def _code(outcome: Any) -> str:
    assert outcome["resourceType"] == "OperationOutcome"
    return str(outcome["issue"][0]["details"]["coding"][0]["code"])


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


def test_an_organisation_that_has_it_switched_off_takes_nothing(vas: BookingSystem) -> None:
    """O1."""
    vas.ports.store.seed(replace(an_organisation(), booking_integration=False))
    reply = vas.post(an_appointment())
    assert (reply.status, _code(reply.json)) == (403, "integration_off")
    assert visits(vas) == []
    assert outcomes(vas) == [("rejected", "integration_off")]


BROKEN: dict[str, tuple[Callable[[dict[str, Any]], object], str]] = {
    "no identifier": (lambda a: a.pop("identifier"), "identifier_missing"),
    "a person's number for an identifier": (
        lambda a: a.update(identifier=[{"system": "urn:x", "value": "19440813-9089"}]),
        "identifier_is_number",
    ),
    "the patient's own number for an identifier": (
        lambda a: a.update(identifier=[{"system": "urn:x", "value": ANNA}]),
        "identifier_is_number",
    ),
    "a person's number by its system, written otherwise": (
        lambda a: a.update(identifier=[{"system": f" {NUMBERS.upper()}/", "value": "195711212845"}]),
        "identifier_is_number",
    ),
    "the patient's own number with a dash that is no hyphen": (
        lambda a: a.update(identifier=[{"system": "urn:x", "value": "19440813\u20139089"}]),
        "identifier_is_number",
    ),
    "the patient's own number within an identifier": (
        lambda a: a.update(identifier=[{"system": "urn:x", "value": f"VAS-{ANNA}/1"}]),
        "identifier_is_number",
    ),
    "the patient's own number for an identifier of what is cancelled": (
        lambda a: a.update(identifier=[{"system": "urn:x", "value": ANNA}], status="cancelled"),
        "identifier_is_number",
    ),
    "no version": (lambda a: a.pop("meta"), "version_missing"),
    "no start": (lambda a: a.pop("start"), "time_missing"),
    "no end": (lambda a: a.pop("end"), "time_missing"),
    "an end before the start": (lambda a: a.update(end=a["start"]), "invalid_duration"),
    "a start before all calendars": (
        lambda a: a.update(start="0001-01-01T00:00:00+02:00", end="0001-01-01T00:30:00+02:00"),
        "invalid_time",
    ),
    "an end after all calendars": (
        lambda a: (a.pop("end"), a.update(start="9999-12-31T23:59:00Z", minutesDuration=30)),
        "invalid_time",
    ),
    "a whole day": (lambda a: a.update(end=(NOW + timedelta(days=3)).isoformat()), "invalid_duration"),
    "a start in the past": (
        lambda a: a.update(start="2026-11-01T08:00:00Z", end="2026-11-01T08:30:00Z"),
        "starts_in_past",
    ),
    "no patient": (lambda a: a["participant"].pop(0), "patient_missing"),
    "two patients": (lambda a: a["participant"].append(a["participant"][0]), "several_patients"),
    "a patient without a number": (lambda a: a["contained"][0].pop("identifier"), "patient_unreadable"),
    "a number with a wrong check digit": (
        lambda a: a["contained"][0]["identifier"][0].update(value="194408139088"),
        "invalid_identity_number",
    ),
    "a patient who is not here by our own id": (
        lambda a: a["participant"][0].update(actor={"reference": f"Patient/{'a' * 32}"}),
        "unknown_patient",
    ),
    "nobody who receives": (lambda a: a["participant"].pop(1), "staff_missing"),
    "a practitioner without an HSA-id": (
        lambda a: a["participant"][1].update(actor={"reference": "Practitioner/example"}),
        "staff_unreadable",
    ),
    "a practitioner of another organisation": (
        lambda a: a["participant"][1].update(actor={"reference": "Practitioner/SE2321000016-E001"}),
        "unknown_staff",
    ),
}


@pytest.mark.parametrize("broken", BROKEN)
def test_what_cannot_be_meant_is_refused_with_its_place_and_kept(vas: BookingSystem, broken: str) -> None:
    """V5: an OperationOutcome, and no visit."""
    appointment = an_appointment()
    change, code = BROKEN[broken]
    change(appointment)
    reply = vas.post(appointment)
    assert (reply.status, _code(reply.json)) == (422, code), reply.text
    assert reply.headers["content-type"] == "application/fhir+json"
    assert reply.json["issue"][0]["expression"][0].startswith("Appointment")
    assert visits(vas) == []
    assert outcomes(vas) == [("rejected", code)]
    assert not any(ANNA[2:] in "".join(filter(str.isdigit, each.external_id)) for each in messages(vas))


def test_every_message_is_kept_and_cannot_be_read_from_the_table(vas: BookingSystem) -> None:
    """V1: encrypted under its own id, for 90 days."""
    vas.post(an_appointment())
    vas.post(b"{no json")
    assert {unseal(INTEGRATION_KEY, each.message_id, each.body)[:2] for each in messages(vas)} == {b'{"', b"{n"}
    assert all((each.expires_at - each.received_at).days == 90 for each in messages(vas))
    assert ANNA not in repr([row.body for row in messages(vas)])
    assert ANNA.encode() not in b"".join(each.body for each in messages(vas))


def test_if_none_exist_leaves_a_booking_that_is_there_alone(vas: BookingSystem) -> None:
    """R4 http.html#ccreate."""
    condition = f"identifier={BOOKINGS}|VAS-1"
    assert vas.post(an_appointment(), if_none_exist=condition).status == 201
    assert vas.post(an_appointment(version=2, starts_at=LATER), if_none_exist=condition).status == 200
    assert [each.starts_at for each in visits(vas)] == [NOW + timedelta(days=2)]
    other = vas.post(an_appointment("VAS-9"), if_none_exist=condition)
    assert (other.status, _code(other.json)) == (400, "id_mismatch")


def test_if_match_changes_only_the_version_that_was_seen(vas: BookingSystem) -> None:
    """R4 http.html#concurrency."""
    created = vas.post(an_appointment())
    place = f"/{created.json['id']}"
    assert created.headers["etag"] == 'W/"1"'
    assert vas.put(place, an_appointment(version=2, starts_at=LATER), if_match='W/"1"').headers["etag"] == 'W/"2"'
    late = vas.put(place, an_appointment(version=3), if_match='W/"1"')
    assert (late.status, _code(late.json)) == (412, "precondition_failed")
    assert [each.starts_at for each in visits(vas)] == [LATER]


def test_a_put_to_another_bookings_place_is_refused(vas: BookingSystem) -> None:
    created = vas.post(an_appointment())
    reply = vas.put(f"/{created.json['id']}", an_appointment("VAS-2"))
    assert (reply.status, _code(reply.json)) == (422, "id_mismatch")
    assert vas.put("/b-unknown", an_appointment()).status == 404


def test_a_booking_is_read_with_its_version_and_not_twice(vas: BookingSystem) -> None:
    """R4 http.html#read: ETag, Last-Modified, 304."""
    created = vas.post(an_appointment())
    path = f"Appointment/{created.json['id']}"
    read = vas.get(path)
    assert (read.status, read.json) == (200, created.json)
    assert read.headers["last-modified"] == "Mon, 23 Nov 2026 08:00:00 GMT"
    unchanged = vas.get(path, if_none_match=read.headers["etag"])
    assert (unchanged.status, unchanged.text) == (304, "")


def test_a_booking_is_found_by_its_identifier_and_by_nothing_else(vas: BookingSystem) -> None:
    """Privacy: no person's number in an address."""
    vas.post(an_appointment())
    assert vas.get(f"Appointment?identifier={BOOKINGS}|VAS-1").json["total"] == 1
    assert vas.get(f"Appointment?identifier={BOOKINGS}|VAS-2").json["total"] == 0
    for question in ("", "?patient.identifier=x|y", "?patient=x", "?date=2026-11-23"):
        reply = vas.get(f"Appointment{question}")
        assert (reply.status, _code(reply.json)) == (400, "not_supported")
    number = vas.get("Appointment?identifier=http://electronichealth.se/identifier/personnummer|194408139089")
    assert (number.status, _code(number.json)) == (422, "identifier_is_number")


def test_the_sender_is_told_what_became_of_it_where_it_prefers_that(vas: BookingSystem) -> None:
    reply = vas.post(an_appointment(visit_reason="ASAM"), prefer="return=OperationOutcome")
    assert (reply.status, _code(reply.json)) == (201, "asam")
    assert reply.json["issue"][0]["severity"] == "information"
    assert vas.post(an_appointment("VAS-2"), prefer="return=minimal").text == ""


def test_the_patient_and_the_practitioner_are_read_and_the_reading_is_logged(vas: BookingSystem) -> None:
    """V1, S6."""
    patient = a_patient()
    vas.post(an_appointment())
    read = vas.get(f"Patient/{patient.patient_id}").json
    assert read["identifier"][0]["value"] == ANNA
    assert read["name"][0]["family"] == "Andersson"
    entries = [each for each in vas.ports.store.of(AuditEntry) if each.action == "patient.read"]
    assert [(each.user, each.patient_id) for each in entries] == [("system:vas", patient.patient_id)]
    assert vas.get(f"Practitioner/{EK}").json["name"][0]["family"] == "Ek"
    assert vas.get("Practitioner/SE2321000115-E999").status == 404
    assert vas.get("Patient/nobody").status == 404


def test_a_protected_patients_name_is_not_told(vas: BookingSystem) -> None:
    """P5: HL7 Sweden's label, and no name."""
    patient = a_patient(protected=True)
    vas.ports.store.seed(patient)
    vas.post(an_appointment())
    read = vas.get(f"Patient/{patient.patient_id}").json
    assert "name" not in read
    assert read["meta"]["security"][0]["code"] == "protected-information"


def test_a_patient_whom_no_booking_has_come_for_is_not_read_by_an_id_alone(vas: BookingSystem) -> None:
    """S6: also one who has visits that were booked here; the attempt is in the log."""
    patient = a_patient()
    vas.ports.store.seed(a_visit(patient=patient))
    refused, nobody = vas.get(f"Patient/{patient.patient_id}"), vas.get("Patient/nobody")
    assert (refused.status, refused.text) == (404, nobody.text)
    assert [each.result for each in vas.ports.store.of(AuditEntry) if each.action == "patient.read"] == ["denied"]
    vas.post(an_appointment())
    assert vas.get(f"Patient/{patient.patient_id}").status == 200


def test_a_delivery_that_changes_nothing_is_answered_with_the_booking_and_logged_as_a_reading(
    vas: BookingSystem,
) -> None:
    """S6: the answer may be newer than what was delivered."""
    vas.post(an_appointment(version=2))

    def readings() -> list[str]:
        return [each.patient_id for each in vas.ports.store.of(AuditEntry) if each.action == "booking.read"]

    assert readings() == []
    vas.post(an_appointment(version=1))
    vas.post(an_appointment(version=3), if_none_exist=f"identifier={BOOKINGS}|VAS-1")
    assert readings() == [a_patient().patient_id] * 2


def test_another_organisations_system_sees_nothing_of_it(vas: BookingSystem) -> None:
    created = vas.post(an_appointment())
    vas.ports.store.seed(a_client("other", org_id="SE2321000016"))
    stranger = BookingSystem(vas.ports).authenticated("other")
    assert stranger.get(f"Appointment/{created.json['id']}").status == 404
    assert stranger.get(f"Patient/{a_patient().patient_id}").status == 404
