"""The WebSocket side of the local gateway, through its port, as API Gateway's WebSocket API."""

import json
from collections.abc import AsyncIterator

import aiohttp
import boto3
import pytest
from botocore.exceptions import ClientError

from local.resources import client
from local.settings import Settings
from tests.integration.local.conftest import eventually

GOOD = {"Cookie": "session=good"}
ANSWER_SECONDS = 30.0


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as opened:
        yield opened


async def connection_id_of(socket: aiohttp.ClientWebSocketResponse) -> str:
    await socket.send_str("hello")
    text: str = (await socket.receive(timeout=ANSWER_SECONDS)).data
    return text.partition(" said ")[0]


@pytest.mark.parametrize(("cookie", "status"), [("", 401), ("session=bad", 403)])
async def test_the_connect_handler_refuses_the_handshake(
    gateway: str, session: aiohttp.ClientSession, cookie: str, status: int
) -> None:
    with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
        await session.ws_connect(f"{gateway}/live", headers={"Cookie": cookie})
    assert refused.value.status == status


async def test_a_message_is_answered_over_the_management_api(gateway: str, session: aiohttp.ClientSession) -> None:
    async with session.ws_connect(f"{gateway}/live", headers=GOOD) as socket:
        await socket.send_str('{"å": 1}')
        assert (await socket.receive(timeout=ANSWER_SECONDS)).data.endswith(' said {"å": 1}')


async def test_a_failed_message_is_told_and_the_socket_stays(gateway: str, session: aiohttp.ClientSession) -> None:
    async with session.ws_connect(f"{gateway}/live", headers=GOOD) as socket:
        await socket.send_str("fail")
        failure = json.loads((await socket.receive(timeout=ANSWER_SECONDS)).data)
        assert failure["message"] == "Internal server error"
        assert await connection_id_of(socket) == failure["connectionId"]


async def test_a_message_over_128_kib_closes_the_socket(gateway: str, session: aiohttp.ClientSession) -> None:
    async with session.ws_connect(f"{gateway}/live", headers=GOOD) as socket:
        await socket.send_str("x" * (128 * 1024 + 1))
        await socket.receive(timeout=ANSWER_SECONDS)
        assert socket.close_code == 1009


async def test_a_dead_connection_is_gone_and_its_end_was_told(
    aws: Settings, gateway: str, session: aiohttp.ClientSession
) -> None:
    management = boto3.client("apigatewaymanagementapi", endpoint_url=f"{gateway}/@live")
    async with session.ws_connect(f"{gateway}/live", headers=GOOD) as socket:
        connection_id = await connection_id_of(socket)
        management.post_to_connection(ConnectionId=connection_id, Data=b"from outside")
        assert (await socket.receive(timeout=ANSWER_SECONDS)).data == "from outside"
        assert management.get_connection(ConnectionId=connection_id)["Identity"]["SourceIp"] == "127.0.0.1"
    dynamodb = client("dynamodb", aws.aws_url)
    key = {"pk": {"S": "disconnect"}, "sk": {"S": f"0#{connection_id}"}}
    eventually(lambda: "Item" in dynamodb.get_item(TableName="vardrum-local-quality", Key=key))
    with pytest.raises(ClientError) as gone:
        management.post_to_connection(ConnectionId=connection_id, Data=b"late")
    assert gone.value.response["Error"]["Code"] == "GoneException"


async def test_the_management_api_ends_a_socket(gateway: str, session: aiohttp.ClientSession) -> None:
    management = boto3.client("apigatewaymanagementapi", endpoint_url=f"{gateway}/@live")
    async with session.ws_connect(f"{gateway}/live", headers=GOOD) as socket:
        management.delete_connection(ConnectionId=await connection_id_of(socket))
        await socket.receive(timeout=ANSWER_SECONDS)
        assert socket.closed


async def test_the_management_api_takes_no_unsigned_call(gateway: str, session: aiohttp.ClientSession) -> None:
    async with session.ws_connect(f"{gateway}/live", headers=GOOD) as socket:
        connection_id = await connection_id_of(socket)
        async with session.post(f"{gateway}/@live/@connections/{connection_id}", data="forged") as answer:
            assert answer.status == 403
        assert not socket.closed
