"""Whatever arrives at the live UDP port: strangers get no answer, and a call beside it is not disturbed."""

import secrets
import socket
import struct
from collections.abc import Iterator

import pytest
from aioice import stun
from hypothesis import given, settings
from hypothesis import strategies as st
from pylibsrtp import Error as SrtpError

from tests.fuzz.hostile_datagrams import Mutation, RtcpPart, dtls_like, mutations, rtcp_parts, strangers
from tests.fuzz.live_node import LiveNode, live_node
from tests.integration.media.one_way import OneWayCall, one_way_call
from tests.media.client import MediaClient
from tests.media.stream import ClientStream, vp8_payload
from tests.media.transport import ClientTransport


class Scene:
    """A call that must not be disturbed, and a guest in it who sends what no browser sends."""

    def __init__(self, node: LiveNode) -> None:
        self.node = node
        self.call: OneWayCall = node.do(one_way_call(node.clinic))
        self.guest: MediaClient = node.join_nobody("p_guest")
        self.sound: ClientStream = node.do(self.guest.publish("audio", "microphone"))
        self.picture: ClientStream = node.do(self.guest.publish("video", "camera"))
        node.do(self.guest.subscribe())
        heard = node.do(self.guest.receive(self.call.stream))
        for stream in (self.sound, self.picture):
            node.do(self.call.patient.receive(stream))
        encoding = heard["rtpParameters"]["encodings"][0]
        own = (self.sound.ssrc, self.picture.ssrc, self.picture.rtx_ssrc)
        self.ssrcs = (*own, encoding["ssrc"], self.call.stream.ssrc, self.call.ssrc, 0, secrets.randbits(32))

    @property
    def sender(self) -> ClientTransport:
        assert self.guest.send_transport is not None
        return self.guest.send_transport

    @property
    def receiver(self) -> ClientTransport:
        assert self.guest.recv_transport is not None
        return self.guest.recv_transport

    def fragments(self) -> list[str]:
        """User name fragments that the node knows."""
        transports = (self.sender, self.receiver, self.call.sender, self.call.receiver)
        return [transport._ice["usernameFragment"] for transport in transports]

    def assert_undisturbed(self) -> None:
        """Everything that was sent before has been looked at: datagrams are read in the order of their arrival."""
        self.node.do(self.call.carries(secrets.token_bytes(8)))
        assert self.node.unhandled == []


@pytest.fixture(scope="module")
def scene() -> Iterator[Scene]:
    with live_node() as node:
        yield Scene(node)


def send_as_stranger(scene: Scene, datagrams: list[bytes]) -> list[bytes]:
    """Send from an address that nobody knows; what came back."""
    with socket.socket(type=socket.SOCK_DGRAM) as stranger:
        stranger.setblocking(False)
        stranger.connect(("127.0.0.1", scene.node.clinic.node.udp_port))
        for datagram in datagrams:
            stranger.send(datagram)
        scene.assert_undisturbed()
        answers = []
        while True:
            try:
                answers.append(stranger.recv(4096))
            except BlockingIOError:
                return answers


@given(st.data())
def test_strangers_get_less_than_they_send_namely_nothing(scene: Scene, data: st.DataObject) -> None:
    """Amplification is 0, whatever it looks like, and every datagram is counted under a reason."""
    datagrams = data.draw(st.lists(strangers(scene.fragments()), min_size=1, max_size=12))
    before = scene.node.dropped
    answers = send_as_stranger(scene, datagrams)
    assert sum(map(len, answers)) <= sum(map(len, datagrams))
    assert answers == []
    assert scene.node.dropped - before == len(datagrams)


def attribute(kind: int, value: bytes) -> bytes:
    return struct.pack("!HH", kind, len(value)) + value + bytes(-len(value) % 4)


def message(*attributes: bytes) -> bytes:
    body = b"".join(attributes)
    return struct.pack("!HHI12s", 1, len(body), 0x2112A442, secrets.token_bytes(12)) + body


