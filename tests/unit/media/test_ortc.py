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
        {"mimeType": "video/H265", "payloadType": 98, "clockRate": 90000},
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


WITH_RID = [
    {"uri": "urn:ietf:params:rtp-hdrext:sdes:mid", "id": 4},
    {"uri": "urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id", "id": 10},
]


@pytest.mark.parametrize(
    "encodings",
    [
        [{"rid": "a"}, {"rid": "a"}],
        [{"rid": "a"}, {}],
        [{"ssrc": 1}, {}],
        [{"ssrc": number} for number in range(5)],
    ],
)
def test_encodings_that_cannot_be_told_apart_or_are_too_many_are_refused(encodings: list[dict[str, Any]]) -> None:
    with pytest.raises(BadRequest):
        ortc.stream_mapping("video", parameters("video", encodings=encodings, headerExtensions=WITH_RID))


@pytest.mark.parametrize("encodings", [[{}], [{"rid": "a"}], [{"rid": "a"}, {"rid": "b"}]])
def test_encoding_without_ssrc_needs_the_extension_that_tells_it(encodings: list[dict[str, Any]]) -> None:
    with pytest.raises(BadRequest):
        ortc.stream_mapping("video", parameters("video", encodings=encodings, headerExtensions=[]))


def test_sound_has_one_encoding() -> None:
    with pytest.raises(BadRequest):
        ortc.stream_mapping("audio", parameters("audio", encodings=[{"ssrc": 1}, {"ssrc": 2}]))


@pytest.mark.parametrize(
    ("name", "profile", "payload_type"), [("VP9", {"profile-id": 0}, 105), ("VP9", {}, 105), ("AV1", {}, 107)]
)
def test_vp9_and_av1_are_taken_in_one_encoding(name: str, profile: dict[str, Any], payload_type: int) -> None:
    codecs = [{"mimeType": f"video/{name}", "payloadType": 98, "clockRate": 90000, "parameters": profile}]
    mapping = ortc.stream_mapping("video", parameters("video", codecs=codecs))
    assert mapping.codec.preferred_payload_type == payload_type
    with pytest.raises(BadRequest):
        ortc.stream_mapping("video", parameters("video", codecs=codecs, encodings=[{"ssrc": 1}, {"ssrc": 2}]))


@pytest.mark.parametrize(("name", "profile"), [("VP9", {"profile-id": 2}), ("AV1", {"profile": "1"})])
def test_other_profiles_are_refused(name: str, profile: dict[str, Any]) -> None:
    codecs = [{"mimeType": f"video/{name}", "payloadType": 98, "clockRate": 90000, "parameters": profile}]
    with pytest.raises(BadRequest):
        ortc.stream_mapping("video", parameters("video", codecs=codecs))


def test_layers_are_in_order_of_their_scale_whatever_the_order_they_are_told_in() -> None:
    scales = {"r2": 1, "r0": 4.0, "r1": 2}
    encodings = [{"rid": rid, "scaleResolutionDownBy": scale} for rid, scale in scales.items()]
    mapping = ortc.stream_mapping("video", parameters("video", encodings=encodings, headerExtensions=WITH_RID))
    assert [encoding.rid for encoding in mapping.encodings] == ["r0", "r1", "r2"]
    untold = [{"rid": rid} for rid in ("b", "a", "c")]
    mapping = ortc.stream_mapping("video", parameters("video", encodings=untold, headerExtensions=WITH_RID))
    assert [encoding.rid for encoding in mapping.encodings] == ["b", "a", "c"]


def test_rtx_without_its_ssrc_or_codec_is_left_out() -> None:
    mapping = ortc.stream_mapping("video", parameters("video", encodings=[{"ssrc": 1}]))
    assert mapping.encodings[0].rtx_ssrc is None
    codecs = [{"mimeType": "video/VP8", "payloadType": 96, "clockRate": 90000}]
    mapping = ortc.stream_mapping("video", parameters("video", codecs=codecs))
    assert (mapping.rtx_payload_type, mapping.encodings[0].rtx_ssrc) == (None, None)


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


def test_receiver_that_knows_transport_wide_feedback_is_asked_for_it() -> None:
    codec = ortc.stream_mapping("audio", parameters("audio")).codec
    made = ortc.consumer_parameters(codec, ortc.ROUTER_CAPABILITIES, ssrc=1, rtx_ssrc=2, mid="0", cname="p")
    assert {feedback.type for feedback in made.codecs[0].rtcp_feedback} == {"nack", "transport-cc"}
    assert ortc.is_numbered(made)


def test_extension_that_mediasoup_client_tells_for_one_kind_alone_is_known_for_both() -> None:
    """It keeps one entry per id, and browsers use one id for the sound's and the picture's."""
    codec = ortc.stream_mapping("audio", parameters("audio")).codec
    told = tuple(item for item in ortc.ROUTER_CAPABILITIES.header_extensions if item.kind == "video")
    merged = msgspec.structs.replace(ortc.ROUTER_CAPABILITIES, header_extensions=told)
    made = ortc.consumer_parameters(codec, merged, ssrc=1, rtx_ssrc=2, mid="0", cname="p")
    assert ortc.is_numbered(made)


def test_receiver_whose_sound_has_no_such_feedback_gets_no_numbers_on_it() -> None:
    """Firefox has it for pictures alone."""
    opus = msgspec.structs.replace(ortc.ROUTER_CAPABILITIES.codecs[0], rtcp_feedback=())
    firefox = msgspec.structs.replace(ortc.ROUTER_CAPABILITIES, codecs=(opus, *ortc.ROUTER_CAPABILITIES.codecs[1:]))
    codec = ortc.stream_mapping("audio", parameters("audio")).codec
    made = ortc.consumer_parameters(codec, firefox, ssrc=1, rtx_ssrc=2, mid="0", cname="p")
    assert not ortc.is_numbered(made)
    assert ortc.TRANSPORT_CC not in {extension.uri for extension in made.header_extensions}


def test_receiver_without_the_extension_is_not_asked_for_transport_wide_feedback() -> None:
    codec = ortc.stream_mapping("audio", parameters("audio")).codec
    bare = msgspec.structs.replace(ortc.ROUTER_CAPABILITIES, header_extensions=())
    made = ortc.consumer_parameters(codec, bare, ssrc=1, rtx_ssrc=2, mid="0", cname="p")
    assert {feedback.type for feedback in made.codecs[0].rtcp_feedback} == {"nack"}
    assert not ortc.is_numbered(made)


def test_receiver_gets_nothing_that_belongs_to_the_publishers_hop() -> None:
    for codec in (item for item in ortc.ROUTER_CAPABILITIES.codecs if not item.mime_type.endswith("/rtx")):
        made = ortc.consumer_parameters(codec, ortc.ROUTER_CAPABILITIES, ssrc=1, rtx_ssrc=2, mid="0", cname="p")
        assert not {ortc.MID, ortc.RID, ortc.REPAIRED_RID} & {extension.uri for extension in made.header_extensions}
        assert len(made.encodings) == 1
