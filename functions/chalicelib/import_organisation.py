"""Operators' command: write an organisation, its units and its staff from a JSON file.

    python -m chalicelib.import_organisation organisation.json

Importing again brings the stored rows in line with the file; nobody who is not in it is removed. The local stack imports
its demo organisation this way, a new customer's is imported the same.
"""

import sys
from pathlib import Path

import msgspec
from msgspec import Struct

from chalicelib.concealed import Concealed
from chalicelib.domain.changes import Put, Rewritable
from chalicelib.domain.organisation import Organisation, StaffMember, Unit
from chalicelib.domain.staff import StaffRole
from chalicelib.storage.store import DynamoStore

_PER_TRANSACTION = 90


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
    at most 11 ASCII characters (B10)."""

    care_provider: _Named
    sms_sender: str
    units: list[_Named]
    clinicians: list[_Clinician]


def records(content: bytes) -> list[Rewritable]:
    """The rows of a file. Raises msgspec.ValidationError, and KeyError for a clinician's unknown unit."""
    file = msgspec.json.decode(content, type=OrganisationFile)
    org_id = file.care_provider.hsa_id
    names = {unit.hsa_id: unit.name for unit in file.units}
    organisation = Organisation(
        org_id=org_id, name=file.care_provider.name, care_provider_hsa_id=org_id, sms_sender=file.sms_sender
    )
    units = [Unit(org_id=org_id, unit_id=unit.hsa_id, name=unit.name) for unit in file.units]
    return [organisation, *units, *(_member(org_id, person, names) for person in file.clinicians)]


def main(path: str) -> None:
    rows = records(Path(path).read_bytes())
    store = DynamoStore()
    for start in range(0, len(rows), _PER_TRANSACTION):
        store.commit([Put(row) for row in rows[start : start + _PER_TRANSACTION]])


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
