"""The OpenAPI 3.1 document, made from the endpoints and their structs.

`python -m chalicelib.api.openapi` writes it to `functions/openapi.json`, from which the web's types are generated.
"""

import sys
from collections.abc import Iterable, Sequence
from functools import reduce
from http import HTTPStatus
from operator import or_
from pathlib import Path
from types import NoneType
from typing import Any, get_args

import msgspec

from chalicelib.api.endpoint import Done, Endpoint, Query, Redirect, Whole
from chalicelib.api.endpoint import Page as PageAnswer
from chalicelib.api.fhir_outcome import MEDIA_TYPE as FHIR
from chalicelib.api.schemas.problem import MEDIA_TYPE, Problem
from chalicelib.domain import fhir
from chalicelib.domain.access import TABLE
from chalicelib.domain.integration_client import SCOPES

Json = dict[str, Any]
Schemas = dict[Any, Json]

FILE = Path(__file__).parents[2] / "openapi.json"

JSON = "application/json"
_REF = "#/components/schemas/{name}"
_NO_SCHEMA = (None, Done, Redirect, PageAnswer, Whole)
_INFO: Json = {
    "title": "Vårdrum",
    "version": "1",
    "description": (
        "Video visits for Swedish healthcare. JSON in snake_case, times ISO 8601 in UTC. Errors are problem details"
        " (RFC 9457) whose `code` is stable. Every state change must come from the pages' own origin; with a session it"
        " also carries `X-CSRF-Token`, which the session's view holds."
    ),
}
_SECURITY_SCHEMES: Json = {
    "staff_session": {
        "type": "apiKey",
        "in": "cookie",
        "name": "__Host-staff",
        "description": "A clinician who has logged in.",
    },
    "visitor_session": {
        "type": "apiKey",
        "in": "cookie",
        "name": "__Host-visitor",
        "description": "A patient or guest who came by a link.",
    },
    "system_token": {
        "type": "oauth2",
        "description": "Another system, by its token (docs/integration.md).",
        "flows": {"clientCredentials": {"tokenUrl": "/api/oauth/token", "scopes": dict.fromkeys(SCOPES, "")}},
    },
    "csrf": {"type": "apiKey", "in": "header", "name": "X-CSRF-Token", "description": "`csrf_token` of the session."},
}
_TAGS = {
    "public": "Anyone",
    "staff": "Clinicians, in the clinic's pages",
    "visitor": "Patients and guests, on the visitor's page",
    "system": "Booking systems (FHIR R4, OAuth 2)",
}


def document(endpoints: Sequence[Endpoint]) -> Json:
    """The whole document; the same endpoints always give the same document."""
    types = list(_types(endpoints))
    schemas, components = msgspec.json.schema_components(types, ref_template=_REF)
    schema_of = dict(zip(types, schemas, strict=True))
    paths: Json = {}
    for one in endpoints:
        paths.setdefault(one.path, {})[one.method.lower()] = _operation(one, schema_of)
    return {
        "openapi": "3.1.0",
        "info": _INFO,
        "servers": [{"url": "/api"}],
        "tags": [{"name": name, "description": text} for name, text in _TAGS.items()],
        "paths": paths,
        "components": {
            "schemas": dict(sorted(components.items())),
            "responses": {
                "Problem": _problem_response("Anything that went wrong"),
                "Outcome": _outcome_response("Anything that went wrong"),
            },
            "securitySchemes": _SECURITY_SCHEMES,
        },
    }


def _types(endpoints: Iterable[Endpoint]) -> Iterable[Any]:
    yield Problem
    yield fhir.OperationOutcome
    for one in endpoints:
        if one.body is not None:
            yield one.body
        if one.answer not in _NO_SCHEMA:
            yield one.answer
        yield from (_given_type(query) for query in one.query)


