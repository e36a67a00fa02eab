"""People for visits of every form, and the bodies that book them (B1, B4-B8)."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

from msgspec.structs import replace

from chalicelib.domain.organisation import StaffMember
from chalicelib.domain.patient import Patient
from tests.builders import ALVA, BERG, EK, a_child, a_patient, a_patient_guardian, a_staff_member

GROUP, TEAM = 20, 20
LIND = "SE2321000115-E003"

Body = dict[str, Any]


def group_patient(place: int, *, email: bool = False) -> Patient:
    """One of a group, with a phone of their own or an e-mail address."""
    phone, address = (f"+467017406{place:02}", "") if not email else ("", f"patient{place}@example.se")
    patient = a_patient(adult_number(place), phone=phone, email=address)
    return replace(patient, given_name=f"Patient{place}", family_name="Gruppsson")


def patients() -> list[Patient]:
    """Anna, Alva who is ten, and a group."""
    return [a_patient(), a_child(ALVA), *(group_patient(place) for place in range(GROUP))]


def clinicians() -> list[StaffMember]:
    """Eva Ek, two more, and a team."""
    named = [a_staff_member(EK), a_staff_member(BERG, "Bo", "Berg"), a_staff_member(LIND, "Lisa", "Lind")]
    return [*named, *(a_staff_member(_team(place), "Kim", f"Kollega{place}") for place in range(TEAM))]


def bodies(starts_at: datetime) -> dict[str, Body]:
    """A booking of each form, by its name; the largest of those that may be large."""
    return {
        "individual": booking(starts_at, [a_patient()], guests=_guests(2)),
        "child": booking(starts_at, [a_child(ALVA)], kind="child", relations=[_ombud()]),
        "team": booking(starts_at, [a_patient()], form="team", staff=[BERG, LIND]),
        "relative": booking(starts_at, [a_patient()], form="relative"),
        "group of 2": booking(starts_at, [group_patient(0), group_patient(1)], form="group"),
        "group of 20": booking(
            starts_at,
            [group_patient(place) for place in range(GROUP)],
            form="group",
            staff=[_team(place) for place in range(TEAM - 1)],
        ),
    }


def booking(starts_at: datetime, people: list[Patient], **changes: object) -> Body:
    """A body of POST /visits; `changes` are fields of it."""
    body: Body = {
        "request_id": str(uuid4()),
        "patients": [{"patient_id": patient.patient_id} for patient in people],
        "starts_at": starts_at.isoformat(),
        "duration_minutes": 30,
        "reason": "Anhörigsamtal" if changes.get("form") == "relative" else "Återbesök",
    }
    return body | changes


def adult_number(place: int) -> str:
    """One for each place, of the series 238 that Skatteverket's test numbers are taken from, with its check digit."""
    digits = f"{date(1960, 1, 1) + timedelta(days=place):%y%m%d}238"
    doubled = (int(digit) * (2 - index % 2) for index, digit in enumerate(digits))
    return f"19{digits}{-sum(each // 10 + each % 10 for each in doubled) % 10}"


def _guests(count: int) -> list[Body]:
    return [{"name": f"Gäst {place}", "email": f"guest{place}@example.se"} for place in range(count)]


def _ombud() -> Body:
    return {"guardian_id": a_patient_guardian().guardian_id, "ombud": True}


def _team(place: int) -> str:
    return f"SE2321000115-T{place:03}"
