"""Media through a real coturn, by the credentials that the node makes; nobody else gets in, and nowhere else (RFC 8656)."""

import asyncio
import socket
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from aioice import stun

from mediaserver.ice_servers import IceServers
from tests.integration.media.conftest import MakeClinic
from tests.media.client import MediaClient
from tests.media.coturn import LISTENING_IP, RELAY_IP, Coturn, coturn
from tests.media.relay import Relay, RelayAccess
from tests.media.stream import ClientStream
from tests.media.transport import ClientTransport

AccessMaker = Callable[[Coturn], tuple[str, str]]


@pytest.fixture(scope="module")
def relay(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Coturn]:
    with coturn(tmp_path_factory.mktemp("coturn")) as running:
        yield running


def way_in(relay: Coturn, username: str, credential: str, by: str = "udp") -> RelayAccess:
    if by == "tls":
        return RelayAccess(LISTENING_IP, relay.tls_port, username, credential, "tcp", relay.ca_file)
    return RelayAccess(LISTENING_IP, relay.port, username, credential, by)


async def relayed(client: MediaClient, direction: str, relay: Coturn, by: str) -> ClientTransport:
    """A transport through the relay, by what the join answer says."""
    (server,) = client.joined["iceServers"]
    assert server["urls"] == list(relay.urls)
    transport = await client.create_transport(direction)
    await transport.move_to_relay(way_in(relay, server["username"], server["credential"], by))
    await client.request("connectTransport", transportId=transport.id, dtlsParameters=transport.dtls_parameters())
    await transport.connect()
    return transport


@pytest.mark.parametrize("by", ["udp", "tcp", "tls"])
async def test_media_goes_both_ways_through_the_relay_and_the_node_sees_no_other_address(
    make_clinic: MakeClinic, relay: Coturn, by: str
) -> None:
    clinic = await make_clinic(ice_servers=IceServers(turn=relay.service))
    staff, patient = await clinic.join("p_staff"), await clinic.join_patient("p_patient")
    transports = [await relayed(each, way, relay, by) for each in (staff, patient) for way in ("send", "recv")]
    streams = [await each.publish("audio", "microphone") for each in (staff, patient)]
    for speaker, listener, stream in ((staff, patient, streams[0]), (patient, staff, streams[1])):
        await is_heard(speaker, listener, stream)
    for transport in transports:
        seen = (await transport.check()).attributes["XOR-MAPPED-ADDRESS"]
        assert seen == transport.address
        assert seen[0] == RELAY_IP
    assert not clinic.node.counters.dropped


async def is_heard(speaker: MediaClient, listener: MediaClient, stream: ClientStream) -> None:
    await listener.subscribe()
    consumer = await listener.receive(stream)
    assert listener.recv_transport is not None
    for number in range(20):
        words = b"word %d" % number
        speaker.send(stream, words)
        packet = await listener.recv_transport.expect_rtp(consumer["rtpParameters"]["encodings"][0]["ssrc"])
        assert packet.payload == words


async def test_client_moves_to_the_relay_in_the_middle_of_a_call(make_clinic: MakeClinic, relay: Coturn) -> None:
    clinic = await make_clinic(ice_servers=IceServers(turn=relay.service))
    staff, patient = await clinic.join("p_staff"), await clinic.join_patient("p_patient")
    stream = await staff.publish("audio", "microphone")
    await is_heard(staff, patient, stream)
    assert patient.recv_transport is not None
    restarted = await patient.request("restartIce", transportId=patient.recv_transport.id)
    (server,) = restarted["iceServers"]
    await patient.recv_transport.move_to_relay(way_in(relay, server["username"], server["credential"]))
    patient.recv_transport.use_ice_parameters(restarted["iceParameters"])
    answer = await patient.recv_transport.check()
    assert answer.attributes["XOR-MAPPED-ADDRESS"][0] == RELAY_IP
    staff.send(stream, b"by the relay")
    while (await patient.recv_transport.rtp.take(lambda _packet: True)).payload != b"by the relay":
        pass


def _wrong_credential(relay: Coturn) -> tuple[str, str]:
    return relay.access()[0], relay.access()[1]


def _later_end(relay: Coturn) -> tuple[str, str]:
    username, credential = relay.access()
    expires_at, random = username.split(":")
    return f"{int(expires_at) + 3600}:{random}", credential


@pytest.mark.parametrize(
    "access",
    [
        pytest.param(_wrong_credential, id="credential of another user name"),
        pytest.param(_later_end, id="user name that ends later"),
        pytest.param(lambda relay: relay.access(secret="not the secret"), id="made with another secret"),
        pytest.param(lambda relay: relay.access(lifetime_s=-1), id="ended a second ago"),
        pytest.param(lambda _relay: ("", ""), id="none"),
    ],
)
@pytest.mark.parametrize("by", ["udp", "tls"])
async def test_relay_refuses_wrong_and_ended_credentials(relay: Coturn, access: AccessMaker, by: str) -> None:
    username, credential = access(relay)
    assert await refusal(way_in(relay, username, credential, by)) == 401


async def refusal(access: RelayAccess) -> int:
    """The error that an allocation is refused with. Afterwards its connection is gone, which TLS takes its time for."""
    before = _open_descriptors()
    with pytest.raises(stun.TransactionFailed) as failure:
        await Relay.allocate(access, lambda _data: None)
    async with asyncio.timeout(30):
        while _open_descriptors() > before:  # noqa: ASYNC110  # nobody tells
            await asyncio.sleep(0.005)
    code = failure.value.response.error_code
    assert code is not None
    return int(code)


async def test_allocation_outlives_its_credentials(relay: Coturn) -> None:
    """A call that lasts longer than TURN_LIFETIME_S goes on."""
    username, credential = relay.access(lifetime_s=1)
    received: asyncio.Queue[bytes] = asyncio.Queue()
    allocation = await Relay.allocate(way_in(relay, username, credential), received.put_nowait)
    ended_at = int(username.split(":")[0])
    await asyncio.sleep(ended_at + 1.1 - time.time())
    assert await refusal(way_in(relay, username, credential)) == 401
    loop = asyncio.get_running_loop()
    with socket.socket(type=socket.SOCK_DGRAM) as peer:
        peer.setblocking(False)
        peer.bind((LISTENING_IP, 0))
        allocation.send(b"still there", peer.getsockname())
        words, sender = await asyncio.wait_for(loop.sock_recvfrom(peer, 2048), 5)
        assert (words, sender) == (b"still there", allocation.address)
        peer.sendto(b"both ways", sender)
        assert await asyncio.wait_for(received.get(), 5) == b"both ways"
    await allocation.close()


@pytest.mark.parametrize("peer", ["10.0.0.1", "127.0.0.3", "169.254.169.254", "224.0.0.1", "8.8.8.8"])
async def test_relay_reaches_media_nodes_and_nothing_else(relay: Coturn, peer: str) -> None:
    refused: asyncio.Queue[Exception] = asyncio.Queue()
    allocation = await Relay.allocate(way_in(relay, *relay.access()), lambda _data: None, refused.put_nowait)
    allocation.send(b"into the network behind", (peer, 80))
    error = await asyncio.wait_for(refused.get(), 5)
    assert isinstance(error, stun.TransactionFailed)
    assert error.response.error_code == 403
    await allocation.close()


def _open_descriptors() -> int:
    return sum(1 for _ in Path("/proc/self/fd").iterdir())
