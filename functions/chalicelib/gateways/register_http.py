"""How the register is asked over HTTP: bounded in time and size, again when that can help, not while it is down (P5)."""

import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from threading import Lock
from typing import TYPE_CHECKING, Final

from chalicelib.domain.circuit_breaker import CircuitBreaker
from chalicelib.errors import RegisterUnavailable
from chalicelib.gateways.register_soap import SOAP_ACTION, is_refusal

if TYPE_CHECKING:
    import httpx

CONNECT_TIMEOUT_S: Final = 2.0
READ_TIMEOUT_S: Final = 4.0
TOTAL_S: Final = 12.0
_ATTEMPTS: Final = 3
_FIRST_WAIT_S: Final = 0.2
LARGEST_ANSWER_BYTES: Final = 400_000
_FAILURES, _WINDOW_S, _REST_S = 8, 30.0, 5.0


@dataclass(frozen=True, slots=True)
class Waiting:
    """How time passes: monotonic seconds, a sleep, and a share of chance (0 to 1) that spreads those who try again."""

    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    chance: Callable[[], float] = random.random


class RegisterHttp:
    """`certificate`: paths of the certificate and key (PEM) by which the other side knows us (mutual TLS); None for none.

    `server_ca`: path of the root (PEM) by which we know the other side; "" for the public ones.
    """

    def __init__(self, url: str, certificate: tuple[str, str] | None, server_ca: str, waiting: Waiting) -> None:
        self._url = url
        self._certificate = certificate
        self._server_ca = server_ca
        self._waiting = waiting
        self._breaker = CircuitBreaker(_FAILURES, _WINDOW_S, _REST_S)
        self._lock = Lock()

    def ask(self, question: bytes, until: float) -> bytes:
        """The answer's body. `until` is when whoever asks has waited enough (monotonic seconds).

        No answer, or one of 5xx, is asked for again, with a wait that doubles; a refusal is not. Raises
        RegisterUnavailable, at once while the breaker is open.
        """
        for attempt in range(_ATTEMPTS):
            self._admit()
            answer = self._attempt(question, until)
            if answer is not None:
                return answer
            wait_s = _FIRST_WAIT_S * 2.0**attempt * (0.5 + self._waiting.chance() / 2)
            if attempt + 1 == _ATTEMPTS or self._waiting.clock() + wait_s >= until:
                break
            self._waiting.sleep(wait_s)
        raise RegisterUnavailable("the register does not answer")

    def close(self) -> None:
        """Ends the connections, if there are any."""
        if "_client" in vars(self):
            self._client.close()

    def _admit(self) -> None:
        with self._lock:
            admitted = self._breaker.admits(self._waiting.clock())
        if not admitted:
            raise RegisterUnavailable("the register has not answered lately, and is asked again soon")

    def _attempt(self, question: bytes, until: float) -> bytes | None:
        """The answer's body; None when it may be there the next time. However it ends, the breaker hears of it."""
        answered = False
        try:
            answer, answered = self._post(question, until)
        finally:
            with self._lock:
                (self._breaker.succeeded if answered else self._breaker.failed)(self._waiting.clock())
        return answer

    def _post(self, question: bytes, until: float) -> tuple[bytes | None, bool]:
        """The body, None when another try may help, and whether the register is well."""
        import httpx  # noqa: PLC0415  cold start

        try:
            with self._client.stream("POST", self._url, content=question, timeout=self._timeout(until)) as response:
                body = self._read(response, until)
        except httpx.HTTPError:
            return None, False
        if response.status_code == httpx.codes.OK:
            return body, True
        if response.status_code == httpx.codes.INTERNAL_SERVER_ERROR and is_refusal(body):
            return body, True  # a fault of ours: reading it says so
        if response.is_server_error:
            return None, False
        raise RegisterUnavailable("the register answers with another status than 200")

    def _timeout(self, until: float) -> "httpx.Timeout":
        import httpx  # noqa: PLC0415

        left_s = max(until - self._waiting.clock(), 0.1)
        return httpx.Timeout(min(READ_TIMEOUT_S, left_s), connect=min(CONNECT_TIMEOUT_S, left_s))

    def _read(self, response: "httpx.Response", until: float) -> bytes:
        """As it came, never unpacked: we ask for no compression, so that a body is no larger than it looks."""
        body = bytearray()
        for part in response.iter_raw():
            body += part
            if len(body) > LARGEST_ANSWER_BYTES:
                raise RegisterUnavailable("the register's answer is too large")
            if self._waiting.clock() > until:
                raise RegisterUnavailable("the register's answer takes too long")
        return bytes(body)

    @cached_property
    def _client(self) -> "httpx.Client":
        import ssl  # noqa: PLC0415

        import httpx  # noqa: PLC0415

        context = ssl.create_default_context(cafile=self._server_ca or None)
        if self._certificate:
            context.load_cert_chain(*self._certificate)
        return httpx.Client(
            verify=context,
            trust_env=False,
            headers={
                "Content-Type": "text/xml; charset=utf-8",
                "SOAPAction": f'"{SOAP_ACTION}"',
                "Accept-Encoding": "identity",
            },
        )
