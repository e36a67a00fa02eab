"""BankID, RP API v6.0, as the e-ID behind a personal link (G6).

In production and in BankID's test environment the certificate of the relying party authenticates us (mutual TLS); a
plain `http` URL without certificate is for the simulator on one machine. Error messages of the library are not passed
on: they can hold what BankID says of the person.
"""

import time
from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, NoReturn, TypeVar

import msgspec

from chalicelib.concealed import Concealed
from chalicelib.domain.eid import EidOrder, EidResult
from chalicelib.domain.identity_number import IdentityNumber
from chalicelib.errors import EidUnavailable, InvalidIdentityNumber

if TYPE_CHECKING:
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

    def start(self, number: IdentityNumber, end_user_ip: str) -> EidOrder:
        """Raises EidUnavailable; its code is `eid_already_in_progress` when the person has another order open."""
        answer = self._ask("auth", end_user_ip=end_user_ip, requirement={"personalNumber": number.digits})
        order = _read(answer, _Order)
        return EidOrder(
            order_ref=order.orderRef,
            auto_start_token=order.autoStartToken,
            qr_start_token=order.qrStartToken,
            qr_start_secret=order.qrStartSecret,
            started_at=self._clock(),  # BankID counts the QR code's seconds from its answer
        )

    def collect(self, order_ref: str) -> EidResult:
        """An order that BankID no longer knows has failed as `cancelled`. Raises EidUnavailable."""
        answer = self._ask("collect", order_ref=order_ref)
        if answer is None:
            return EidResult("failed", "cancelled")
        collected = _read(answer, _Collected)
        if collected.status != "complete":
            return EidResult(collected.status, collected.hintCode)
        return EidResult("complete", collected.hintCode, _number(collected))

    def cancel(self, order_ref: str) -> None:
        self._ask("cancel", order_ref=order_ref)

    def close(self) -> None:
        """Ends the connections, if there are any."""
        if "_client" in vars(self):
            self._client.client.close()

    def _ask(self, method: Literal["auth", "collect", "cancel"], **arguments: Any) -> object:
        """The answer, or None when there is no such order. Raises EidUnavailable."""
        import httpx  # noqa: PLC0415  cold start: only these requests need it
        from bankid import exceptions  # noqa: PLC0415

        call = {"auth": self._client.authenticate, "collect": self._client.collect, "cancel": self._client.cancel}
        try:
            return call[method](**arguments)
        except exceptions.AlreadyInProgressError:
            _fail("another order of this person is in progress", "eid_already_in_progress")
        except exceptions.InvalidParametersError:
            if method == "auth":
                _fail("BankID refused the parameters of an order")
            return None
        except exceptions.BankIDError:
            _fail("BankID answered with an error")
        except (httpx.HTTPError, ValueError, AttributeError):  # the library reads error bodies unchecked
            _fail("BankID does not answer, or not in JSON")

    @cached_property
    def _client(self) -> "BankIDClient":
        """The library takes neither a URL nor our time limits, so they are set after it is made."""
        import httpx  # noqa: PLC0415
        from bankid import BankIDClient  # noqa: PLC0415

        client = BankIDClient(certificates=None, test_server="appapi2.test." in self._api_url)
        client.client.close()
        if self._certificate:
            client.ctx.load_cert_chain(*self._certificate)
        timeout = httpx.Timeout(_READ_TIMEOUT_S, connect=_CONNECT_TIMEOUT_S)
        client.client = httpx.Client(verify=client.ctx, timeout=timeout, trust_env=False)
        client.api_url = f"{self._api_url}/"
        for method in ("auth", "collect", "cancel"):
            setattr(client, f"_{method}_endpoint", f"{self._api_url}/{method}")
        return client


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
