"""What is handed to Loggtjänst is a request of StoreLog 2.0, whatever people are called (S6)."""

from datetime import UTC, datetime
from xml.etree.ElementTree import Element

import pytest
import xmlschema
from defusedxml.ElementTree import fromstring
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from chalicelib.domain.audit import AuditEntry, Result, by_staff, by_visitor
from chalicelib.domain.audit_kinds import ACTIONS
from chalicelib.domain.ids import new_audit_id
from chalicelib.domain.store_log import LARGEST_BATCH, RESPONDER, TYPES, LogSource, is_exported, store_log
from local.settings import ROOT
from tests.builders import ANNA, NOW, ORG, UNIT, a_patient, a_visit, number, staff

SCHEMA = xmlschema.XMLSchema(ROOT / "tests" / "contracts" / "store_log" / "StoreLogResponder_2.0.xsd")
SOURCE = LogSource("SE2321000115-VARDRUM", ORG, "Region Halland")
PATIENT = a_patient().patient_id
NUMBERS = {PATIENT: number()}


def an_entry(action: str = "visit.view", result: Result = "ok") -> AuditEntry:
    return by_staff(staff(), action, NOW, patient_id=PATIENT, visit_id="v_1", result=result)


def texts(document: bytes, *names: str) -> list[str | None]:
    found: list[Element] = list(fromstring(document).iter())
    return [each.text for name in names for each in found if each.tag == f"{{{TYPES}}}{name}"]


def test_an_entry_tells_who_did_what_with_whose_data_where_and_why() -> None:
    entry = replace(an_entry(), user_title="Läkare", assignment="Läkare på Hudmottagningen")
    document = store_log([entry], NUMBERS, SOURCE)
    SCHEMA.validate(document.decode())
    assert texts(document, "logId", "activityType", "activityLevel", "activityArgs", "purpose", "resourceType") == [
        entry.audit_id,
        "Läsa",
        "visit.view",
        "v_1",
        "Vård och behandling",
        "Vårdbesök",
    ]
    assert texts(document, "userId", "name", "assignment", "title", "root", "extension") == [
        entry.user,
        "Eva Ek",
        "Läkare på Hudmottagningen",
        "Läkare",
        "1.2.752.129.2.1.3.1",
        ANNA,
    ]
    assert texts(document, "careProviderId", "careUnitId") == [ORG, ORG, UNIT, UNIT]
    assert texts(document, "startDate") == ["2026-11-23T09:00:00.000+01:00"]


@pytest.mark.parametrize("action", sorted(ACTIONS))
def test_every_action_has_a_form(action: str) -> None:
    SCHEMA.validate(store_log([an_entry(action)], NUMBERS, SOURCE).decode())


def test_five_hundred_entries_are_one_call_and_each_is_known_by_its_own_id() -> None:
    entries = [an_entry() for _ in range(LARGEST_BATCH)]
    document = store_log(entries, NUMBERS, SOURCE)
    SCHEMA.validate(document.decode())
    assert len(set(texts(document, "logId"))) == LARGEST_BATCH
    assert fromstring(document).tag == f"{{{RESPONDER}}}StoreLog"


@pytest.mark.parametrize("count", [0, LARGEST_BATCH + 1])
def test_no_other_number_of_entries_is_a_call(count: int) -> None:
    with pytest.raises(ValueError, match="1-500"):
        store_log([an_entry()] * count, NUMBERS, SOURCE)


def test_an_entry_of_a_person_who_is_no_patient_here_goes_without_their_number() -> None:
    document = store_log([an_entry("patient.register")], {}, SOURCE)
    SCHEMA.validate(document.decode())
    assert texts(document, "patientId") == []


@given(name=st.text(min_size=1, max_size=400), unit=st.text(max_size=400), at=st.datetimes(timezones=st.just(UTC)))
def test_no_name_makes_it_something_else(name: str, unit: str, at: datetime) -> None:
    """Names come from directories and registers: markup in them is text, and what XML cannot write is left out."""
    at = max(at, datetime(1970, 1, 2, tzinfo=UTC))
    entry = replace(an_entry(), audit_id=new_audit_id(), user_name=f"E{name}", unit_name=f"U{unit}", at=at)
    document = store_log([entry], NUMBERS, SOURCE)
    SCHEMA.validate(document.decode())
    assert len(texts(document, "logId", "userId")) == 2


def test_only_what_staff_did_with_a_patients_data_is_handed_over() -> None:
    visit = a_visit()
    assert is_exported(an_entry())
    assert not is_exported(an_entry(result="denied"))
    assert not is_exported(by_visitor(visit, "p_patient", "visitor.view", NOW))
    assert not is_exported(by_staff(staff(), "session.start", NOW))


def test_what_another_system_did_stays_in_the_own_log() -> None:
    """Loggtjänst knows its users by HSA-id (V5, S6)."""
    assert not is_exported(replace(an_entry(), user="system:vas"))
