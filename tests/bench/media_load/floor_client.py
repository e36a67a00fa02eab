"""Transports on the bare loop: no signalling, no ICE, no DTLS, no RTCP."""

import asyncio
import json
import socket

from aiortc.rtcdtlstransport import RTCCertificate

from tests.bench.media_load import source as media
from tests.bench.media_load.endpoint import LOOPBACK, Endpoint
from tests.bench.media_load.floor import PUBLISHER_KEY, RECEIVER_KEY, session
from tests.bench.media_load.plan import Call, Load

# The loop takes an order when it next wakes; orders are not answered.
_ORDER_TAKEN_S = 0.02


class FloorClient:
    """Calls on one bare loop; the first call of a client makes the loop forget those before."""

    def __init__(self, media_port: int, control_port: int) -> None:
        self._media = (LOOPBACK, media_port)
        self._control = (LOOPBACK, control_port)
        self._certificate = RTCCertificate.generateCertificate()
        self._reset = True

    async def open_call(self, load: Load) -> Call:
        """Tell the loop who receives whom."""
        senders = [self._sender() for _ in range(load.publishers)]
        receivers = [self._receiver() for _ in range(load.publishers if load.mutual else load.receivers)]
        await self._order([(s.port, _receivers_of(i, receivers, load.mutual)) for i, s in enumerate(senders)])
        return Call([(sender, media.sources_of(load.streams, load.fan_out)) for sender in senders], receivers)

    def _sender(self) -> Endpoint:
        sender = Endpoint(self._certificate)
        sender.use_keys(self._media, outbound=session(PUBLISHER_KEY, inbound=False))
        return sender

    def _receiver(self) -> Endpoint:
        receiver = Endpoint(self._certificate)
        receiver.use_keys(self._media, inbound=session(RECEIVER_KEY, inbound=True))
        receiver.media_payload_types = {media.VP8, media.OPUS}
        return receiver

    async def _order(self, routes: list[tuple[int, list[int]]]) -> None:
        order = json.dumps({"reset": self._reset, "routes": routes}).encode()
        self._reset = False
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as control:
            control.sendto(order, self._control)
        await asyncio.sleep(_ORDER_TAKEN_S)

    async def close(self) -> None:
        """Nothing to end."""


def _receivers_of(sender: int, receivers: list[Endpoint], mutual: bool) -> list[int]:
    """Everyone, but in a mutual call not oneself."""
    return [receiver.port for i, receiver in enumerate(receivers) if not (mutual and i == sender)]
