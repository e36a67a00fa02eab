"""Keyframes are recognised, and asked for no more often than publishers answer."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediaserver.rtp.keyframe import (
    av1_keyframe_starts,
    h264_keyframe_starts,
    keyframe_detector,
    vp8_keyframe_starts,
    vp9_keyframe_starts,
)
from mediaserver.rtp.keyframe_requests import MAX_REPEATS, KeyframeRequests

KEY, INTER = b"\x50\x01\x00\x9d\x01\x2a", b"\x51\x01\x00"


@pytest.mark.parametrize(
    ("payload", "starts"),
    [
        (b"\x10" + KEY, True),
        (b"\x10" + INTER, False),
        (b"\x90\x80\x11" + KEY, True),  # picture id of 7 bits
        (b"\x90\x80\x91\x01" + KEY, True),  # of 15 bits
        (b"\x90\xe0\x91\x01\x07\x20" + KEY, True),  # as Chrome sends it: picture id, tl0picidx, tid
        (b"\x90\xe0\x91\x01\x07\x20" + INTER, False),
        (b"\x90\x10\x03" + KEY, True),  # key index alone
        (b"\x80\xe0\x91\x01\x07\x20" + KEY, False),  # not the start of a partition
        (b"\x11" + KEY, False),  # the start of partition 1
        (b"\x90\x00" + KEY, True),  # extended, with nothing present
        (b"\x10", False),
        (b"", False),
    ],
)
def test_a_vp8_keyframe_begins_where_the_first_partition_is_intra(payload: bytes, starts: bool) -> None:
    """RFC 7741 sections 4.2 and 4.3."""
    assert vp8_keyframe_starts(b"head" + payload, 4, 4 + len(payload)) is starts


@pytest.mark.parametrize(
    ("payload", "starts"),
    [
        (b"\x67\x42\xe0\x1f", True),  # single SPS
        (b"\x65\x88", False),  # single IDR slice: nothing to begin with for one who joins
        (b"\x41\x9a", False),
        (b"\x78\x00\x02\x67\x42\x00\x02\x68\xce\x00\x02\x65\x88", True),  # SPS, PPS, IDR in one
        (b"\x78\x00\x01\x06\x00\x02\x67\x42", True),  # SEI before it
        (b"\x78\x00\x02\x68\xce", False),
        (b"\x78\x00\x00\x00\x00", False),
        (b"\x7c\x87\x42", True),  # first fragment of an SPS
        (b"\x7c\x07\x42", False),  # a later one
        (b"\x7c\x85\x88", False),  # first fragment of an IDR slice
        (b"\x7c", False),
        (b"\x78\x00", False),
        (b"", False),
    ],
)
def test_an_h264_keyframe_begins_with_its_parameter_set(payload: bytes, starts: bool) -> None:
    """RFC 6184 sections 5.6-5.8, RFC 7742 section 6.2."""
    assert h264_keyframe_starts(b"head" + payload, 4, 4 + len(payload)) is starts


@pytest.mark.parametrize(
    ("payload", "starts"),
    [
        (b"\x08" + b"frame", True),  # not predicted, start of a frame
        (b"\x8c\x81\x02" + b"frame", True),  # with a picture id of 15 bits, end of frame too
        (b"\x88\x05" + b"frame", True),  # of 7 bits
        (b"\x48" + b"frame", False),  # predicted from another picture
        (b"\x04" + b"frame", False),  # not the start
        (b"\xa8\x81\x02\x00\x07" + b"frame", True),  # lowest spatial layer
        (b"\xa8\x05\x02" + b"frame", False),  # a higher one
        (b"\x28\x00" + b"frame", True),  # layers without picture id
        (b"\xa8\x81", False),
        (b"\xa8", False),
        (b"", False),
    ],
)
def test_a_vp9_keyframe_begins_with_the_lowest_layer_of_an_intra_picture(payload: bytes, starts: bool) -> None:
    """RFC 9628 section 4.2."""
    assert vp9_keyframe_starts(b"head" + payload, 4, 4 + len(payload)) is starts


@pytest.mark.parametrize(
    ("payload", "starts"),
    [
        (b"\x18\x0a\x0b", True),  # N: a new coded video sequence
        (b"\x10\x32", False),
        (b"\x98\x32", False),  # goes on with a fragment: N makes no sense there
        (b"", False),
    ],
)
def test_an_av1_keyframe_begins_with_a_new_sequence(payload: bytes, starts: bool) -> None:
    """RTP Payload Format For AV1, section 4.4."""
    assert av1_keyframe_starts(b"head" + payload, 4, 4 + len(payload)) is starts


@given(st.binary(max_size=40), st.integers(0, 45))
def test_the_bytes_after_the_packet_are_not_read(payload: bytes, rest: int) -> None:
    for detector in (vp8_keyframe_starts, h264_keyframe_starts, vp9_keyframe_starts, av1_keyframe_starts):
        alone = detector(payload, 0, len(payload))
        assert detector(payload + b"\xff" * rest, 0, len(payload)) == alone
        assert detector(payload + b"\x00" * rest, 0, len(payload)) == alone


def test_codecs_are_known_by_their_media_type() -> None:
    assert keyframe_detector("video/VP8") is vp8_keyframe_starts
    assert keyframe_detector("video/H264") is h264_keyframe_starts
    assert keyframe_detector("video/VP9") is vp9_keyframe_starts
    assert keyframe_detector("video/AV1") is av1_keyframe_starts
    assert keyframe_detector("audio/opus") is None


def _sent_at(requests: KeyframeRequests, asked_at: set[int], until_ms: int, answered_at: int = -1) -> list[int]:
    sent = []
    for now_ms in range(0, until_ms, 10):
        if now_ms in asked_at and requests.request(now_ms):
            sent.append(now_ms)
        if now_ms == answered_at:
            requests.end()
        if requests.due(now_ms):
            sent.append(now_ms)
    return sent


def test_a_request_is_repeated_until_a_keyframe_came() -> None:
    requests = KeyframeRequests()
    assert _sent_at(requests, {0}, 3_000, answered_at=800) == [0, 350, 700]
    assert not requests.pending


def test_requests_of_many_are_one() -> None:
    assert _sent_at(KeyframeRequests(), {0, 10, 20, 30, 200}, 400, answered_at=300) == [0]


def test_a_request_right_after_a_keyframe_waits_until_the_publisher_listens() -> None:
    """Chrome ignores a PLI within 300 ms of the last."""
    assert _sent_at(KeyframeRequests(), {0, 110}, 600, answered_at=100) == [0, 350]


def test_a_request_long_after_goes_out_at_once() -> None:
    assert _sent_at(KeyframeRequests(), {0, 2_000}, 2_100, answered_at=100) == [0, 2_000]


def test_a_publisher_that_never_answers_is_left_alone_until_someone_asks_again() -> None:
    requests = KeyframeRequests()
    assert len(_sent_at(requests, {0}, 60_000)) == 1 + MAX_REPEATS
    assert requests.request(60_000)
