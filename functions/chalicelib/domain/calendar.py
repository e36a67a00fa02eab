"""A visit as an iCalendar object (RFC 5545), as it is sent (RFC 5546) or fetched: one event, in UTC.

Its UID is the same for a person and visit whatever becomes of it, so that a calendar moves or takes away the entry that it
has, and is made of ids alone. SUMMARY tells no more than an SMS does; to a protected identity or a youth nothing of care.
"""

import hashlib
from datetime import UTC, datetime
from typing import Literal
from urllib.parse import quote

from msgspec import Struct

from chalicelib.concealed import Concealed
from chalicelib.domain.message_texts import one_line
from chalicelib.domain.text_keys import Audience, audience_of
from chalicelib.domain.visit import Language, Participant, Visit
from chalicelib.domain.wording import is_neutral

Method = Literal["REQUEST", "CANCEL", "PUBLISH"]

_LONGEST_LINE = 75  # octets, RFC 5545 3.1
_SUMMARY: dict[Language, dict[Audience, str]] = {
    "sv": {
        "patient": "Videobesök",
        "ombud": "Videomöte",
        "guest": "Videomöte",
        "relative": "Videomöte",
        "group": "Gruppbesök på video",
    },
    "en": {
        "patient": "Video visit",
        "ombud": "Video meeting",
        "guest": "Video meeting",
        "relative": "Video meeting",
        "group": "Group video visit",
    },
}
_NEUTRAL: dict[Language, str] = {"sv": "Bokad tid", "en": "Appointment"}
_OPEN: dict[Language, str] = {"sv": "Öppna länken när det är dags", "en": "Open the link when it is time"}


class CalendarPart(Concealed, Struct, frozen=True):
    """The iCalendar object of an e-mail, with the method that stands beside its type (RFC 6047 2.4)."""

    method: Method
    content: bytes


def visit_calendar(
    visit: Visit, participant: Participant, method: Method, link: str, sequence: int, *, organiser: str = ""
) -> bytes:
    """The object, UTF-8 with CRLF. `link`: the person's whole address, left out of a CANCEL; `organiser`: the address that
    sends it, with which the person is its attendee (RFC 5546 3.2.2 wants both; a fetched file has neither).

    `sequence`: the visit's; of a cancellation one more, since it is newer than the last booking (RFC 5546 2.1.4).
    """
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Vardrum//Calendar//SV",
        f"METHOD:{method}",
        "BEGIN:VEVENT",
        f"UID:{calendar_uid(visit.visit_id, participant.participant_id)}",
        f"SEQUENCE:{sequence}",
        f"DTSTAMP:{_utc(_written_at(visit))}",
        f"DTSTART:{_utc(visit.starts_at)}",
        f"DTEND:{_utc(visit.ends_at)}",
        f"SUMMARY:{_text(_summary(visit, participant))}",
        f"STATUS:{'CANCELLED' if method == 'CANCEL' else 'CONFIRMED'}",
        "CLASS:PRIVATE",
        "TRANSP:OPAQUE",
        *_where(participant, link if method != "CANCEL" else ""),
        *_people(participant, organiser),
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return "".join(f"{_folded(line)}\r\n" for line in lines).encode()


def calendar_uid(visit_id: str, participant_id: str) -> str:
    """Of ids alone, and not to be turned back into them."""
    return hashlib.sha256(f"{visit_id}\n{participant_id}\ncalendar".encode()).hexdigest()[:32] + "@vardrum"


def _written_at(visit: Visit) -> datetime:
    """When the visit got its present time, so that the same booking gives the same bytes each time."""
    return visit.rebooked.at if visit.rebooked is not None else visit.created_at


def _summary(visit: Visit, person: Participant) -> str:
    """Of someone who is in the visit no more it is not known whether they are protected: they read nothing of care (P5)."""
    if is_neutral(visit, person) or person.participant_id not in {each.participant_id for each in visit.participants}:
        return _NEUTRAL[person.language]
    return f"{_SUMMARY[person.language][audience_of(visit, person)]}, {one_line(visit.org_name)}"


def _where(person: Participant, link: str) -> list[str]:
    if not link:
        return []
    return [f"DESCRIPTION:{_text(f'{_OPEN[person.language]}: {link}')}", f"URL:{link}"]


def _people(person: Participant, organiser: str) -> list[str]:
    if not organiser or not person.contact.email:
        return []
    return [
        f"ORGANIZER:mailto:{organiser}",
        f"ATTENDEE;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=FALSE:mailto:{_in_mailto(person.contact.email)}",
    ]


def _in_mailto(address: str) -> str:
    """RFC 6068 2: what stands in an address must not begin the URI's own fields, such as a copy to somebody else."""
    return quote(address, safe="@+")


def _utc(at: datetime) -> str:
    """DATE-TIME, form 2 (RFC 5545 3.3.5)."""
    return at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _text(text: str) -> str:
    """RFC 5545 3.3.11."""
    escaped = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return escaped.replace("\r\n", "\\n").replace("\n", "\\n")


def _folded(line: str) -> str:
    """In lines of at most 75 octets, never within a character (RFC 5545 3.1)."""
    folded, length = [""], 0
    for character in line:
        octets = len(character.encode())
        if length + octets > _LONGEST_LINE:
            folded.append(" ")
            length = 1
        folded[-1] += character
        length += octets
    return "\r\n".join(folded)