@pytest.mark.parametrize("known", [False, True])
@pytest.mark.parametrize(
    "attributes",
    [
        pytest.param([attribute(0x0024, b"")] * 130, id="130 attributes"),
        pytest.param([attribute(0x8022, bytes(500))], id="one of 500 bytes"),
        pytest.param([attribute(0x0006, b"x" * 480 + b":y")], id="a long user name"),
        pytest.param([attribute(0x0006, b":")] * 60, id="60 user names"),
        pytest.param([attribute(0x0008, bytes(20))] * 20, id="20 signatures"),
        pytest.param([struct.pack("!HH", 0x0006, 0xFFFF)], id="a user name beyond the end"),
        pytest.param([attribute(0x0020, b""), attribute(0x0009, b"")], id="addresses of no length"),
        pytest.param([attribute(0x0006, b"\xff\xfe:\xff")], id="a user name that is no text"),
        pytest.param([bytes(1400)], id="larger than any check"),
    ],
)
def test_check_with_odd_attributes_gets_no_answer(scene: Scene, attributes: list[bytes], known: bool) -> None:
    username = [attribute(0x0006, f"{scene.fragments()[0]}:abcd".encode())] if known else []
    before = scene.node.dropped
    assert send_as_stranger(scene, [message(*username, *attributes)]) == []
    assert scene.node.dropped == before + 1


@given(st.lists(st.tuples(st.booleans(), mutations(40)), min_size=1, max_size=10))
@settings(max_examples=200)
def test_encrypted_packets_with_any_header_disturb_no_other_stream(
    scene: Scene, packets: list[tuple[bool, Mutation]]
) -> None:
    """A participant with good keys sends headers that no browser sends, in sound, picture and retransmissions."""
    for is_sound, mutation in packets:
        stream = scene.sound if is_sound else scene.picture
        first = stream.packet(b"sound" if is_sound else vp8_payload(b"picture", keyframe=True))
        again = [] if is_sound else [stream.retransmission((stream.sequence_number - 1) & 0xFFFF)]
        for packet in (first, *again):
            send_protected(scene.sender, mutation.of(packet))
    scene.assert_undisturbed()


def send_protected(transport: ClientTransport, packet: bytes) -> None:
    """Encrypted, or in the clear where the client's own libsrtp refuses it."""
    try:
        transport.send(transport.protect(packet))
    except SrtpError:
        transport.send(packet)


@given(st.lists(rtcp_parts, min_size=1, max_size=6), st.booleans(), st.booleans())
@settings(max_examples=300)
def test_encrypted_feedback_of_any_kind_disturbs_no_other_stream(
    scene: Scene, parts: list[RtcpPart], from_the_sender: bool, in_one: bool
) -> None:
    """About the guest's own streams, the streams it receives, and those that are none of its business."""
    transport = scene.sender if from_the_sender else scene.receiver
    written = [part.to_bytes(scene.ssrcs) for part in parts]
    for compound in [b"".join(written)] if in_one else written:
        try:
            transport.send_rtcp(compound)
        except SrtpError:
            transport.send(compound)
    scene.assert_undisturbed()


@given(st.lists(st.binary(max_size=1600).filter(bool) | dtls_like, min_size=1, max_size=20))
def test_garbage_from_a_known_address_disturbs_nobody(scene: Scene, datagrams: list[bytes]) -> None:
    """After the handshake, in the clear, from where good media comes."""
    for transport in (scene.sender, scene.receiver):
        for datagram in datagrams:
            transport.send(datagram)
    scene.assert_undisturbed()


@given(st.lists(dtls_like, min_size=1, max_size=60))
@settings(max_examples=15)
def test_handshake_survives_garbage_before_and_during_it_or_is_given_up(scene: Scene, datagrams: list[bytes]) -> None:
    client = scene.node.join_nobody("p_late")
    transport = scene.node.do(client.create_transport("send"))
    for datagram in datagrams:  # before the address is known
        transport.send(datagram)
    scene.node.do(transport.check())
    for datagram in datagrams:  # before the fingerprint is known
        transport.send(datagram)
    scene.node.do(
        client.request("connectTransport", transportId=transport.id, dtlsParameters=transport.dtls_parameters())
    )
    for datagram in datagrams:
        transport.send(datagram)
    scene.node.do(client.close())
    scene.assert_undisturbed()


def test_the_guest_can_still_be_heard_on_a_new_stream_after_all_that(scene: Scene) -> None:
    stream = scene.node.do(scene.guest.publish("audio", "microphone"))
    consumer = scene.node.do(scene.call.patient.receive(stream))
    scene.guest.send(stream, b"still here")
    packet = scene.node.do(scene.call.receiver.expect_rtp(consumer["rtpParameters"]["encodings"][0]["ssrc"]))
    assert packet.payload == b"still here"
    answer = scene.node.do(scene.receiver.check())
    assert answer.message_class == stun.Class.RESPONSE
