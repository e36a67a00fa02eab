"""E-mail addresses, read strictly (P4).

The dot-atom form of RFC 5321 4.1.2 in ASCII with a domain of at least two labels: no quoted local parts, no address
literals, no comments, and nothing that could end a header line. International domains are written in their `xn--` form.
"""

import re

from chalicelib.errors import BadInput

_LONGEST = 254
_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_ADDRESS = re.compile(
    rf"(?P<local>(?=.{{1,64}}@){_ATOM}(?:\.{_ATOM})*)@(?P<domain>(?:{_LABEL}\.)+(?=[^.]*[A-Za-z]){_LABEL})"
)


def normalise(text: str) -> str:
    """The address without surrounding spaces and with its domain in lower case. Raises BadInput (`invalid_email`)."""
    stripped = text.strip(" ")
    found = _ADDRESS.fullmatch(stripped) if len(stripped) <= _LONGEST else None
    if found is None:
        raise BadInput("not an e-mail address", code="invalid_email", field="email")
    return f"{found['local']}@{found['domain'].lower()}"
