"""The least that forwarding costs in Python: receive, decrypt, encrypt for each receiver, send; nothing else.

A process of its own, with keys that everyone knows. It prints its port; a datagram of JSON tells it the receivers.
"""

import json
import socket

from pylibsrtp import Policy, Session
from pylibsrtp._binding import ffi, lib

from tests.bench.media_load.endpoint import LOOPBACK

PUBLISHER_KEY = bytes(range(44))
RECEIVER_KEY = bytes(range(100, 144))
_BUFFER_SIZE = 2048
_ORDER = ord("{")


def session(key: bytes, inbound: bool) -> Session:
    """An SRTP session with the profile that all servers use."""
    policy = Policy(
        key=key,
        ssrc_type=Policy.SSRC_ANY_INBOUND if inbound else Policy.SSRC_ANY_OUTBOUND,
        srtp_profile=Policy.SRTP_PROFILE_AEAD_AES_256_GCM,
    )
    return Session(policy)


class Floor:
    """The bare loop."""

    def __init__(self) -> None:
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4 * 1024 * 1024)
        self._socket.bind((LOOPBACK, 0))
        self.port: int = self._socket.getsockname()[1]
        self._received = bytearray(_BUFFER_SIZE)
        self._configure([])

    def _configure(self, ports: list[int]) -> None:
        self._inbound = session(PUBLISHER_KEY, inbound=True)
        self._receivers = [((LOOPBACK, port), session(RECEIVER_KEY, inbound=False)) for port in ports]

    def run(self) -> None:
        """Forward until the process is ended."""
        received, view = self._received, memoryview(self._received)
        sent = bytearray(_BUFFER_SIZE)
        sent_view = memoryview(sent)
        pointer, sent_pointer = ffi.from_buffer("char[]", received), ffi.from_buffer("char[]", sent)
        length = ffi.new("int *")
        while True:
            size, _ = self._socket.recvfrom_into(received)
            if received[0] == _ORDER:
                self._configure(json.loads(received[:size])["ports"])
                continue
            length[0] = size
            if 192 <= received[1] <= 223 or lib.srtp_unprotect(self._inbound._srtp[0], pointer, length):
                continue
            plain = length[0]
            for address, outbound in self._receivers:
                sent_view[:plain] = view[:plain]
                length[0] = plain
                lib.srtp_protect(outbound._srtp[0], sent_pointer, length)
                self._socket.sendto(sent_view[: length[0]], address)


def main() -> None:
    """Print the port and forward."""
    floor = Floor()
    print(floor.port, flush=True)
    floor.run()


if __name__ == "__main__":
    main()
