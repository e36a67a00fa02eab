"""Amazon SNS, as far as SMS goes: Publish to a phone number, in the Query protocol."""

import re
import uuid
from dataclasses import replace
from xml.sax.saxutils import escape

from aiohttp import web

from local.simulators.message_store import MESSAGES, Arrival
from local.simulators.phone import DELIVERY
from local.simulators.receipts import RECEIPTS

routes = web.RouteTableDef()
_NAMESPACE = "http://sns.amazonaws.com/doc/2010-03-31/"
_E164 = re.compile(r"\+[1-9][0-9]{6,14}")
_SENDER_ID = re.compile(r"(?=.*[A-Za-z])[A-Za-z0-9]{1,11}")
_ATTRIBUTE_NAME = re.compile(r"MessageAttributes\.entry\.[0-9]+\.Name")
_LONGEST_MESSAGE = 1600


class Refused(Exception):
    """The error code and message of SNS, both safe to answer with."""


def prepare(_: web.Application) -> None:
    """Nothing of its own: messages go to the phone's store."""


@routes.post("/sns")
@routes.post("/sns/")
async def query(request: web.Request) -> web.Response:
    if request.app[DELIVERY].down:
        return _error(400, "Throttling", "Rate exceeded")
    form = {name: str(value) for name, value in (await request.post()).items()}
    if form.get("Action") != "Publish":
        return _error(400, "InvalidAction", "Only Publish is simulated")
    try:
        arrival = _read(form, request.headers.get("amz-sdk-invocation-id", ""))
    except Refused as refused:
        return _error(400, "InvalidParameter", f"Invalid parameter: {refused}")
    provider_id = request.app[MESSAGES].add(arrival)
    request.app[RECEIPTS].tell(replace(arrival, provider_id=provider_id))
    return _xml(
        f'<PublishResponse xmlns="{_NAMESPACE}"><PublishResult><MessageId>{provider_id}</MessageId></PublishResult>'
        f"<ResponseMetadata><RequestId>{uuid.uuid4()}</RequestId></ResponseMetadata></PublishResponse>"
    )


def _read(form: dict[str, str], invocation_id: str) -> Arrival:
    """Raises Refused."""
    attributes = _attributes(form)
    sender = attributes.get("AWS.SNS.SMS.SenderID", "NOTICE")
    text = form.get("Message", "")
    if not _E164.fullmatch(form.get("PhoneNumber", "")):
        raise Refused("PhoneNumber")
    if not 0 < len(text) <= _LONGEST_MESSAGE:
        raise Refused("Message")
    if not _SENDER_ID.fullmatch(sender):
        raise Refused("AWS.SNS.SMS.SenderID")
    return Arrival(
        kind="sms",
        recipient=form["PhoneNumber"],
        sender=sender,
        subject="",
        text=text,
        message_id=attributes.get("vardrum.message_id", ""),
        provider_id=str(uuid.uuid4()),
        invocation_id=invocation_id or str(uuid.uuid4()),
    )


def _attributes(form: dict[str, str]) -> dict[str, str]:
    """MessageAttributes.entry.N.Name and .Value.StringValue, by name."""
    entries = (name.removesuffix(".Name") for name in form if _ATTRIBUTE_NAME.fullmatch(name))
    return {form[f"{entry}.Name"]: form.get(f"{entry}.Value.StringValue", "") for entry in entries}


def _error(status: int, code: str, message: str) -> web.Response:
    return _xml(
        f'<ErrorResponse xmlns="{_NAMESPACE}"><Error><Type>Sender</Type><Code>{escape(code)}</Code>'
        f"<Message>{escape(message)}</Message></Error><RequestId>{uuid.uuid4()}</RequestId></ErrorResponse>",
        status,
    )


def _xml(text: str, status: int = 200) -> web.Response:
    return web.Response(text=text, status=status, content_type="text/xml")
