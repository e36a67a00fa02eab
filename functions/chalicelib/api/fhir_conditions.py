"""FHIR's conditions on a request: `?identifier=`, `If-None-Exist`, `If-Match`, `If-None-Match` (R4 http.html, RFC 9110 13).

A condition names a booking by its identifier, and nothing else: a person's number belongs in no address.
"""

import re
from collections.abc import Mapping
from urllib.parse import parse_qsl

from chalicelib.api.request import Request
from chalicelib.domain.fhir_appointment import external_id_of, read_appointment, require_no_number
from chalicelib.errors import BadInput, PreconditionFailed

_LONGEST = 2048
_ETAG = re.compile(r'(?:W/)?"([0-9]{1,18})"')


def identifier_asked(request: Request) -> tuple[str, str]:
    """System and value of `?identifier=system|value`. Raises BadInput (`not_supported`: any other question), Unprocessable
    (`identifier_is_number`)."""
    return _identifier(request.query)


def only_create(request: Request) -> bool:
    """Whether `If-None-Exist` is there. Raises BadInput when it asks for another booking than the body's."""
    asked = request.headers.get("if-none-exist", "")
    if not asked:
        return False
    query = dict(parse_qsl(asked[:_LONGEST].removeprefix("?"), max_num_fields=10))
    if _identifier(query) != external_id_of(read_appointment(request.body)):
        raise BadInput("If-None-Exist asks for another booking", code="id_mismatch", field="If-None-Exist")
    return True


def expected_version(request: Request) -> int | None:
    """Of `If-Match`. Raises PreconditionFailed for one that no booking has."""
    given = request.headers.get("if-match", "").strip()
    if not given:
        return None
    found = _ETAG.fullmatch(given)
    if found is None:
        raise PreconditionFailed("If-Match names no version")
    return int(found[1])


def is_known_already(request: Request, version: int) -> bool:
    """`If-None-Match` names this version."""
    given = request.headers.get("if-none-match", "")[:_LONGEST]
    return given.strip() == "*" or str(version) in _ETAG.findall(given)


def _identifier(query: Mapping[str, str]) -> tuple[str, str]:
    if set(query) - {"identifier", "_format"} or "identifier" not in query:
        raise BadInput("a booking is found by its identifier alone", code="not_supported", field="identifier")
    system, bar, value = query["identifier"][:_LONGEST].partition("|")
    if not bar:
        system, value = "", system
    if not value.strip():
        raise BadInput("the identifier has no value", code="not_supported", field="identifier")
    return require_no_number(system, value.strip())
