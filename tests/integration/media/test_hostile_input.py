"""Garbage, forgery and excess on both doors: refused or silent, counted with a reason, nothing changed."""

import asyncio
import json
import secrets
import socket
import struct
import time
from typing import Any

import pytest
from aiohttp import ClientSession
from aioice import stun

from tests.integration.media.conftest import Clinic
from tests.media.client import RequestFailed
from tests.media.stream import ClientStream
from tests.media.tokens import TokenMint


async def refused_join(clinic: Clinic, token: str) -> int:
    client = await clinic.open()
    with pytest.raises(ConnectionError):
        await client.request("join", token=token)
    return await client.closed()


def now_s() -> int:
    return int(time.time())


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"iat": now_s() - 120, "exp": now_s() - 60}, "token_expired"),
        ({"exp": now_s() + 600}, "token_lives_too_long"),
        ({"aud": "vardrum-media-control"}, "token_audience"),
        ({"iss": "someone"}, "token_audience"),
        ({"role": "admin"}, "token_malformed"),
        ({"permissions": ["rule_the_world"]}, "token_malformed"),
        ({"epoch": 0}, "token_malformed"),
        ({"sub": ""}, "token_malformed"),
        ({"jti": None}, "token_malformed"),
    ],
)
async def test_bad_join_token_is_refused_with_a_reason(clinic: Clinic, changes: dict[str, Any], reason: str) -> None:
    assert await refused_join(clinic, clinic.mint.join("p_staff", **changes)) == 4401
    assert clinic.node.counters.refused[reason] == 1
    assert clinic.node.calls.load() == (0, 0)


async def test_token_is_accepted_once(clinic: Clinic) -> None:
    token = clinic.mint.join("p_staff")
    client = await clinic.open()
    await client.request("join", token=token)
    assert await refused_join(clinic, token) == 4401
    assert clinic.node.counters.refused["token_replayed"] == 1
    assert await client.request("sendChat", text="undisturbed", clientId="m") == {}


async def test_token_of_another_key_or_algorithm_is_refused(clinic: Clinic) -> None:
    assert await refused_join(clinic, TokenMint().join("p_staff")) == 4401
    assert await refused_join(clinic, TokenMint(kid="unknown").join("p_staff")) == 4401
    unsigned = "eyJhbGciOiJub25lIiwia2lkIjoiam9pbi0xIn0.e30."
    assert await refused_join(clinic, unsigned) == 4401
    assert await refused_join(clinic, "x" * 5000) == 4401
    assert dict(clinic.node.counters.refused) == {
        "token_signature": 1,
        "token_key_unknown": 1,
        "token_malformed": 2,
    }


@pytest.mark.parametrize(
    "frame",
    [
        "",
        "{",
        "[]",
        "null",
        '{"id": 0, "method": "join"}',
        '{"id": "1", "method": "join"}',
        '{"method": "join"}',
        "[" * 9999,
    ],
)
async def test_first_frame_that_is_no_request_closes_with_4400(clinic: Clinic, frame: str) -> None:
    client = await clinic.open()
    await client.send_text(frame)
    assert await client.closed() == 4400


async def test_first_frame_must_be_join(clinic: Clinic) -> None:
    client = await clinic.open()
    await client.send_text(json.dumps({"id": 1, "method": "leave", "data": {}}))
    assert await client.closed() == 4400
    assert clinic.node.counters.refused["first_frame_not_join"] == 1


