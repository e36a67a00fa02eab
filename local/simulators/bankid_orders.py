"""Orders as BankID keeps them (RP API v6.0): started, shown to a person, approved or refused, or run out of time."""

import hashlib
import hmac
import secrets
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field

from aiohttp import web

from local.simulators.demo import Person

START_WITHIN_S = 30.0
COMPLETE_WITHIN_S = 120.0
KEPT_FOR_S = 300.0
MOST_ORDERS = 1000


class AlreadyInProgress(Exception):
    """The person has another order; that one is aborted and no new one is made."""


class NoSuchOrder(Exception):
    """Never there, or forgotten."""


@dataclass(slots=True)
class Order:
    """`created_at`: the clock's seconds. `required_number`: who alone may complete it, or "". `purpose`: the text to show.

    `return_url`: where the app goes when it was started on the same device, whatever the start link says; or "".
    """

    end_user_ip: str
    required_number: str
    created_at: float
    purpose: str = ""
    return_url: str = ""
    order_ref: str = field(default_factory=lambda: str(uuid.uuid4()))
    auto_start_token: str = field(default_factory=lambda: str(uuid.uuid4()))
    qr_start_token: str = field(default_factory=lambda: str(uuid.uuid4()))
    qr_start_secret: str = field(default_factory=lambda: str(uuid.UUID(bytes=secrets.token_bytes(16), version=4)))
    status: str = "pending"
    hint_code: str = "outstandingTransaction"
    person: Person | None = None

    def finish(self, status: str, hint_code: str = "") -> None:
        self.status, self.hint_code = status, hint_code


class Orders:
    """All orders of the process, at most MOST_ORDERS."""

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        self._clock = clock
        self._orders: dict[str, Order] = {}

    def start(self, end_user_ip: str, required_number: str = "", *, purpose: str = "", return_url: str = "") -> Order:
        """Raises AlreadyInProgress."""
        self._let_time_pass()
        for other in self._orders.values():
            if required_number and other.required_number == required_number and other.status == "pending":
                other.finish("failed", "cancelled")
                raise AlreadyInProgress
        while len(self._orders) >= MOST_ORDERS:
            self._orders.pop(next(iter(self._orders)))
        order = Order(end_user_ip, required_number, self._clock(), purpose, return_url)
        self._orders[order.order_ref] = order
        return order

    def find(self, order_ref: str) -> Order:
        """Raises NoSuchOrder."""
        self._let_time_pass()
        if order_ref not in self._orders:
            raise NoSuchOrder
        return self._orders[order_ref]

    def cancel(self, order_ref: str) -> None:
        """Raises NoSuchOrder, also when it is over."""
        if self.find(order_ref).status != "pending":
            raise NoSuchOrder
        del self._orders[order_ref]

    def open_in_app(self, auto_start_token: str) -> Order:
        """The person's app has it on screen. Raises NoSuchOrder when it is over."""
        self._let_time_pass()
        for order in self._orders.values():
            if order.auto_start_token == auto_start_token and order.status == "pending":
                order.hint_code = "userSign"
                return order
        raise NoSuchOrder

    def scan(self, qr_text: str) -> Order:
        """The order whose code this is. Raises NoSuchOrder for a forged code, or one older than START_WITHIN_S."""
        self._let_time_pass()
        for order in self._orders.values():
            if order.hint_code == "outstandingTransaction" and self._is_code_of(order, qr_text):
                return order
        raise NoSuchOrder

    def approve(self, order: Order, person: Person) -> bool:
        """False when the order is another person's: then it has failed."""
        if order.required_number not in {"", person.number}:
            order.finish("failed", "certificateErr")
            return False
        order.person = person
        order.finish("complete")
        return True

    def waiting(self) -> list[tuple[Order, int]]:
        """Orders that nobody has opened yet, with their age in whole seconds, newest first."""
        self._let_time_pass()
        now = self._clock()
        return [
            (order, int(now - order.created_at))
            for order in reversed(self._orders.values())
            if order.hint_code == "outstandingTransaction"
        ]

    def _is_code_of(self, order: Order, qr_text: str) -> bool:
        prefix, _, rest = qr_text.strip().partition(f"bankid.{order.qr_start_token}.")
        seconds, _, code = rest.partition(".")
        if prefix or not seconds.isdecimal() or not seconds.isascii() or len(seconds) > 3:
            return False
        if int(seconds) > self._clock() - order.created_at + 1:
            return False  # made before its time
        expected = hmac.new(order.qr_start_secret.encode(), seconds.encode(), hashlib.sha256).hexdigest()
        return hmac.compare_digest(expected.encode(), code.encode())

    def _let_time_pass(self) -> None:
        now = self._clock()
        for order in list(self._orders.values()):
            age = now - order.created_at
            if age > KEPT_FOR_S:
                del self._orders[order.order_ref]
            elif order.status == "pending" and age > COMPLETE_WITHIN_S:
                order.finish("failed", "expiredTransaction")
            elif order.hint_code == "outstandingTransaction" and age > START_WITHIN_S:
                order.finish("failed", "startFailed")


ORDERS = web.AppKey("orders", Orders)
