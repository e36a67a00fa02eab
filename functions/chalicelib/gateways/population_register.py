"""The population register (Inera Personuppgiftstjänsten) over HTTP: one SOAP question, one retry (P3, P5)."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING

from chalicelib.domain.identity_number import IdentityNumber
from chalicelib.domain.register import RegisterPerson
from chalicelib.errors import RegisterUnavailable
from chalicelib.gateways.person_records import read_person, with_guardians
from chalicelib.gateways.register_soap import SOAP_ACTION, question_of_guardians, question_of_people, records

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    import httpx

_CONNECT_TIMEOUT_S = 2.0
_READ_TIMEOUT_S = 5.0
_ATTEMPTS = 2
_LARGEST_ANSWER_BYTES = 1_000_000


def _now() -> datetime:
    return datetime.now(UTC)


class SoapPopulationRegister:
    """Satisfies `services.ports.PopulationRegister`.

    `logical_address`: the HSA-id that the contract is addressed to. `certificate`: paths of the SITHS function
    certificate and its key (PEM), which the national service platform demands; None for a plain local URL.
    """

    def __init__(
        self,
        url: str,
        logical_address: str,
        certificate: tuple[str, str] | None = None,
        now: Callable[[], datetime] = _now,
    ) -> None:
        self._url = url
        self._logical_address = logical_address
        self._certificate = certificate
        self._now = now

    def person(self, number: IdentityNumber, *, fresh: bool = False) -> RegisterPerson | None:
        """Raises RegisterUnavailable when it does not answer, answers with a fault, or answers nonsense."""
        return self.people([number], fresh=fresh).get(number)

    def people(self, numbers: Sequence[IdentityNumber], *, fresh: bool = False) -> dict[IdentityNumber, RegisterPerson]:
        """Everyone of the numbers that the register knows, in one request, and all their guardians in one more."""
        now = self._now()
        asked = list(dict.fromkeys(numbers))
        answer = self._ask(question_of_people(asked, self._logical_address))
        found = [read_person(record, number, now) for number, record in records(answer, asked).items()]
        guardian_numbers = list(dict.fromkeys(number for each in found for number in each.guardian_numbers))
        guardians = self._guardian_records(guardian_numbers)
        return {each.person.number: with_guardians(each, guardians) for each in found}

    def _guardian_records(self, numbers: "list[IdentityNumber]") -> "dict[IdentityNumber, Element]":
        if not numbers:
            return {}
        return records(self._ask(question_of_guardians(numbers, self._logical_address)), numbers)

    def _ask(self, question: bytes) -> bytes:
        for _ in range(_ATTEMPTS):
            answer = self._post(question)
            if answer is not None:
                return answer
        raise RegisterUnavailable("the register does not answer")

    def close(self) -> None:
        """Ends the connections, if there are any."""
        if "_client" in vars(self):
            self._client.close()

    def _post(self, question: bytes) -> bytes | None:
        """The answer's body; None when it may be there the next time."""
        import httpx  # noqa: PLC0415  cold start

        try:
            with self._client.stream("POST", self._url, content=question) as response:
                return _read_bounded(response) if response.status_code == httpx.codes.OK else None
        except httpx.HTTPError:
            return None

    @cached_property
    def _client(self) -> "httpx.Client":
        import ssl  # noqa: PLC0415

        import httpx  # noqa: PLC0415

        context = ssl.create_default_context()
        if self._certificate:
            context.load_cert_chain(*self._certificate)
        return httpx.Client(
            verify=context,
            trust_env=False,
            timeout=httpx.Timeout(_READ_TIMEOUT_S, connect=_CONNECT_TIMEOUT_S),
            headers={"Content-Type": "text/xml; charset=utf-8", "SOAPAction": f'"{SOAP_ACTION}"'},
        )


def _read_bounded(response: "httpx.Response") -> bytes:
    body = bytearray()
    for part in response.iter_bytes():
        body += part
        if len(body) > _LARGEST_ANSWER_BYTES:
            raise RegisterUnavailable("the register's answer is too large")
    return bytes(body)
