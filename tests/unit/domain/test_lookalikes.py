"""B8: in a group nobody passes for somebody else by letters that only look the same."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.group import display_names, require_free
from chalicelib.domain.lookalikes import skeleton
from chalicelib.errors import BadInput

CLINICIAN = "Erik Ek"


@pytest.mark.parametrize(
    "name",
    [
        "erik ek",
        "Erіk Ek",
        "Еrik Еk",
        "Εrik Εκ",
        "Ｅｒｉｋ　Ｅｋ",
        "𝐄𝐫𝐢𝐤 𝐄𝐤",
        "Er1k Ek",
        "Erlk Ek",
        "Erik Ek.",
        "Erik-Ek",
        "ErikEk",
    ],
)
def test_a_name_that_looks_like_another_is_taken(name: str) -> None:
    with pytest.raises(BadInput) as refused:
        require_free(name, [CLINICIAN])
    assert refused.value.code == "display_name_taken"


@pytest.mark.parametrize("name", ["Erika Ek", "Eric Ek", "Érik Ek", "Erik Ekå", "Ерик", "😀", "Sol"])
def test_another_name_is_free(name: str) -> None:
    require_free(name, [CLINICIAN, "😃", "Måne", "Sól"])


def test_the_names_that_a_group_is_given_differ_in_looks_too() -> None:
    names = display_names([""] * 20)
    assert len({skeleton(name) for name in names}) == 20


@given(st.text(max_size=40))
def test_a_name_looks_like_itself_in_every_form(name: str) -> None:
    assert skeleton(unicodedata.normalize("NFD", name)) == skeleton(name)
