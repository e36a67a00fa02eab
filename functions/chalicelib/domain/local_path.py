"""Where a login may lead back to: a path of this site, and nothing else (RFC 9700 4.11, open redirection)."""

import re

_LONGEST = 1000
# A browser reads `//host` and `/\host` as another host, and drops tabs and line ends before it looks.
_LOCAL = re.compile(r"/(?![/\\])[\x21-\x5b\x5d-\x7e]*")


def local_path(text: str) -> str:
    """The path with its query and fragment, or `/` for anything that could lead elsewhere."""
    return text if len(text) <= _LONGEST and _LOCAL.fullmatch(text) else "/"
