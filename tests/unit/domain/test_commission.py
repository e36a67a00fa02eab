"""Which commissions open this service, and what they make of someone (L1)."""

import pytest

from chalicelib.domain.commission import ADMINISTRATION, CARE, Commission, usable
from chalicelib.domain.staff import StaffRole
from tests.builders import a_commission, a_unit, an_organisation

BUM = "SE2321000115-BUM"
QUALITY = "Kvalitetssäkring"


def _usable(*commissions: Commission, roles: tuple[StaffRole, ...] = ("clinician",)) -> list[tuple[str, str]]:
    units = [a_unit(), a_unit(BUM, "Barnmottagningen")]
    return [(each.unit_name, each.purpose) for each in usable(commissions, an_organisation(), units, roles)]


def test_a_clinician_has_those_for_care_on_units_of_the_organisation_by_the_names_it_gives_them() -> None:
    found = _usable(a_commission(), a_commission(BUM), a_commission("SE2321000115-XXX"), a_commission(purpose=QUALITY))
    assert found == [("Barnmottagningen", CARE), ("Hudmottagningen Halmstad", CARE)]


def test_one_for_another_care_provider_opens_nothing() -> None:
    assert _usable(a_commission(care_provider_id="SE5560000000-1")) == []


def test_the_same_one_twice_is_one() -> None:
    assert len(_usable(a_commission(), a_commission())) == 1


@pytest.mark.parametrize(
    ("roles", "opens"),
    [(("clinician",), False), (("admin",), True), (("support",), True), (("clinician", "admin"), True)],
)
def test_one_for_administration_is_for_those_who_run_the_service(roles: tuple[StaffRole, ...], opens: bool) -> None:
    assert bool(_usable(a_commission(purpose=ADMINISTRATION), roles=roles)) == opens
