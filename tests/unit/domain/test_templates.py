"""B10: an organisation's own texts, and what is refused before it could be sent."""

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from chalicelib.domain.default_texts import default_text, subject
from chalicelib.domain.eid import EidProvider
from chalicelib.domain.gsm7 import is_gsm7, segments
from chalicelib.domain.message_texts import LINK, LONGEST_LINK, LONGEST_NAME, with_eids
from chalicelib.domain.templates import MOST_SEGMENTS, checked, placeholders, read_key, text_of
from chalicelib.domain.text_keys import Audience, TextKey, text_keys
from chalicelib.domain.visit import Form, Participant, Role
from chalicelib.domain.wording import wording
from chalicelib.errors import BadInput
from tests.builders import a_visit, an_organisation

SMS, EMAIL = TextKey("moved", "patient", "sms", "sv"), TextKey("moved", "patient", "email", "sv")
ORGANISATION = an_organisation()


def _refusal(key: TextKey, text: str) -> str:
    with pytest.raises(BadInput) as caught:
        checked(key, text)
    return caught.value.code


@pytest.mark.parametrize("key", text_keys(), ids=str)
def test_every_text_of_the_product_would_be_accepted_as_an_organisations_own(key: TextKey) -> None:
    assert checked(key, default_text(key)) == default_text(key)
    assert read_key(str(key)) == key


@pytest.mark.parametrize("key", [key for key in text_keys() if key.audience == "group"], ids=str)
def test_a_groups_patients_read_of_the_group_visit(key: TextKey) -> None:
    """B8: also in an e-mail's subject."""
    called = {"sv": "gruppbesök på video", "en": "group video visit"}[key.language]
    for text in (default_text(key), subject(key)):
        assert called in text.lower()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "text_empty"),
        (" \n ", "text_empty"),
        ("Ny tid {tid}", "text_missing_link"),
        ("Ny tid {time}: {länk}", "text_unknown_placeholder"),
        ("Ny tid {tid: {länk}", "text_unknown_placeholder"),
        ("{länk} {link}", "text_unknown_placeholder"),
        ("Ny tid https://elsewhere.example/?to={länk}", "text_link_not_alone"),
        ("Ny tid https://elsewhere.example/{länk}", "text_link_not_alone"),
        ("Ny tid ({länk})", "text_link_not_alone"),
        ("Ny tid {länk}.", "text_link_not_alone"),
        ("Ny tid {länk}{länk}", "text_link_not_alone"),
        ("{länk} {antal}", "text_unknown_placeholder"),
        ("{länk} {}", "text_unknown_placeholder"),
        ("Ny tid – {länk}", "text_not_gsm7"),
        ("”Ny tid” {länk}", "text_not_gsm7"),
        ("Ny tid… {länk}", "text_not_gsm7"),
        ("Ny tid 😀 {länk}", "text_not_gsm7"),
        ("Ny tid\u200b {länk}", "text_unseen_character"),
        ("Ny tid\x07 {länk}", "text_unseen_character"),
        ("x" * 230 + " {länk}", "text_too_long"),
        ("x" * 4001 + "{länk}", "text_too_long"),
    ],
)
def test_what_could_not_be_sent_is_refused(text: str, code: str) -> None:
    assert _refusal(SMS, text) == code


def test_an_email_may_be_long_and_have_any_sign_but_needs_its_link() -> None:
    text = "Hej –\r\n\r\n" + "å" * 1000 + "\n{länk}"
    assert checked(EMAIL, text) == text.replace("\r\n", "\n") + "\n"
    assert _refusal(EMAIL, "Hej") == "text_missing_link"


def test_a_cancellation_has_no_place_for_a_link() -> None:
    key = TextKey("cancelled", "guest", "sms", "en")
    assert checked(key, "Cancelled: {tid}") == "Cancelled: {tid}"
    assert _refusal(key, "{länk}") == "text_unknown_placeholder"


@pytest.mark.parametrize("key", ["", "moved.patient.sms", "moved.patient.sms.fi", "started.guest.sms.sv", "a.b.c.d"])
def test_a_text_that_is_not_there_is_not_known(key: str) -> None:
    with pytest.raises(BadInput) as caught:
        read_key(key)
    assert caught.value.code == "text_unknown_key"


_PARTS = st.sampled_from([*(f"{{{name}}}" for name in ("tid", "organisation", "länk", "kliniker")), "{", "}", "\n"])


@given(
    st.sampled_from([key for key in text_keys() if key.channel == "sms"]),
    st.lists(_PARTS | st.text(max_size=60), max_size=8).map("".join),
    st.text(min_size=1, max_size=80),
    st.text(min_size=1, max_size=120),
)
def test_whatever_is_accepted_is_sent_as_two_sms_at_most(
    key: TextKey, text: str, clinician: str, organisation: str
) -> None:
    """Also with the longest link, and whatever clinician and organisation are called by then."""
    try:
        kept = checked(key, text)
    except BadInput:
        return
    own = replace(ORGANISATION, texts={str(key): kept})
    visit = replace(a_visit(), org_name=organisation)
    visit = replace(visit, participants=(replace(visit.owner, name=clinician), *visit.participants[1:]))
    roles: dict[Audience, Role] = {"ombud": "ombud", "guest": "guest"}
    forms = {"group": Form.GROUP, "relative": Form.RELATIVE}
    person = Participant(participant_id="p", role=roles.get(key.audience, "patient"), name="", language=key.language)
    visit = replace(visit, form=forms.get(key.audience, Form.INDIVIDUAL))
    _, sent = wording(visit, person, key.reason, "sms", own, times=12)
    whole = with_eids(sent, get_args(EidProvider)).replace(LINK, "x" * LONGEST_LINK)
    assert text_of(own, key) == kept
    assert is_gsm7(whole)
    assert segments(whole) <= MOST_SEGMENTS


def test_a_text_that_fits_with_todays_name_alone_is_refused() -> None:
    """B10: an organisation that takes a longer name one day sends no third SMS for it."""
    fits = 2 * 153 - LONGEST_NAME - LONGEST_LINK - 1
    assert checked(SMS, "x" * fits + "{organisation} {länk}")
    assert len(ORGANISATION.name) < LONGEST_NAME
    assert _refusal(SMS, "x" * (fits + 1) + "{organisation} {länk}") == "text_too_long"


def test_only_a_repeated_booking_has_a_number_of_times() -> None:
    assert "antal" in placeholders(TextKey("invitation_series", "patient", "sms", "sv"))
    assert all("antal" not in placeholders(key) for key in text_keys() if key.reason != "invitation_series")
