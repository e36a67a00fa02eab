"""Which kind of visit a person's age makes it, on the day of the visit in Sweden (B1, B4, B5)."""

from datetime import date

from chalicelib.domain.identity_number import IdentityNumber
from chalicelib.domain.visit import Kind
from chalicelib.errors import BadInput

ADULT_AGE = 18


def kind_on(number: IdentityNumber, day: date, child_age_limit: int) -> Kind:
    """Under `child_age_limit` (13, or what the organisation has set) a child, then a youth until 18.

    A number that tells no birth date is an adult's: no register names guardians for it.
    """
    age = number.age_on(day)
    if age is None or age >= ADULT_AGE:
        return Kind.ADULT
    return Kind.YOUTH if age >= child_age_limit else Kind.CHILD


def require_kind(asked: Kind, right: Kind) -> None:
    """Raises BadInput: `wrong_kind_adult`, `wrong_kind_child` or `wrong_kind_youth`, by which one it must be."""
    if asked is not right:
        raise BadInput("the age on the visit's date makes it another kind", code=f"wrong_kind_{right}", field="kind")
