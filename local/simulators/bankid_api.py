"""BankID's relying party API v6.0: auth, collect, cancel. In place of mutual TLS, plain http on this machine."""

import base64
import ipaddress
import json
import re
from typing import Any

from aiohttp import web

from local.simulators.bankid_orders import ORDERS, AlreadyInProgress, NoSuchOrder, Order
from local.simulators.demo import Person

routes = web.RouteTableDef()
_NUMBER = re.compile(r"[0-9]{12}")


def prepare(_: web.Application) -> None:
    """Nothing of its own: the orders are shared with the pages."""


@routes.post("/bankid/rp/v6.0/auth")
async def auth(request: web.Request) -> web.Response:
    parameters = await _parameters(request)
    try:
        order = request.app[ORDERS].start(
            _end_user_ip(parameters),
            _required_number(parameters),
            purpose=_user_visible_data(parameters),
            return_url=_return_url(parameters),
        )
    except AlreadyInProgress:
        raise _error(400, "alreadyInProgress", "Order already in progress for pno") from None
    return web.json_response(
        {
            "orderRef": order.order_ref,
            "autoStartToken": order.auto_start_token,
            "qrStartToken": order.qr_start_token,
            "qrStartSecret": order.qr_start_secret,
        }
    )


@routes.post("/bankid/rp/v6.0/collect")
async def collect(request: web.Request) -> web.Response:
    order = await _order(request)
    answer: dict[str, Any] = {"orderRef": order.order_ref, "status": order.status}
    if order.person:
        return web.json_response(answer | {"completionData": _completion_data(order.person, order.end_user_ip)})
    return web.json_response(answer | {"hintCode": order.hint_code})


@routes.post("/bankid/rp/v6.0/cancel")
async def cancel(request: web.Request) -> web.Response:
    order = await _order(request)
    try:
        request.app[ORDERS].cancel(order.order_ref)
    except NoSuchOrder:
        raise _error(400, "invalidParameters", "No such order") from None
    return web.json_response({})


@routes.route("*", "/bankid/rp/{rest:.*}")
async def anything_else(_: web.Request) -> web.Response:
    raise _error(404, "notFound", "No such method")


async def _order(request: web.Request) -> Order:
    order_ref = (await _parameters(request)).get("orderRef")
    try:
        return request.app[ORDERS].find(order_ref if isinstance(order_ref, str) else "")
    except NoSuchOrder:
        raise _error(400, "invalidParameters", "No such order") from None


async def _parameters(request: web.Request) -> dict[str, Any]:
    if request.content_type != "application/json":
        raise _error(415, "unsupportedMediaType", "Content-Type must be application/json")
    try:
        parameters = json.loads(await request.read())
    except ValueError:
        raise _error(400, "invalidParameters", "Invalid JSON") from None
    if not isinstance(parameters, dict):
        raise _error(400, "invalidParameters", "Invalid JSON")
    return parameters


def _end_user_ip(parameters: dict[str, Any]) -> str:
    try:
        return str(ipaddress.ip_address(parameters.get("endUserIp", "")))
    except ValueError:
        raise _error(400, "invalidParameters", "Incorrect endUserIp") from None


def _required_number(parameters: dict[str, Any]) -> str:
    requirement = parameters.get("requirement", {})
    number = requirement.get("personalNumber", "") if isinstance(requirement, dict) else None
    if not isinstance(number, str) or (number and not _NUMBER.fullmatch(number)):
        raise _error(400, "invalidParameters", "Incorrect requirement")
    return number


def _user_visible_data(parameters: dict[str, Any]) -> str:
    """1-1,500 characters of base64 over UTF-8, when it is there."""
    data = parameters.get("userVisibleData", "")
    if not isinstance(data, str) or len(data) > 1500:
        raise _error(400, "invalidParameters", "Incorrect userVisibleData")
    try:
        return base64.b64decode(data, validate=True).decode()
    except ValueError:
        raise _error(400, "invalidParameters", "Incorrect userVisibleData") from None


def _return_url(parameters: dict[str, Any]) -> str:
    url = parameters.get("returnUrl", "")
    if not isinstance(url, str) or (url and not url.startswith(("https://", "http://localhost:"))):
        raise _error(400, "invalidParameters", "Incorrect returnUrl")
    return url


def _completion_data(person: Person, ip_address: str) -> dict[str, Any]:
    return {
        "user": {
            "personalNumber": person.number,
            "name": person.name,
            "givenName": person.given_name,
            "surname": person.family_name,
        },
        "device": {"ipAddress": ip_address, "uhi": "c2ltdWxhdG9y"},
        "bankIdIssueDate": "2026-01-15",
        "signature": base64.b64encode(b"<simulated/>").decode(),
        "ocspResponse": base64.b64encode(b"simulated").decode(),
    }


def _error(status: int, code: str, details: str) -> web.HTTPException:
    """BankID's form of an error."""
    body = json.dumps({"errorCode": code, "details": details})
    kinds: dict[int, type[web.HTTPException]] = {
        400: web.HTTPBadRequest,
        404: web.HTTPNotFound,
        415: web.HTTPUnsupportedMediaType,
    }
    return kinds[status](text=body, content_type="application/json")
