"""Whoever has gone has left nothing behind, whatever they did while they were here."""

import gc
from collections import Counter
from typing import Any

from aioice import stun

from mediaserver.consumer import Consumer
from mediaserver.downlink import Downlink
from mediaserver.media_receiver import MediaReceiver
from mediaserver.media_sender import MediaSender
from mediaserver.net.dtls_srtp import DtlsSrtp
from mediaserver.peer import Peer
from mediaserver.producer import Producer
from mediaserver.received_stream import ReceivedStream
from mediaserver.room import Room
from mediaserver.sent_stream import SentStream
from mediaserver.signalling import SignallingSession
from mediaserver.webrtc_transport import WebRtcTransport
from tests.integration.media.conftest import Clinic
from tests.media.client import MediaClient
from tests.media.stream import vp8_payload

KINDS: tuple[type, ...] = (
    SignallingSession,
    Room,
    Peer,
    Producer,
    ReceivedStream,
    Consumer,
    SentStream,
    WebRtcTransport,
    MediaReceiver,
    MediaSender,
    Downlink,
    DtlsSrtp,
)


def kept() -> Counter[str]:
    """How many objects of each kind are in memory."""
    gc.collect()
    return Counter(kind.__name__ for each in gc.get_objects() for kind in KINDS if isinstance(each, kind))


async def talk(sender: MediaClient, receiver: MediaClient) -> None:
    """Sound and a picture in three layers, sent until both are heard."""
    sound, picture = await sender.publish("audio", "microphone"), await sender.publish_layers()
    await receiver.subscribe()
    consumers = [await receiver.receive(stream) for stream in (sound, picture)]
    wanted = {consumer["rtpParameters"]["encodings"][0]["ssrc"] for consumer in consumers}
    assert receiver.recv_transport is not None
    while not wanted <= {packet.ssrc for packet in receiver.recv_transport.rtp.items}:
        sender.send(sound, b"words")
        for layer in picture.layers:
            sender.send(layer, vp8_payload(b"picture", keyframe=True))
        await receiver.request("reportDevice", limitedBy="none")


def tables(clinic: Clinic) -> dict[str, Any]:
    """What the node looks up for every datagram, and its clocks."""
    transports = clinic.node._transports
    ticker, udp = transports.ticker, transports.udp
    return {
        "addresses": udp.address_count,
        "fragments": udp.fragment_count,
        "regular": ticker.regular_count,
        "urgent": ticker.urgent_count,
        "tasks": len(transports.tasks),
    }


NOTHING = {"addresses": 0, "fragments": 0, "regular": 0, "urgent": 0, "tasks": 0}


async def test_no_object_of_a_call_outlives_it(clinic: Clinic) -> None:
    before = kept()
    staff, patient = await clinic.join("p_staff"), await clinic.join_patient("p_patient")
    await talk(staff, patient)
    assert kept()["Consumer"] == before["Consumer"] + 2
    await staff.request("endCall")
    for client in (staff, patient):
        assert await client.closed() == 4410
    await clinic.until(lambda: tables(clinic) == NOTHING)
    await clinic.until(lambda: kept() == before)


async def test_whoever_stays_keeps_nothing_of_those_who_have_gone(clinic: Clinic) -> None:
    """Streams, histories and downlinks of one side point to the other's; the room remembers counts alone."""
    staff = await clinic.join("p_staff")
    first = await clinic.join_patient("p_first")
    await talk(first, staff)
    await first.request("leave")
    await first.closed()
    await clinic.until(lambda: tables(clinic)["fragments"] == 1)
    before = kept()
    for _ in range(3):
        guest = await clinic.join_patient("p_guest")
        await guest.publish_layers()
        await guest.subscribe()
        await guest.request("leave")
        await guest.closed()
    await clinic.until(lambda: tables(clinic)["fragments"] == 1)
    await clinic.until(lambda: kept() == before)


async def test_an_address_that_was_only_told_of_a_role_conflict_is_not_remembered(clinic: Clinic) -> None:
    """RFC 8445 section 7.3.1.1: the check is refused, so that its address is nobody's."""
    staff = await clinic.join("p_staff")
    transport = await staff.open_transport("send")
    known = clinic.node._transports.udp.address_count
    transport.move_to_new_port()
    check = transport.binding_request()
    del check.attributes["ICE-CONTROLLING"], check.attributes["MESSAGE-INTEGRITY"]
    check.attributes["ICE-CONTROLLED"] = 1
    check.add_message_integrity(transport._ice["password"].encode())
    transport.send(bytes(check))
    answer = await transport._answer(check, 5)
    assert isinstance(answer, stun.Message)
    assert answer.attributes["ERROR-CODE"][0] == 487
    assert clinic.node._transports.udp.address_count == known
    await staff.request("leave")
    await staff.closed()
    await clinic.until(lambda: tables(clinic) == NOTHING)
