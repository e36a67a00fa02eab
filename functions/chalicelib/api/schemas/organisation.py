"""The organisation and its staff (B2, O1 in part)."""

from msgspec import Struct

from chalicelib.concealed import Concealed
from chalicelib.domain.staff import StaffRole


class Colleague(Concealed, Struct, frozen=True):
    """Someone who can be added as Sjukvårdspersonal."""

    hsa_id: str
    name: str
    title: str
    unit_name: str


class UnitView(Concealed, Struct, frozen=True):
    unit_id: str
    name: str


class MemberView(Concealed, Struct, frozen=True):
    """Someone of the staff, with their roles in the organisation."""

    hsa_id: str
    name: str
    title: str
    unit_name: str
    roles: tuple[StaffRole, ...]


class OrganisationView(Concealed, Struct, frozen=True):
    name: str
    units: list[UnitView]
    staff: list[MemberView]
