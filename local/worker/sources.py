"""The event sources that the app registers for deployment, resolved to what they are in this stack."""

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from chalice.app import Chalice, DynamoDBEventConfig, ScheduledEventConfig, ScheduleExpression, SQSEventConfig

from local.template import Template

RATE = re.compile(r"rate\((\d+) (minute|hour|day)s?\)")


class UnsupportedSource(Exception):
    """The app registers something that the local worker cannot deliver."""


@dataclass(frozen=True, slots=True)
class StreamSource:
    name: str
    handler_string: str
    table_name: str
    batch_size: int


@dataclass(frozen=True, slots=True)
class QueueSource:
    name: str
    handler_string: str
    queue_url: str
    queue_arn: str
    batch_size: int


@dataclass(frozen=True, slots=True)
class ScheduleSource:
    name: str
    handler_string: str
    every: timedelta


Source = StreamSource | QueueSource | ScheduleSource


def sources_of(app: Chalice, template: Template) -> list[Source]:
    """Every registered source. Raises UnsupportedSource."""
    return [_source(config, template) for config in app.event_sources]


def _source(config: Any, template: Template) -> Source:
    if isinstance(config, DynamoDBEventConfig):
        table = template.ref(_logical_id(config.stream_arn))
        return StreamSource(config.name, config.handler_string, table, config.batch_size)
    if isinstance(config, SQSEventConfig):
        logical_id = _logical_id(config.queue_arn)
        url, arn = template.ref(logical_id), template.attribute(logical_id, "Arn")
        return QueueSource(config.name, config.handler_string, url, arn, config.batch_size)
    if isinstance(config, ScheduledEventConfig):
        return ScheduleSource(config.name, config.handler_string, interval(config.schedule_expression))
    raise UnsupportedSource(f"{type(config).__name__} of {config.name}")


def _logical_id(arn: Any) -> str:
    """Of {"Fn::GetAtt": [logical id, attribute]}, the form in which the app names what infra/template.yaml defines."""
    match arn:
        case {"Fn::GetAtt": [str(logical_id), *_]}:
            return logical_id
    raise UnsupportedSource(f"an ARN must be given as Fn::GetAtt of a resource of the template, not {arn!r}")


def interval(expression: str | ScheduleExpression) -> timedelta:
    """EventBridge's `rate(...)`. Raises UnsupportedSource for anything else."""
    text = expression if isinstance(expression, str) else expression.to_string()
    match = RATE.fullmatch(text)
    if match is None:
        raise UnsupportedSource(f"schedule {text!r}")
    return timedelta(**{f"{match[2]}s": int(match[1])})
