"""B10, P5, G2: what invitations say, and what they keep to themselves."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain import message_texts as texts
from chalicelib.domain.gsm7 import is_gsm7, segments
from chalicelib.domain.local_time import STOCKHOLM

STARTS_AT = datetime(2026, 9, 30, 9, 30, tzinfo=STOCKHOLM)
LONGEST_LINK = "https://" + "x" * (texts.LONGEST_LINK - 8)

org_names = st.text(min_size=1, max_size=120)
starts = st.datetimes(datetime(2024, 1, 1), datetime(2040, 1, 1)).map(lambda at: at.replace(tzinfo=STOCKHOLM))  # noqa: DTZ001


def test_the_patient_reads_who_when_and_how() -> None:
    text = texts.invitation_sms("Region Halland", STARTS_AT, protected=False)
    assert text.startswith("Region Halland: Du har ett videobesök onsdag 30 september kl. 09:30. ")
    assert text.endswith(" legitimera dig med BankID: {link}")


@given(org_names, starts, st.booleans())
def test_every_sms_is_gsm7_with_one_link_and_at_most_two_segments(name: str, at: datetime, protected: bool) -> None:
    messages = (
        texts.invitation_sms(name, at, protected),
        texts.guest_invitation_sms(name, at),
        texts.ombud_invitation_sms(name, at),
    )
    for text in messages:
        assert text.count("{link}") == 1
        sent = text.replace("{link}", LONGEST_LINK)
        assert is_gsm7(sent)
        assert segments(sent) <= 2


@given(org_names, starts, st.none() | org_names)
def test_every_email_has_one_link_and_a_subject_of_one_line(name: str, at: datetime, clinician: str | None) -> None:
    for subject, text in (texts.invitation_email(name, at, clinician), texts.guest_invitation_email(name, at)):
        assert text.count("{link}") == 1
        assert "{link}" not in subject
        assert len(subject.splitlines()) == 1


@pytest.mark.parametrize("word", ["Halland", "video", "vård", "besök", "Ek"])
def test_a_protected_identity_gets_neutral_texts(word: str) -> None:
    sms = texts.invitation_sms("Region Halland", STARTS_AT, protected=True)
    subject, text = texts.invitation_email("Region Halland", STARTS_AT, "Eva Ek", protected=True)
    assert word not in sms + subject + text
    assert "onsdag 30 september kl. 09:30" in sms
    assert "onsdag 30 september kl. 09:30" in text


def test_the_email_names_the_clinician_only_when_told_to() -> None:
    assert "med Eva Ek hos Region Halland" in texts.invitation_email("Region Halland", STARTS_AT, "Eva Ek")[1]
    assert "Du har ett videobesök hos Region Halland" in texts.invitation_email("Region Halland", STARTS_AT, None)[1]


def test_a_guest_is_asked_for_no_e_id_and_told_of_no_visit() -> None:
    subject, text = texts.guest_invitation_email("Region Halland", STARTS_AT)
    together = texts.guest_invitation_sms("Region Halland", STARTS_AT) + subject + text
    assert "BankID" not in together
    assert "besök" not in together
