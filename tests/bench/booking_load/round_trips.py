"""How often a booking asks the database, for each form of visit."""

from datetime import timedelta

from msgspec.structs import replace

from chalicelib.domain.changes import Put
from tests.bench.booking_load.clinician import clinician, stored_ports
from tests.database_calls import recorded
from tests.every_form import bodies, clinicians, patients

SESSION = 1


def of_each_form() -> dict[str, int]:
    """Requests to DynamoDB, by form; the session's own is not among them."""
    ports = stored_ports("SEBOOKS")
    org_id = ports.settings.org_id
    with clinician(ports) as browser:
        ports.store.commit([Put(replace(each, org_id=org_id)) for each in clinicians()])
        ports.store.commit([Put(replace(each, org_id=org_id)) for each in patients()])
        trips = {}
        for form, body in bodies(ports.clock.now() + timedelta(days=1)).items():
            with recorded() as calls:
                reply = browser.post("/visits", body)
            assert reply.status == 201, reply.text
            trips[form] = len(calls) - SESSION
    return trips
