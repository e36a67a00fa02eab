"""The smallest call: staff's microphone, and one patient who hears it."""

from dataclasses import dataclass

from tests.integration.media.conftest import Clinic
from tests.media.client import MediaClient
from tests.media.stream import ClientStream
from tests.media.transport import ClientTransport


@dataclass(frozen=True)
class OneWayCall:
    """Who speaks and who hears; `ssrc` is what the patient receives the stream by."""

    staff: MediaClient
    patient: MediaClient
    stream: ClientStream
    ssrc: int

    @property
    def sender(self) -> ClientTransport:
        """Where staff's media leaves."""
        assert self.staff.send_transport is not None
        return self.staff.send_transport

    @property
    def receiver(self) -> ClientTransport:
        """Where the patient's media comes in."""
        assert self.patient.recv_transport is not None
        return self.patient.recv_transport

    def say(self, words: bytes) -> None:
        """Send one packet."""
        self.staff.send(self.stream, words)

    async def carries(self, words: bytes) -> None:
        """Send one packet and wait until the patient has it. Raises TimeoutError."""
        self.say(words)
        while (await self.receiver.expect_rtp(self.ssrc)).payload != words:
            pass


async def one_way_call(clinic: Clinic) -> OneWayCall:
    """Both join, one publishes, the other receives."""
    staff = await clinic.join("p_staff")
    stream = await staff.publish("audio", "microphone")
    patient = await clinic.join_patient("p_patient")
    await patient.subscribe()
    consumer = await patient.receive(stream)
    return OneWayCall(staff, patient, stream, int(consumer["rtpParameters"]["encodings"][0]["ssrc"]))
