"""The organisation of a visit: there, or NotFound."""

from chalicelib.domain.organisation import Organisation
from chalicelib.domain.visit import Visit
from chalicelib.errors import NotFound
from chalicelib.services.ports import Ports


def organisation_of(ports: Ports, visit: Visit) -> Organisation:
    """Raises NotFound."""
    organisation = ports.store.organisation(visit.org_id)
    if organisation is None:
        raise NotFound("the visit's organisation is not there")
    return organisation
