"""What came with a request -> the handler's typed arguments. No input value goes into an error or a log."""

import re
from collections.abc import Mapping
from typing import Any

import msgspec

from chalicelib.api.endpoint import Endpoint, Query
from chalicelib.api.ids import possible_id
from chalicelib.api.request import Request
from chalicelib.errors import BadInput, BodyTooLarge

LARGEST_BODY_BYTES = 64 * 1024
_LONGEST_QUERY = 2048
_WHERE = re.compile(r" - at `\$\.?(?P<path>[^`]*)`$")
_MISSING = re.compile(r"^Object missing required field `(?P<name>\w+)`")


def arguments(endpoint: Endpoint, request: Request) -> dict[str, Any]:
    """Path, query and body as the handler wants them. Raises BadInput, BodyTooLarge, and NotFound for no possible id."""
    found: dict[str, Any] = {name: possible_id(request.in_path[name]) for name in endpoint.in_path}
    for query in endpoint.query:
        found[query.name] = _query(query, request.query)
    require_bounded(request.body)
    if endpoint.body is not None and endpoint.body_read and (request.body or endpoint.body_required):
        _require_json(request.headers)
        found["body"] = decode(request.body, endpoint.body)
    return found


def decode(body: bytes, shape: Any) -> Any:
    """JSON of exactly that shape. Raises BadInput with `field`: where in the body, in the shape's own names."""
    try:
        return msgspec.json.decode(body, type=shape)
    except msgspec.ValidationError as error:
        raise BadInput("the body has not the right shape", field=_field(str(error))) from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise BadInput("the body is no JSON") from None


def require_bounded(body: bytes) -> None:
    """Raises BodyTooLarge."""
    if len(body) > LARGEST_BODY_BYTES:
        raise BodyTooLarge("the body is over 64 KiB")


def _require_json(headers: Mapping[str, str]) -> None:
    media_type = headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type != "application/json":
        raise BadInput("the body is not said to be JSON", field="content-type")


def _query(query: Query, given: Mapping[str, str]) -> Any:
    text = given.get(query.name)
    if text is None and not query.required:
        return query.default
    if text is None or len(text) > _LONGEST_QUERY:
        raise BadInput("a query parameter is missing or too long", field=query.name)
    try:
        return msgspec.convert(text, query.type, strict=False)
    except msgspec.ValidationError:
        raise BadInput("a query parameter has not the right form", field=query.name) from None


def _field(message: str) -> str | None:
    """Where msgspec found the fault, such as `guests[0].phone`. A field we do not know is named by nobody."""
    where = _WHERE.search(message)
    path = where["path"] if where else ""
    missing = _MISSING.search(message)
    if missing:
        path = f"{path}.{missing['name']}".lstrip(".")
    return path or None
