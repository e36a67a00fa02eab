"""What one person reads of one visit: the organisation's text or the product's, filled in (B10)."""

import re

from chalicelib.domain.default_texts import default_text, subject
from chalicelib.domain.local_time import local
from chalicelib.domain.message_texts import EID_PLACE, LINK, LONGEST_PERSON, one_line, sms_name, when
from chalicelib.domain.neutral_texts import NEUTRAL_SUBJECT, neutral_text
from chalicelib.domain.organisation import Organisation
from chalicelib.domain.text_keys import TextChannel, TextKey, TextReason, audience_of
from chalicelib.domain.visit import Kind, Participant, Visit

_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")


def wording(
    visit: Visit,
    person: Participant,
    reason: TextReason,
    channel: TextChannel,
    organisation: Organisation,
    *,
    times: int = 1,
) -> tuple[str, str]:
    """Subject (empty for SMS) and text, in the person's language. `times`: how many a repeated booking has."""
    key = TextKey(reason, audience_of(visit, person), channel, person.language)
    values = _values(visit, key, times)
    if is_neutral(visit, person):
        title, text = NEUTRAL_SUBJECT[key.language], neutral_text(reason, channel, key.language)
    else:
        title, text = filled(subject(key), values), organisation.texts.get(str(key)) or default_text(key)
    return "" if channel == "sms" else title, filled(text, values)


def filled(text: str, values: dict[str, str]) -> str:
    """Each placeholder's value in its place. Raises KeyError for one that has none: templates are checked when saved."""
    return _PLACEHOLDER.sub(lambda found: values[found[1]], text)


def is_neutral(visit: Visit, person: Participant) -> bool:
    """Nothing of who writes or why: to the protected and who acts for them (P5), and to youths (B5)."""
    if person.role == "patient":
        return visit.patient_protected or visit.kind is Kind.YOUTH or person.youth
    return person.role == "ombud" and visit.patient_protected


def _values(visit: Visit, key: TextKey, times: int) -> dict[str, str]:
    sms = key.channel == "sms"
    return {
        "tid": when(local(visit.starts_at), key.language),
        "organisation": sms_name(visit.org_name) if sms else one_line(visit.org_name),
        "länk": LINK,
        "e-legitimation": EID_PLACE[key.language],
        "kliniker": sms_name(_owner(visit), LONGEST_PERSON) if sms else one_line(_owner(visit)),
        "antal": str(times),
    }


def _owner(visit: Visit) -> str:
    owner = visit.staff(visit.owner_hsa_id)
    return owner.name if owner is not None else visit.org_name
