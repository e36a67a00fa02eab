"""Counters in fixed windows (the RateLimits port)."""

import time

from pynamodb.exceptions import UpdateError

from chalicelib.errors import TooManyAttempts
from chalicelib.storage.tables import LimitsTable


class DynamoRateLimits:
    """One counter row per name and window; rows expire by TTL."""

    def hit(self, name: str, limit: int, window_s: int) -> None:
        """Count one within the window. Raises TooManyAttempts past `limit`; then nothing is counted."""
        window = int(time.time()) // window_s
        row = LimitsTable(f"{name}#{window}")
        try:
            row.update(
                actions=[LimitsTable.hits.add(1), LimitsTable.expires_at.set((window + 2) * window_s)],
                condition=LimitsTable.hits.does_not_exist() | (LimitsTable.hits < limit),
            )
        except UpdateError as error:
            if error.cause_response_code != "ConditionalCheckFailedException":
                raise
            raise TooManyAttempts("the limit of this window is reached") from error
