"""What each action of the access log is to others: Loggtjänst's kind of activity and kind of information.

StoreLog 2.0 (RIV-TA informationsecurity:auditing:log, TKB 2.0.8): `activityType` is one of Läsa, Skriva, Signera,
Utskrift, Vidimera, Radera and Nödöppning; `resourceType` is free text of at most 50 characters.
"""

from typing import Literal

from msgspec import Struct

Activity = Literal["Läsa", "Skriva", "Utskrift", "Vidimera", "Radera"]

PATIENT, VISIT, NOTE, CHAT, CALL = "Patientuppgifter", "Vårdbesök", "Anteckning", "Meddelanden", "Videosamtal"
REGISTER, LINK, LOG, LOGIN = "Folkbokföringsuppgifter", "Inbjudan", "Åtkomstlogg", "Inloggning"
TEXTS = "Meddelandetexter"
BOOKING, MESSAGE = "Bokning från annat system", "Meddelande från annat system"


class AuditKind(Struct, frozen=True):
    activity: Activity
    resource: str


_KINDS: dict[str, AuditKind] = {
    "session.start": AuditKind("Vidimera", LOGIN),
    "session.switch": AuditKind("Vidimera", LOGIN),
    "session.end": AuditKind("Vidimera", LOGIN),
    "agenda.view": AuditKind("Läsa", VISIT),
    "patient.search": AuditKind("Läsa", PATIENT),
    "patient.register": AuditKind("Läsa", REGISTER),
    "patient.create": AuditKind("Skriva", PATIENT),
    "patient.view": AuditKind("Läsa", PATIENT),
    "patient.reveal_number": AuditKind("Läsa", PATIENT),
    "patient.refresh": AuditKind("Läsa", REGISTER),
    "patient.change_contacts": AuditKind("Skriva", PATIENT),
    "patient.change_guardian_contacts": AuditKind("Skriva", PATIENT),
    "visit.preview": AuditKind("Läsa", PATIENT),
    "visit.book": AuditKind("Skriva", VISIT),
    "visit.book_now": AuditKind("Skriva", VISIT),
    "visit.view": AuditKind("Läsa", VISIT),
    "visit.receive": AuditKind("Skriva", VISIT),
    "visit.start": AuditKind("Skriva", VISIT),
    "visit.end": AuditKind("Skriva", VISIT),
    "visit.no_show": AuditKind("Skriva", VISIT),
    "visit.refresh": AuditKind("Skriva", VISIT),
    "visit.change_relations": AuditKind("Skriva", VISIT),
    "visit.reschedule": AuditKind("Skriva", VISIT),
    "visit.cancel": AuditKind("Skriva", VISIT),
    "participant.preview": AuditKind("Läsa", LINK),
    "participant.add": AuditKind("Skriva", LINK),
    "participant.remove": AuditKind("Skriva", LINK),
    "participant.invite_again": AuditKind("Skriva", LINK),
    "note.read": AuditKind("Läsa", NOTE),
    "note.save": AuditKind("Skriva", NOTE),
    "chat.read": AuditKind("Läsa", CHAT),
    "chat.send": AuditKind("Skriva", CHAT),
    "call.start": AuditKind("Skriva", CALL),
    "call.join": AuditKind("Läsa", CALL),
    "link.copy": AuditKind("Läsa", LINK),
    "link.open": AuditKind("Läsa", LINK),
    "visitor.identify": AuditKind("Vidimera", VISIT),
    "visitor.admitted": AuditKind("Vidimera", VISIT),
    "visitor.view": AuditKind("Läsa", VISIT),
    "visitor.leave": AuditKind("Skriva", VISIT),
    "visitor.late": AuditKind("Skriva", VISIT),
    "visitor.cancel": AuditKind("Skriva", VISIT),
    "visitor.calendar": AuditKind("Läsa", VISIT),
    "visitor.change_language": AuditKind("Skriva", VISIT),
    "visitor.change_display_name": AuditKind("Skriva", VISIT),
    "pending.view": AuditKind("Läsa", BOOKING),
    "pending.reveal_number": AuditKind("Läsa", BOOKING),
    "pending.complete": AuditKind("Skriva", BOOKING),
    "booking.import": AuditKind("Skriva", BOOKING),
    "booking.read": AuditKind("Läsa", BOOKING),
    "patient.read": AuditKind("Läsa", PATIENT),
    "integration.search": AuditKind("Läsa", MESSAGE),
    "integration.read": AuditKind("Läsa", MESSAGE),
    "integration.replay": AuditKind("Skriva", MESSAGE),
    "organisation.change_text": AuditKind("Skriva", TEXTS),
    "audit.search": AuditKind("Läsa", LOG),
    "audit.sample": AuditKind("Läsa", LOG),
    "audit.extract": AuditKind("Utskrift", LOG),
}
ACTIONS = frozenset(_KINDS)


def kind_of(action: str) -> AuditKind:
    """An attempt is named by what was asked for in the access table (`visit.join_call`), which has no row of its own."""
    if action in _KINDS:
        return _KINDS[action]
    return AuditKind("Läsa" if action.endswith(("view", "read", "search")) else "Skriva", VISIT)
