"""Freja eID, "Authentication Service" 1.0, as the second e-ID behind a personal link (G6).

Each method is a POST whose one parameter is JSON in base64 (`initAuthRequest=...`), over mutual TLS; a plain `http` URL
without certificate is for the simulator on one machine. The request names the invited person (userInfoType `SSN`), so it
comes up in that person's app and in no other; who has approved is read from Freja's signature alone.
"""

import base64
import time
from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, NoReturn, TypeVar

import msgspec

from chalicelib.concealed import Concealed
from chalicelib.domain.eid import EidOrder, EidRequest, EidResult
from chalicelib.domain.freja_texts import freja_problem_code
from chalicelib.domain.identity_number import IdentityNumber
from chalicelib.errors import EidUnavailable
from chalicelib.gateways.freja_signature import FrejaSignatures

if TYPE_CHECKING:
    import ssl

    import httpx

_CONNECT_TIMEOUT_S: Final = 2.0
_READ_TIMEOUT_S: Final = 5.0
_LARGEST_ANSWER_BYTES: Final = 256 * 1024
_NO_SUCH_ORDER: Final = 1100
_PENDING: Final = frozenset({"STARTED", "DELIVERED_TO_MOBILE"})
_LEVEL: Final = "PLUS"
_Shape = TypeVar("_Shape")


class FrejaEid:
    """Satisfies `services.ports.Eid`.

    `api_url`: such as `https://services.prod.frejaeid.com`. `signing_certificates`: path of the certificates (PEM) that
    Freja signs results with. `certificate`: paths of ours and its key. `server_ca`: path of the root of Freja's servers
    where the system does not know it, or "". `clock`: epoch seconds.
    """

    def __init__(
        self,
        api_url: str,
        signing_certificates: str,
        *,
        certificate: tuple[str, str] | None = None,
        server_ca: str = "",
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._api_url = api_url.rstrip("/")
        self._signatures = FrejaSignatures(signing_certificates)
        self._certificate = certificate
        self._server_ca = server_ca
        self._clock = clock

    def start(self, request: EidRequest) -> EidOrder:
        """Raises EidUnavailable; its code is `eid_already_in_progress` when the person has another request open (both
        are then cancelled), and `freja_not_found` when Freja says that they cannot be asked.

        Of a number that it does not know Freja says nothing: the order expires.
        """
        self._signatures.require_readable()
        answer = self._ask("initAuthentication", "initAuthRequest", _question(request.number))
        auth_ref = _read(answer, _Started).authRef
        return EidOrder(
            order_ref=auth_ref,
            auto_start_token=auth_ref,
            qr_start_token="",
            qr_start_secret="",
            started_at=self._clock(),
            provider="freja",
        )

    def collect(self, order: EidOrder) -> EidResult:
        """An order that Freja no longer knows has expired. Raises EidUnavailable, also when a signature does not hold."""
        answer = self._ask("getOneResult", "getOneAuthResultRequest", {"authRef": order.order_ref})
        if answer is None:
            return EidResult("failed", "EXPIRED")
        result = _read(answer, _Result)
        if result.status != "APPROVED":
            return EidResult("pending" if result.status in _PENDING else "failed", result.status)
        person = self._signatures.approved(result.details, order.order_ref, self._clock())
        return EidResult("complete", result.status, person)

    def cancel(self, order: EidOrder) -> None:
        """An order that is over already is no error. Raises EidUnavailable."""
        self._ask("cancel", "cancelAuthRequest", {"authRef": order.order_ref})

    def close(self) -> None:
        """Ends the connections, if there are any."""
        if "_http" in vars(self):
            self._http.close()

    def _ask(self, method: str, parameter: str, question: dict[str, Any]) -> bytes | None:
        """The answer's body, or None when there is no such order. Raises EidUnavailable."""
        import httpx  # noqa: PLC0415  cold start

        url = f"{self._api_url}/authentication/1.0/{method}"
        # As Freja's own client sends it: not form-encoded, whatever it looks like.
        content = f"{parameter}={_base64_json(question)}"
        try:
            response = self._http.post(url, content=content, headers={"Content-Type": "application/json"})
        except httpx.HTTPError:
            _fail("Freja does not answer")
        if len(response.content) > _LARGEST_ANSWER_BYTES:
            _fail("Freja's answer is too large")
        if response.status_code == 200:
            return response.content
        _require_no_such_order(response.content)
        return None

    @cached_property
    def _http(self) -> "httpx.Client":
        import httpx  # noqa: PLC0415

        timeout = httpx.Timeout(_READ_TIMEOUT_S, connect=_CONNECT_TIMEOUT_S)
        return httpx.Client(verify=self._tls(), timeout=timeout, trust_env=False)

    def _tls(self) -> "ssl.SSLContext":
        """Raises EidUnavailable when a file is not there, or certificate and key do not belong together."""
        import ssl  # noqa: PLC0415

        try:
            context = ssl.create_default_context(cafile=self._server_ca or None)
            if self._certificate:
                context.load_cert_chain(*self._certificate)
        except OSError:  # ssl.SSLError is one
            _fail("our certificate for Freja, or the root of Freja's, cannot be read")
        return context


class _Started(Concealed, msgspec.Struct):
    authRef: str


class _Result(Concealed, msgspec.Struct):
    status: str
    details: str = ""


class _Refusal(Concealed, msgspec.Struct):
    code: int


def _question(number: IdentityNumber) -> dict[str, Any]:
    return {
        "userInfoType": "SSN",
        "userInfo": _base64_json({"country": "SE", "ssn": number.digits}),
        "minRegistrationLevel": _LEVEL,
        "attributesToReturn": [{"attribute": "SSN"}, {"attribute": "REGISTRATION_LEVEL"}],
    }


def _base64_json(value: object) -> str:
    return base64.b64encode(msgspec.json.encode(value)).decode()


def _require_no_such_order(refusal: bytes) -> None:
    """Raises EidUnavailable for any other refusal; what Freja says besides the code may be of the person."""
    try:
        code = msgspec.json.decode(refusal, type=_Refusal).code
    except (msgspec.DecodeError, RecursionError):
        _fail("Freja answers with an error without a code")
    if code != _NO_SUCH_ORDER:
        _fail("Freja answered with an error", freja_problem_code(code))


def _read(answer: bytes | None, shape: type[_Shape]) -> _Shape:
    try:
        return msgspec.json.decode(answer or b"", type=shape)
    except (msgspec.DecodeError, RecursionError):
        _fail("Freja's answer has not the documented form")


def _fail(message: str, code: str | None = None) -> NoReturn:
    raise EidUnavailable(message, code=code) from None
