"""The access log goes to where nobody can change it, in the form that Loggtjänst takes (S6).

What fails is tried again with the same entries and written under the same key, so that a repetition adds a version of the
same object and no other. Whoever hands the objects on to Loggtjänst knows an entry by its `logId`.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from chalicelib.domain.audit import AuditEntry
from chalicelib.domain.local_time import local_date
from chalicelib.domain.store_log import LARGEST_BATCH, LogSource, is_exported, store_log
from chalicelib.errors import NotFound
from chalicelib.services.ports import Ports


def export_access_log(ports: Ports, entries: Iterable[AuditEntry]) -> int:
    """How many objects were written. Raises Unavailable, and NotFound for an organisation that is not there."""
    groups: dict[tuple[str, date], list[AuditEntry]] = defaultdict(list)
    for entry in entries:
        if is_exported(entry):
            groups[entry.org_id, local_date(entry.at)].append(entry)
    written = 0
    for (org_id, day), group in groups.items():
        for start in range(0, len(group), LARGEST_BATCH):
            _export(ports, org_id, day, group[start : start + LARGEST_BATCH])
            written += 1
    return written


def object_key(org_id: str, day: date, first: AuditEntry) -> str:
    """Tells the organisation and the day, and nobody's name or number."""
    return f"{org_id}/{day.isoformat()}/{first.audit_id}.xml"


def _export(ports: Ports, org_id: str, day: date, entries: Sequence[AuditEntry]) -> None:
    organisation = ports.store.organisation(org_id)
    if organisation is None:
        raise NotFound("the entry's organisation is not there")
    patients = ports.store.patients(org_id, sorted({entry.patient_id for entry in entries}))
    numbers = {patient.patient_id: patient.identity for patient in patients}
    system = ports.settings.system_hsa_id or org_id
    source = LogSource(system, organisation.care_provider_hsa_id, organisation.name)
    document = store_log(entries, numbers, source)
    ports.access_log_archive.store(object_key(org_id, day, entries[0]), document)
