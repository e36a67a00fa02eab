"""Times of one thing done again and again."""

import statistics
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import perf_counter
from typing import Any
from unittest.mock import patch

from botocore.httpsession import URLLib3Session


def times_ms(work: Callable[[], object], rounds: int, *, warm_up: int = 20) -> list[float]:
    """Milliseconds of each round; the first ones, which fill caches, are not counted."""
    for _ in range(warm_up):
        work()
    return [_took_ms(work) for _ in range(rounds)]


def times_here_ms(work: Callable[[], object], rounds: int, *, warm_up: int = 20) -> list[float]:
    """As `times_ms`, without what is waited for between a request to AWS and its answer."""
    with waits_ms() as waited_ms:

        def here_ms() -> float:
            waited_ms.clear()
            return _took_ms(work) - sum(waited_ms)

        for _ in range(warm_up):
            work()
        return [here_ms() for _ in range(rounds)]


@contextmanager
def waits_ms() -> Iterator[list[float]]:
    """Milliseconds from each request to AWS to the beginning of its answer."""
    send: Callable[..., Any] = URLLib3Session.send
    waited_ms: list[float] = []

    def timed(session: URLLib3Session, request: object) -> Any:
        started = perf_counter()
        answer = send(session, request)
        waited_ms.append((perf_counter() - started) * 1000)
        return answer

    with patch.object(URLLib3Session, "send", timed):
        yield waited_ms


def p95(times: list[float]) -> float:
    return statistics.quantiles(times, n=20, method="inclusive")[18]


def _took_ms(work: Callable[[], object]) -> float:
    started = perf_counter()
    work()
    return (perf_counter() - started) * 1000
