"""Entries of the access log as Loggtjänst takes them: the request of StoreLog 2.0.

RIV-TA informationsecurity:auditing:log, TKB 2.0.8 (2024-10-24), sections 6 and 7.1: at most 500 entries a call, each with
a unique `logId`; a patient is an OID (`root`) and the number (`extension`). OIDs: Inera, "Identifierare på Inera" and
"Lokala reservidn".
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from chalicelib.concealed import Concealed
from chalicelib.domain.audit import AuditEntry
from chalicelib.domain.audit_kinds import kind_of
from chalicelib.domain.identity_number import IdentityNumber, Kind
from chalicelib.domain.local_time import local

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

RESPONDER = "urn:riv:informationsecurity:auditing:log:StoreLogResponder:2"
TYPES = "urn:riv:informationsecurity:auditing:log:2"
LARGEST_BATCH = 500
CARE, ADMINISTRATION = "Vård och behandling", "Administration"
ROOTS: dict[Kind, str] = {
    "personnummer": "1.2.752.129.2.1.3.1",
    "samordningsnummer": "1.2.752.129.2.1.3.3",
    "reservnummer": "1.2.752.129.2.1.3.2",
    "national_reservnummer": "1.2.752.74.9.1",
}
# What XML 1.0 has no way to write (section 2.2).
_UNWRITABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NAME_LENGTH = 256


@dataclass(frozen=True, slots=True, repr=False)
class LogSource(Concealed):
    """Who hands the entries over: the system, and the care provider that they belong to."""

    system_hsa_id: str
    care_provider_hsa_id: str
    care_provider_name: str


def is_exported(entry: AuditEntry) -> bool:
    """What staff did with a patient's data, and only what was done. Loggtjänst knows its users by HSA-id, and its form has
    no place for an attempt that was refused, nor for another system; logins, lists and looks into the log itself concern no
    one patient."""
    is_staffs = not entry.is_visitors and not entry.is_systems
    return bool(entry.patient_id) and entry.result == "ok" and is_staffs


def store_log(entries: Sequence[AuditEntry], numbers: Mapping[str, IdentityNumber], source: LogSource) -> bytes:
    """The request as XML. `numbers` by patient id; an entry whose patient has none there goes without.

    Raises ValueError for none, or more than 500.
    """
    from xml.etree.ElementTree import Element, tostring  # noqa: PLC0415  cold start

    if not 0 < len(entries) <= LARGEST_BATCH:
        raise ValueError("a call of StoreLog carries 1-500 entries")
    request = Element(f"{{{RESPONDER}}}StoreLog")
    for entry in entries:
        _add_log(request, entry, numbers.get(entry.patient_id), source)
    return bytes(tostring(request, encoding="utf-8", xml_declaration=True))


def _add_log(request: "Element", entry: AuditEntry, number: IdentityNumber | None, source: LogSource) -> None:
    kind = kind_of(entry.action)
    log = _child(request, "log", namespace=RESPONDER)
    _child(log, "logId", entry.audit_id)
    system = _child(log, "system")
    _child(system, "systemId", source.system_hsa_id)
    _child(system, "systemName", "Vårdrum")
    activity = _child(log, "activity")
    _child(activity, "activityType", kind.activity)
    _child(activity, "activityLevel", entry.action)
    if entry.visit_id:
        _child(activity, "activityArgs", entry.visit_id)
    _child(activity, "startDate", local(entry.at).isoformat(timespec="milliseconds"))
    _child(activity, "purpose", ADMINISTRATION if entry.action.startswith("audit.") else CARE)
    _add_user(log, entry, source)
    resource = _child(_child(log, "resources"), "resource")
    _child(resource, "resourceType", kind.resource)
    if number is not None:
        patient = _child(_child(resource, "patient"), "patientId")
        _child(patient, "root", ROOTS[number.kind])
        _child(patient, "extension", number.digits)
    _add_care(resource, entry, source)


def _add_user(log: "Element", entry: AuditEntry, source: LogSource) -> None:
    user = _child(log, "user")
    _child(user, "userId", entry.user)
    for name, value in (("name", entry.user_name), ("assignment", entry.assignment), ("title", entry.user_title)):
        if value:
            _child(user, name, value)
    _add_care(user, entry, source)


def _add_care(parent: "Element", entry: AuditEntry, source: LogSource) -> None:
    provider = _child(parent, "careProvider")
    _child(provider, "careProviderId", source.care_provider_hsa_id)
    _child(provider, "careProviderName", source.care_provider_name)
    unit = _child(parent, "careUnit")
    _child(unit, "careUnitId", entry.unit_id)
    if entry.unit_name:
        _child(unit, "careUnitName", entry.unit_name)


def _child(parent: "Element", name: str, text: str = "", namespace: str = TYPES) -> "Element":
    from xml.etree.ElementTree import SubElement  # noqa: PLC0415  cold start

    child = SubElement(parent, f"{{{namespace}}}{name}")
    if text:
        child.text = _UNWRITABLE.sub("", text)[:_NAME_LENGTH]
    return child
