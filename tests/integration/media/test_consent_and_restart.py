"""ICE restart on a network change (RFC 8445 section 2.4), consent freshness (RFC 7675), and whose an address is."""

import asyncio
import json
import socket

import pytest

from mediaserver.ice_servers import IceServers, TurnService
from mediaserver.net.ice_lite import MAX_ADDRESSES
from tests.integration.media.conftest import Clinic, MakeClinic
from tests.integration.media.one_way import OneWayCall, one_way_call
from tests.media.client import MediaClient
from tests.media.transport import ClientTransport

BOTH = {"udp_hosts": ("127.0.0.1", "::1"), "announced_ips": ("127.0.0.1", "::1")}
SHORT_CONSENT_MS = 300
RENEWAL_S = 0.05


async def restart_ice(client: MediaClient, transport: ClientTransport) -> None:
    answer = await client.request("restartIce", transportId=transport.id)
    transport.use_ice_parameters(answer["iceParameters"])


@pytest.mark.parametrize("family", [socket.AF_INET, socket.AF_INET6])
async def test_restart_carries_both_directions_over_to_another_network(
    make_clinic: MakeClinic, family: socket.AddressFamily
) -> None:
    call = await one_way_call(await make_clinic(**BOTH))
    for client, transport in ((call.staff, call.sender), (call.patient, call.receiver)):
        await restart_ice(client, transport)
        await call.carries(b"while the old path still carries")
        transport.move_to_new_port(family)
        await transport.check()
        await call.carries(b"over the new path")


async def test_restart_without_a_move_needs_no_new_handshake(clinic: Clinic) -> None:
    call = await one_way_call(clinic)
    for _ in range(3):
        await restart_ice(call.patient, call.receiver)
        await call.receiver.check()
        await call.carries(b"as before")


async def test_credentials_of_before_a_restart_end_with_the_first_nomination_by_the_new_ones(clinic: Clinic) -> None:
    call = await one_way_call(clinic)
    old_check = bytes(call.receiver.binding_request())
    await restart_ice(call.patient, call.receiver)
    call.receiver.send(old_check)
    await call.receiver.stun_answers.take(lambda answer: answer.transaction_id == old_check[8:20])
    await call.receiver.check()
    call.receiver.send(old_check)
    await clinic.until(lambda: clinic.node.counters.dropped["stun_unknown_username"] == 1)


