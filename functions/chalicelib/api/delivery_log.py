"""What CloudWatch Logs hands to a subscribed function: log lines as gzipped JSON (CloudWatch Logs user guide,
"Using subscription filters")."""

import binascii
import zlib
from base64 import b64decode
from collections.abc import Mapping
from typing import Any

import msgspec

from chalicelib.errors import BadInput

# Far above what one event holds: 1 MB, gzipped.
_LARGEST_BYTES = 32 * 1024 * 1024


def delivery_lines(event: Mapping[str, Any]) -> list[str]:
    """The lines of an event; none of the one that only tries the subscription. Raises BadInput."""
    try:
        given = msgspec.json.decode(_unpacked(event["awslogs"]["data"]), type=dict[str, Any])
        lines = given["logEvents"] if given["messageType"] == "DATA_MESSAGE" else []
        return [str(line["message"]) for line in lines]
    except (KeyError, TypeError, binascii.Error, OSError, EOFError, zlib.error, msgspec.DecodeError):
        raise BadInput("not an event of CloudWatch Logs", code="bad_delivery_log") from None


def _unpacked(data: str) -> bytes:
    """At most _LARGEST_BYTES: a longer one is cut, and then no JSON."""
    unpacking = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
    return unpacking.decompress(b64decode(data, validate=True), _LARGEST_BYTES)
