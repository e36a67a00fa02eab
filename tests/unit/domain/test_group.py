"""Pure rules of a group: who may be in it, and by what names they know one another (B8)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.group import FEWEST, MOST, display_names, require_free, require_group, same_name
from chalicelib.domain.visit import Kind
from chalicelib.errors import BadInput

NAMES = st.lists(
    st.one_of(st.just(""), st.sampled_from(["Sol", "SOL", "Måne", "Deltagare 1", "deltagare 2"])), max_size=20
)
KINDS = st.lists(st.sampled_from(Kind), max_size=25)


@given(NAMES)
def test_no_two_of_a_group_have_one_name_and_nobody_has_none(chosen: list[str]) -> None:
    wanted = [same_name(name) for name in chosen if name]
    if len(set(wanted)) < len(wanted):
        with pytest.raises(BadInput) as refused:
            display_names(chosen)
        assert refused.value.code == "display_name_taken"
        return
    names = display_names(chosen)
    assert len({same_name(name) for name in names}) == len(chosen)
    assert all(name == asked for name, asked in zip(names, chosen, strict=True) if asked)
    assert all(name.startswith("Deltagare ") for name, asked in zip(names, chosen, strict=True) if not asked)


@given(KINDS, st.booleans())
def test_a_group_is_of_two_to_twenty_who_have_an_e_id_each_once(kinds: list[Kind], twice: bool) -> None:
    ids = [f"p{place}" for place in range(len(kinds))]
    if twice and ids:
        ids[-1] = ids[0]
    fits = FEWEST <= len(ids) <= MOST and len(set(ids)) == len(ids) and Kind.CHILD not in kinds
    if fits:
        require_group(ids, kinds)
    else:
        with pytest.raises(BadInput) as refused:
            require_group(ids, kinds)
        assert refused.value.code in {"group_size", "same_patient_twice", "group_child"}


def test_a_new_name_must_be_free_however_it_is_written() -> None:
    require_free("Sol", ["Måne"])
    with pytest.raises(BadInput):
        require_free("måne", ["Måne"])
