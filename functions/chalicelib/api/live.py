"""The live socket's edge: API Gateway WebSocket events in, messages of docs/api.md out."""

from typing import Any

import msgspec

from chalicelib.api import cookies
from chalicelib.api.ids import possible_id
from chalicelib.api.observe import log_not_done, log_refused, log_unexpected
from chalicelib.api.same_origin import require_own_origin
from chalicelib.domain.client_address import hashed_address
from chalicelib.domain.session import StaffSession, VisitorSession
from chalicelib.errors import BadInput, BodyTooLarge, VardrumError
from chalicelib.services.live_sockets import check_socket, close_socket, open_socket, unwatch_visit, watch_visit
from chalicelib.services.ports import Ports
from chalicelib.services.push import Payload, encoded
from chalicelib.services.push_changes import watching
from chalicelib.services.resume_session import resume_staff, resume_visitor

LARGEST_MESSAGE_BYTES = 4096
Event = dict[str, Any]


class Watch(msgspec.Struct, frozen=True, tag_field="action", tag="watch", forbid_unknown_fields=True):
    visit_id: str


class Unwatch(msgspec.Struct, frozen=True, tag_field="action", tag="unwatch", forbid_unknown_fields=True):
    visit_id: str


class Ping(msgspec.Struct, frozen=True, tag_field="action", tag="ping", forbid_unknown_fields=True):
    pass


Asked = Watch | Unwatch | Ping
_DECODER: msgspec.json.Decoder[Asked] = msgspec.json.Decoder(Asked)


def connect(ports: Ports, event: Event) -> dict[str, int]:
    """Admit the socket, or refuse the handshake with the status of what is wrong."""
    headers = {name.lower(): value for name, value in (event.get("headers") or {}).items()}
    role = (event.get("queryStringParameters") or {}).get("as", "")
    try:
        require_own_origin(headers, ports.settings.public_url)
        session = _session(ports, role, cookies.parse(headers.get("cookie", "")))
        open_socket(ports, session, _connection_id(event))
    except VardrumError as error:
        log_refused("live connect", error.code, _request_id(event), _caller(ports, event))
        return {"statusCode": error.status}
    except Exception as error:  # noqa: BLE001  as in rest.py, and Lambda's own log would hold the exception's words
        log_unexpected("live connect", error, _request_id(event))
        return {"statusCode": 500}
    return {"statusCode": 200}


def message(ports: Ports, event: Event) -> None:
    """Do what the page asks; whatever is wrong with it is told to the page and changes nothing."""
    connection_id = _connection_id(event)
    try:
        answer = _act(ports, connection_id, _read(event.get("body") or ""))
    except VardrumError as error:
        answer = _error(error.code)
    except Exception as error:  # noqa: BLE001  as in rest.py: the page learns nothing of what failed here
        log_unexpected("live message", error, _request_id(event))
        answer = _error("internal")
    if answer is not None:
        ports.live_push.push(connection_id, encoded(answer))


def disconnect(ports: Ports, event: Event) -> None:
    """Nobody waits for an answer; a socket that could not be closed here is found gone when it is next written to."""
    try:
        close_socket(ports, _connection_id(event))
    except VardrumError as error:
        log_not_done("live disconnect", error.code, _request_id(event))
    except Exception as error:  # noqa: BLE001  as above
        log_unexpected("live disconnect", error, _request_id(event))


def _session(ports: Ports, role: str, sent: dict[str, str]) -> StaffSession | VisitorSession:
    """By the cookie of the role that is asked for; no other is looked at."""
    if role == "staff":
        return resume_staff(ports, sent.get(cookies.STAFF, ""))
    if role == "visitor":
        return resume_visitor(ports, sent.get(cookies.VISITOR, ""))
    raise BadInput("the socket is for staff or visitor", field="as")


def _read(body: str) -> Asked:
    if len(body.encode(errors="replace")) > LARGEST_MESSAGE_BYTES:
        raise BodyTooLarge("the message is over 4 KiB")
    try:
        return _DECODER.decode(body)
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        raise BadInput("the message is none of the known") from None


def _act(ports: Ports, connection_id: str, asked: Asked) -> Payload | None:
    match asked:
        case Watch(visit_id=visit_id):
            return watching(watch_visit(ports, connection_id, possible_id(visit_id)))
        case Unwatch(visit_id=visit_id):
            unwatch_visit(ports, connection_id, possible_id(visit_id))
        case Ping():
            check_socket(ports, connection_id)
            return {"type": "pong"}
    return None


def _error(code: str) -> Payload:
    return {"type": "error", "code": code}


def _caller(ports: Ports, event: Event) -> str:
    address = str(event["requestContext"].get("identity", {}).get("sourceIp", ""))
    return hashed_address(ports.settings.link_key, address)


def _request_id(event: Event) -> str:
    return str(event["requestContext"].get("requestId", ""))


def _connection_id(event: Event) -> str:
    return str(event["requestContext"]["connectionId"])
