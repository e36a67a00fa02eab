"""Another person's SSRC under one's own keys: it reaches nobody as theirs, and says nothing about their streams."""

import struct

from mediaserver.rtp.rtcp import PictureLossIndication, serialize_bye, serialize_pli
from tests.integration.media.conftest import Clinic
from tests.integration.media.one_way import OneWayCall, one_way_call
from tests.media.client import MediaClient
from tests.media.stream import ClientStream, vp8_payload
from tests.media.transport import ClientTransport


async def thief_in(clinic: Clinic) -> tuple[OneWayCall, MediaClient, ClientTransport]:
    """A call, and somebody in it who may send."""
    call = await one_way_call(clinic)
    thief = await clinic.join("p_thief", role="guest", permissions=["publish_audio"])
    return call, thief, await thief.open_transport("send")


async def test_packets_under_an_ssrc_that_was_not_produced_here_are_dropped(clinic: Clinic) -> None:
    call, _, transport = await thief_in(clinic)
    forged = ClientStream("audio", call.stream.mid, [0], ssrc=call.stream.ssrc)
    for ssrc in (call.stream.ssrc, call.ssrc):
        forged.ssrc = ssrc
        transport.send_rtp(forged.packet(b"forged"))
    await clinic.until(lambda: clinic.node.counters.dropped["ssrc_unknown"] == 2)
    await call.carries(b"the real voice")
    assert all(packet.payload != b"forged" for packet in call.receiver.rtp.items)
    assert clinic.node.counters.packets_received == 1


async def test_two_people_with_one_ssrc_are_two_streams(clinic: Clinic) -> None:
    """Browsers choose at random; what is the same by chance or by will is each one's own."""
    call, thief, transport = await thief_in(clinic)
    twin = ClientStream("audio", "0", [0], ssrc=call.stream.ssrc)
    produced = await thief.request(
        "produce",
        transportId=transport.id,
        kind="audio",
        source="microphone",
        rtpParameters=twin.rtp_parameters(),
        paused=False,
    )
    twin.producer_id = produced["id"]
    consumer = await call.patient.receive(twin)
    own_ssrc = consumer["rtpParameters"]["encodings"][0]["ssrc"]
    assert own_ssrc != call.ssrc
    transport.send_rtp(twin.packet(b"the twin"))
    assert (await call.receiver.expect_rtp(own_ssrc)).payload == b"the twin"
    await call.carries(b"the real voice")
    assert [packet.ssrc for packet in call.receiver.rtp.items if packet.payload == b"the twin"] == []


async def test_feedback_about_what_another_sends_or_receives_is_without_effect(clinic: Clinic) -> None:
    call, _, transport = await thief_in(clinic)
    camera = await call.staff.publish("video", "camera")
    consumer = await call.patient.receive(camera)
    shown = consumer["rtpParameters"]["encodings"][0]["ssrc"]
    call.staff.send(camera, vp8_payload(b"a whole picture", keyframe=True))
    await call.receiver.expect_rtp(shown)
    call.sender.rtcp.items.clear()
    for about in (call.stream.ssrc, call.ssrc, camera.ssrc, shown):
        transport.send_rtcp(serialize_pli(about, about))
        transport.send_rtcp(struct.pack("!BBHIIHH", 0x81, 205, 3, about, about, camera.sequence_number - 1, 0xFFFF))
        transport.send_rtcp(serialize_bye([about]))
    await transport.check()  # read in the order of their arrival
    await call.carries(b"undisturbed")
    assert [part for part in call.sender.rtcp.items if isinstance(part, PictureLossIndication)] == []
    assert clinic.node.counters.packets_retransmitted == 0
