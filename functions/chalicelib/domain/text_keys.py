"""Which texts there are (B10): what is told, to whom, how, and in which language."""

from typing import Literal, get_args

from msgspec import Struct

from chalicelib.concealed import Concealed
from chalicelib.domain.visit import Form, Language, Participant, Visit

TextReason = Literal[
    "invitation", "invitation_series", "moved", "cancelled", "reminder_morning", "reminder_soon", "started"
]
Audience = Literal["patient", "ombud", "guest", "relative", "group"]
TextChannel = Literal["sms", "email"]

# Nobody but patients and those who act for them is told that it has begun without them.
_NEVER = frozenset({("started", "guest")})


class TextKey(Concealed, Struct, frozen=True, order=True):
    """`str` of it is what the organisation's own text is kept under."""

    reason: TextReason
    audience: Audience
    channel: TextChannel
    language: Language

    def __str__(self) -> str:
        return f"{self.reason}.{self.audience}.{self.channel}.{self.language}"


def text_keys() -> list[TextKey]:
    """Every text there is, in the order in which an organisation reads them."""
    return [
        TextKey(reason, audience, channel, language)
        for reason in get_args(TextReason)
        for audience in get_args(Audience)
        if (reason, audience) not in _NEVER
        for channel in get_args(TextChannel)
        for language in get_args(Language)
    ]


def audience_of(visit: Visit, person: Participant) -> Audience:
    """As what someone from outside the organisation is written to."""
    if person.role == "ombud":
        return "ombud"
    if person.role != "patient":
        return "guest"
    if visit.form is Form.RELATIVE:
        return "relative"
    return "group" if visit.form is Form.GROUP else "patient"