async def test_silence_instead_of_join_closes_with_4408(clinic: Clinic, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mediaserver.signalling.JOIN_TIMEOUT_S", 0.1)
    client = await clinic.open()
    assert await client.closed() == 4408


async def test_socket_that_goes_away_before_joining_is_no_error(
    clinic: Clinic, caplog: pytest.LogCaptureFixture
) -> None:
    for _ in range(3):
        await (await clinic.open()).close()
        await (await clinic.open()).lose_socket()
    client = await clinic.join("p_staff")
    assert await client.request("sendChat", text="the node is well", clientId="m") == {}
    assert [record for record in caplog.records if record.levelname == "ERROR"] == []


async def test_error_of_the_servers_own_lets_the_client_come_back(
    clinic: Clinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = await clinic.join("p_staff")
    monkeypatch.setattr("mediaserver.methods.call", lambda *_: int("a bug"))
    with pytest.raises(ConnectionError):
        await client.request("sendChat", text="to a broken server", clientId="m")
    assert await client.closed() == 1012


async def test_binary_frame_closes_with_4400(clinic: Clinic) -> None:
    client = await clinic.join("p_staff")
    await client.send_bytes(b"{}")
    assert await client.closed() == 4400


async def test_frame_of_64_kib_is_read_and_a_larger_one_closes_with_4413(clinic: Clinic) -> None:
    client = await clinic.join("p_staff")
    request = json.dumps({"id": 99, "method": "nothing", "data": {}})
    await client.send_text(request.ljust(64 * 1024))
    answer = await client.answers.take(lambda item: item.get("id") == 99)
    assert answer["error"]["code"] == "bad_request"
    await client.send_text(request.ljust(64 * 1024 + 1))
    assert await client.closed() == 4413


async def test_too_many_requests_close_with_4429(clinic: Clinic) -> None:
    client = await clinic.join("p_staff")
    for number in range(400):
        await client.send_text(json.dumps({"id": number + 1000, "method": "nothing", "data": {}}))
    assert await client.closed() == 4429


@pytest.mark.parametrize(
    ("method", "data", "code"),
    [
        ("nothing", {}, "bad_request"),
        ("join", {"token": "again"}, "bad_request"),
        ("createTransport", {"direction": "sideways"}, "bad_request"),
        ("createTransport", {}, "bad_request"),
        ("connectTransport", {"transportId": "t_x", "dtlsParameters": {"fingerprints": []}}, "bad_request"),
        ("restartIce", {"transportId": "t_of_someone_else"}, "not_found"),
        ("pauseProducer", {"producerId": "pr_x"}, "not_found"),
        ("closeProducer", {"producerId": 7}, "bad_request"),
        ("resumeConsumer", {"consumerId": "co_x"}, "not_found"),
        ("subscribe", {"rtpCapabilities": {}}, "conflict"),
        ("sendChat", {"text": "", "clientId": "m"}, "bad_request"),
        ("sendChat", {"text": "x" * 2001, "clientId": "m"}, "bad_request"),
    ],
)
async def test_bad_request_is_answered_and_changes_nothing(
    clinic: Clinic, method: str, data: dict[str, Any], code: str
) -> None:
    client = await clinic.join("p_staff")
    with pytest.raises(RequestFailed) as failure:
        await client.request(method, **data)
    assert failure.value.code == code
    assert await client.request("sendChat", text="the socket is open", clientId="m") == {}
    assert clinic.node.counters.refused[f"request_{code}"] == 1


async def test_role_or_permissions_in_a_message_count_for_nothing(clinic: Clinic) -> None:
    guest = await clinic.join("p_guest", role="guest", permissions=[])
    with pytest.raises(RequestFailed, match="forbidden"):
        await guest.request("endCall", role="staff", permissions=["end_call"], participantId="p_staff")
    with pytest.raises(RequestFailed, match="forbidden"):
        await guest.publish("video", "screen")


async def test_one_participant_cannot_touch_what_belongs_to_another(clinic: Clinic) -> None:
    staff = await clinic.join("p_staff")
    stream = await staff.publish("audio", "microphone")
    patient = await clinic.join_patient("p_patient")
    assert staff.send_transport is not None
    for method, data in (
        ("pauseProducer", {"producerId": stream.producer_id}),
        ("closeProducer", {"producerId": stream.producer_id}),
        ("restartIce", {"transportId": staff.send_transport.id}),
    ):
        with pytest.raises(RequestFailed, match="not_found"):
            await patient.request(method, **data)


async def test_transports_and_producers_are_bounded(clinic: Clinic) -> None:
    client = await clinic.join("p_staff")
    for _ in range(7):
        await client.publish("audio", "microphone")
    await client.publish("video", "camera")
    with pytest.raises(RequestFailed, match="too_many"):
        await client.publish("audio", "microphone")
    for _ in range(3):
        await client.request("createTransport", direction="send")
    with pytest.raises(RequestFailed, match="too_many"):
        await client.request("createTransport", direction="recv")


async def test_stream_that_cannot_be_routed_is_refused(clinic: Clinic) -> None:
    client = await clinic.join("p_staff")
    transport = await client.open_transport("send")
    first = await client.publish("audio", "microphone")
    good = ClientStream("audio", "9", [0]).rtp_parameters()

    async def produce(kind: str = "audio", source: str = "microphone", **changes: Any) -> None:
        parameters = good | changes
        await client.request(
            "produce", transportId=transport.id, kind=kind, source=source, rtpParameters=parameters, paused=False
        )

    with pytest.raises(RequestFailed, match="conflict"):
        await produce(encodings=[{"ssrc": first.ssrc}])
    with pytest.raises(RequestFailed, match="bad_request"):
        await produce(codecs=[{"mimeType": "audio/PCMU", "payloadType": 0, "clockRate": 8000}])
    with pytest.raises(RequestFailed, match="bad_request"):
        await produce(encodings=[{"rid": "a"}, {"rid": "b"}])
    with pytest.raises(RequestFailed, match="bad_request"):
        await produce(kind="video", source="microphone")


async def test_wrong_dtls_fingerprint_gets_no_keys_and_frees_the_transport(clinic: Clinic) -> None:
    client = await clinic.join("p_staff")
    transport = await client.create_transport("send")
    forged = {"role": "client", "fingerprints": [{"algorithm": "sha-256", "value": ":".join(["AB"] * 32)}]}
    await client.request("connectTransport", transportId=transport.id, dtlsParameters=forged)
    await transport.connect()
    await clinic.until(lambda: clinic.node.counters.refused["dtls_failed"] == 1)
    with pytest.raises(RequestFailed, match="not_found"):
        await client.request("restartIce", transportId=transport.id)
    stream = ClientStream("audio", "0", [0])
    transport.send_rtp(stream.packet(b"forged"))
    await clinic.until(lambda: clinic.node.counters.dropped["unknown_address"] >= 1)
    assert clinic.node.counters.packets_received == 0


async def test_browser_cannot_be_the_dtls_server(clinic: Clinic) -> None:
    client = await clinic.join("p_staff")
    transport = await client.create_transport("send")
    with pytest.raises(RequestFailed, match="bad_request"):
        parameters = transport.dtls_parameters() | {"role": "server"}
        await client.request("connectTransport", transportId=transport.id, dtlsParameters=parameters)


class Stranger:
    """A socket that nobody has invited."""

    def __init__(self, clinic: Clinic) -> None:
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.setblocking(False)
        self._socket.connect(("127.0.0.1", clinic.node.udp_port))

    def send(self, data: bytes) -> None:
        self._socket.send(data)

    def answers(self) -> list[bytes]:
        found: list[bytes] = []
        while True:
            try:
                found.append(self._socket.recv(4096))
            except BlockingIOError:
                return found

    def close(self) -> None:
        self._socket.close()


def unsigned_check(fragment: str, password: str | None = None) -> bytes:
    request = stun.Message(stun.Method.BINDING, stun.Class.REQUEST)
    request.attributes["USERNAME"] = f"{fragment}:abcd"
    request.attributes["USE-CANDIDATE"] = None
    if password is None:
        request.add_fingerprint()
    else:
        request.add_message_integrity(password.encode())
    return bytes(request)


async def test_strangers_on_the_udp_port_get_no_answer_and_are_counted(clinic: Clinic) -> None:
    client = await clinic.join("p_staff")
    transport = await client.create_transport("send")
    fragment = transport._ice["usernameFragment"]
    stranger = Stranger(clinic)
    sent = {
        "stun_malformed": struct.pack("!HHI12s", 1, 8, 0x2112A442, bytes(12)) + b"\x00\x06\x00\xff1234",
        "stun_unknown_username": unsigned_check("nobody"),
        "stun_unauthenticated": unsigned_check(fragment, "wrong password"),
        "unknown_address": b"\x16\xfe\xff" + bytes(50),
        "datagram_size": b"\x80" + bytes(1999),
    }
    for data in sent.values():
        stranger.send(data)
    stranger.send(unsigned_check(fragment))
    stranger.send(b"\x80\x60" + bytes(60))
    stranger.send(b"")
    await clinic.until(lambda: sum(clinic.node.counters.dropped.values()) == 8)
    assert set(clinic.node.counters.dropped) == set(sent)
    assert stranger.answers() == []
    stranger.close()
    await transport.close()


async def test_random_datagrams_disturb_nobody(clinic: Clinic) -> None:
    staff = await clinic.join("p_staff")
    stream = await staff.publish("audio", "microphone")
    patient = await clinic.join_patient("p_patient")
    await patient.subscribe()
    consumer = await patient.receive(stream)
    assert staff.send_transport is not None
    stranger = Stranger(clinic)
    for size in range(1, 1500, 7):
        garbage = secrets.token_bytes(size)
        stranger.send(garbage)
        staff.send_transport.send(garbage)
    staff.send(stream, b"undisturbed")
    assert patient.recv_transport is not None
    packet = await patient.recv_transport.expect_rtp(consumer["rtpParameters"]["encodings"][0]["ssrc"])
    assert packet.payload == b"undisturbed"
    assert stranger.answers() == []
    stranger.close()


async def test_forged_replayed_and_foreign_media_is_dropped_with_a_reason(clinic: Clinic) -> None:
    staff = await clinic.join("p_staff")
    stream = await staff.publish("audio", "microphone")
    transport = staff.send_transport
    assert transport is not None
    good = transport.protect(stream.packet(b"once"))
    transport.send(good)
    transport.send(good)
    forged = bytearray(transport.protect(stream.packet(b"forged")))
    forged[-1] ^= 0xFF
    transport.send(bytes(forged))
    transport.send_rtp(ClientStream("audio", "8", [0]).packet(b"never produced"))
    wanted = {"srtp_replayed": 1, "srtp_authentication": 1, "ssrc_unknown": 1}
    await clinic.until(lambda: dict(clinic.node.counters.dropped) == wanted)
    assert clinic.node.counters.packets_received == 1


async def test_reports_from_endless_senders_are_bounded(clinic: Clinic) -> None:
    staff = await clinic.join("p_staff")
    transport = await staff.open_transport("send")
    for ssrc in range(100):
        transport.send_rtcp(struct.pack("!BBHI", 0x80, 201, 1, ssrc))
    await clinic.until(lambda: clinic.node.counters.dropped["rtcp_senders"] == 100 - 64)


async def test_metrics_name_the_reasons_and_nobody(clinic: Clinic) -> None:
    await refused_join(clinic, "nonsense")
    await clinic.join("p_secret_person", name="Secret Person")
    base = clinic.control_url().removesuffix("/control")
    async with ClientSession() as session:
        async with session.get(f"{base}/healthz") as health:
            assert (health.status, await health.text()) == (200, "ok")
        async with session.get(f"{base}/metrics") as answer:
            text = await answer.text()
    assert 'media_refused_total{reason="token_malformed"} 1' in text
    assert "media_participants 1" in text
    assert "secret" not in text.lower()


async def test_plain_http_and_large_bodies_are_refused(clinic: Clinic) -> None:
    base = clinic.control_url().removesuffix("/control")
    async with ClientSession() as session:
        async with session.get(f"{base}/media") as answer:
            assert answer.status == 426
        async with session.post(f"{base}/control", data=b"x" * 100_000) as answer:
            assert answer.status == 413


async def test_refusals_leave_no_trace_in_the_log(clinic: Clinic, caplog: pytest.LogCaptureFixture) -> None:
    await refused_join(clinic, "secret-token")
    client = await clinic.join("p_staff", name="Secret Person")
    await client.request("sendChat", text="secret words", clientId="m")
    await client.send_text("{")
    await client.closed()
    await asyncio.sleep(0)
    assert "ecret" not in caplog.text
    assert "Traceback" not in caplog.text
