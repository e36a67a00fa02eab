"""STUN Binding requests as ICE checks, and their answers (RFC 8489, RFC 8445 section 7.3).

Every browser checks every 2.5 s for each transport, to say that it still wants what it is sent (RFC 7675).
"""

import hmac
import struct
from binascii import crc32
from socket import AF_INET, AF_INET6, inet_pton
from typing import Any

MAGIC_COOKIE = b"\x21\x12\xa4\x42"
MAX_SIZE = 576
HEADER_LENGTH = 20
BINDING_REQUEST, BINDING_SUCCESS, BINDING_ERROR = b"\x00\x01", b"\x01\x01", b"\x01\x11"
USERNAME, MESSAGE_INTEGRITY, ERROR_CODE, XOR_MAPPED_ADDRESS = 0x0006, 0x0008, 0x0009, 0x0020
USE_CANDIDATE, FINGERPRINT, ICE_CONTROLLED = 0x0025, 0x8028, 0x8029
ROLE_CONFLICT = b"\x00\x00\x04\x57Role Conflict"  # 487
INTEGRITY_LENGTH, FINGERPRINT_LENGTH = 24, 8
FINGERPRINT_XOR = 0x5354554E
# Browsers put it first.
MAX_ATTRIBUTES_BEFORE_USERNAME = 16

_attribute_header = struct.Struct("!HH").unpack_from
_pack_attribute_header = struct.Struct("!HH").pack

Address = tuple[Any, ...]


class StunMalformed(Exception):
    """A datagram is no STUN message that an ICE agent sends."""


class BindingRequest:
    """An ICE check that is not authenticated yet: `is_signed_with` tells."""

    __slots__ = ("_attributes", "_integrity_at", "_message", "local_fragment")

    def __init__(self, message: bytes, attributes: dict[int, bytes], integrity_at: int, local_fragment: str) -> None:
        """`integrity_at` is where MESSAGE-INTEGRITY begins, 0 without one."""
        self._message = message
        self._attributes = attributes
        self._integrity_at = integrity_at
        # The receiver's part of USERNAME (RFC 8445 section 7.2.2).
        self.local_fragment = local_fragment

    @property
    def nominates(self) -> bool:
        """Whether the browser wants this pair to carry the media."""
        return USE_CANDIDATE in self._attributes

    @property
    def claims_controlled(self) -> bool:
        """Whether the browser takes the role that an ICE-lite server always has."""
        return ICE_CONTROLLED in self._attributes

    def is_signed_with(self, password: str) -> bool:
        """Whether MESSAGE-INTEGRITY was made with the password (RFC 8489 section 14.5)."""
        told = self._attributes.get(MESSAGE_INTEGRITY)
        return told is not None and hmac.compare_digest(told, _integrity(self._message[: self._integrity_at], password))

    def success(self, address: Address, password: str) -> bytes:
        """The signed answer; `address` is where the request came from."""
        return self._answer(BINDING_SUCCESS, XOR_MAPPED_ADDRESS, self._xored(address), password)

    def role_conflict(self, password: str) -> bytes:
        """The signed refusal of a check whose sender believes to be controlled (RFC 8445 section 7.3.1.1)."""
        return self._answer(BINDING_ERROR, ERROR_CODE, ROLE_CONFLICT, password)

    def _answer(self, kind: bytes, attribute: int, value: bytes, password: str) -> bytes:
        """With MESSAGE-INTEGRITY and FINGERPRINT. The cookie and the transaction are the request's."""
        head = _pack_attribute_header(attribute, len(value))
        body = b"".join((kind, b"\0\0", self._message[4:HEADER_LENGTH], head, value, bytes(-len(value) & 3)))
        body += _pack_attribute_header(MESSAGE_INTEGRITY, INTEGRITY_LENGTH - 4) + _integrity(body, password)
        signed = _with_length(body, len(body) - HEADER_LENGTH + FINGERPRINT_LENGTH)
        return signed + struct.pack("!HHI", FINGERPRINT, FINGERPRINT_LENGTH - 4, _fingerprint(signed))

    def _xored(self, address: Address) -> bytes:
        """RFC 8489 section 14.2. A link-local address comes with a scope, which is nothing to the browser."""
        host = address[0].partition("%")[0]
        family, packed = (2, inet_pton(AF_INET6, host)) if ":" in host else (1, inet_pton(AF_INET, host))
        pad = int.from_bytes(self._message[4 : 4 + len(packed)], "big")
        xored = (int.from_bytes(packed, "big") ^ pad).to_bytes(len(packed), "big")
        return struct.pack("!HH", family, address[1] ^ int.from_bytes(MAGIC_COOKIE[:2], "big")) + xored


def _with_length(message: bytes, length: int) -> bytes:
    return message[:2] + length.to_bytes(2, "big") + message[4:]


def _integrity(before: bytes, password: str) -> bytes:
    """Of what stands before the attribute, with a length that ends behind it."""
    message = _with_length(before, len(before) - HEADER_LENGTH + INTEGRITY_LENGTH)
    return hmac.digest(password.encode(), message, "sha1")


def _fingerprint(before: bytes) -> int:
    """Of what stands before the attribute, which is the last one (RFC 8489 section 14.7)."""
    return crc32(before) ^ FINGERPRINT_XOR


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
    if len(data) - HEADER_LENGTH != int.from_bytes(data[2:4], "big") or len(data) & 3:
        raise StunMalformed("the length is not that of the datagram")
    attributes: dict[int, bytes] = {}
    place, integrity_at = HEADER_LENGTH, 0
    while place < len(data):
        kind, size = _attribute_header(data, place)
        value = data[place + 4 : place + 4 + size]
        if len(value) < size:
            raise StunMalformed("an attribute runs past the end")
        if kind == FINGERPRINT:
            if place + FINGERPRINT_LENGTH != len(data) or value != _fingerprint(data[:place]).to_bytes(4, "big"):
                raise StunMalformed("FINGERPRINT is not that of the message")
        elif not integrity_at:  # what stands behind it is signed by nobody
            integrity_at = place if kind == MESSAGE_INTEGRITY else 0
            attributes.setdefault(kind, value)
        place += 4 + size + (-size & 3)
    return BindingRequest(data, attributes, integrity_at, fragment)
