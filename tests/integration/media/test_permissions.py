"""Every method against every permission: the join token decides, through a real socket (C4, C5, C8)."""

from typing import Any

import pytest

from mediaserver.methods import METHOD_NAMES
from tests.integration.media.conftest import Clinic
from tests.media.client import MediaClient, RequestFailed
from tests.media.stream import ClientStream
from tests.media.tokens import ALL_PERMISSIONS

# What each request needs; None: everyone who has joined may.
NEEDS: list[tuple[str, str | None]] = [
    ("createTransport", None),
    ("connectTransport", None),
    ("restartIce", None),
    ("produce microphone", "publish_audio"),
    ("produce camera", "publish_video"),
    ("produce screen", "share_screen"),
    ("produce screen sound", "share_screen"),
    ("pauseProducer", None),
    ("resumeProducer", None),
    ("closeProducer", None),
    ("subscribe", None),
    ("resumeConsumer", None),
    ("pauseConsumer", None),
    ("setConsumerView", None),
    ("muteParticipant", "mute_others"),
    ("reportDevice", None),
    ("sendChat", "chat"),
    ("endCall", "end_call"),
    ("leave", None),
]
_STREAMS = {
    "produce microphone": ("audio", "microphone"),
    "produce camera": ("video", "camera"),
    "produce screen": ("video", "screen"),
    "produce screen sound": ("audio", "screen"),
}
_OTHERS: dict[str, dict[str, Any]] = {
    "createTransport": {"direction": "send"},
    "connectTransport": {"transportId": "t_none", "dtlsParameters": {"fingerprints": []}},
    "restartIce": {"transportId": "t_none"},
    "pauseProducer": {"producerId": "pr_none"},
    "resumeProducer": {"producerId": "pr_none"},
    "closeProducer": {"producerId": "pr_none"},
    "subscribe": {"rtpCapabilities": {}},
    "resumeConsumer": {"consumerId": "co_none"},
    "pauseConsumer": {"consumerId": "co_none"},
    "setConsumerView": {"consumerId": "co_none", "width": 0, "height": 0, "pinned": False},
    "muteParticipant": {"participantId": "p_victim"},
    "reportDevice": {"limitedBy": "cpu"},
    "sendChat": {"text": "Hej", "clientId": "m"},
    "endCall": {},
    "leave": {},
}


async def outcome(client: MediaClient, request: str) -> str:
    """`done`, or the code of the refusal."""
    try:
        if request in _STREAMS:
            await produce(client, *_STREAMS[request])
        else:
            await client.request(request, **_OTHERS[request])
    except RequestFailed as refused:
        return refused.code
    return "done"


async def produce(client: MediaClient, kind: str, source: str) -> None:
    """The transport need not be connected for this."""
    transport = client.send_transport or await client.create_transport("send")
    parameters = ClientStream(kind, "0", [0]).rtp_parameters()
    await client.request("produce", transportId=transport.id, kind=kind, source=source, rtpParameters=parameters)


def test_the_table_has_every_method() -> None:
    assert {request.split()[0] for request, _ in NEEDS} | {"join"} == METHOD_NAMES


@pytest.mark.parametrize(("request_name", "permission"), NEEDS)
async def test_a_request_needs_its_permission_and_no_other(
    clinic: Clinic, request_name: str, permission: str | None
) -> None:
    await clinic.join("p_victim")
    bare = await clinic.join("p_bare", role="guest", permissions=[])
    assert (await outcome(bare, request_name) == "forbidden") is (permission is not None)
    if permission is None:
        return
    others = [each for each in ALL_PERMISSIONS if each != permission]
    all_but_one = await clinic.join("p_all_but_one", role="staff", permissions=others)
    assert await outcome(all_but_one, request_name) == "forbidden"
    just_this = await clinic.join("p_just_this", role="guest", permissions=[permission])
    assert await outcome(just_this, request_name) == "done"


async def test_a_refused_request_changes_nothing(clinic: Clinic) -> None:
    watching = await clinic.join("p_watching")
    bare = await clinic.join("p_bare", role="guest", permissions=[])
    for request, permission in NEEDS:
        if permission is not None:
            assert await outcome(bare, request) == "forbidden"
    await watching.request("sendChat", text="undisturbed", clientId="m")
    await watching.event("chat")
    assert {event["event"] for event in watching.events.items} <= {"participantJoined", "connectionQuality"}


async def test_what_a_newer_token_no_longer_allows_is_refused(clinic: Clinic) -> None:
    """The permissions are those of the connection, not of the person."""
    await clinic.join("p_staff")
    await clinic.join("p_guest", role="guest", permissions=["chat"])
    newer = await clinic.join("p_guest", role="guest", permissions=[])
    assert await outcome(newer, "sendChat") == "forbidden"
