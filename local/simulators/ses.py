"""Amazon SES, as far as one letter goes: SESv2 SendEmail with simple or raw content."""

import base64
import binascii
import json
import uuid
from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiohttp import web

from local.simulators.message_store import MESSAGES, Arrival
from local.simulators.phone import DELIVERY
from local.simulators.receipts import RECEIPTS

routes = web.RouteTableDef()


def prepare(_: web.Application) -> None:
    """Nothing of its own: letters go to the phone's store."""


@routes.post("/ses/v2/email/outbound-emails")
async def send_email(request: web.Request) -> web.Response:
    if request.app[DELIVERY].down:
        return _error(429, "TooManyRequestsException")
    try:
        arrival = _read(json.loads(await request.read()), request.headers.get("amz-sdk-invocation-id", ""))
    except (ValueError, KeyError, TypeError, AttributeError, LookupError, binascii.Error):
        return _error(400, "BadRequestException")
    provider_id = request.app[MESSAGES].add(arrival)
    request.app[RECEIPTS].tell(replace(arrival, provider_id=provider_id))
    return web.json_response({"MessageId": provider_id})


def _read(sent: dict[str, Any], invocation_id: str) -> Arrival:
    """Raises what a malformed request makes Python raise: ValueError, KeyError, TypeError."""
    subject, text, calendar = _content(sent["Content"])
    (recipient,) = sent["Destination"]["ToAddresses"]
    tags = {str(tag["Name"]): str(tag["Value"]) for tag in sent.get("EmailTags", [])}
    return Arrival(
        kind="email",
        recipient=str(recipient),
        sender=str(sent["FromEmailAddress"]),
        subject=subject,
        text=text,
        calendar=calendar,
        message_id=tags.get("message_id", ""),
        provider_id=str(uuid.uuid4()),
        invocation_id=invocation_id or str(uuid.uuid4()),
    )


def _content(content: dict[str, Any]) -> tuple[str, str, str]:
    """Subject, text, and the calendar part if there is one."""
    if "Raw" in content:
        parsed = message_from_bytes(base64.b64decode(content["Raw"]["Data"], validate=True), policy=policy.default)
        return str(parsed["Subject"]), _text(parsed), _calendar(parsed)
    simple = content["Simple"]
    return str(simple["Subject"]["Data"]), str(simple["Body"]["Text"]["Data"]), ""


def _text(letter: EmailMessage) -> str:
    """The plain text, the calendar that a mail program would offer (RFC 6047), and the names of what is attached."""
    body = letter.get_body(preferencelist=("plain",))
    attached = [part.get_filename() or part.get_content_type() for part in letter.iter_attachments()]
    text = str(body.get_content()).replace("\r\n", "\n") if body else ""
    calendars = "".join(f"\n[Kalender: {method}]" for method in _calendar_methods(letter))
    return text + calendars + "".join(f"\n[Bilaga: {name}]" for name in attached)


def _calendar_methods(letter: EmailMessage) -> list[str]:
    """REQUEST for a new or moved time, CANCEL to take it away; what is only attached has none."""
    calendars = (part for part in letter.walk() if part.get_content_type() == "text/calendar")
    return [str(method) for part in calendars if (method := part.get_param("method")) is not None]


def _calendar(letter: EmailMessage) -> str:
    """The alternative that a calendar reads (RFC 6047)."""
    if letter.get_content_type() != "multipart/alternative":
        return ""
    part = next((each for each in letter.iter_parts() if each.get_content_type() == "text/calendar"), None)
    return str(part.get_content()).replace("\r\n", "\n") if isinstance(part, EmailMessage) else ""


def _error(status: int, code: str) -> web.Response:
    return web.json_response({"message": code}, status=status, headers={"x-amzn-ErrorType": code})
