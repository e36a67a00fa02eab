"""What the use cases need of the world outside. Storage and gateways satisfy these; tests put fakes in their place."""

from datetime import datetime
from typing import Protocol

from chalicelib.domain.eid import EidOrder, EidResult
from chalicelib.domain.identity_number import IdentityNumber
from chalicelib.domain.register import RegisterPerson
from chalicelib.domain.staff import StaffIdentity


class Clock(Protocol):
    def now(self) -> datetime:
        """The time in UTC."""
        ...


class PopulationRegister(Protocol):
    def person(self, number: IdentityNumber) -> RegisterPerson | None:
        """The person, or None when the register has no such number.

        Raises RegisterUnavailable when it does not answer or answers nonsense (P5).
        """
        ...


class Eid(Protocol):
    def start(self, number: IdentityNumber, end_user_ip: str) -> EidOrder:
        """Start an order that only this person can complete (G6). Raises EidUnavailable."""
        ...

    def collect(self, order_ref: str) -> EidResult:
        """How far the order has come; at most every 2 s per order. Raises EidUnavailable."""
        ...

    def cancel(self, order_ref: str) -> None:
        """Cancel; an order that is already over is no error. Raises EidUnavailable."""
        ...


class IdentityProvider(Protocol):
    def authorization_url(self, state: str, nonce: str, code_challenge: str) -> str:
        """Where to send the browser (OpenID Connect Core 3.1.2.1, RFC 7636 S256)."""
        ...

    def exchange(self, code: str, code_verifier: str, nonce: str) -> StaffIdentity:
        """Trade the code for checked claims. Raises StaleLogin (refused or forged) or IdpUnavailable."""
        ...

    def logout_url(self, id_token: str) -> str:
        """Where the browser ends the provider's session too (OpenID Connect RP-Initiated Logout)."""
        ...


class SmsSender(Protocol):
    def send(self, to_e164: str, text: str, message_id: str) -> str:
        """Send; the answer is the provider's id. Raises Unavailable when worth a retry, BadInput when never."""
        ...


class EmailSender(Protocol):
    def send(self, to: str, subject: str, text: str, message_id: str) -> str:
        """As SmsSender.send."""
        ...


class LivePush(Protocol):
    def push(self, connection_id: str, payload: bytes) -> bool:
        """Deliver to one socket; False when it is gone for good."""
        ...


class MediaFleet(Protocol):
    def control(self, internal_url: str, token: str) -> None:
        """POST a control token (docs/protocol.md §3). Raises Unavailable."""
        ...
