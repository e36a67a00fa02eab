"""Logs and metrics of the edge: fixed sentences with fields, never an input, a name or an exception's own text."""

import logging
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from traceback import extract_tb
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from aws_lambda_powertools import Logger

_OURS = "chalicelib"
_SERVICE = "vardrum"
_NAMESPACE = "Vardrum"
# At INFO they print addresses, at DEBUG whole requests and answers. `chalice` itself logs under the app's name.
_LIBRARIES = ("aws_lambda_powertools", "bankid", "boto3", "botocore", "httpcore", "httpx", "pynamodb", "urllib3")


def quiet_libraries() -> None:
    """Their warnings alone, whatever level is set for the log as a whole."""
    for name in _LIBRARIES:
        logging.getLogger(name).setLevel(logging.WARNING)


@cache
def logger() -> "Logger":
    """Made when there is first something to say: it costs a cold start 50 ms."""
    from aws_lambda_powertools import Logger  # noqa: PLC0415

    return Logger(service=_SERVICE)


def log_unexpected(what: str, error: Exception, request_id: str) -> None:
    """A fault of ours. The place in the code is told, the exception's message is not: it may hold what a person wrote."""
    fields = {"operation": what, "error": type(error).__name__, "place": _place(error), "request_id": request_id}
    logger().error("An operation failed unexpectedly", extra=fields)


def log_not_done(what: str, code: str, request_id: str) -> None:
    """Refused on purpose, and not for what a caller asked: another party did not answer, or a record is none of ours."""
    fields = {"operation": what, "code": code, "request_id": request_id}
    logger().warning("An operation could not be done", extra=fields)


def log_refused(what: str, code: str, request_id: str, caller: str) -> None:
    """Somebody was kept out: a login that failed, what they may not do, or too much of it. `caller`: the hashed address."""
    fields = {"operation": what, "code": code, "request_id": request_id, "caller": caller}
    logger().warning("An operation was refused", extra=fields)


def count(what: str, status: int, elapsed_s: float) -> None:
    """One request: how many, how long and how it went, by operation (CloudWatch embedded metric format)."""
    from aws_lambda_powertools.metrics import EphemeralMetrics  # noqa: PLC0415

    metrics = EphemeralMetrics(namespace=_NAMESPACE, service=_SERVICE)
    metrics.add_dimension(name="operation", value=what)
    metrics.add_metric(name="Requests", unit="Count", value=1)
    metrics.add_metric(name="Latency", unit="Milliseconds", value=round(elapsed_s * 1000, 1))
    metrics.add_metric(name="Refused", unit="Count", value=int(400 <= status < 500))
    metrics.add_metric(name="Failed", unit="Count", value=int(status >= 500))
    metrics.flush_metrics()


def count_messages(outcomes: Mapping[str, int]) -> None:
    """What became of a round's messages, one figure for each outcome (`send_outbox.Outcome`, and what carriers tell)."""
    if not outcomes:
        return
    from aws_lambda_powertools.metrics import EphemeralMetrics  # noqa: PLC0415

    metrics = EphemeralMetrics(namespace=_NAMESPACE, service=_SERVICE)
    for outcome, times in outcomes.items():
        metrics.add_metric(name=f"Messages{outcome.title().replace('_', '')}", unit="Count", value=times)
    metrics.flush_metrics()


def _place(error: Exception) -> str:
    """The innermost line of our own code, such as `book_visit.py:88`."""
    frames = [frame for frame in extract_tb(error.__traceback__) if _OURS in Path(frame.filename).parts]
    return f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
