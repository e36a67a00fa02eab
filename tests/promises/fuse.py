"""Processes that die between any two steps."""


class Crash(BaseException):
    """The process is gone: no handler of errors sees it."""


class Fuse:
    """Burns down with each step at a port. `left`: steps until the process dies, None for one that lives."""

    def __init__(self) -> None:
        self.left: int | None = None

    def step(self) -> None:
        """Raises Crash."""
        if self.left is None:
            return
        self.left -= 1
        if self.left < 0:
            self.left = None
            raise Crash
