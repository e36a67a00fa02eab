"""S4: calls are named after their visit, so that an event finds it and a strange call is known as one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from chalicelib.domain.call_id import is_call_of, next_call_id, quality_id, visit_id_of_call
from chalicelib.domain.visit import Call
from tests.builders import NOW, a_visit

visit_ids = st.from_regex(r"v_[A-Za-z0-9_-]{16}", fullmatch=True)


@given(visit_ids, st.integers(1, 9998))
def test_each_call_of_a_visit_has_the_next_number_and_leads_back_to_it(visit_id: str, number: int) -> None:
    visit = replace(a_visit(), visit_id=visit_id, last_call_id=f"{visit_id}.{number}")
    call_id = next_call_id(visit)
    assert call_id == f"{visit_id}.{number + 1}"
    assert visit_id_of_call(call_id) == visit_id


def test_a_call_belongs_to_its_visit_while_it_runs_and_after() -> None:
    visit = a_visit()
    first = next_call_id(visit)
    assert not is_call_of(visit, first)
    running = replace(visit, call=Call(call_id=first, opened_at=NOW))
    assert is_call_of(running, first)
    ended = replace(visit, last_call_id=next_call_id(replace(visit, last_call_id=first)))
    assert is_call_of(ended, first)
    assert not is_call_of(ended, f"{visit.visit_id}.3")
    assert not is_call_of(replace(ended, visit_id="v_other"), first)


@pytest.mark.parametrize(
    "text", ["", "c_1", "v_a", "v_a.", "v_a.0", "v_a.01", "v_a.1.2", "v_a.1\n", "v_å.1", "v_a.99999"]
)
def test_what_is_no_call_id_leads_nowhere(text: str) -> None:
    assert visit_id_of_call(text) is None


def test_the_name_among_ratings_tells_of_no_visit() -> None:
    """C9."""
    visit = a_visit()
    named = quality_id(b"key", next_call_id(visit))
    assert visit.visit_id not in named
    assert named == quality_id(b"key", next_call_id(visit)) != quality_id(b"other key", next_call_id(visit))
