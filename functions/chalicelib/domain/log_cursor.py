"""Where a page of the access log ends, as an opaque text. It leads nowhere but to entries that the asker may read."""

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error

from chalicelib.errors import BadInput

LONGEST = 128
_POSITION = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z#[0-9a-f-]{36}")


def written_cursor(position: str) -> str:
    return urlsafe_b64encode(position.encode()).decode().rstrip("=")


def read_cursor(cursor: str) -> str:
    """The position (`AuditEntry.position`). Raises BadInput for what `written_cursor` never wrote."""
    try:
        position = urlsafe_b64decode(cursor[:LONGEST] + "=" * (-len(cursor) % 4)).decode()
    except (Error, ValueError):
        position = ""
    if not _POSITION.fullmatch(position):
        raise BadInput("the cursor is none of ours", field="cursor")
    return position
