"""Media over IPv4 and IPv6 by one port number, and the addresses that browsers are told."""

import socket

import pytest

from tests.integration.media.conftest import MakeClinic
from tests.integration.media.one_way import one_way_call

BOTH = {"udp_hosts": ("127.0.0.1", "::1"), "announced_ips": ("127.0.0.1", "::1")}


async def test_every_announced_address_is_a_candidate_on_the_one_port(make_clinic: MakeClinic) -> None:
    clinic = await make_clinic(**BOTH)
    client = await clinic.join("p_staff")
    described = await client.request("createTransport", direction="send")
    candidates = described["iceCandidates"]
    assert [(each["ip"], each["address"], each["port"]) for each in candidates] == [
        ("127.0.0.1", "127.0.0.1", clinic.node.udp_port),
        ("::1", "::1", clinic.node.udp_port),
    ]
    assert len({each["foundation"] for each in candidates}) == 2
    assert candidates[0]["priority"] > candidates[1]["priority"] > 0


async def test_mapped_port_is_told_instead_of_the_bound_one(make_clinic: MakeClinic) -> None:
    clinic = await make_clinic(announced_ips=("192.0.2.1",), announced_port=40_000)
    client = await clinic.join("p_staff")
    described = await client.request("createTransport", direction="send")
    assert [(each["ip"], each["port"]) for each in described["iceCandidates"]] == [("192.0.2.1", 40_000)]


@pytest.mark.parametrize("moves", ["sender", "receiver", "both"])
async def test_media_goes_on_when_a_client_moves_to_another_family_and_back(
    make_clinic: MakeClinic, moves: str
) -> None:
    clinic = await make_clinic(**BOTH)
    call = await one_way_call(clinic)
    await call.carries(b"over IPv4")
    moving = [call.sender] * (moves != "receiver") + [call.receiver] * (moves != "sender")
    for family in (socket.AF_INET6, socket.AF_INET):
        for transport in moving:
            transport.move_to_new_port(family)
            answer = await transport.check()
            assert answer.attributes["XOR-MAPPED-ADDRESS"] == transport.address
        await call.carries(f"over {family.name}".encode())
    assert not clinic.node.counters.dropped


async def test_port_number_is_taken_in_all_families_or_in_none(make_clinic: MakeClinic) -> None:
    with socket.socket(socket.AF_INET6, socket.SOCK_DGRAM) as other:
        other.bind(("::1", 0))
        with pytest.raises(OSError, match="in use"):
            await make_clinic(**BOTH, udp_port=other.getsockname()[1])
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as free:
            free.bind(("127.0.0.1", other.getsockname()[1]))
