"""Calls to a media node, inside the network: control, and whether it is there (docs/protocol.md §3, §4)."""

from functools import cached_property
from typing import TYPE_CHECKING

from chalicelib.errors import Unavailable

if TYPE_CHECKING:
    import httpx

_CONNECT_TIMEOUT_S = 2.0
_READ_TIMEOUT_S = 5.0
_ANSWER_TIMEOUT_S = 0.5
_NODE_HEADER = "X-Vardrum-Node"


class HttpMediaFleet:
    """Satisfies `services.ports.MediaFleet`."""

    def control(self, internal_url: str, token: str) -> None:
        """Raises Unavailable unless the node has done it. Its answer's body is not read into any message."""
        import httpx  # noqa: PLC0415  cold start: only these calls need it

        try:
            answer = self._client.post(f"{internal_url}/control", json={"token": token})
        except (httpx.HTTPError, httpx.InvalidURL):
            raise Unavailable("the media node does not answer", code="media_unreachable") from None
        if answer.status_code != httpx.codes.NO_CONTENT:
            raise Unavailable("the media node did not do as it was told", code="media_refused")

    def is_there(self, internal_url: str, node_id: str) -> bool:
        """Whether that very node answers at its address within half a second; the address may be another's by now."""
        import httpx  # noqa: PLC0415

        try:
            answer = self._client.get(f"{internal_url}/healthz", timeout=_ANSWER_TIMEOUT_S)
        except (httpx.HTTPError, httpx.InvalidURL):
            return False
        return bool(answer.headers.get(_NODE_HEADER) == node_id)

    def close(self) -> None:
        """Ends the connections, if there are any."""
        if "_client" in vars(self):
            self._client.close()

    @cached_property
    def _client(self) -> "httpx.Client":
        import httpx  # noqa: PLC0415

        timeout = httpx.Timeout(_READ_TIMEOUT_S, connect=_CONNECT_TIMEOUT_S)
        return httpx.Client(timeout=timeout, trust_env=False, follow_redirects=False)
