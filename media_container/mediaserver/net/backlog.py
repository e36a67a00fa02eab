"""What a node does when more comes than it can read: it throws away what has waited too long, and asks for nothing again.

Left alone, a full socket drops a packet here and there of every stream: each hole is seen to and asked for, which costs
more than packets, so that less and less is read. Thrown away all at once, each stream has one hole, and then goes on
without. Pictures go, for they are most of it; sound, reports, checks and handshakes stay.
"""

# A socket that was not empty for so long is emptied.
PATIENCE_US = 250_000
# Datagrams of a picture are larger; sound at 64 kbps has 160 bytes.
LARGEST_KEPT = 400
# After that the node is told to be overloaded for so long.
REMEMBERED_US = 1_000_000
# Datagrams thrown away in one turn at most: more than a socket's buffer holds.
MOST_AT_ONCE = 16_384


class Backlog:
    """Of one socket."""

    def __init__(self) -> None:
        # Whether datagrams are thrown away now.
        self.sheds = False
        self._behind_since_us = 0
        self._media_ahead = 0
        self._shed_at_us = -REMEMBERED_US

    def emptied(self) -> None:
        """Nothing waits any more."""
        self.sheds = False
        self._behind_since_us = self._media_ahead = 0

    def left_over(self, now_us: int, media: int, others: int) -> None:
        """A turn of reading ended, and there may be more; it was so much media of known addresses, and so much else.

        A flood of strangers' datagrams is no reason to throw media away.
        """
        self._media_ahead += media - others
        if not self._behind_since_us:
            self._behind_since_us = now_us
        elif self._media_ahead > 0 and now_us - self._behind_since_us >= PATIENCE_US:
            self.sheds, self._shed_at_us = True, now_us

    def is_overloaded(self, now_us: int) -> bool:
        """Whether datagrams were thrown away of late."""
        return now_us - self._shed_at_us < REMEMBERED_US


def is_dispensable(first: int, second: int, size: int) -> bool:
    """Whether a datagram, by its first two bytes, is RTP (RFC 7983, RFC 5761) of a picture."""
    return size > LARGEST_KEPT and 128 <= first <= 191 and not 192 <= second <= 223
