"""The fast side as Python sees it (`c/load.h`): endpoints and sources handed over, windows of load, counts back."""

import ctypes
import random
from dataclasses import dataclass, fields

from pylibsrtp import Session

from tests.bench.media_load import source as ids
from tests.bench.media_load.compiled import SrtpCalls, library, session_address, srtp_calls
from tests.bench.media_load.endpoint import Endpoint
from tests.bench.media_load.source import Source

MAX_LATENCIES = 2_000_000


class _SourceSettings(ctypes.Structure):
    _fields_ = [
        ("endpoint", ctypes.c_int32),
        *((name, ctypes.c_uint32) for name in ("ssrc", "fan_out", "packet_bytes", "packet_bytes_spread")),
        *((name, ctypes.c_uint32) for name in ("packets_per_frame", "burst", "frame_ticks")),
        ("burst_interval_ns", ctypes.c_int64),
        *((name, ctypes.c_uint8) for name in ("payload_type", "is_video", "abs_send_time_id", "transport_cc_id")),
        *((name, ctypes.c_uint8) for name in ("mid_id", "rid_id", "audio_level_id", "mid", "rid")),
    ]


class _Counts(ctypes.Structure):
    _fields_ = [
        *((name, ctypes.c_uint64) for name in ("sent", "expected", "skipped", "received", "other_rtp")),
        *((name, ctypes.c_uint64) for name in ("samples_good", "samples_bad", "transport_feedback")),
        *((name, ctypes.c_uint64) for name in ("feedback_sent", "nacked")),
        *((name, ctypes.c_uint64) for name in ("keyframe_requests", "send_failed", "latencies")),
    ]


class _Load(ctypes.Structure):
    _fields_ = [
        ("srtp", SrtpCalls),
        ("epoll", ctypes.c_int),
        *((name, ctypes.c_uint32) for name in ("sample_every", "endpoints_size", "sources_size")),
        *((name, ctypes.c_uint32) for name in ("max_endpoints", "max_sources", "max_latencies")),
        ("endpoints", ctypes.c_void_p),
        ("sources", ctypes.c_void_p),
        ("latency_ns", ctypes.POINTER(ctypes.c_int32)),
        ("counts", _Counts),
    ]


@dataclass(frozen=True)
class Counts:
    """What was sent and what came in one window; as in `struct counts`."""

    sent: int
    expected: int
    skipped: int
    received: int
    other_rtp: int
    samples_good: int
    samples_bad: int
    transport_feedback: int
    feedback_sent: int
    nacked: int
    keyframe_requests: int
    send_failed: int
    latencies: int


class PumpRefused(Exception):
    """An endpoint or a source could not be handed over."""


class Pump:
    """All load of one server."""

    def __init__(self, max_endpoints: int, max_sources: int) -> None:
        """Raises CompilerMissing."""
        self._library = library()
        self._library.load_new.restype = ctypes.POINTER(_Load)
        calls = srtp_calls()
        self._load = self._library.load_new(ctypes.byref(calls), max_endpoints, max_sources, MAX_LATENCIES)
        self._held: list[Endpoint] = []
        self._random = random.Random(1)  # noqa: S311  # the same moments in every run

    def add_endpoint(self, endpoint: Endpoint) -> int:
        """Take over a connected endpoint; its number. Raises PumpRefused."""
        handed = endpoint.hand_over()
        media = bytes(number in handed.media_payload_types for number in range(128))
        number: int = self._library.load_add_endpoint(
            self._load,
            handed.descriptor,
            int.from_bytes(handed.server_ip),
            handed.server_port,
            _pointer(handed.inbound),
            _pointer(handed.outbound),
            handed.check or None,
            len(handed.check),
            handed.transport_cc_id,
            media,
        )
        if number < 0:
            raise PumpRefused("no room for an endpoint, or its socket cannot be used")
        self._held.append(endpoint)
        return number

    def add_source(self, endpoint_number: int, source: Source) -> None:
        """Send this from the endpoint in every window from now on. Raises PumpRefused."""
        settings = _settings(endpoint_number, source)
        phase = ctypes.c_double(self._random.random())
        if self._library.load_add_source(self._load, ctypes.byref(settings), phase):
            raise PumpRefused("no room for a source")

    def sample_every(self, packets: int) -> None:
        """Decrypt and compare one packet of so many."""
        self._load.contents.sample_every = packets

    def run(self, seconds: float, *, first: bool = True, last: bool = True) -> None:
        """Load for so long; a window may be run in parts."""
        self._library.load_run(self._load, ctypes.c_int64(int(seconds * 1e9)), int(first), int(last))

    def counts(self) -> Counts:
        """Of the last window."""
        counts = self._load.contents.counts
        return Counts(*(int(getattr(counts, each.name)) for each in fields(Counts)))

    def latencies_ns(self) -> list[int]:
        """From sending to arrival, of the packets sampled in the last window."""
        latencies: list[int] = self._load.contents.latency_ns[: self.counts().latencies]
        return latencies

    def close(self) -> None:
        """Let go of everything; the endpoints' owner closes them."""
        self._library.load_free(self._load)
        self._held.clear()


def _pointer(session: Session | None) -> ctypes.c_void_p:
    return ctypes.c_void_p(None if session is None else session_address(session))


def _settings(endpoint_number: int, source: Source) -> _SourceSettings:
    stream = source.stream
    return _SourceSettings(
        endpoint=endpoint_number,
        ssrc=source.ssrc,
        fan_out=source.fan_out,
        packet_bytes=stream.packet_bytes,
        packet_bytes_spread=stream.packet_bytes_spread,
        packets_per_frame=stream.packets_per_frame,
        burst=stream.burst,
        frame_ticks=stream.frame_ticks,
        burst_interval_ns=1_000_000_000 * stream.burst // stream.packets_per_second,
        payload_type=source.payload_type,
        is_video=stream.is_video,
        abs_send_time_id=ids.ABS_SEND_TIME_ID,
        transport_cc_id=ids.TRANSPORT_CC_ID,
        mid_id=ids.MID_ID,
        rid_id=ids.RID_ID,
        audio_level_id=0 if stream.is_video else ids.AUDIO_LEVEL_ID,
        mid=ord(source.mid),
        rid=ord(source.rid) if source.rid else 0,
    )
