"""HSA-ids stand in keys and in the access log, so nothing else gets there."""

import re
from typing import Final

_HSA_ID: Final = re.compile(r"SE[0-9]{10}(-[A-Za-z0-9]+)?")
_LONGEST: Final = 31


def is_hsa_id(value: object) -> bool:
    """`SE`, ten digits, and mostly a hyphen with letters and digits; at most 31 characters (HSA)."""
    return isinstance(value, str) and len(value) <= _LONGEST and _HSA_ID.fullmatch(value) is not None
