"""P4: e-mail addresses."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain import email
from chalicelib.errors import BadInput


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("anna@example.se", "anna@example.se"),
        (" Anna.Ek+vard@Exempel.SE ", "Anna.Ek+vard@exempel.se"),
        ("videolank@digitaltolk.se", "videolank@digitaltolk.se"),
        ("a@xn--bckerei-5wa.example", "a@xn--bckerei-5wa.example"),
    ],
)
def test_an_address_is_kept_with_its_domain_in_lower_case(text: str, address: str) -> None:
    assert email.normalise(text) == address


@pytest.mark.parametrize(
    "text",
    [
        "",
        "anna",
        "anna@",
        "@example.se",
        "anna@localhost",
        "anna@example..se",
        "anna@-example.se",
        "anna@example.se.",
        ".anna@example.se",
        "anna.@example.se",
        "an..na@example.se",
        "anna ek@example.se",
        '"anna ek"@example.se',
        "anna@[127.0.0.1]",
        "anna@127.0.0.1",
        "anna@exempel.se\r\nBcc: alla@example.se",
        "anna@example.se\n",
        "anna@example.se,bo@example.se",
        "Anna <anna@example.se>",
        "anna@exämple.se",
        "å@example.se",
        "a" * 65 + "@example.se",
        "a@" + "b" * 64 + ".se",
        "a@" + "b." * 150 + "se",
    ],
)
def test_anything_else_is_refused_and_named(text: str) -> None:
    with pytest.raises(BadInput) as caught:
        email.normalise(text)
    assert (caught.value.code, caught.value.field) == ("invalid_email", "email")


@given(st.text(st.sampled_from(string.printable + "åäö\u2028\u0085\x00"), max_size=60))
def test_what_is_accepted_can_never_break_a_header(text: str) -> None:
    try:
        address = email.normalise(text)
    except BadInput:
        return
    assert address.isascii()
    assert not any(character in address for character in ' \t\r\n\x00",;:<>()[]\\')
    assert address.count("@") == 1