async def test_media_to_a_silent_address_stops_and_comes_back_with_consent(
    clinic: Clinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mediaserver.net.ice_lite.CONSENT_MS", SHORT_CONSENT_MS)
    monkeypatch.setattr("tests.media.transport.CONSENT_INTERVAL_S", RENEWAL_S)
    call = await one_way_call(clinic)
    await call.carries(b"with consent")
    assert not clinic.node.counters.dropped
    call.receiver.stop_consent()
    await clinic.until(lambda: clinic.node.counters.dropped["consent_expired"] == 1)
    received, sent = clinic.node.counters.packets_received, clinic.node.counters.packets_sent
    call.say(b"into the void")
    await clinic.until(lambda: clinic.node.counters.packets_received == received + 1)
    assert clinic.node.counters.packets_sent == sent
    await call.receiver.check()
    await call.carries(b"consented again")


async def test_checks_that_are_not_signed_give_no_consent(clinic: Clinic, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mediaserver.net.ice_lite.CONSENT_MS", SHORT_CONSENT_MS)
    monkeypatch.setattr("tests.media.transport.CONSENT_INTERVAL_S", RENEWAL_S)
    call = await one_way_call(clinic)
    call.receiver.stop_consent()
    forger = asyncio.create_task(send_forged_checks(call.receiver))
    await clinic.until(lambda: clinic.node.counters.dropped["consent_expired"] == 1)
    forger.cancel()
    assert clinic.node.counters.dropped["stun_unauthenticated"] > 1


async def send_forged_checks(transport: ClientTransport) -> None:
    while True:
        transport.send(bytes(transport.binding_request("not the password")))
        await asyncio.sleep(RENEWAL_S)


async def test_silent_receiver_does_not_end_the_consent_of_others(
    clinic: Clinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mediaserver.net.ice_lite.CONSENT_MS", SHORT_CONSENT_MS)
    monkeypatch.setattr("tests.media.transport.CONSENT_INTERVAL_S", RENEWAL_S)
    call = await one_way_call(clinic)
    guest = await clinic.join("p_guest", role="guest", permissions=[])
    await guest.subscribe()
    await guest.receive(call.stream)
    assert guest.recv_transport is not None
    guest.recv_transport.stop_consent()
    await clinic.until(lambda: clinic.node.counters.dropped["consent_expired"] == 1)
    await call.carries(b"to those who still want it")


async def test_displaced_address_is_a_strangers_until_it_checks_again(clinic: Clinic) -> None:
    call = await one_way_call(clinic)
    visited = [await move(call) for _ in range(MAX_ADDRESSES)]
    first = visited[0]
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as stranger:
        stranger.bind(first)
        stranger.setblocking(False)
        stranger.connect(("127.0.0.1", clinic.node.udp_port))
        stranger.send(bytes(call.receiver.binding_request("not the password")))
        stranger.send(call.sender.protect(call.stream.packet(b"from nowhere")))
        stranger.send(b"\x16\xfe\xfd" + bytes(60))
        wanted = {"stun_unauthenticated": 1, "unknown_address": 2}
        await clinic.until(lambda: dict(clinic.node.counters.dropped) == wanted)
        await call.carries(b"undisturbed")
        with pytest.raises(BlockingIOError):
            stranger.recv(2048)


async def move(call: OneWayCall) -> tuple[str, int]:
    left = call.receiver.address
    call.receiver.move_to_new_port()
    await call.receiver.check()
    return left


async def test_address_that_media_goes_to_is_not_given_to_another_transport(clinic: Clinic) -> None:
    call = await one_way_call(clinic)
    intruder = await clinic.join("p_intruder", role="guest", permissions=[])
    own = await intruder.create_transport("recv")
    call.receiver.send(bytes(own.binding_request()))
    await clinic.until(lambda: clinic.node.counters.dropped["stun_address_taken"] == 1)
    await call.carries(b"undisturbed")
    call.sender.send(bytes(own.binding_request()))
    await clinic.until(lambda: clinic.node.counters.dropped["stun_address_taken"] == 2)
    await call.carries(b"undisturbed, too")


async def test_address_of_a_connection_that_is_gone_can_be_had_again(clinic: Clinic) -> None:
    call = await one_way_call(clinic)
    await call.patient.request("leave")
    await call.patient.closed()
    successor = await clinic.join_patient("p_successor")
    own = await successor.create_transport("recv")
    request = own.binding_request()
    call.receiver.send(bytes(request))
    await call.receiver.stun_answers.take(lambda answer: answer.transaction_id == request.transaction_id)


async def test_join_and_restart_bring_turn_credentials_of_their_own(make_clinic: MakeClinic) -> None:
    turn = TurnService(("turn:turn.example.se",), "a secret that coturn knows", 600)
    clinic = await make_clinic(ice_servers=IceServers(({"urls": "stun:stun.example.se"},), turn))
    staff, patient = await clinic.join("p_staff"), await clinic.join_patient("p_patient")
    transport = await staff.create_transport("send")
    restarted = await staff.request("restartIce", transportId=transport.id)
    told = [staff.joined["iceServers"], patient.joined["iceServers"], restarted["iceServers"]]
    assert all(servers[0] == {"urls": "stun:stun.example.se"} for servers in told)
    assert all(servers[1]["urls"] == ["turn:turn.example.se"] for servers in told)
    assert len({servers[1]["username"] for servers in told}) == 3
    assert "p_" not in json.dumps(told)
