"""Freja eID's Authentication Service 1.0: initAuthentication, getOneResult, cancel. In place of mutual TLS, plain http."""

import base64
import json
import re
from typing import Any

from aiohttp import web

from local.simulators.freja_orders import REQUESTS, AlreadyUnderWay, FrejaRequest, NoSuchRequest
from local.simulators.freja_signer import SIGNER, attributes_of

routes = web.RouteTableDef()
_NUMBER = re.compile(r"[0-9]{12}")
_ATTRIBUTES = frozenset({"SSN", "REGISTRATION_LEVEL", "BASIC_USER_INFO"})
_PREFIX = "/freja/rp/authentication/1.0"


def prepare(_: web.Application) -> None:
    """Nothing of its own: requests and key are shared with the pages."""


@routes.post(f"{_PREFIX}/initAuthentication")
async def init_authentication(request: web.Request) -> web.Response:
    question = await _question(request, "initAuthRequest")
    if question.get("minRegistrationLevel") != "PLUS":
        raise _error(1007, "Invalid minimum registration level.")
    number, attributes = _number(question), _attributes(question)
    try:
        started = request.app[REQUESTS].start(number, attributes)
    except AlreadyUnderWay:
        raise _error(2000, "Authentication request failed. Previous request was rejected.") from None
    return web.json_response({"authRef": started.auth_ref})


@routes.post(f"{_PREFIX}/getOneResult")
async def get_one_result(request: web.Request) -> web.Response:
    found = await _request(request, "getOneAuthResultRequest")
    answer: dict[str, Any] = {"authRef": found.auth_ref, "status": found.status}
    if found.person:
        answer["details"] = request.app[SIGNER].details(found, found.person)
        answer["requestedAttributes"] = attributes_of(found, found.person)
    return web.json_response(answer)


@routes.post(f"{_PREFIX}/cancel")
async def cancel(request: web.Request) -> web.Response:
    found = await _request(request, "cancelAuthRequest")
    request.app[REQUESTS].cancel(found.auth_ref)
    return web.json_response({})


async def _request(request: web.Request, parameter: str) -> FrejaRequest:
    auth_ref = (await _question(request, parameter)).get("authRef")
    try:
        return request.app[REQUESTS].find(auth_ref if isinstance(auth_ref, str) else "")
    except NoSuchRequest:
        raise _error(1100, "Invalid reference (for example, nonexistent or expired).") from None


async def _question(request: web.Request, parameter: str) -> dict[str, Any]:
    name, _, value = (await request.text()).partition("=")
    if name != parameter:
        raise _error(1000, "Invalid parameters.")
    return _json_of(value, 1010, "JSON request cannot be parsed.")


def _json_of(encoded: object, code: int, message: str) -> dict[str, Any]:
    try:
        value = json.loads(base64.b64decode(encoded if isinstance(encoded, str) else "", validate=True))
    except ValueError:
        value = None
    if not isinstance(value, dict):
        raise _error(code, message)
    return value


def _number(question: dict[str, Any]) -> str:
    if question.get("userInfoType") != "SSN":
        raise _error(1001, "Invalid or missing userInfoType.")
    info = _json_of(question.get("userInfo"), 1002, "Invalid or missing userInfo.")
    number = info.get("ssn")
    if info.get("country") != "SE" or not isinstance(number, str) or not _NUMBER.fullmatch(number):
        raise _error(1002, "Invalid or missing userInfo.")
    return number


def _attributes(question: dict[str, Any]) -> tuple[str, ...]:
    wanted = question.get("attributesToReturn", [])
    names = [each.get("attribute") if isinstance(each, dict) else None for each in wanted]
    if not _ATTRIBUTES.issuperset(names):
        raise _error(2002, "Invalid attributesToReturn parameter.")
    return tuple(str(name) for name in names)


def _error(code: int, message: str) -> web.HTTPException:
    """Freja's form of an error."""
    return web.HTTPUnprocessableEntity(
        text=json.dumps({"code": code, "message": message}), content_type="application/json"
    )
