"""B10, P5, B4, B7, G2: what people are told of a visit, and what the texts keep to themselves."""

import re
from datetime import UTC, datetime
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from chalicelib.domain.eid import EidProvider
from chalicelib.domain.gsm7 import is_gsm7, segments
from chalicelib.domain.local_time import STOCKHOLM
from chalicelib.domain.message_texts import EID_PLACE, LINK, LONGEST_LINK, LONGEST_NAME, with_eids
from chalicelib.domain.text_keys import Audience, TextChannel, TextKey, TextReason, audience_of, text_keys
from chalicelib.domain.visit import Form, Kind, Language, Participant, Role, Visit
from chalicelib.domain.wording import wording
from tests.builders import a_visit, an_organisation

STARTS_AT = datetime(2026, 9, 30, 7, 30, tzinfo=UTC)
ROLES: dict[Audience, tuple[Role, Form]] = {
    "patient": ("patient", Form.INDIVIDUAL),
    "ombud": ("ombud", Form.INDIVIDUAL),
    "guest": ("guest", Form.INDIVIDUAL),
    "relative": ("patient", Form.RELATIVE),
    "group": ("patient", Form.GROUP),
}
BY_AUDIENCE = pytest.mark.parametrize("audience", get_args(Audience))

names = st.text(min_size=1, max_size=120)
starts = st.datetimes(datetime(2024, 1, 1), datetime(2040, 1, 1)).map(lambda at: at.replace(tzinfo=STOCKHOLM))  # noqa: DTZ001
keys = st.sampled_from(text_keys())


def _person(audience: Audience, language: Language = "sv") -> Participant:
    return Participant(participant_id="p_x", role=ROLES[audience][0], name="Anna", language=language)


def _visit(audience: Audience, **changes: Any) -> Visit:
    return a_visit(starts_at=STARTS_AT, form=ROLES[audience][1], **changes)


def _read(
    audience: Audience, reason: TextReason, channel: TextChannel = "sms", language: Language = "sv", **changes: Any
) -> str:
    """Subject and text, as they reach this person."""
    visit, person = _visit(audience, **changes), _person(audience, language)
    assert audience_of(visit, person) == audience
    return "\n".join(wording(visit, person, reason, channel, an_organisation(), times=5))


def test_the_patient_reads_who_when_and_how() -> None:
    text = _read("patient", "invitation").strip()
    assert text.startswith("Region Halland: Du har ett videobesök onsdag 30 september kl. 09:30. ")
    assert text.endswith(" legitimera dig med {eid-sv}: {link}")


@pytest.mark.parametrize(
    ("providers", "sv", "en"),
    [(("bankid",), "BankID", "BankID"), (("bankid", "freja"), "BankID eller Freja", "BankID or Freja")],
)
def test_the_e_ids_that_are_named_are_those_one_can_come_in_by(
    providers: tuple[EidProvider, ...], sv: str, en: str
) -> None:
    """G6: who has only Freja reads that it will do, and nobody reads of it where it will not."""
    for channel in get_args(TextChannel):
        for kind in (Kind.ADULT, Kind.YOUTH):
            if (channel, kind) == ("sms", Kind.YOUTH):
                continue  # tells nothing of how (B5)
            swedish = with_eids(_read("patient", "invitation", channel, kind=kind), providers)
            english = with_eids(_read("patient", "invitation", channel, "en", kind=kind), providers)
            assert re.search(rf"legitimera dig med {sv}[.:]", swedish)
            assert re.search(rf"identify yourself with {en}[.:]", english)


@pytest.mark.parametrize("key", [key for key in text_keys() if key.channel == "sms"], ids=str)
def test_the_longest_sms_there_can_be_is_two_segments(key: TextKey) -> None:
    """B10: the longest name, day, number of times and link, and every e-ID."""
    at = datetime(2026, 9, 30 if key.language == "en" else 24, 7, 30, tzinfo=UTC)  # Wednesday, torsdag
    visit = replace(_visit(key.audience, org_name="Å" * LONGEST_NAME), starts_at=at)
    _, text = wording(visit, _person(key.audience, key.language), key.reason, "sms", an_organisation(), times=12)
    sent = with_eids(text, get_args(EidProvider)).replace(LINK, "x" * LONGEST_LINK)
    assert segments(sent) <= 2


def test_who_reads_english_is_written_to_in_english() -> None:
    text = _read("patient", "invitation", language="en").strip()
    assert text.startswith("Region Halland: You have a video visit on Wednesday 30 September at 09:30. ")


@given(keys, names, names, starts, st.sampled_from(Kind), st.booleans())
def test_every_sms_is_gsm7_and_at_most_two_segments_with_any_names(
    key: TextKey, organisation: str, clinician: str, at: datetime, kind: Kind, protected: bool
) -> None:
    """B10: with any link of the greatest length."""
    visit = _visit(key.audience, kind=kind, patient_protected=protected, org_name=organisation)
    owner = replace(visit.owner, name=clinician)
    visit = replace(visit, starts_at=at, participants=(owner, *visit.participants[1:]))
    person = _person(key.audience, key.language)
    subject, text = wording(visit, person, key.reason, "sms", an_organisation(), times=12)
    sent = with_eids(text, get_args(EidProvider)).replace(LINK, "https://" + "x" * (LONGEST_LINK - 8))
    assert subject == ""
    assert text.count(LINK) == (key.reason != "cancelled")
    assert is_gsm7(sent)
    assert segments(sent) <= 2