def _operation(one: Endpoint, schema_of: Schemas) -> Json:
    operation: Json = {
        "operationId": one.name,
        "summary": one.summary,
        "tags": [one.audience],
        "security": _security(one),
    }
    if one.spec:
        operation["description"] = f"Spec: {one.spec}."
    parameters = [*map(_path_parameter, one.in_path), *(_query_parameter(q, schema_of) for q in one.query)]
    if parameters:
        operation["parameters"] = parameters
    if one.body is not None:
        operation["requestBody"] = {
            "required": one.body_required,
            "content": _content(schema_of[one.body], one.media_type),
        }
    operation["responses"] = _responses(one, schema_of)
    return operation


def _security(one: Endpoint) -> list[Json]:
    if one.audience == "public" or "anyone" in TABLE[one.action]:
        return []
    if one.audience == "system":
        return [{"system_token": []}]
    session: Json = {f"{one.audience}_session": []}
    return [{**session, "csrf": []}] if one.changes_state else [session]


def _path_parameter(name: str) -> Json:
    return {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}


def _query_parameter(query: Query, schema_of: Schemas) -> Json:
    return {
        "name": query.name,
        "in": "query",
        "required": query.required,
        "schema": schema_of[_given_type(query)],
    }


def _given_type(query: Query) -> Any:
    """The type of the parameter where it is given: `date` of `date | None`."""
    options = [option for option in get_args(query.type) if option is not NoneType]
    return reduce(or_, options) if NoneType in get_args(query.type) else query.type


def _responses(one: Endpoint, schema_of: Schemas) -> Json:
    responses = {str(status): _success(one, status, schema_of) for status in one.statuses}
    for status, codes in sorted(_problems(one).items()):
        responses[str(status)] = _refused(one, codes)
    default = "Outcome" if one.audience == "system" else "Problem"
    return responses | {"default": {"$ref": f"#/components/responses/{default}"}}


def _success(one: Endpoint, status: int, schema_of: Schemas) -> Json:
    response: Json = {"description": HTTPStatus(status).phrase}
    if one.answer is Redirect:
        response["headers"] = {"Location": {"schema": {"type": "string"}}}
    elif one.answer in {PageAnswer, Whole} or status == HTTPStatus.NOT_MODIFIED:
        response["content"] = {"*/*": {"schema": {}}}  # of any media type
    elif one.answer not in _NO_SCHEMA:
        response["content"] = _content(schema_of[one.answer], FHIR if one.media_type == FHIR else JSON)
    return response


def _problems(one: Endpoint) -> dict[int, str]:
    """What the edge itself may refuse with, and what the endpoint says."""
    codes: dict[int, str] = {}
    if one.body is not None or one.query:
        codes[400] = "bad_input"
    if one.audience != "public":
        codes[401] = "not_logged_in"
    if one.changes_state and one.audience != "system":
        codes[403] = "csrf_rejected"
    if one.body is not None:
        codes[413] = "body_too_large"
    for status, more in one.problems.items():
        codes[status] = f"{codes[status]}, {more}" if status in codes else more
    return codes


def _problem_response(codes: str) -> Json:
    return {"description": codes, "content": {MEDIA_TYPE: {"schema": {"$ref": _REF.format(name="Problem")}}}}


def _refused(one: Endpoint, codes: str) -> Json:
    if one.audience != "system":
        return _problem_response(codes)
    if one.media_type != FHIR:  # RFC 6749 5.2, and ours where the request did not come so far
        return {"description": codes, "content": {"*/*": {"schema": {}}}}
    return _outcome_response(codes)


def _outcome_response(codes: str) -> Json:
    return {"description": codes, "content": {FHIR: {"schema": {"$ref": _REF.format(name="OperationOutcome")}}}}


def _content(schema: Json, media_type: str) -> Json:
    return {media_type: {"schema": schema}}


def text(endpoints: Sequence[Endpoint]) -> str:
    """The document as the committed file has it."""
    return msgspec.json.format(msgspec.json.encode(document(endpoints)), indent=2).decode() + "\n"


def main() -> int:
    from chalicelib.api.routes import ENDPOINTS  # noqa: PLC0415  the endpoints serve this document themselves

    FILE.write_text(text(ENDPOINTS), encoding="utf-8")
    sys.stdout.write(f"{FILE.name}: {len(ENDPOINTS)} operations\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
