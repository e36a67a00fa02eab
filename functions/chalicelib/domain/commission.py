"""Commissions (medarbetaruppdrag, HSA): what someone is to do on which care unit, and which of them open this service (L1).

Patient data is for those with a commission for care (patientdatalagen 4 kap. 1 §, HSLF-FS 2016:40 4 kap.). Those who run
the service may do so on a commission for administration.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from dataclasses import replace as with_fields
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from chalicelib.concealed import Concealed
from chalicelib.domain.organisation import Organisation, Unit
from chalicelib.domain.staff import Staff, StaffRole

CARE: Final = "Vård och behandling"
ADMINISTRATION: Final = "Administration"
MOST_COMMISSIONS: Final = 50


class Commission(Concealed, Struct, frozen=True, kw_only=True):
    """`purpose` in HSA's words. All ids are HSA-ids."""

    commission_id: str
    name: str
    purpose: str
    unit_id: str
    unit_name: str
    care_provider_id: str


@dataclass(frozen=True, slots=True, repr=False)
class StaffIdentity(Concealed):
    """The claims of a checked ID token (SITHS / Inera IdP), with at most MOST_COMMISSIONS commissions."""

    hsa_id: str
    given_name: str
    family_name: str
    commissions: tuple[Commission, ...]


def usable(
    commissions: Iterable[Commission], organisation: Organisation, units: Sequence[Unit], roles: Sequence[StaffRole]
) -> tuple[Commission, ...]:
    """Those on a unit of this organisation that leave the person a role; units are named as the organisation does."""
    names = {unit.unit_id: unit.name for unit in units}
    known = {
        each.commission_id: replace(each, unit_name=names[each.unit_id])
        for each in commissions
        if each.care_provider_id == organisation.care_provider_hsa_id
        and each.unit_id in names
        and roles_on(each.purpose, roles)
    }
    return tuple(sorted(known.values(), key=lambda each: (each.unit_name, each.name)))


def at_work_on(commission: Commission, person: Staff, roles: Sequence[StaffRole]) -> Staff:
    """The same person on that commission: all that the access log and the visits say of it. `roles` are the member's."""
    return with_fields(
        person,
        unit_id=commission.unit_id,
        unit_name=commission.unit_name,
        assignment=commission.name,
        roles=roles_on(commission.purpose, roles),
    )


def roles_on(purpose: str, roles: Sequence[StaffRole]) -> tuple[StaffRole, ...]:
    """What someone with these roles is while working on a commission of that purpose: a clinician for care alone."""
    if purpose == CARE:
        return tuple(roles)
    return tuple(role for role in roles if role != "clinician") if purpose == ADMINISTRATION else ()
