"""The demo organisation is imported as a customer's would be (O1 in part)."""

from chalicelib.import_organisation import main
from chalicelib.storage.store import DynamoStore
from local.settings import ROOT, Settings

DEMO = ROOT / "local" / "demo" / "clinicians.json"
ORG = "SE2321000115"


def test_the_demo_organisation_has_its_staff_also_when_imported_again(aws: Settings) -> None:
    main(str(DEMO))
    main(str(DEMO))
    store = DynamoStore()
    organisation = store.organisation(ORG)
    assert organisation is not None
    assert (organisation.name, organisation.sms_sender) == ("Region Halland", "RegHalland")
    assert {"SE2321000115-E001", "SE2321000115-E004"} <= {member.hsa_id for member in store.colleagues(ORG)}
