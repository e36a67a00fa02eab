"""The demo organisation is imported as a customer's would be (O1 in part), and rights follow the file (L1)."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from chalicelib.bootstrap import ports
from chalicelib.domain.changes import Put
from chalicelib.domain.device import Device
from chalicelib.domain.organisation import Organisation, StaffMember
from chalicelib.domain.session import Arrival
from chalicelib.import_organisation import main, records
from chalicelib.services.begin_session import new_staff_session
from chalicelib.storage.store import SESSION_LIMIT, DynamoStore
from local.settings import ROOT, Settings
from tests.builders import a_commission

DEMO = ROOT / "local" / "demo" / "clinicians.json"
ORG, UNIT = "SE2321000115", "SE2321000115-HUD"
Clinicians = list[dict[str, Any]]


def test_the_demo_organisation_has_its_staff_also_when_imported_again(aws: Settings) -> None:
    main(str(DEMO))
    main(str(DEMO))
    store = DynamoStore()
    organisation = store.organisation(ORG)
    assert organisation is not None
    assert (organisation.name, organisation.sms_sender) == ("Region Halland", "RegHalland")
    assert {"SE2321000115-E001", "SE2321000115-E004"} <= {member.hsa_id for member in store.colleagues(ORG)}


def test_roles_are_those_of_the_file_and_a_clinicians_when_it_names_none(aws: Settings) -> None:
    """L1."""
    main(str(DEMO))
    roles = {member.hsa_id[-4:]: member.roles for member in DynamoStore().colleagues(ORG)}
    assert (roles["E001"], roles["E005"]) == (("clinician",), ("clinician", "admin"))
    assert (roles["E006"], roles["E007"]) == (("admin",), ("support",))


def _without(hsa_id: str) -> Callable[[Clinicians], Clinicians]:
    return lambda people: [person for person in people if person["hsa_id"] != hsa_id]


def _with(hsa_id: str, **changes: object) -> Callable[[Clinicians], Clinicians]:
    return lambda people: [person | (changes if person["hsa_id"] == hsa_id else {}) for person in people]


@pytest.mark.parametrize(
    ("change", "ends"),
    [
        (_without("SE2321000115-E001"), True),
        (_with("SE2321000115-E001", roles=["support"]), True),
        (_with("SE2321000115-E001", unit="SE2321000115-BUM"), True),
        (_with("SE2321000115-E001", title="Överläkare"), False),
        (_without("SE2321000115-E002"), False),
    ],
    ids=["gone", "other roles", "other unit", "other title", "somebody else gone"],
)
def test_sessions_follow_the_rights_in_the_file(
    aws: Settings, tmp_path: Path, change: Callable[[Clinicians], Clinicians], ends: bool
) -> None:
    """L1: the next request of someone whose rights have changed is one of nobody."""
    main(str(DEMO))
    session_hash = log_in("SE2321000115-E001")
    content = json.loads(DEMO.read_bytes())
    changed = tmp_path / "organisation.json"
    changed.write_text(json.dumps(content | {"clinicians": change(content["clinicians"])}))
    main(str(changed))
    assert (DynamoStore().session(session_hash, datetime.now(UTC)) is None) == ends


def test_who_is_not_in_the_file_any_more_is_no_staff(aws: Settings, tmp_path: Path) -> None:
    """L1."""
    main(str(DEMO))
    content = json.loads(DEMO.read_bytes())
    smaller = tmp_path / "organisation.json"
    smaller.write_text(json.dumps(content | {"clinicians": content["clinicians"][:1]}))
    main(str(smaller))
    assert [member.hsa_id for member in DynamoStore().colleagues(ORG)] == ["SE2321000115-E001"]


def test_a_file_of_more_people_than_one_read_brings_is_refused() -> None:
    content = json.loads(DEMO.read_bytes())
    with pytest.raises(ValueError, match="fewer than"):
        records(json.dumps(content | {"clinicians": content["clinicians"][:1] * 1000}).encode())


def test_who_has_logged_in_more_often_than_one_read_brings_keeps_no_session(aws: Settings, tmp_path: Path) -> None:
    """L1."""
    main(str(DEMO))
    hashes = [log_in("SE2321000115-E001") for _ in range(SESSION_LIMIT + 5)]
    content = json.loads(DEMO.read_bytes())
    changed = tmp_path / "organisation.json"
    changed.write_text(json.dumps(content | {"clinicians": _without("SE2321000115-E001")(content["clinicians"])}))
    main(str(changed))
    assert [each for each in hashes if DynamoStore().session(each, datetime.now(UTC)) is not None] == []


def log_in(hsa_id: str) -> str:
    """A session of theirs, by its hash."""
    store = DynamoStore()
    organisation, member = store.organisation(ORG), store.staff_member(ORG, hsa_id)
    assert isinstance(organisation, Organisation)
    assert isinstance(member, StaffMember)
    commission = a_commission(UNIT, unit_name=member.unit_name)
    arrival = Arrival(
        member=member, organisation=organisation, commissions=(commission,), device=Device(), return_to="/"
    )
    _, session = new_staff_session(ports(), arrival, commission)
    store.commit([Put(session)])
    assert session.expires_at > datetime.now(UTC) + timedelta(minutes=59)
    return session.session_hash
