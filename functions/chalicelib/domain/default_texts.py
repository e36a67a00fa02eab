"""The texts that the product brings, in Swedish and English (B10). An organisation may put its own in their place.

No text tells a diagnosis, a reason or a unit (a unit's name can be a speciality). Only the patient reads of a visit: what
others read tells of a meeting, and nothing of a patient (B4, B7, G2).
"""

from msgspec import Struct

from chalicelib.concealed import Concealed
from chalicelib.domain.text_keys import Audience, TextKey, TextReason
from chalicelib.domain.visit import Language


class _Words(Concealed, Struct, frozen=True):
    """How one language speaks of the visit to one audience: that it is there, by its name, and with whom it is."""

    has: str
    name: str
    host: str


_WORDS: dict[Language, dict[Audience, _Words]] = {
    "sv": {
        "patient": _Words("Du har ett videobesök", "Ditt videobesök", "hos"),
        "ombud": _Words("Du är inbjuden till ett videomöte", "Videomötet", "med"),
        "guest": _Words("Du är inbjuden till ett videomöte", "Videomötet", "med"),
        "relative": _Words("Du har ett videomöte", "Ditt videomöte", "med"),
        "group": _Words("Du har ett gruppbesök på video", "Ditt gruppbesök på video", "hos"),
    },
    "en": {
        "patient": _Words("You have a video visit", "Your video visit", "with"),
        "ombud": _Words("You are invited to a video meeting", "The video meeting", "with"),
        "guest": _Words("You are invited to a video meeting", "The video meeting", "with"),
        "relative": _Words("You have a video meeting", "Your video meeting", "with"),
        "group": _Words("You have a group video visit", "Your group video visit", "with"),
    },
}
# `has`, `name` and `whom` are put in here; what is in double braces stays for the sending.
_OPENINGS: dict[Language, dict[TextReason, str]] = {
    "sv": {
        "invitation": "{has}{whom} {{tid}}.",
        "invitation_series": "{has}{whom} {{tid}}, det första av {{antal}}.",
        "moved": "{name}{whom} är flyttat till {{tid}}.",
        "cancelled": "{name}{whom} {{tid}} är avbokat.",
        "reminder_morning": "Påminnelse: {name}{whom} är {{tid}}.",
        "reminder_soon": "{name}{whom} börjar snart: {{tid}}.",
        "started": "{name}{whom} har börjat.",
    },
    "en": {
        "invitation": "{has}{whom} on {{tid}}.",
        "invitation_series": "{has}{whom} on {{tid}}, the first of {{antal}}.",
        "moved": "{name}{whom} has been moved to {{tid}}.",
        "cancelled": "{name}{whom} on {{tid}} has been cancelled.",
        "reminder_morning": "Reminder: {name}{whom} is on {{tid}}.",
        "reminder_soon": "{name}{whom} starts soon: {{tid}}.",
        "started": "{name}{whom} has started.",
    },
}
_OPEN: dict[Language, tuple[str, str]] = {
    "sv": ("Öppna länken när det är dags", "Öppna länken för att komma in"),
    "en": ("Open the link when it is time", "Open the link to come in"),
}
_EID: dict[Language, str] = {
    "sv": " och legitimera dig med {e-legitimation}",
    "en": " and identify yourself with {e-legitimation}",
}
_PERSONAL: dict[Language, str] = {
    "sv": "Länken är personlig, skicka den inte vidare:",
    "en": "The link is personal, do not pass it on:",
}
_DEVICE: dict[Language, str] = {
    "sv": "Du behöver en dator, telefon eller surfplatta med kamera och mikrofon. Du behöver inte installera något.",
    "en": "You need a computer, phone or tablet with a camera and a microphone. You do not need to install anything.",
}
_DEAD: dict[Language, str] = {
    "sv": "Länken gäller inte längre. Har du frågor, kontakta mottagningen.",
    "en": "The link is no longer valid. If you have questions, contact the clinic.",
}
_HELLO: dict[Language, str] = {"sv": "Hej,", "en": "Hello,"}
_SUBJECTS: dict[Language, dict[TextReason, str]] = {
    "sv": {
        "invitation": "{subject}",
        "invitation_series": "{subject}",
        "moved": "Ny tid: {subject}",
        "cancelled": "Avbokat: {subject}",
        "reminder_morning": "Påminnelse: {subject}",
        "reminder_soon": "Snart: {subject}",
        "started": "Har börjat: {subject}",
    },
    "en": {
        "invitation": "{subject}",
        "invitation_series": "{subject}",
        "moved": "New time: {subject}",
        "cancelled": "Cancelled: {subject}",
        "reminder_morning": "Reminder: {subject}",
        "reminder_soon": "Soon: {subject}",
        "started": "Has started: {subject}",
    },
}
_MEETINGS: dict[Language, dict[Audience, str]] = {
    "sv": {
        "patient": "Videobesök hos {organisation}",
        "ombud": "Inbjudan till videomöte med {organisation}",
        "guest": "Inbjudan till videomöte med {organisation}",
        "relative": "Videomöte med {organisation}",
        "group": "Gruppbesök på video hos {organisation}",
    },
    "en": {
        "patient": "Video visit with {organisation}",
        "ombud": "Invitation to a video meeting with {organisation}",
        "guest": "Invitation to a video meeting with {organisation}",
        "relative": "Video meeting with {organisation}",
        "group": "Group video visit with {organisation}",
    },
}


def default_text(key: TextKey) -> str:
    """The text as an organisation finds it, with its placeholders."""
    return _sms(key) if key.channel == "sms" else _letter(key)


def subject(key: TextKey) -> str:
    """Of an e-mail, with the placeholder `{organisation}`. Invited to a meeting one is once; then it is moved or cancelled."""
    meeting = _MEETINGS[key.language][key.audience]
    if key.audience in {"ombud", "guest"} and not key.reason.startswith("invitation"):
        meeting = _MEETINGS[key.language]["relative"]
    return _SUBJECTS[key.language][key.reason].format(subject=meeting)


def _sms(key: TextKey) -> str:
    opening = f"{{organisation}}: {_opening(key, '')}"
    return opening if key.reason == "cancelled" else f"{opening} {_how(key)}: {{länk}}"


def _letter(key: TextKey) -> str:
    words = _WORDS[key.language][key.audience]
    clinician = {"sv": " med {kliniker}", "en": " with {kliniker}"}[key.language] if key.audience == "patient" else ""
    host = {"sv": words.host, "en": "at" if clinician else "with"}[key.language]
    opening = _opening(key, f"{clinician} {host} {{organisation}}")
    return "\n\n".join([_HELLO[key.language], opening, *_rest(key), "{organisation}"]) + "\n"


def _rest(key: TextKey) -> list[str]:
    if key.reason == "cancelled":
        return [_DEAD[key.language]]
    return [f"{_how(key)}. {_PERSONAL[key.language]}\n{{länk}}", _DEVICE[key.language]]


def _opening(key: TextKey, whom: str) -> str:
    words = _WORDS[key.language][key.audience]
    return _OPENINGS[key.language][key.reason].format(has=words.has, name=words.name, whom=whom)


def _how(key: TextKey) -> str:
    open_it = _OPEN[key.language][key.reason == "started"]
    return open_it if key.audience == "guest" else open_it + _EID[key.language]
