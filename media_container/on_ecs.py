"""Starts a media node as an ECS task: finds out the task's two addresses, which no setting can know beforehand.

The private one from the task metadata endpoint (ECS developer guide, "Task metadata endpoint version 4"), for the other
nodes, the functions and a TURN relay in the same network; the public one from AWS' own echo, for browsers.
"""

import ipaddress
import json
import os
import sys
import urllib.request
from collections.abc import Callable, Mapping

PUBLIC_ADDRESS_URL = "https://checkip.amazonaws.com"
METADATA_VARIABLE = "ECS_CONTAINER_METADATA_URI_V4"
TIMEOUT_SECONDS = 5.0

Fetch = Callable[[str], bytes]


def fetch(url: str) -> bytes:
    """Raises OSError."""
    with urllib.request.urlopen(url, timeout=TIMEOUT_SECONDS) as answer:  # noqa: S310 - two known addresses
        content: bytes = answer.read(64 * 1024)
    return content


def addresses(environment: Mapping[str, str], get: Fetch = fetch) -> dict[str, str]:
    """The variables that mediaserver reads. Raises OSError, or ValueError for an answer that holds no address."""
    networks = json.loads(get(environment[METADATA_VARIABLE]))["Networks"]
    private = ipaddress.ip_address(networks[0]["IPv4Addresses"][0])
    public = ipaddress.ip_address(get(PUBLIC_ADDRESS_URL).decode("ascii").strip())
    port = environment.get("MEDIA_HTTP_PORT", "8002")
    # A relay may be let into this network alone (docs/operations.md); browsers get no answer there, which does no harm.
    announced = f"{public},{private}" if environment.get("TURN_URLS") else str(public)
    return {"MEDIA_ANNOUNCED_IP": announced, "MEDIA_INTERNAL_URL": f"http://{private}:{port}"}


def main() -> None:
    """Become the media node."""
    os.environ.update(addresses(os.environ))
    os.execv(sys.executable, [sys.executable, "-m", "mediaserver"])  # noqa: S606 - no shell is wanted


if __name__ == "__main__":
    main()
