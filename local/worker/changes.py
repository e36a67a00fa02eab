"""Waits until the emulator says that some stream has new records (local/emulator.py, CHANGES_PATH)."""

import urllib.request

CHANGES_PATH = "/_vardrum/changes"
TIMEOUT_SECONDS = 15.0


class Changes:
    """A long poll: milliseconds after a write, at no cost while nothing happens."""

    def __init__(self, endpoint: str) -> None:
        self._url = f"{endpoint}{CHANGES_PATH}"

    def wait(self, seen: str | None) -> str:
        """The streams' counter, at once when it is not `seen`. Raises OSError when the emulator is away."""
        with urllib.request.urlopen(f"{self._url}?other-than={seen or ''}", timeout=TIMEOUT_SECONDS) as answer:  # noqa: S310
            body: bytes = answer.read()
        return body.decode("ascii")
