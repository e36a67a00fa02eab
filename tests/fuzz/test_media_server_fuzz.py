"""Whatever comes in at either door is read or refused by name; nothing else is ever raised."""

import contextlib
import json
import socket
from typing import Any

import msgspec
import pytest
from aioice import stun
from hypothesis import given
from hypothesis import strategies as st

from mediaserver import methods, ortc
from mediaserver.errors import BadRequest, MediaServerError, RequestError, TokenRefused
from mediaserver.join_token import TokenVerifier
from mediaserver.net.packet_buffer import PacketBuffer
from mediaserver.net.stun import Address, BindingRequest, StunMalformed, parse_binding_request
from mediaserver.net.udp_port import UdpPort
from mediaserver.requests import Request
from mediaserver.rtp_parameters import RtpCapabilities, RtpParameters
from mediaserver.stats import Counters
from tests.media.tokens import TokenMint
from tests.unit.media.test_media_contracts import SHAPES, SIGNALLING

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
    max_leaves=20,
)
golden_requests = st.sampled_from(list(SIGNALLING["requests"].values()))
MINT = TokenMint()
VERIFIER = TokenVerifier(MINT.public_keys)


@st.composite
def damaged(draw: st.DrawFn, value: Any) -> Any:
    """A golden value with one place replaced, removed or added."""
    copy = json.loads(json.dumps(value))
    place = copy
    while isinstance(place, (dict, list)) and place:
        keys = list(place) if isinstance(place, dict) else list(range(len(place)))
        key = draw(st.sampled_from(keys))
        if draw(st.booleans()) or not isinstance(place[key], (dict, list)) or not place[key]:
            if isinstance(place, dict) and draw(st.booleans()):
                del place[key]
            else:
                place[key] = draw(json_values)
            return copy
        place = place[key]
    return draw(json_values)


class NobodysRoom:
    """Requests with a good shape end here."""

    def __getattr__(self, name: str) -> "NobodysRoom":
        return self

    def __call__(self, *_arguments: Any, **_named: Any) -> None:
        raise BadRequest("nobody is there")


@given(st.text() | st.binary() | json_values.map(json.dumps))
def test_any_frame_is_a_request_or_refused(frame: str | bytes) -> None:
    with contextlib.suppress(msgspec.DecodeError):
        msgspec.json.decode(frame, type=Request)


@given(golden_requests.flatmap(damaged))
def test_damaged_request_is_carried_out_or_refused_by_name(value: Any) -> None:
    try:
        request = msgspec.json.decode(json.dumps(value), type=Request)
    except msgspec.DecodeError:
        return
    nobody: Any = NobodysRoom()
    try:
        methods.call(request, nobody, nobody)
    except RequestError as error:
        assert error.code in SIGNALLING["errors"]


@pytest.mark.parametrize("method", sorted(SHAPES))
def test_deeply_nested_data_is_refused(method: str) -> None:
    if method == "join":
        return
    nobody: Any = NobodysRoom()
    for deep in ("[" * 30_000 + "]" * 30_000, '{"rtpCapabilities":' * 15_000 + "1" + "}" * 15_000):
        with pytest.raises(RequestError):
            methods.call(Request(1, method, msgspec.Raw(deep.encode())), nobody, nobody)


@given(damaged(SIGNALLING["requests"]["produce"]["data"]["rtpParameters"]))
def test_damaged_stream_parameters_are_mapped_or_refused(value: Any) -> None:
    try:
        parameters = msgspec.convert(value, RtpParameters)
    except msgspec.ValidationError:
        return
    try:
        mapping = ortc.stream_mapping("video", parameters)
    except BadRequest:
        return
    assert 0 <= mapping.payload_type <= 127
    assert all(1 <= own <= 14 for own in mapping.kept_extension_ids.values())


