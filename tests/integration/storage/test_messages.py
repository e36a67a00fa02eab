"""Rows of messages, receipts and texts on a real DynamoDB: conditions hold as the use cases count on (B3, B10)."""

from uuid import uuid4

import pytest
from msgspec.structs import replace

from chalicelib.domain.changes import Count, Create, Put, Replace
from chalicelib.domain.receipt import ReceiptPointer
from chalicelib.domain.visit_messages import invitations
from chalicelib.errors import Conflict, TooManyAttempts
from chalicelib.storage.store import DynamoStore
from chalicelib.storage.tables import OrganisationsTable
from local.settings import Settings
from tests.builders import NOW, a_visit, an_organisation

store = DynamoStore()


def test_a_count_of_several_stops_at_its_limit_and_takes_nothing_of_the_transaction(aws: Settings) -> None:
    """B10: the segments of an SMS against the day's cap."""
    name = f"sms#{uuid4().hex}"
    (message,) = invitations(replace(a_visit(), visit_id=uuid4().hex), NOW, an_organisation())
    store.commit([Count(name, 5, 86_400, 2)])
    store.commit([Count(name, 5, 86_400, 2)])
    with pytest.raises(TooManyAttempts):
        store.commit([Create(message), Count(name, 5, 86_400, 2)])
    assert store.message(message.message_id) is None
    store.commit([Create(message), Count(name, 5, 86_400, 1)])


@pytest.mark.parametrize(("limit", "amount"), [(0, 1), (1, 2)])
def test_a_first_count_may_be_too_much_already(aws: Settings, limit: int, amount: int) -> None:
    with pytest.raises(TooManyAttempts):
        store.commit([Count(f"sms#{uuid4().hex}", limit, 86_400, amount)])


def test_a_receipt_finds_its_message(aws: Settings) -> None:
    pointer = ReceiptPointer(uuid4().hex, "m_1", NOW)
    assert store.receipt_pointer(pointer.provider_id) is None
    store.commit([Put(pointer)])
    store.commit([Put(pointer)])
    assert store.receipt_pointer(pointer.provider_id) == pointer


def test_of_two_who_change_an_organisation_at_once_the_second_is_told(aws: Settings) -> None:
    first = replace(an_organisation(), org_id=f"SE{uuid4().hex}")
    store.commit([Create(first)])
    second = replace(first, version=2, texts={"moved.guest.sms.sv": "Ny tid: {länk}"})
    store.commit([Replace(second)])
    with pytest.raises(Conflict):
        store.commit([Replace(replace(first, version=2, name="Annan"))])
    store.commit([Replace(replace(second, version=3, name="Region Skåne"))])
    stored = store.organisation(first.org_id)
    assert stored is not None
    assert (stored.name, stored.texts) == ("Region Skåne", second.texts)


def test_an_organisation_from_before_it_had_versions_can_be_changed_once(aws: Settings) -> None:
    first = replace(an_organisation(), org_id=f"SE{uuid4().hex}")
    store.commit([Create(first)])
    row = OrganisationsTable.get(first.org_id, "org")
    row.update(actions=[OrganisationsTable.version.remove()])
    store.commit([Replace(replace(first, version=2, name="Ny"))])
    with pytest.raises(Conflict):
        store.commit([Replace(replace(first, version=2, name="Annan"))])
    with pytest.raises(Conflict):
        store.commit([Replace(replace(first, org_id=f"SE{uuid4().hex}", version=2))])