@given(keys, names, names, starts)
def test_every_email_has_its_link_once_and_a_subject_of_one_line(
    key: TextKey, organisation: str, clinician: str, at: datetime
) -> None:
    visit = _visit(key.audience, org_name=organisation)
    visit = replace(visit, starts_at=at, participants=(replace(visit.owner, name=clinician), *visit.participants[1:]))
    subject, text = wording(visit, _person(key.audience, key.language), key.reason, "email", an_organisation())
    assert text.count(LINK) == (key.reason != "cancelled")
    assert LINK not in subject
    assert len(subject.splitlines()) == 1
    assert "{" not in with_eids(text, ("bankid",)).replace(LINK, "")


@given(keys)
def test_no_text_tells_the_reason_the_unit_or_the_patients_name(key: TextKey) -> None:
    """B10: a unit's name can be a speciality."""
    visit = _visit(key.audience, reason="Psoriasis")
    person = _person(key.audience, key.language)
    text = "\n".join(wording(visit, person, key.reason, key.channel, an_organisation()))
    assert not any(word in text for word in ("Psoriasis", "Hud", "Andersson", "Anna"))


@given(keys, st.sampled_from(["Halland", "video", "Video", "vård", "besök", "visit", "Ek", "care"]))
def test_a_protected_identity_gets_neutral_texts(key: TextKey, word: str) -> None:
    """P5: also where the organisation has texts of its own, and whoever acts for a protected child."""
    if key.audience == "guest":
        return
    own = replace(an_organisation(), texts={str(each): "{organisation} vård video {länk}" for each in text_keys()})
    visit = _visit(key.audience, patient_protected=True)
    together = "\n".join(wording(visit, _person(key.audience, key.language), key.reason, key.channel, own, times=5))
    assert word not in together


def test_a_youth_reads_nothing_of_care_by_sms() -> None:
    """B5."""
    text = _read("patient", "reminder_soon", kind=Kind.YOUTH).strip()
    assert text == (
        "Din bokade tid börjar snart: onsdag 30 september kl. 09:30. Öppna din personliga länk när det är dags: {link}"
    )


@pytest.mark.parametrize("audience", ["ombud", "guest", "relative"])
@pytest.mark.parametrize("reason", get_args(TextReason))
@pytest.mark.parametrize("channel", get_args(TextChannel))
def test_who_is_no_patient_reads_of_a_meeting_and_of_no_visit(
    audience: Audience, reason: TextReason, channel: TextChannel
) -> None:
    """B4, B7, G2."""
    assert "besök" not in _read(audience, reason, channel)
    assert "visit" not in _read(audience, reason, channel, "en")
    assert "patient" not in _read(audience, reason, channel) + _read(audience, reason, channel, "en")


@pytest.mark.parametrize("reason", get_args(TextReason))
def test_a_guest_is_asked_for_no_e_id(reason: TextReason) -> None:
    """G2."""
    text = _read("guest", reason) + _read("guest", reason, "email")
    assert EID_PLACE["sv"] not in text
    assert "legitimera" not in text


@BY_AUDIENCE
def test_a_repeated_booking_tells_how_many_times_there_are(audience: Audience) -> None:
    assert "det första av 5." in _read(audience, "invitation_series")
    assert "the first of 5." in _read(audience, "invitation_series", "email", "en")


@BY_AUDIENCE
def test_a_cancellation_has_no_link(audience: Audience) -> None:
    assert "30 september kl. 09:30 är avbokat." in _read(audience, "cancelled")
    assert LINK not in _read(audience, "cancelled") + _read(audience, "cancelled", "email")


@BY_AUDIENCE
def test_who_reads_of_a_cancellation_reads_whom_to_ask(audience: Audience) -> None:
    """B9: an e-mail, where there is room for it."""
    assert "Har du frågor, kontakta mottagningen." in _read(audience, "cancelled", "email")
    assert "contact the clinic." in _read(audience, "cancelled", "email", "en")


@pytest.mark.parametrize("audience", ["ombud", "guest"])
def test_what_is_moved_or_cancelled_is_the_meeting_not_the_invitation(audience: Audience) -> None:
    assert _read(audience, "invitation", "email").startswith("Inbjudan till videomöte med Region Halland\n")
    assert _read(audience, "cancelled", "email").startswith("Avbokat: Videomöte med Region Halland\n")
    assert _read(audience, "moved", "email").startswith("Ny tid: Videomöte med Region Halland\n")


@pytest.mark.parametrize("kind", [Kind.ADULT, Kind.YOUTH])
def test_who_is_late_is_not_asked_to_wait(kind: Kind) -> None:
    """B10: the message that it has begun."""
    waits: dict[Language, str] = {"sv": "när det är dags", "en": "when it is time"}
    for language, words in waits.items():
        assert words in _read("patient", "invitation", "email", language, kind=kind)
        assert words not in _read("patient", "started", "email", language, kind=kind)
        assert words not in _read("patient", "started", "sms", language, kind=kind)


def test_the_patients_email_names_the_clinician() -> None:
    assert "Du har ett videobesök med Eva Ek hos Region Halland" in _read("patient", "invitation", "email")
    assert "with Eva Ek at Region Halland" in _read("patient", "invitation", "email", "en")
    assert "Ek" not in _read("guest", "invitation", "email")


def test_an_organisations_own_text_is_sent_in_its_place() -> None:
    """B10."""
    key = TextKey("moved", "patient", "sms", "sv")
    own = replace(an_organisation(), texts={str(key): "Ny tid {tid} hos {kliniker}, {organisation}: {länk}"})
    visit = _visit("patient")
    assert wording(visit, _person("patient"), "moved", "sms", own) == (
        "",
        "Ny tid onsdag 30 september kl. 09:30 hos Eva Ek, Region Halland: {link}",
    )
    assert "flyttat" in wording(visit, _person("patient", "sv"), "moved", "email", own)[1]
