"""STUN Binding requests as ICE checks, and their answers (RFC 8489, RFC 8445 section 7.3). The only aioice import."""

import struct
from typing import Any

from aioice import stun

MAGIC_COOKIE = b"\x21\x12\xa4\x42"
MAX_SIZE = 576
HEADER_LENGTH = 20
ROLE_CONFLICT = (487, "Role Conflict")
BINDING_REQUEST = b"\x00\x01"
USERNAME = 0x0006
# Browsers put it first.
MAX_ATTRIBUTES_BEFORE_USERNAME = 16

_attribute_header = struct.Struct("!HH").unpack_from

Address = tuple[Any, ...]


class StunMalformed(Exception):
    """A datagram is no STUN message that an ICE agent sends."""


class BindingRequest:
    """An ICE check that is not authenticated yet: `is_signed_with` tells."""

    __slots__ = ("_message", "local_fragment")

    def __init__(self, message: stun.Message, local_fragment: str) -> None:
        self._message = message
        # The receiver's part of USERNAME (RFC 8445 section 7.2.2).
        self.local_fragment = local_fragment

    @property
    def nominates(self) -> bool:
        """Whether the browser wants this pair to carry the media."""
        return "USE-CANDIDATE" in self._message.attributes

    @property
    def claims_controlled(self) -> bool:
        """Whether the browser takes the role that an ICE-lite server always has."""
        return "ICE-CONTROLLED" in self._message.attributes

    def is_signed_with(self, password: str) -> bool:
        """Whether MESSAGE-INTEGRITY was made with the password."""
        return bool(self._message.check_message_integrity(password.encode()))

    def success(self, address: Address, password: str) -> bytes:
        """The signed answer; `address` is where the request came from."""
        return self._answer(stun.Class.RESPONSE, {"XOR-MAPPED-ADDRESS": _plain(address)}, password)

    def role_conflict(self, password: str) -> bytes:
        """The signed refusal of a check whose sender believes to be controlled (RFC 8445 section 7.3.1.1)."""
        return self._answer(stun.Class.ERROR, {"ERROR-CODE": ROLE_CONFLICT}, password)

    def _answer(self, message_class: stun.Class, attributes: dict[str, Any], password: str) -> bytes:
        answer = stun.Message(stun.Method.BINDING, message_class, self._message.transaction_id, attributes)
        answer.add_message_integrity(password.encode())
        return bytes(answer)


def claimed_fragment(data: bytes) -> str:
    """The receiver's part of USERNAME, if the datagram may be a Binding request. Raises StunMalformed.

    It looks at nothing else, so that what strangers send costs little; a request for a known fragment is parsed in full.
    """
    if not HEADER_LENGTH <= len(data) <= MAX_SIZE or data[:2] != BINDING_REQUEST or data[4:8] != MAGIC_COOKIE:
        raise StunMalformed("not a Binding request")
    place = HEADER_LENGTH
    for _ in range(MAX_ATTRIBUTES_BEFORE_USERNAME):
        if place + 4 > len(data):
            break
        kind, size = _attribute_header(data, place)
        if kind == USERNAME:
            fragment, colon, _ = data[place + 4 : place + 4 + size].partition(b":")
            if not colon:
                break
            return fragment.decode("ascii", "replace")
        place += 4 + size + (-size & 3)
    raise StunMalformed("USERNAME has not the form of an ICE check")


def parse_binding_request(data: bytes) -> BindingRequest:
    """Read a datagram. Raises StunMalformed unless it is a Binding request with USERNAME."""
    fragment = claimed_fragment(data)
    try:
        message = stun.parse_message(data)
    except (ValueError, struct.error):
        raise StunMalformed("STUN attributes are malformed") from None
    return BindingRequest(message, fragment)


def _plain(address: Address) -> tuple[str, int]:
    """Host and port, without the scope that a link-local address comes with."""
    return address[0].partition("%")[0], int(address[1])
