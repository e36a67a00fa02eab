"""One HTTP operation: a plain typed function, and beside it all that is said of it, as data.

    @endpoint("POST", "/visits", audience="staff", action="book", summary="Book a visit", spec="B2, B3")
    def book(ports: Ports, staff: Staff, body: BookVisit) -> BookedVisit: ...

What a handler gets follows from its parameters:

- of a type in `GIVEN`: what the edge knows (the ports, the request, who is calling);
- `body`: the request's JSON as that struct, which may be left out when it has a default;
- named in the path: that part of it;
- any other: a query parameter, optional when it has a default.

What it answers follows from its return type: a struct or a list of them is 200 with JSON, `Answer[T]` the same with a
status or cookies of its own, `None` 204, `Redirect` 302, `Page` a body of any media type, and `Whole` one with a status
and headers of its own. `reads` and `writes` of an endpoint say for the document what a handler takes and gives that reads
the body by itself and answers with Page or Whole.
"""

import re
from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass, field
from http import HTTPStatus
from inspect import Parameter, Signature, signature
from typing import Any, Generic, Literal, TypeVar, get_args, get_origin

from chalicelib.api.request import Request
from chalicelib.concealed import Concealed
from chalicelib.domain.access import Action
from chalicelib.domain.session import StaffSession, VisitorSession
from chalicelib.domain.staff import Staff
from chalicelib.domain.system_caller import System
from chalicelib.services.ports import Ports

Method = Literal["GET", "POST", "PUT", "DELETE"]
Audience = Literal["public", "staff", "visitor", "system"]
GIVEN: frozenset[type] = frozenset({Ports, Request, Staff, StaffSession, System, VisitorSession})
_IN_PATH = re.compile(r"{(\w+)}")

T = TypeVar("T")


@dataclass(frozen=True, slots=True, repr=False)
class Answer(Concealed, Generic[T]):
    """A body with a status or `Set-Cookie` values of its own."""

    body: T
    status: int = HTTPStatus.OK
    cookies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, repr=False)
class Done(Concealed):
    """204, with `Set-Cookie` values."""

    cookies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, repr=False)
class Redirect(Concealed):
    location: str
    cookies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    media_type: str
    text: str


@dataclass(frozen=True, slots=True, repr=False)
class Whole(Concealed):
    """A whole answer, for those who have forms of their own (FHIR, OAuth)."""

    media_type: str
    body: bytes
    status: int = HTTPStatus.OK
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Query:
    """A query parameter; `default` is `Parameter.empty` when it must be given."""

    name: str
    type: Any
    default: Any

    @property
    def required(self) -> bool:
        return self.default is Parameter.empty


@dataclass(frozen=True, slots=True)
class Endpoint:
    """`action`: its row in the access table (domain/access.py). `statuses` of success, the usual one first; `problems`
    says which codes an error status may carry. `body_read`: the edge reads the body; else the handler does. `media_type`
    of body and answer. `is_use`: calling it keeps the session of staff awake.
    """

    method: Method
    path: str
    audience: Audience
    action: Action
    summary: str
    spec: str
    handler: Callable[..., Any]
    name: str
    statuses: tuple[int, ...]
    problems: Mapping[int, str]
    answer: Any
    body: Any = None
    body_required: bool = True
    body_read: bool = True
    media_type: str = "application/json"
    is_use: bool = True
    given: Mapping[str, type] = field(default_factory=dict)
    in_path: tuple[str, ...] = ()
    query: tuple[Query, ...] = ()

    @property
    def changes_state(self) -> bool:
        return self.method != "GET"


def endpoint(
    method: Method,
    path: str,
    *,
    audience: Audience,
    action: Action,
    summary: str,
    spec: str = "",
    statuses: tuple[int, ...] = (),
    problems: Mapping[int, str] | None = None,
    is_use: bool = True,
    reads: Any = None,
    writes: Any = None,
    media_type: str = "application/json",
) -> Callable[[Callable[..., Any]], Endpoint]:
    """Turn a handler into an Endpoint."""

    def declare(handler: Callable[..., Any]) -> Endpoint:
        shape = signature(handler)
        in_path = tuple(_IN_PATH.findall(path))
        given = {p.name: p.annotation for p in shape.parameters.values() if p.annotation in GIVEN}
        answer = writes or _answer(shape.return_annotation)
        takes = shape.parameters["body"].annotation if "body" in shape.parameters else reads
        return Endpoint(
            method=method,
            path=path,
            audience=audience,
            action=action,
            summary=summary,
            spec=spec,
            handler=handler,
            name=handler.__name__,
            statuses=statuses or (_usual_status(answer),),
            problems=problems or {},
            answer=answer,
            body=takes,
            body_required=takes is not None and ("body" not in shape.parameters or _has_no_default(shape, "body")),
            body_read=reads is None,
            media_type=media_type,
            is_use=is_use,
            given=given,
            in_path=in_path,
            query=_query(shape, {*given, *in_path, "body"}),
        )

    return declare


def _has_no_default(shape: Signature, name: str) -> bool:
    return shape.parameters[name].default is Parameter.empty


def _query(shape: Signature, taken: Set[str]) -> tuple[Query, ...]:
    free = (each for each in shape.parameters.values() if each.name not in taken)
    return tuple(Query(each.name, each.annotation, each.default) for each in free)


def _answer(annotation: Any) -> Any:
    return get_args(annotation)[0] if get_origin(annotation) is Answer else annotation


def _usual_status(answer: Any) -> int:
    if answer is None or answer is Done:
        return HTTPStatus.NO_CONTENT
    return HTTPStatus.FOUND if answer is Redirect else HTTPStatus.OK
