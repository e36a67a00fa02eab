"""When a message that could not be sent is tried again."""

from datetime import timedelta

ATTEMPTS = 8
_FIRST_S, _LONGEST_S = 5.0, 900.0
# A carrier that has asked for patience this often in a row, over hours, will not take it.
THROTTLED_MOST = 500
_PATIENCE_S, _LONGEST_PATIENCE_S = 4.0, 60.0


def retry_delay(attempts: int, jitter: float) -> timedelta:
    """The wait after so many attempts (1 or more): doubled each time, of which `jitter` (0 to 1) leaves half or more.

    Half at random, so that those who failed together do not come back together.
    """
    longest = min(_FIRST_S * 2.0 ** (attempts - 1), _LONGEST_S)
    return timedelta(seconds=longest * (0.5 + jitter / 2))


def patience(throttled: int, jitter: float) -> timedelta:
    """The wait after the carrier has asked for it so often in a row (1 or more): spread over all of a widening span.

    A burst is over the carrier's rate because all of it comes at once; what is spread evenly comes at a rate.
    """
    span = min(_PATIENCE_S * 2.0 ** min(throttled - 1, 10), _LONGEST_PATIENCE_S)
    return timedelta(seconds=1.0 + span * jitter)
