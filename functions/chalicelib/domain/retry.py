"""When a message that could not be sent is tried again."""

from datetime import timedelta

ATTEMPTS = 8
_FIRST_S, _LONGEST_S = 5.0, 900.0


def retry_delay(attempts: int, jitter: float) -> timedelta:
    """The wait after so many attempts (1 or more): doubled each time, of which `jitter` (0 to 1) leaves half or more.

    Half at random, so that those who failed together do not come back together.
    """
    longest = min(_FIRST_S * 2.0 ** (attempts - 1), _LONGEST_S)
    return timedelta(seconds=longest * (0.5 + jitter / 2))