@given(damaged(SIGNALLING["requests"]["subscribe"]["data"]["rtpCapabilities"]))
def test_damaged_capabilities_give_parameters_that_can_be_sent(value: Any) -> None:
    try:
        capabilities = msgspec.convert(value, RtpCapabilities)
    except msgspec.ValidationError:
        return
    codec = ortc.ROUTER_CAPABILITIES.codecs[1]
    if ortc.can_consume(codec, capabilities):
        made = ortc.consumer_parameters(codec, capabilities, ssrc=1, rtx_ssrc=2, mid="0", cname="p")
        assert msgspec.json.encode(made)


@given(st.text() | st.binary().map(lambda raw: raw.decode("latin-1")))
def test_any_text_as_a_token_is_refused_by_name(token: str) -> None:
    with pytest.raises(TokenRefused):
        VERIFIER.join(token)


@given(st.dictionaries(st.sampled_from(["sub", "jti", "iat", "exp", "epoch", "role", "permissions"]), json_values))
def test_incomplete_or_odd_claims_are_refused_by_name(changes: dict[str, Any]) -> None:
    token = MINT.sign({"iss": "vardrum", "aud": "vardrum-media"} | changes)
    with pytest.raises(MediaServerError):
        VERIFIER.join(token)


def signed_check() -> bytes:
    request = stun.Message(stun.Method.BINDING, stun.Class.REQUEST)
    request.attributes["USERNAME"] = "fragment:browser"
    request.attributes["PRIORITY"] = 1
    request.attributes["USE-CANDIDATE"] = None
    request.add_message_integrity(b"password")
    return bytes(request)


@given(st.binary(max_size=700) | st.binary(max_size=80).map(lambda tail: signed_check()[:20] + tail))
def test_any_datagram_is_a_check_or_malformed(data: bytes) -> None:
    try:
        request = parse_binding_request(data)
    except StunMalformed:
        return
    assert not request.is_signed_with("password")


@given(st.data())
def test_changed_check_is_malformed_or_no_longer_signed(data: st.DataObject) -> None:
    good = bytearray(signed_check())
    # What follows MESSAGE-INTEGRITY is not authenticated; the fingerprint has a test of its own in aioice.
    place = data.draw(st.integers(8, len(good) - 9))
    good[place] ^= data.draw(st.integers(1, 255))
    try:
        request = parse_binding_request(bytes(good))
    except StunMalformed:
        return
    assert not request.is_signed_with("password")


class Recorder:
    """A transport that takes everything in and answers nothing."""

    def __init__(self) -> None:
        self.kinds: list[str] = []

    def receive_check(self, request: BindingRequest, address: Address) -> bytes | None:
        self.kinds.append("check")
        return None

    def is_reached_at(self, address: Address) -> bool:
        return True

    def receive_dtls(self, data: bytes) -> None:
        self.kinds.append("dtls")

    def receive_media(self, packet: PacketBuffer, size: int) -> None:
        assert 12 <= size <= 1500
        self.kinds.append("media")


@given(st.lists(st.binary(min_size=1, max_size=1600), max_size=8))
def test_every_datagram_of_a_known_address_is_told_apart_or_dropped(datagrams: list[bytes]) -> None:
    port = UdpPort(["127.0.0.1"], 0, Counters())
    client = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    try:
        client.connect(("127.0.0.1", port.port))
        recorder = Recorder()
        port._by_address[client.getsockname()] = recorder
        for datagram in datagrams:
            client.send(datagram)
        port._readable(port.sockets[0])
        assert len(recorder.kinds) + sum(port.counters.dropped.values()) == len(datagrams)
        expected = ["dtls" if 20 <= d[0] <= 63 else "media" for d in datagrams if is_wanted(d)]
        assert recorder.kinds == expected
    finally:
        client.close()
        port.close()


def is_wanted(datagram: bytes) -> bool:
    """RFC 7983: 20-63 is DTLS, 128-191 is RTP or RTCP, of at least a header; none larger than a frame."""
    media = 128 <= datagram[0] <= 191 and len(datagram) >= 12
    return len(datagram) <= 1500 and (20 <= datagram[0] <= 63 or media)
