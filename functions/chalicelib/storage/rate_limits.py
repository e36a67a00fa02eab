"""Counters in fixed windows: by themselves (the RateLimits port), or in a transaction (`domain.changes.Count`)."""

import time

from pynamodb.exceptions import UpdateError
from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action

from chalicelib.domain.changes import Count
from chalicelib.errors import TooManyAttempts
from chalicelib.storage.tables import LimitsTable


class DynamoRateLimits:
    """One counter row per name and window; rows expire by TTL."""

    def hit(self, name: str, limit: int, window_s: int) -> None:
        """Count one within the window. Raises TooManyAttempts past `limit`; then nothing is counted."""
        row, actions, below_limit = counting(Count(name, limit, window_s))
        try:
            row.update(actions=actions, condition=below_limit)
        except UpdateError as error:
            if error.cause_response_code != "ConditionalCheckFailedException":
                raise
            raise TooManyAttempts("the limit of this window is reached") from error


def counting(count: Count) -> tuple[LimitsTable, list[Action], Condition]:
    """The row of this window, what counting does to it, and on which condition."""
    window = int(time.time()) // count.window_s
    actions: list[Action] = [
        LimitsTable.hits.add(count.amount),
        LimitsTable.expires_at.set((window + 2) * count.window_s),
    ]
    below_limit: Condition = LimitsTable.hits <= count.limit - count.amount
    if count.amount <= count.limit:
        below_limit = LimitsTable.hits.does_not_exist() | below_limit
    return LimitsTable(f"{count.name}#{window}"), actions, below_limit
