"""Operators' command: write an organisation, its units and its staff from a JSON file.

    python -m chalicelib.import_organisation organisation.json

Importing again brings the stored rows in line with the file: who is not in it is removed; settings that it does not name
stay. The sessions of those who are gone, or whose unit or roles have changed, end at once; that takes the functions'
environment, not only their tables. The local stack imports its demo organisation this way, a new customer's is imported
the same.
"""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TypeVar

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from chalicelib.bootstrap import ports
from chalicelib.concealed import Concealed
from chalicelib.domain.changes import Change, Create, Delete, Put, Replace
from chalicelib.domain.organisation import Organisation, StaffMember, Unit
from chalicelib.domain.staff import StaffRole
from chalicelib.services.staff_sessions import end_sessions_of
from chalicelib.storage.store import DIRECTORY_LIMIT, DynamoStore

_PER_TRANSACTION = 90
_Row = TypeVar("_Row", Unit, StaffMember)


class _Named(Struct, frozen=True, forbid_unknown_fields=True):
    hsa_id: str
    name: str


class _Clinician(Concealed, Struct, frozen=True, forbid_unknown_fields=True):
    hsa_id: str
    given_name: str
    family_name: str
    title: str
    unit: str
    roles: tuple[StaffRole, ...] = ("clinician",)


class OrganisationFile(Concealed, Struct, frozen=True, forbid_unknown_fields=True):
    """`unit` of a clinician is one of `units`, `roles` are those in the organisation (domain/access.py); `sms_sender` has
    at most 11 ASCII characters (B10). `contact_phone` in E.164 is what patients are told to call (B11).
    `booking_integration`: whether it takes bookings of other systems (V1)."""

    care_provider: _Named
    sms_sender: str
    units: list[_Named]
    clinicians: list[_Clinician]
    contact_phone: str = ""
    booking_integration: bool = False


def records(content: bytes) -> tuple[Organisation, list[Unit], list[StaffMember]]:
    """The rows of a file. Raises msgspec.ValidationError, KeyError for a clinician's unknown unit, and ValueError."""
    file = msgspec.json.decode(content, type=OrganisationFile)
    if len(file.units) + len(file.clinicians) >= DIRECTORY_LIMIT:
        raise ValueError(f"an organisation has fewer than {DIRECTORY_LIMIT} units and people")
    org_id = file.care_provider.hsa_id
    names = {unit.hsa_id: unit.name for unit in file.units}
    organisation = Organisation(
        org_id=org_id,
        name=file.care_provider.name,
        care_provider_hsa_id=org_id,
        sms_sender=file.sms_sender,
        contact_phone=file.contact_phone,
        booking_integration=file.booking_integration,
    )
    units = [Unit(org_id=org_id, unit_id=unit.hsa_id, name=unit.name) for unit in file.units]
    return organisation, units, [_member(org_id, person, names) for person in file.clinicians]


def main(path: str) -> None:
    """Write what the file says, take away what it does not, then end the sessions that it leaves no ground for."""
    organisation, units, members = records(Path(path).read_bytes())
    store = DynamoStore()
    old, old_units, old_members = store.directory(organisation.org_id)
    gone_units, gone_members = _missing(old_units, units), _missing(old_members, members)
    kept: list[Change] = [_as_in_file(organisation, old), *map(Put, units), *map(Put, members)]
    changes = [*kept, *map(Delete, gone_units), *map(Delete, gone_members)]
    for start in range(0, len(changes), _PER_TRANSACTION):
        store.commit(changes[start : start + _PER_TRANSACTION])
    for hsa_id in _with_other_rights(old_members, members, a_unit_is_gone=bool(gone_units)):
        end_sessions_of(ports(), organisation.org_id, hsa_id)


def _as_in_file(organisation: Organisation, old: Organisation | None) -> Change:
    """What the file says nothing of, such as texts that administrators have written, stays as it is."""
    if old is None:
        return Create(organisation)
    return Replace(
        replace(
            old,
            version=old.version + 1,
            name=organisation.name,
            care_provider_hsa_id=organisation.care_provider_hsa_id,
            sms_sender=organisation.sms_sender,
            contact_phone=organisation.contact_phone,
            booking_integration=organisation.booking_integration,
        )
    )


def _missing(old: Sequence[_Row], new: Sequence[_Row]) -> list[_Row]:
    kept = {_id_of(row) for row in new}
    return [row for row in old if _id_of(row) not in kept]


def _with_other_rights(
    old: Sequence[StaffMember], new: Sequence[StaffMember], *, a_unit_is_gone: bool
) -> Iterator[str]:
    """Who is gone, or has other roles or another unit. Without a unit the commissions there end, whoever holds them."""
    rights = {member.hsa_id: (member.unit_id, member.roles) for member in new}
    for member in old:
        if a_unit_is_gone or rights.get(member.hsa_id) != (member.unit_id, member.roles):
            yield member.hsa_id


def _id_of(row: Unit | StaffMember) -> str:
    return row.unit_id if isinstance(row, Unit) else row.hsa_id


def _member(org_id: str, person: _Clinician, unit_names: dict[str, str]) -> StaffMember:
    return StaffMember(
        org_id=org_id,
        hsa_id=person.hsa_id,
        given_name=person.given_name,
        family_name=person.family_name,
        title=person.title,
        unit_id=person.unit,
        unit_name=unit_names[person.unit],
        roles=person.roles,
    )


if __name__ == "__main__":
    main(sys.argv[1])
