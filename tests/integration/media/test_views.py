"""What each sees of the others' pictures: told by the client, and not sent while nobody looks (C11)."""

from typing import Any

import pytest

from tests.integration.media.conftest import Clinic
from tests.media.client import RequestFailed
from tests.media.meanwhile import sending


@pytest.mark.parametrize(
    "view",
    [
        {"width": -1, "height": 10, "pinned": False},
        {"width": 10, "height": 20_000, "pinned": False},
        {"width": 10.5, "height": 10, "pinned": False},
        {"width": 10, "height": 10, "pinned": "yes"},
        {"width": 10, "height": 10},
    ],
)
async def test_an_odd_view_is_refused(clinic: Clinic, view: dict[str, Any]) -> None:
    staff = await clinic.join("p_staff")
    with pytest.raises(RequestFailed, match="bad_request"):
        await staff.request("setConsumerView", consumerId="co_1", **view)


async def test_only_ones_own_pictures_have_a_view(clinic: Clinic) -> None:
    staff = await clinic.join("p_staff")
    await staff.subscribe()
    patient = await clinic.join_patient("p_patient")
    camera = await patient.publish("video", "camera")
    microphone = await patient.publish("audio", "microphone")
    picture, sound = await staff.receive(camera), await staff.receive(microphone)
    assert (picture["layers"], sound["layers"]) == (1, 1)
    view = {"width": 640, "height": 360, "pinned": True}
    assert await staff.request("setConsumerView", consumerId=picture["id"], **view) == {}
    with pytest.raises(RequestFailed, match="bad_request"):
        await staff.request("setConsumerView", consumerId=sound["id"], **view)
    for stranger in (patient, staff):
        with pytest.raises(RequestFailed, match="not_found"):
            await stranger.request("setConsumerView", consumerId="co_nobodys", **view)
    with pytest.raises(RequestFailed, match="not_found"):
        await patient.request("setConsumerView", consumerId=picture["id"], **view)


async def test_a_hidden_picture_is_not_sent(clinic: Clinic) -> None:
    staff = await clinic.join("p_staff")
    await staff.subscribe()
    patient = await clinic.join_patient("p_patient")
    camera = await patient.publish("video", "camera")
    consumer = await staff.receive(camera)
    ssrc = consumer["rtpParameters"]["encodings"][0]["ssrc"]
    assert staff.recv_transport is not None
    async with sending(patient, camera):
        await staff.recv_transport.expect_rtp(ssrc)
        await staff.request("setConsumerView", consumerId=consumer["id"], width=0, height=0, pinned=False)
        sent = clinic.node.counters.packets_sent
        received = clinic.node.counters.packets_received
        await clinic.until(lambda: clinic.node.counters.packets_received >= received + 5)
        assert clinic.node.counters.packets_sent == sent
        await staff.request("setConsumerView", consumerId=consumer["id"], width=640, height=360, pinned=False)
        await clinic.until(lambda: clinic.node.counters.packets_sent > sent)
