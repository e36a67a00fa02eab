"""The population register (Inera Personuppgiftstjänsten): people, and their guardians with what holds for those (P3, P5)."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from chalicelib.domain.identity_number import IdentityNumber
from chalicelib.domain.register import RegisterPerson
from chalicelib.gateways.person_records import PersonRecord, is_test_person, read_person, with_guardians
from chalicelib.gateways.recent_people import RecentPeople
from chalicelib.gateways.register_http import TOTAL_S, RegisterHttp, Waiting
from chalicelib.gateways.register_soap import question_of_guardians, question_of_people, records

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_REMEMBERED_S: Final = 60.0
_MOST_REMEMBERED: Final = 256
_MOST_AT_ONCE: Final = 20
_REAL_TIME: Final = Waiting()


def _now() -> datetime:
    return datetime.now(UTC)


class SoapPopulationRegister:
    """Satisfies `services.ports.PopulationRegister`.

    `logical_address`: the HSA-id that the contract is addressed to. `certificate`: paths of the SITHS function
    certificate and its key (PEM), which the national service platform demands (RIV-TA: mutual TLS); None for a plain
    local URL. `server_ca`: path of the root (PEM) that the server's certificate must come from; "" for the public ones.
    `test_people`: whether those that the register marks as invented exist for us; in production they do not (the
    contract's rule 4).
    """

    def __init__(
        self,
        url: str,
        logical_address: str,
        certificate: tuple[str, str] | None = None,
        *,
        server_ca: str = "",
        test_people: bool = True,
        now: Callable[[], datetime] = _now,
        waiting: Waiting = _REAL_TIME,
    ) -> None:
        self._http = RegisterHttp(url, certificate, server_ca, waiting)
        self._logical_address = logical_address
        self._test_people = test_people
        self._now = now
        self._clock = waiting.clock
        self._recent = RecentPeople(_REMEMBERED_S, _MOST_REMEMBERED)

    def person(self, number: IdentityNumber, *, fresh: bool = False) -> RegisterPerson | None:
        """Raises RegisterUnavailable when it does not answer, answers with a fault, or answers nonsense."""
        return self.people([number], fresh=fresh).get(number)

    def people(self, numbers: Sequence[IdentityNumber], *, fresh: bool = False) -> dict[IdentityNumber, RegisterPerson]:
        """Everyone of the numbers whom the register knows: in one request, and all their guardians in one more.

        Raises ValueError for more than 20 at once, whose answer would be larger than what is read.

        Who was told of within the last minute is told of again, with the time of then, unless `fresh`.
        """
        wanted = list(dict.fromkeys(numbers))
        if len(wanted) > _MOST_AT_ONCE:
            raise ValueError(f"no more than {_MOST_AT_ONCE} people at once")
        known = {} if fresh else self._remembered(wanted)
        unknown = [number for number in wanted if number not in known]
        return known | (self._fetch(unknown) if unknown else {})

    def close(self) -> None:
        """Ends the connections, if there are any."""
        self._http.close()

    def _remembered(self, numbers: Sequence[IdentityNumber]) -> dict[IdentityNumber, RegisterPerson]:
        at = self._clock()
        found = {number: self._recent.get(number, at) for number in numbers}
        return {number: person for number, person in found.items() if person is not None}

    def _fetch(self, numbers: Sequence[IdentityNumber]) -> dict[IdentityNumber, RegisterPerson]:
        until = self._clock() + TOTAL_S
        for number in numbers:
            self._recent.forget(number)
        found = self._people(numbers, until)
        guardians = self._guardians(found, until)
        people = {each.person.number: with_guardians(each, guardians) for each in found}
        for person in people.values():
            self._recent.put(person, self._clock())
        return people

    def _people(self, numbers: Sequence[IdentityNumber], until: float) -> list[PersonRecord]:
        answer = self._http.ask(question_of_people(numbers, self._logical_address), until)
        now = self._now()
        return [
            read_person(record, number, now)
            for number, record in records(answer, numbers).items()
            if self._test_people or not is_test_person(record)
        ]

    def _guardians(self, children: Sequence[PersonRecord], until: float) -> "dict[IdentityNumber, Element]":
        numbers = list(dict.fromkeys(number for child in children for number in child.guardian_numbers))
        if not numbers:
            return {}
        return records(self._http.ask(question_of_guardians(numbers, self._logical_address), until), numbers)
