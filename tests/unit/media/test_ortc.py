"""Which streams the router takes, and how each receiver sees them."""

import json
from typing import Any

import msgspec
import pytest

from mediaserver import ortc
from mediaserver.errors import BadRequest
from mediaserver.rtp_parameters import RtpCapabilities, RtpParameters
from tests.media.stream import ClientStream

H264 = {"mimeType": "video/H264", "payloadType": 108, "clockRate": 90000}


def parameters(kind: str, **changes: Any) -> RtpParameters:
    return msgspec.convert(ClientStream(kind, "0", [0]).rtp_parameters() | changes, RtpParameters)


def h264(**settings: Any) -> list[dict[str, Any]]:
    return [H264 | {"parameters": settings}]


def test_publishers_numbers_are_mapped_to_the_routers() -> None:
    mapping = ortc.stream_mapping("video", parameters("video"))
    assert (mapping.codec.mime_type, mapping.codec.preferred_payload_type) == ("video/VP8", 101)
    assert (mapping.payload_type, mapping.rtx_payload_type) == (96, 97)
    assert mapping.kept_extension_ids == {13: 5}
    assert mapping.transport_cc_id == 3


def test_publishers_mid_is_never_passed_on() -> None:
    for kind in ("audio", "video"):
        kept = ortc.stream_mapping("audio" if kind == "audio" else "video", parameters(kind)).kept_extension_ids
        assert 4 not in kept


def test_codec_names_match_in_any_case() -> None:
    codecs = [{"mimeType": "AUDIO/Opus", "payloadType": 111, "clockRate": 48000, "channels": 2}]
    assert ortc.stream_mapping("audio", parameters("audio", codecs=codecs)).payload_type == 111


@pytest.mark.parametrize(
    "codec",
    [
        {"mimeType": "audio/opus", "payloadType": 111, "clockRate": 48000},
        {"mimeType": "audio/opus", "payloadType": 111, "clockRate": 16000, "channels": 2},
        {"mimeType": "video/VP9", "payloadType": 98, "clockRate": 90000},
        {"mimeType": "video/rtx", "payloadType": 97, "clockRate": 90000},
        {"mimeType": "audio/VP8", "payloadType": 96, "clockRate": 90000},
    ],
)
def test_codec_that_the_router_lacks_is_refused(codec: dict[str, Any]) -> None:
    with pytest.raises(BadRequest):
        ortc.stream_mapping("audio", parameters("audio", codecs=[codec]))


@pytest.mark.parametrize("level_id", ["42e01f", "42e034", "42c01e", "4d8028", "42f00a"])
def test_h264_constrained_baseline_is_taken_at_any_level(level_id: str) -> None:
    codecs = h264(**{"packetization-mode": 1, "profile-level-id": level_id})
    assert ortc.stream_mapping("video", parameters("video", codecs=codecs)).codec.preferred_payload_type == 103


@pytest.mark.parametrize(
    "settings",
    [
        {"packetization-mode": 0, "profile-level-id": "42e01f"},
        {"packetization-mode": 1, "profile-level-id": "640c1f"},
        {"packetization-mode": 1, "profile-level-id": "42001f"},
        {"packetization-mode": 1, "profile-level-id": "nonsense"},
        {"packetization-mode": 1, "profile-level-id": "xxxxxx"},
        {"packetization-mode": 1},
    ],
)
def test_other_h264_is_refused(settings: dict[str, Any]) -> None:
    with pytest.raises(BadRequest):
        ortc.stream_mapping("video", parameters("video", codecs=h264(**settings)))


@pytest.mark.parametrize("encodings", [[{}], [{"rid": "a"}, {"rid": "b"}], [{"ssrc": 1}, {"ssrc": 2}]])
def test_stream_without_exactly_one_ssrc_is_refused(encodings: list[dict[str, Any]]) -> None:
    with pytest.raises(BadRequest):
        ortc.stream_mapping("video", parameters("video", encodings=encodings))


def test_rtx_without_its_ssrc_or_codec_is_left_out() -> None:
    assert ortc.stream_mapping("video", parameters("video", encodings=[{"ssrc": 1}])).rtx_payload_type is None
    codecs = [{"mimeType": "video/VP8", "payloadType": 96, "clockRate": 90000}]
    mapping = ortc.stream_mapping("video", parameters("video", codecs=codecs))
    assert (mapping.rtx_payload_type, mapping.rtx_ssrc) == (None, None)


def test_receiver_that_lacks_the_codec_cannot_consume() -> None:
    mapping = ortc.stream_mapping("video", parameters("video"))
    assert ortc.can_consume(mapping.codec, ortc.ROUTER_CAPABILITIES)
    only_audio = RtpCapabilities(codecs=ortc.ROUTER_CAPABILITIES.codecs[:1])
    assert not ortc.can_consume(mapping.codec, only_audio)


def test_receiver_gets_only_what_it_knows() -> None:
    codec = ortc.stream_mapping("video", parameters("video")).codec
    bare = RtpCapabilities(codecs=(msgspec.structs.replace(ortc.ROUTER_CAPABILITIES.codecs[1], rtcp_feedback=()),))
    made = ortc.consumer_parameters(codec, bare, ssrc=1, rtx_ssrc=2, mid="0", cname="p")
    told = json.loads(msgspec.json.encode(made))
    assert [codec["mimeType"] for codec in told["codecs"]] == ["video/VP8"]
    assert told["codecs"][0]["rtcpFeedback"] == []
    assert told["headerExtensions"] == []
    assert told["encodings"] == [{"ssrc": 1}]


def test_receiver_is_never_told_of_transport_wide_feedback() -> None:
    codec = ortc.stream_mapping("audio", parameters("audio")).codec
    made = ortc.consumer_parameters(codec, ortc.ROUTER_CAPABILITIES, ssrc=1, rtx_ssrc=2, mid="0", cname="p")
    assert {feedback.type for feedback in made.codecs[0].rtcp_feedback} == {"nack"}
    assert ortc.TRANSPORT_CC not in {extension.uri for extension in made.header_extensions}
