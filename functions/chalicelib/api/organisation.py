"""The organisation and its staff (B2, O1 in part)."""

from chalicelib.api.endpoint import endpoint
from chalicelib.api.schemas import organisation as schemas
from chalicelib.domain.staff import Staff
from chalicelib.services.ports import Ports
from chalicelib.services.show_organisation import show_organisation


@endpoint(
    "GET", "/colleagues", audience="staff", action="book", summary="Who can be added as Sjukvårdspersonal", spec="B2"
)
def colleagues(ports: Ports, staff: Staff) -> list[schemas.Colleague]:
    return [
        schemas.Colleague(hsa_id=member.hsa_id, name=member.name, title=member.title, unit_name=member.unit_name)
        for member in ports.store.colleagues(staff.org_id)
        if member.hsa_id != staff.hsa_id and member.is_clinician
    ]


@endpoint(
    "GET",
    "/organisation",
    audience="staff",
    action="view_organisation",
    summary="The units and the staff with their roles",
    spec="L1",
)
def organisation(ports: Ports, staff: Staff) -> schemas.OrganisationView:
    found, units, members = show_organisation(ports, staff)
    return schemas.OrganisationView(
        name=found.name,
        units=[schemas.UnitView(unit_id=unit.unit_id, name=unit.name) for unit in units],
        staff=[
            schemas.MemberView(
                hsa_id=member.hsa_id,
                name=member.name,
                title=member.title,
                unit_name=member.unit_name,
                roles=member.roles,
            )
            for member in members
        ],
    )
