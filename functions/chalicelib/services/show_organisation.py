"""The organisation as those see it who run the service: no patient is in it."""

from chalicelib.domain.organisation import Organisation, StaffMember, Unit
from chalicelib.domain.staff import Staff
from chalicelib.errors import NotFound
from chalicelib.services.ports import Ports


def show_organisation(ports: Ports, staff: Staff) -> tuple[Organisation, list[Unit], list[StaffMember]]:
    """With units and staff by name. Raises NotFound."""
    organisation, units, members = ports.store.directory(staff.org_id)
    if organisation is None:
        raise NotFound("no such organisation")
    by_name = sorted(members, key=lambda member: (member.family_name, member.given_name))
    return organisation, sorted(units, key=lambda unit: unit.name), by_name
