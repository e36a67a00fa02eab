"""What is written to patients and guests (B10), in Swedish. `{link}` stands where the personal link goes when it is sent.

An SMS is within GSM-7 and at most two segments, with any link of up to LONGEST_LINK characters. No text tells a diagnosis,
a reason or a unit (a unit's name can be a speciality); a guest's text tells nothing of the patient.
"""

from datetime import datetime

from chalicelib.domain.gsm7 import to_gsm7

LINK = "{link}"
LONGEST_LINK = 120
_LONGEST_NAME = 60
_NO_BRACES = str.maketrans("{}", "()")
_ONE_SEPTET = str.maketrans("{}[]~^|\\€", "()()---/E", "\f")
_WEEKDAYS = ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag")
_MONTHS = (
    *("januari", "februari", "mars", "april", "maj", "juni"),
    *("juli", "augusti", "september", "oktober", "november", "december"),
)


def invitation_sms(org_name: str, starts_at_local: datetime, protected: bool) -> str:
    """To the patient. For a protected identity (P5) it names neither organisation nor care."""
    if protected:
        return f"Du har en bokad tid {_when(starts_at_local)}. Öppna din personliga länk när det är dags: {LINK}"
    return (
        f"{_sms_name(org_name)}: Du har ett videobesök {_when(starts_at_local)}. "
        f"Öppna länken när det är dags och legitimera dig med BankID: {LINK}"
    )


def invitation_email(
    org_name: str, starts_at_local: datetime, clinician_name: str | None, *, protected: bool = False
) -> tuple[str, str]:
    """To the patient: subject and text. `clinician_name` None leaves it out, as does a protected identity."""
    if protected:
        return "Bokad tid", _letter([f"Du har en bokad tid {_when(starts_at_local)}.", *_HOW_WITH_EID])
    name = _one_line(org_name)
    whom = f" med {_one_line(clinician_name)}" if clinician_name else ""
    opening = f"Du har ett videobesök{whom} hos {name} {_when(starts_at_local)}."
    return f"Videobesök hos {name}", _letter([opening, *_HOW_WITH_EID, name])


def ombud_invitation_sms(org_name: str, starts_at_local: datetime) -> str:
    """To the guardian who acts for a child (B4): it names nobody, and no care."""
    return (
        f"{_sms_name(org_name)}: Du är inbjuden till ett videomöte {_when(starts_at_local)}. "
        f"Öppna länken när det är dags och legitimera dig med BankID: {LINK}"
    )


def guest_invitation_sms(org_name: str, starts_at_local: datetime) -> str:
    """To an external guest (G2): nothing of the patient, no e-ID asked for."""
    return (
        f"{_sms_name(org_name)}: Du är inbjuden till ett videomöte {_when(starts_at_local)}. "
        f"Öppna länken när det är dags: {LINK}"
    )


def guest_invitation_email(org_name: str, starts_at_local: datetime) -> tuple[str, str]:
    """To an external guest: subject and text."""
    name = _one_line(org_name)
    opening = f"Du är inbjuden till ett videomöte med {name} {_when(starts_at_local)}."
    how = f"Öppna länken när det är dags. Den är personlig:\n{LINK}"
    return f"Inbjudan till videomöte med {name}", _letter([opening, how, _DEVICE, name])


_DEVICE = "Du behöver en dator, telefon eller surfplatta med kamera och mikrofon. Du behöver inte installera något."
_HOW_WITH_EID = (
    f"Öppna länken när det är dags och legitimera dig med BankID. Länken är personlig, skicka den inte vidare:\n{LINK}",
    _DEVICE,
)


def _when(at: datetime) -> str:
    """`tisdag 3 november kl. 09:30`, of a time on a Swedish clock."""
    return f"{_WEEKDAYS[at.weekday()]} {at.day} {_MONTHS[at.month - 1]} kl. {at:%H:%M}"


def _letter(paragraphs: list[str]) -> str:
    return "\n\n".join(["Hej,", *paragraphs]) + "\n"


def _sms_name(org_name: str) -> str:
    """Within GSM-7, and no character of two septets."""
    return _one_line(to_gsm7(org_name).translate(_ONE_SEPTET))


def _one_line(text: str) -> str:
    """Without braces, which would be taken for the link's place."""
    return " ".join(text.translate(_NO_BRACES).split())[:_LONGEST_NAME]
