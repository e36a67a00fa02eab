"""A packet's memory as Python and libsrtp see it, made once and used for every packet."""

from mediaserver.net.dtls_srtp import pointer_to


class PacketBuffer:
    """The same bytes as `data` (fast indexing), `view` (slices without a copy) and `pointer` (for libsrtp)."""

    __slots__ = ("data", "pointer", "view")

    def __init__(self, data: bytearray) -> None:
        self.data = data
        self.view = memoryview(data)
        self.pointer = pointer_to(data)
