"""What a node does when more comes than it can read: pictures of some are thrown away, so that the others are whole.

Left alone, a full socket drops a packet here and there of every stream: each hole is seen to and asked for, which costs
more than packets, so that less and less is read. So when the socket's buffer stays half full, what waits is thrown away,
and from then on the pictures of a sixteenth more of those who send. Their sound, reports, checks and handshakes stay.
While the socket is found empty again, they come back little by little, and all at once when nobody has sent for a second.
"""

import socket
import struct

# A stall of the node may fill the buffer too; it is read within so long if the node can read it at all.
PATIENCE_US = 50_000
LOOK_INTERVAL_US = 5_000
# The memory that a socket's datagrams have, and may have (linux/sock_diag.h).
SO_MEMINFO = 55
_MEMINFO = struct.Struct("=II")
# Datagrams of a picture are larger; sound at 64 kbps has 160 bytes.
LARGEST_KEPT = 400
# Of 256 senders so many more lose their pictures each time; after each quarter of a second in which none was added, one
# of them gets them back, and a sixteenth of the rest.
MORE = 16
EVERYBODY = 256
RELIEF_US = 250_000
RELIEF_SHIFT = 4
# Whoever is in a call sends more often: those who were too many have gone.
SILENCE_US = 1_000_000
# Datagrams thrown away in one turn at most: more than a socket's buffer holds.
MOST_AT_ONCE = 16_384


class Backlog:
    """Of one socket."""

    def __init__(self, of: socket.socket) -> None:
        self._socket = of
        # Whether what waits is thrown away, whoever sent it.
        self.sheds = False
        # Of 256 senders so many lose their pictures.
        self.level = 0
        self._salt = 0
        self._changed_at_us = 0
        self._looked_at_us = 0
        self._full_since_us = 0
        self._media_ahead = 0

    def emptied(self, now_us: int) -> None:
        """Nothing waits any more."""
        self.sheds = False
        self._full_since_us = self._media_ahead = 0
        if self.level and now_us - self._changed_at_us >= RELIEF_US:
            self.level -= 1 + (self.level - 1 >> RELIEF_SHIFT)
            self._changed_at_us = now_us

    def left_over(self, media: int, others: int) -> None:
        """A turn of reading ended, and there may be more; it was so much media of known addresses, and so much else.

        A flood of strangers' datagrams is no reason to throw media away.
        """
        self._media_ahead += media - others

    def look(self, now_us: int) -> None:
        """A turn of reading begins."""
        if now_us - self._looked_at_us >= SILENCE_US:
            self.level = 0
        if now_us - self._looked_at_us < LOOK_INTERVAL_US:
            return
        self._looked_at_us = now_us
        if not self._is_half_full():
            self._full_since_us = 0
        elif not self._full_since_us:
            self._full_since_us = now_us
        elif self._media_ahead > 0 and now_us - self._full_since_us >= PATIENCE_US:
            self._salt += not self.level
            self.level, self._changed_at_us = min(self.level + MORE, EVERYBODY), now_us
            self.sheds, self._full_since_us = True, now_us

    def _is_half_full(self) -> bool:
        """False too where the kernel does not tell."""
        try:
            memory = self._socket.getsockopt(socket.SOL_SOCKET, SO_MEMINFO, _MEMINFO.size)
        except OSError:
            return False
        used, most = _MEMINFO.unpack(memory)
        return bool(2 * used > most)

    def drops(self, datagram: bytearray, size: int, port: int) -> bool:
        """Whether a datagram from this port is thrown away: RTP (RFC 7983, RFC 5761) of a picture, if it is too much."""
        is_picture = size > LARGEST_KEPT and 128 <= datagram[0] <= 191 and not 192 <= datagram[1] <= 223
        return is_picture and (self.sheds or ((port + self._salt) * 40_503 >> 4) % EVERYBODY < self.level)
