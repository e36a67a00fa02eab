"""What an edge knows of a request, whatever brought it here."""

from collections.abc import Mapping
from dataclasses import dataclass

from chalicelib.concealed import Concealed


@dataclass(frozen=True, slots=True, repr=False)
class Request(Concealed):
    """`headers` have lower-case names; `body` is as received, undecoded. `certificate`: of the caller's TLS certificate,
    where the edge has asked for one, its `x5t#S256` (RFC 8705 3.1)."""

    headers: Mapping[str, str]
    query: Mapping[str, str]
    in_path: Mapping[str, str]
    cookies: Mapping[str, str]
    source_ip: str
    request_id: str
    body: bytes
    certificate: str = ""
