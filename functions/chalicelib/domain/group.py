"""Pure rules of a group visit: who may be in it, and what its patients call one another (B8)."""

from collections.abc import Sequence
from itertools import count

from chalicelib.domain.lookalikes import skeleton
from chalicelib.domain.visit import Kind
from chalicelib.errors import BadInput

FEWEST, MOST = 2, 20
DEFAULT_NAME = "Deltagare"


def require_group(patient_ids: Sequence[str], kinds: Sequence[Kind]) -> None:
    """`kinds`: each one's by age on the visit's day. A child has no e-ID to come in with, and no ombud in a group.

    Raises BadInput (`group_size`, `same_patient_twice`, `group_child`).
    """
    if not FEWEST <= len(patient_ids) <= MOST:
        raise BadInput("a group has 2 to 20 patients", code="group_size", field="patients")
    require_distinct(patient_ids)
    if Kind.CHILD in kinds:
        raise BadInput("a child has no e-ID to come to a group with", code="group_child", field="patients")


def require_distinct(patient_ids: Sequence[str]) -> None:
    """Raises BadInput (`same_patient_twice`)."""
    if len(set(patient_ids)) < len(patient_ids):
        raise BadInput("the same patient stands twice", code="same_patient_twice", field="patients")


def display_names(chosen: Sequence[str]) -> list[str]:
    """What each is called among the others: as chosen, and for an empty one `Deltagare` with the first free number.

    Raises BadInput (`display_name_taken`): two that differ in nothing but capital letters are the same.
    """
    taken = {same_name(name) for name in chosen if name}
    if len(taken) < sum(map(bool, chosen)):
        raise name_taken()
    free = (name for name in (f"{DEFAULT_NAME} {number}" for number in count(1)) if same_name(name) not in taken)
    return [name or next(free) for name in chosen]


def require_free(name: str, others: Sequence[str]) -> None:
    """Raises BadInput (`display_name_taken`) for a name that one of the others of the group has."""
    if same_name(name) in {same_name(other) for other in others}:
        raise name_taken()


def same_name(name: str) -> str:
    """The same of names that cannot be told apart when they are spoken, or at a glance: nobody is called what a clinician
    of the group is called by a letter of another alphabet, a full-width one, or a full stop (`domain.lookalikes`)."""
    return skeleton(name)


def name_taken() -> BadInput:
    return BadInput("another of the group has that name", code="display_name_taken", field="patients")
