"""The tables as pynamodb sees them. Keys, locks, indexes and expiry are attributes; the rest is `document`.

See docs/data-model.md.
"""

from pynamodb.attributes import BinaryAttribute, BooleanAttribute, NumberAttribute, UnicodeAttribute
from pynamodb.indexes import AllProjection, GlobalSecondaryIndex, IncludeProjection, KeysOnlyProjection

from chalicelib.settings import table_name
from chalicelib.storage.connection import Table


class AgendaIndex(GlobalSecondaryIndex["VisitsTable"]):
    class Meta:
        index_name = "agenda"
        projection = AllProjection()

    agenda_pk = UnicodeAttribute(hash_key=True)
    agenda_sk = UnicodeAttribute(range_key=True)


class VisitsTable(Table):
    class Meta:
        table_name = table_name("visits")

    pk = UnicodeAttribute(hash_key=True)
    sk = UnicodeAttribute(range_key=True)
    document = UnicodeAttribute()
    version = NumberAttribute(null=True)
    status = UnicodeAttribute(null=True)
    agenda_pk = UnicodeAttribute(null=True)
    agenda_sk = UnicodeAttribute(null=True)
    agenda = AgendaIndex()


class PatientsTable(Table):
    class Meta:
        table_name = table_name("patients")

    pk = UnicodeAttribute(hash_key=True)
    document = UnicodeAttribute()
    version = NumberAttribute()


class LinksTable(Table):
    class Meta:
        table_name = table_name("links")

    pk = UnicodeAttribute(hash_key=True)
    document = UnicodeAttribute()
    expires_at = NumberAttribute()


class ByPersonIndex(GlobalSecondaryIndex["SessionsTable"]):
    class Meta:
        index_name = "by_person"
        projection = AllProjection()

    person = UnicodeAttribute(hash_key=True)
    document = UnicodeAttribute()


class SessionsTable(Table):
    """`person` stands in the sessions of staff alone: the index holds just those."""

    class Meta:
        table_name = table_name("sessions")

    pk = UnicodeAttribute(hash_key=True)
    document = UnicodeAttribute()
    expires_at = NumberAttribute()
    version = NumberAttribute(null=True)
    person = UnicodeAttribute(null=True)
    by_person = ByPersonIndex()


class DueIndex(GlobalSecondaryIndex["OutboxTable"]):
    class Meta:
        index_name = "due"
        projection = KeysOnlyProjection()

    due_pk = UnicodeAttribute(hash_key=True)
    due_at = NumberAttribute(range_key=True)
    pk = UnicodeAttribute()


class OutboxTable(Table):
    """`due_pk` is there only while the message is not yet sent: the index holds just those."""

    class Meta:
        table_name = table_name("outbox")

    pk = UnicodeAttribute(hash_key=True)
    document = UnicodeAttribute()
    version = NumberAttribute()
    due_pk = UnicodeAttribute(null=True)
    due_at = NumberAttribute(null=True)
    expires_at = NumberAttribute()
    due = DueIndex()


class ByConnectionIndex(GlobalSecondaryIndex["ConnectionsTable"]):
    class Meta:
        index_name = "by_connection"
        projection = AllProjection()

    sk = UnicodeAttribute(hash_key=True)
    pk = UnicodeAttribute()
    document = UnicodeAttribute()


class ConnectionsTable(Table):
    class Meta:
        table_name = table_name("connections")

    pk = UnicodeAttribute(hash_key=True)
    sk = UnicodeAttribute(range_key=True)
    document = UnicodeAttribute()
    expires_at = NumberAttribute()
    by_connection = ByConnectionIndex()


class ByDayIndex(GlobalSecondaryIndex["AuditTable"]):
    class Meta:
        index_name = "by_day"
        projection = AllProjection()

    day_pk = UnicodeAttribute(hash_key=True)
    sk = UnicodeAttribute(range_key=True)
    document = UnicodeAttribute()


class AuditTable(Table):
    """Written once: the functions' roles have no right to update or delete here."""

    class Meta:
        table_name = table_name("audit")

    pk = UnicodeAttribute(hash_key=True)
    sk = UnicodeAttribute(range_key=True)
    document = UnicodeAttribute()
    day_pk = UnicodeAttribute()
    expires_at = NumberAttribute()
    by_day = ByDayIndex()


class QualityTable(Table):
    class Meta:
        table_name = table_name("quality")

    pk = UnicodeAttribute(hash_key=True)
    sk = UnicodeAttribute(range_key=True)
    document = UnicodeAttribute()


class OrganisationsTable(Table):
    class Meta:
        table_name = table_name("organisations")

    pk = UnicodeAttribute(hash_key=True)
    sk = UnicodeAttribute(range_key=True)
    document = UnicodeAttribute()
    version = NumberAttribute(null=True)


class PendingIndex(GlobalSecondaryIndex["IntegrationTable"]):
    class Meta:
        index_name = "pending"
        projection = AllProjection()

    pending_pk = UnicodeAttribute(hash_key=True)
    pending_sk = UnicodeAttribute(range_key=True)
    document = UnicodeAttribute()


class ByExternalIndex(GlobalSecondaryIndex["IntegrationTable"]):
    class Meta:
        index_name = "by_external"
        projection = IncludeProjection(["document"])

    external_pk = UnicodeAttribute(hash_key=True)
    sk = UnicodeAttribute(range_key=True)
    document = UnicodeAttribute()


class ByOutcomeIndex(GlobalSecondaryIndex["IntegrationTable"]):
    class Meta:
        index_name = "by_outcome"
        projection = IncludeProjection(["document"])

    outcome_pk = UnicodeAttribute(hash_key=True)
    sk = UnicodeAttribute(range_key=True)
    document = UnicodeAttribute()


class IntegrationTable(Table):
    """Bookings of other systems, what waits for whom, and every message. `pending_*` are there only while a booking is
    pending; `body`, `external_pk` and `outcome_pk` are a message's alone."""

    class Meta:
        table_name = table_name("integration")

    pk = UnicodeAttribute(hash_key=True)
    sk = UnicodeAttribute(range_key=True)
    document = UnicodeAttribute()
    version = NumberAttribute(null=True)
    pending_pk = UnicodeAttribute(null=True)
    pending_sk = UnicodeAttribute(null=True)
    external_pk = UnicodeAttribute(null=True)
    outcome_pk = UnicodeAttribute(null=True)
    body = BinaryAttribute(null=True, legacy_encoding=False)
    expires_at = NumberAttribute()
    pending = PendingIndex()
    by_external = ByExternalIndex()
    by_outcome = ByOutcomeIndex()


class LimitsTable(Table):
    class Meta:
        table_name = table_name("limits")

    pk = UnicodeAttribute(hash_key=True)
    hits = NumberAttribute(default=0)
    expires_at = NumberAttribute()


class FleetTable(Table):
    """Shared with the media nodes, so native attributes, as docs/protocol.md §4 pins them."""

    class Meta:
        table_name = table_name("fleet")

    pk = UnicodeAttribute(hash_key=True)
    sk = UnicodeAttribute(range_key=True)
    node_id = UnicodeAttribute(null=True)
    epoch = NumberAttribute(null=True)
    pinned_at = NumberAttribute(null=True)
    internal_url = UnicodeAttribute(null=True)
    heartbeat_at = NumberAttribute(null=True)
    participants = NumberAttribute(null=True)
    calls = NumberAttribute(null=True)
    capacity = NumberAttribute(null=True)
    draining = BooleanAttribute(null=True)
    expires_at = NumberAttribute()
