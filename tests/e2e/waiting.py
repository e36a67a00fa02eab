"""Waiting for what no element says: a colour that is seen, a tone that is heard, a message that has arrived."""

import time
from collections.abc import Callable

from playwright.sync_api import Page

PATIENCE_S = 45.0
BETWEEN_MS = 100


def until(page: Page, holds: Callable[[], bool], what: str) -> None:
    """Ask again and again, with the page's own events going on. Raises AssertionError when it never comes true."""
    deadline = time.monotonic() + PATIENCE_S
    while not holds():
        assert time.monotonic() < deadline, f"{what} within {PATIENCE_S:.0f} s"
        page.wait_for_timeout(BETWEEN_MS)
