"""BankID, RP API v6.0, as the e-ID behind a personal link (G6).

In production and in BankID's test environment the certificate of the relying party authenticates us (mutual TLS); a
plain `http` URL without certificate is for the simulator on one machine. Error messages of the library are not passed
on: they can hold what BankID says of the person.
"""

import base64
import time
from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, NoReturn, TypeVar

import msgspec

from chalicelib.concealed import Concealed
from chalicelib.domain.bankid_texts import problem_code
from chalicelib.domain.eid import EidOrder, EidRequest, EidResult
from chalicelib.domain.identity_number import IdentityNumber
from chalicelib.errors import EidUnavailable, InvalidIdentityNumber

if TYPE_CHECKING:
    import ssl

    from bankid import BankIDClient

_CONNECT_TIMEOUT_S = 2.0
_READ_TIMEOUT_S = 5.0
_Shape = TypeVar("_Shape")


class BankId:
    """Satisfies `services.ports.Eid`.

    `api_url`: such as `https://appapi2.bankid.com/rp/v6.0`. `certificate`: paths of certificate and key (PEM). The
    server is trusted by BankID's own root, which the library carries for both environments. `clock`: epoch seconds.
    """

    def __init__(
        self, api_url: str, certificate: tuple[str, str] | None = None, clock: Callable[[], float] = time.time
    ) -> None:
        self._api_url = api_url.rstrip("/")
        self._certificate = certificate
        self._clock = clock

    def start(self, request: EidRequest) -> EidOrder:
        """Raises EidUnavailable; its code is `eid_already_in_progress` when the person has another order open, and
        `eid_refused` for what BankID will refuse each time.
        """
        answer = self._ask("auth", _question(request))
        order = _read(answer, _Order)
        return EidOrder(
            order_ref=order.orderRef,
            auto_start_token=order.autoStartToken,
            qr_start_token=order.qrStartToken,
            qr_start_secret=order.qrStartSecret,
            started_at=self._clock(),  # BankID counts the QR code's seconds from its answer
        )

    def collect(self, order: EidOrder) -> EidResult:
        """An order that BankID no longer knows has failed as `cancelled`. Raises EidUnavailable."""
        answer = self._ask("collect", order.order_ref)
        if answer is None:
            return EidResult("failed", "cancelled")
        collected = _read(answer, _Collected)
        if collected.status != "complete":
            return EidResult(collected.status, collected.hintCode)
        return EidResult("complete", collected.hintCode, _number(collected))

    def cancel(self, order: EidOrder) -> None:
        """An order that is over already is no error. Raises EidUnavailable."""
        self._ask("cancel", order.order_ref)

    def close(self) -> None:
        """Ends the connections, if there are any."""
        if "_client" in vars(self):
            self._client.client.close()

    def _ask(self, method: Literal["auth", "collect", "cancel"], argument: Any) -> object:
        """The answer, or None when there is no such order. Raises EidUnavailable."""
        import httpx  # noqa: PLC0415  cold start: only these requests need it
        from bankid import exceptions  # noqa: PLC0415

        call = {"auth": self._authenticate, "collect": self._client.collect, "cancel": self._client.cancel}
        try:
            return call[method](argument)
        except exceptions.InvalidParametersError:
            if method == "auth":
                _fail("BankID refused the parameters of an order", problem_code("invalidParameters"))
            return None
        except exceptions.BankIDError as error:
            _fail("BankID answered with an error", problem_code(str(error.json.get("errorCode"))))
        except (
            httpx.HTTPError,
            ValueError,
            AttributeError,
            RecursionError,
        ):  # the library reads error bodies unchecked
            _fail("BankID does not answer, or not in JSON")

    def _authenticate(self, question: dict[str, Any]) -> object:
        """The library's own `authenticate` knows no `returnUrl`."""
        from bankid.exceptions import get_json_error_class  # noqa: PLC0415

        response = self._client.client.post(f"{self._api_url}/auth", json=question)
        if response.status_code != 200:
            raise get_json_error_class(response)
        return response.json()

    def _show_certificate(self, context: "ssl.SSLContext") -> None:
        """Raises EidUnavailable when the files are not there or do not belong together."""
        try:
            if self._certificate:
                context.load_cert_chain(*self._certificate)
        except OSError:  # ssl.SSLError is one
            _fail("our certificate for BankID cannot be read")

    @cached_property
    def _client(self) -> "BankIDClient":
        """The library takes neither a URL nor our time limits, so they are set after it is made."""
        import httpx  # noqa: PLC0415
        from bankid import BankIDClient  # noqa: PLC0415

        client = BankIDClient(certificates=None, test_server="appapi2.test." in self._api_url)
        client.client.close()
        self._show_certificate(client.ctx)
        timeout = httpx.Timeout(_READ_TIMEOUT_S, connect=_CONNECT_TIMEOUT_S)
        client.client = httpx.Client(verify=client.ctx, timeout=timeout, trust_env=False)
        client.api_url = f"{self._api_url}/"
        for method in ("collect", "cancel"):
            setattr(client, f"_{method}_endpoint", f"{self._api_url}/{method}")
        return client


def _question(request: EidRequest) -> dict[str, Any]:
    """RP API v6.0, `/auth`. `returnUrl` stands above any `redirect` in the link that starts the app."""
    question: dict[str, Any] = {
        "endUserIp": request.end_user_ip,
        "requirement": {"personalNumber": request.number.digits},
    }
    if request.purpose:
        question["userVisibleData"] = base64.b64encode(request.purpose.encode()).decode()
    if request.return_url:
        question["returnUrl"] = request.return_url
    return question


class _Order(Concealed, msgspec.Struct):
    orderRef: str
    autoStartToken: str
    qrStartToken: str
    qrStartSecret: str


class _User(Concealed, msgspec.Struct):
    personalNumber: str


class _CompletionData(Concealed, msgspec.Struct):
    user: _User


class _Collected(Concealed, msgspec.Struct):
    status: Literal["pending", "failed", "complete"]
    hintCode: str = ""
    completionData: _CompletionData | None = None


def _read(answer: object, shape: type[_Shape]) -> _Shape:
    try:
        return msgspec.convert(answer, shape)
    except msgspec.ValidationError:
        _fail("BankID's answer has not the form of RP API v6.0")


def _number(collected: _Collected) -> IdentityNumber:
    if collected.completionData is None:
        _fail("BankID's completed order names nobody")
    try:
        return IdentityNumber(collected.completionData.user.personalNumber)
    except InvalidIdentityNumber:
        _fail("BankID's completed order holds no identity number")


def _fail(message: str, code: str | None = None) -> NoReturn:
    raise EidUnavailable(message, code=code) from None
