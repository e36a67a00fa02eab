"""Eva Ek, logged in: through the gateway as in tests, and at the start page as a Lambda has it, with no gateway around."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import cast
from unittest.mock import patch

from msgspec.structs import replace

from chalicelib import bootstrap
from chalicelib.api.request import Request
from chalicelib.api.rest import handle
from chalicelib.api.visits import agenda
from chalicelib.domain.changes import Put
from chalicelib.storage.rate_limits import DynamoRateLimits
from chalicelib.storage.store import DynamoStore
from tests.browser import Browser
from tests.builders import EK, a_commission, a_patient, a_staff_member, a_unit, an_organisation
from tests.fake_ports import FakePorts, settings
from tests.fakes import FakeClock, FakeRateLimits, FakeStore
from tests.unit.api.conftest import identity, logged_in

ENVIRONMENT = {"POWERTOOLS_METRICS_DISABLED": "true", "AWS_REGION": "eu-north-1"}


def stored_ports(org_id: str) -> FakePorts:
    """Real storage, the time as it is now, and fakes for all else."""
    return FakePorts(
        settings=replace(settings(), org_id=org_id),
        store=cast(FakeStore, DynamoStore()),
        rate_limits=cast(FakeRateLimits, DynamoRateLimits()),
        clock=FakeClock(datetime.now(UTC)),
    )


@contextmanager
def clinician(ports: FakePorts) -> Iterator[Browser]:
    """In the organisation of the settings, where there is a patient beside her."""
    org_id = ports.settings.org_id
    organisation = replace(an_organisation(), org_id=org_id, care_provider_hsa_id=org_id)
    unit, eva, anna = a_unit(), a_staff_member(), a_patient()
    ports.store.commit([Put(organisation), Put(replace(unit, org_id=org_id))])
    ports.store.commit([Put(replace(eva, org_id=org_id)), Put(replace(anna, org_id=org_id))])
    ports.identity_provider.identities["ek"] = identity(EK, a_commission(care_provider_id=org_id))
    with patch.object(bootstrap, "ports", lambda: ports), patch.dict(os.environ, ENVIRONMENT):
        yield logged_in(Browser(ports))


def visits_on_the_start_page(browser: Browser) -> int:
    """How many her start page of today shows: the handler alone, from the request to the bytes of the answer."""
    request = Request({}, {}, {}, browser.cookies, "192.0.2.7", "bench", b"")
    response = handle(agenda, request, browser.ports)
    body = response.to_dict()["body"]
    assert response.status_code == 200, body
    return int(body.count('"visit_id"'))
