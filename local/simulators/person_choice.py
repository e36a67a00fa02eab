"""The choice of a test person in the simulated e-ID apps."""

from collections.abc import Iterable
from datetime import UTC, datetime
from html import escape

from local.simulators.demo import Person


def people_with_e_id(people: Iterable[Person], first: str) -> list[Person]:
    """Who is old enough for one, alive and in use; the person with the number `first` before the others."""
    today = datetime.now(UTC).date()
    able = [person for person in people if person.has_bankid(today)]
    return sorted(able, key=lambda person: (person.number != first, person.given_name))


def person_choice(person: Person, *, checked: bool) -> str:
    """One radio button, as HTML."""
    return (
        f'<label class="choice"><input type="radio" name="person" value="{escape(person.number)}" required'
        f"{' checked' if checked else ''}><span><strong>{escape(person.name)}</strong>"
        f"<span>{escape(person.written_number)}</span></span></label>"
    )
