"""Requests as Freja eID keeps them ("Authentication Service"): made, shown to one person, approved, declined, or over."""

import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from aiohttp import web

from local.simulators.demo import Person

CONFIRM_WITHIN_S = 120.0
KEPT_FOR_S = 600.0
MOST_REQUESTS = 1000
OPEN = frozenset({"STARTED", "DELIVERED_TO_MOBILE"})


class AlreadyUnderWay(Exception):
    """The person has another request; both are cancelled."""


class NoSuchRequest(Exception):
    """Never there, or forgotten."""


@dataclass(slots=True)
class FrejaRequest:
    """`created_at`: the clock's seconds. `number`: whose app it comes up in."""

    number: str
    attributes: tuple[str, ...]
    created_at: float
    auth_ref: str = field(default_factory=lambda: secrets.token_urlsafe(48))
    status: str = "STARTED"
    person: Person | None = None

    @property
    def is_open(self) -> bool:
        return self.status in OPEN


class FrejaRequests:
    """All requests of the process, at most MOST_REQUESTS."""

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        self._clock = clock
        self._requests: dict[str, FrejaRequest] = {}

    def start(self, number: str, attributes: tuple[str, ...]) -> FrejaRequest:
        """Raises AlreadyUnderWay."""
        self._let_time_pass()
        for other in self._requests.values():
            if other.number == number and other.is_open:
                other.status = "REJECTED"
                raise AlreadyUnderWay
        while len(self._requests) >= MOST_REQUESTS:
            self._requests.pop(next(iter(self._requests)))
        request = FrejaRequest(number, attributes, self._clock())
        self._requests[request.auth_ref] = request
        return request

    def find(self, auth_ref: str) -> FrejaRequest:
        """Raises NoSuchRequest."""
        self._let_time_pass()
        if auth_ref not in self._requests:
            raise NoSuchRequest
        return self._requests[auth_ref]

    def cancel(self, auth_ref: str) -> None:
        """By the relying party; one that is over stays as it is. Raises NoSuchRequest."""
        request = self.find(auth_ref)
        if request.is_open:
            request.status = "RP_CANCELED"

    def open_in_app(self, auth_ref: str) -> FrejaRequest:
        """The person has it on screen. Raises NoSuchRequest when it is over."""
        request = self.find(auth_ref)
        if not request.is_open:
            raise NoSuchRequest
        request.status = "DELIVERED_TO_MOBILE"
        return request

    def approve(self, request: FrejaRequest, person: Person) -> bool:
        """False, and nothing has happened, when it is another person's: it never came up in this one's app."""
        if request.number != person.number:
            return False
        request.person, request.status = person, "APPROVED"
        return True

    def waiting(self) -> list[tuple[FrejaRequest, int]]:
        """Open requests with their age in whole seconds, newest first."""
        self._let_time_pass()
        now = self._clock()
        return [
            (request, int(now - request.created_at)) for request in reversed(self._requests.values()) if request.is_open
        ]

    def _let_time_pass(self) -> None:
        now = self._clock()
        for request in list(self._requests.values()):
            age_s = now - request.created_at
            if age_s > KEPT_FOR_S:
                del self._requests[request.auth_ref]
            elif request.is_open and age_s > CONFIRM_WITHIN_S:
                request.status = "EXPIRED"


REQUESTS = web.AppKey("freja_requests", FrejaRequests)
