"""Whose pages may open a signalling socket (OWASP ASVS 5.0, V4.4.2)."""

import pytest
from aiohttp import ClientSession, WSServerHandshakeError

from tests.integration.media.conftest import MakeClinic

OURS = "https://vardrum.example"


@pytest.mark.parametrize("origin", ["https://evil.example", "null", f"{OURS}.evil", "http://vardrum.example", ""])
async def test_socket_of_another_sites_page_is_refused_and_counted(make_clinic: MakeClinic, origin: str) -> None:
    clinic = await make_clinic(origin=OURS)
    async with ClientSession() as session:
        with pytest.raises(WSServerHandshakeError) as refusal:
            await session.ws_connect(clinic.url(), headers={"Origin": origin})
    assert refusal.value.status == 403
    assert clinic.node.counters.refused["origin_foreign"] == 1


async def test_our_own_pages_and_other_nodes_open_one(make_clinic: MakeClinic) -> None:
    """A node that passes a socket on tells no origin; no browser leaves it out."""
    clinic = await make_clinic(origin=OURS)
    async with ClientSession() as session, session.ws_connect(clinic.url(), headers={"Origin": OURS}) as socket:
        assert not socket.closed
    client = await clinic.join("p_staff")
    assert client.joined["callId"]
