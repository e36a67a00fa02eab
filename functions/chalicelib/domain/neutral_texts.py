"""What those read whose messages tell nothing of who writes or why: people with a protected identity (P5), and youths,
whose phones are not theirs alone (B5). An organisation's own texts are never in their place."""

from chalicelib.domain.text_keys import TextChannel, TextReason
from chalicelib.domain.visit import Language

_OPENINGS: dict[Language, dict[TextReason, str]] = {
    "sv": {
        "invitation": "Du har en bokad tid {tid}.",
        "invitation_series": "Du har en bokad tid {tid}, den första av {antal}.",
        "moved": "Din bokade tid är flyttad till {tid}.",
        "cancelled": "Din bokade tid {tid} är avbokad.",
        "reminder_morning": "Påminnelse: din bokade tid är {tid}.",
        "reminder_soon": "Din bokade tid börjar snart: {tid}.",
        "started": "Din bokade tid har börjat.",
    },
    "en": {
        "invitation": "You have an appointment on {tid}.",
        "invitation_series": "You have an appointment on {tid}, the first of {antal}.",
        "moved": "Your appointment has been moved to {tid}.",
        "cancelled": "Your appointment on {tid} has been cancelled.",
        "reminder_morning": "Reminder: your appointment is on {tid}.",
        "reminder_soon": "Your appointment starts soon: {tid}.",
        "started": "Your appointment has started.",
    },
}
_SMS_HOW: dict[Language, tuple[str, str]] = {
    "sv": ("Öppna din personliga länk när det är dags: {länk}", "Öppna din personliga länk: {länk}"),
    "en": ("Open your personal link when it is time: {länk}", "Open your personal link: {länk}"),
}
_EMAIL_HOW: dict[Language, tuple[str, ...]] = {
    "sv": (
        "Öppna länken{när} och legitimera dig med {e-legitimation}. Länken är personlig, skicka den inte vidare:\n{länk}",
        "Du behöver en dator, telefon eller surfplatta med kamera och mikrofon. Du behöver inte installera något.",
    ),
    "en": (
        "Open the link{när} and identify yourself with {e-legitimation}. The link is personal, do not pass it on:\n{länk}",
        "You need a computer, phone or tablet with a camera and a microphone. You do not need to install anything.",
    ),
}
_WHEN: dict[Language, str] = {"sv": " när det är dags", "en": " when it is time"}
NEUTRAL_SUBJECT: dict[Language, str] = {"sv": "Bokad tid", "en": "Appointment"}


def neutral_text(reason: TextReason, channel: TextChannel, language: Language) -> str:
    """With the placeholders that templates have."""
    opening = _OPENINGS[language][reason]
    if channel == "sms":
        how = _SMS_HOW[language][reason == "started"]
        return opening if reason == "cancelled" else f"{opening} {how}"
    hello = {"sv": "Hej,", "en": "Hello,"}[language]
    rest = () if reason == "cancelled" else _EMAIL_HOW[language]
    text = "\n\n".join([hello, opening, *rest]) + "\n"
    return text.replace("{när}", "" if reason == "started" else _WHEN[language])
