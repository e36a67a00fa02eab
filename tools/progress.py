"""Lines that say what set-up is doing and how long it took."""

import time
from collections.abc import Iterator
from contextlib import contextmanager


class SetupFailed(Exception):
    """Set-up cannot go on; the message says what the user can do."""


@contextmanager
def step(title: str) -> Iterator[None]:
    """`title ... 3.2 s`."""
    print(f"[setup] {title} ...", flush=True)
    started = time.monotonic()
    yield
    print(f"[setup] {title}: done in {time.monotonic() - started:.0f} s", flush=True)
