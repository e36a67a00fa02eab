"""People whom the register told of a moment ago: in this process's memory alone, few, and not for long (P5).

A look-up is followed by the creation of the same patient, and a child's page by the booking: those need no second
question. Nobody is remembered as unknown, so that a newborn is found as soon as the register has it.
"""

from collections import OrderedDict
from threading import Lock

from chalicelib.domain.identity_number import IdentityNumber
from chalicelib.domain.register import RegisterPerson


class RecentPeople:
    """At most `most` people, each for `lifetime_s`; who was looked up last stays longest. Times are monotonic seconds."""

    def __init__(self, lifetime_s: float, most: int) -> None:
        self._lifetime_s = lifetime_s
        self._most = most
        self._people: OrderedDict[IdentityNumber, tuple[float, RegisterPerson]] = OrderedDict()
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._people)

    def get(self, number: IdentityNumber, now: float) -> RegisterPerson | None:
        with self._lock:
            self._forget_old(now)
            remembered = self._people.get(number)
        return remembered[1] if remembered else None

    def put(self, person: RegisterPerson, now: float) -> None:
        with self._lock:
            self._people[person.number] = (now + self._lifetime_s, person)
            self._people.move_to_end(person.number)
            self._forget_old(now)
            if len(self._people) > self._most:
                self._people.popitem(last=False)

    def forget(self, number: IdentityNumber) -> None:
        """What was known may no longer hold."""
        with self._lock:
            self._people.pop(number, None)

    def _forget_old(self, now: float) -> None:
        """All have the same lifetime, so the oldest stand first."""
        while self._people and next(iter(self._people.values()))[0] <= now:
            self._people.popitem(last=False)
