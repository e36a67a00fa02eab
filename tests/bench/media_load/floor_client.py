"""Transports on the bare loop: no signalling, no ICE, no DTLS."""

import json
import secrets

from aiortc.rtcdtlstransport import RTCCertificate

from tests.bench.media_load.endpoint import LOOPBACK, Endpoint
from tests.bench.media_load.floor import PUBLISHER_KEY, RECEIVER_KEY, session
from tests.bench.media_load.plan import Call, Load
from tests.bench.media_load.video_source import VideoSource


class FloorClient:
    """One call at a time, with one publisher."""

    def __init__(self, port: int) -> None:
        self._address = (LOOPBACK, port)
        self._certificate = RTCCertificate.generateCertificate()

    async def open_call(self, load: Load) -> Call:
        """Tell the loop where to forward to."""
        sender, *receivers = (Endpoint(self._certificate) for _ in range(1 + load.receivers))
        sender.use_keys(self._address, outbound=session(PUBLISHER_KEY, inbound=False))
        for receiver in receivers:
            receiver.use_keys(self._address, inbound=session(RECEIVER_KEY, inbound=True))
        sender.send(json.dumps({"ports": [receiver.port for receiver in receivers]}).encode())
        return Call([(sender, VideoSource(secrets.randbits(32)))], receivers)

    async def close(self) -> None:
        """Nothing to end."""
