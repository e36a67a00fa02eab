"""A call through a narrow link, simulated: sender, queue, loss, jitter, receiver and its feedback on the wire.

The estimator, the allocation, the receiver's recorder and the messages are the real ones; only time and the link are made
up. Everything follows from the seed.
"""

import heapq
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import count

from mediaserver.rtp import rtcp
from mediaserver.rtp.bandwidth_estimator import START_BPS, BandwidthEstimator
from mediaserver.rtp.bitrate_allocation import Demand, Priority, allocate, satisfying_bps
from mediaserver.rtp.path_feedback import PathFeedback
from mediaserver.rtp.transport_cc import ArrivalRecorder
from mediaserver.rtp.transport_feedback import TransportFeedback

AUDIO_BPS = 40_000.0
LAYERS_BPS = (150_000.0, 500_000.0, 1_500_000.0)
PROPAGATION_US = 20_000
MTU = 1_100
PADDING = 290
HOLD_US = 2_000_000


@dataclass
class Link:
    """What the way does to packets. Functions take the time in s."""

    capacity_bps: Callable[[float], float]
    queue_ms: float = 300.0
    loss: float = 0.0
    jitter_ms: float = 0.0
    # Whether packets that jitter delays keep their order, and so delay those behind them.
    in_order: bool = False
    feedback_lost: Callable[[float], bool] = lambda _at_s: False
    # What other traffic takes of the capacity.
    others_bps: Callable[[float], float] = lambda _at_s: 0.0


@dataclass(frozen=True)
class Moment:
    """The state at a tick; `queue_ms` is what a packet sent now waits."""

    at_s: float
    estimate_bps: float
    layer: int | None
    queue_ms: float
    acknowledged_bps: float


@dataclass
class Simulation:
    """One sender of sound and one camera of three layers to one receiver."""

    link: Link
    seed: int
    layers_bps: tuple[float, ...] = LAYERS_BPS
    # When nothing is sent at all.
    silent: Callable[[float], bool] = lambda _at_s: False
    # Whether there is no sound.
    silent_sound: bool = False
    first_number: int = 65_000
    moments: list[Moment] = field(default_factory=list)
    path: PathFeedback = field(default_factory=PathFeedback)
    start_bps: float = START_BPS
    audio_delays_ms: list[tuple[float, float]] = field(default_factory=list)
    audio_lost: int = 0
    probes: int = 0

    def __post_init__(self) -> None:
        self.estimator = BandwidthEstimator(self.path, self.start_bps)
        self._random = random.Random(self.seed)  # noqa: S311  # no secret
        self._events: list[tuple[int, int, Callable[[], None]]] = []
        self._order = count()
        self._now_us = 0
        self._number = self.first_number
        self._free_at_us = 0
        self._last_arrival_us = 0
        self._recorder = ArrivalRecorder()
        self._layer: int | None = 0
        self._fell_at_us = -HOLD_US

    def run(self, duration_s: float) -> "Simulation":
        """Run from the start."""
        for interval_us, action in (
            (20_000, self._send_audio),
            (33_333, self._send_frame),
            (100_000, self._send_feedback),
            (100_000, self._tick),
        ):
            self._repeat(interval_us, action)
        while self._events and self._events[0][0] <= duration_s * 1_000_000:
            self._now_us, _, action = heapq.heappop(self._events)
            action()
        return self

    def between(self, start_s: float, end_s: float) -> list[Moment]:
        """The moments of a span."""
        return [moment for moment in self.moments if start_s <= moment.at_s < end_s]

    def first(self, wanted: Callable[[Moment], bool], after_s: float) -> float:
        """Seconds from `after_s` until something holds. Raises StopIteration if it never does."""
        return next(moment.at_s - after_s for moment in self.moments if moment.at_s >= after_s and wanted(moment))

    @property
    def _now_s(self) -> float:
        return self._now_us / 1_000_000

    def _at(self, at_us: int, action: Callable[[], None]) -> None:
        heapq.heappush(self._events, (at_us, next(self._order), action))

    def _repeat(self, interval_us: int, action: Callable[[], None]) -> None:
        def again() -> None:
            action()
            self._at(self._now_us + interval_us, again)

        self._at(self._now_us + interval_us, again)

    def _send_audio(self) -> None:
        if not self.silent(self._now_s) and not self.silent_sound:
            self._send(int(AUDIO_BPS / 8 / 50), audio=True)

    def _send_frame(self) -> None:
        if self._layer is None or self.silent(self._now_s):
            return
        size = int(self.layers_bps[self._layer] / 8 / 30 * self._random.uniform(0.7, 1.3))
        for index, part in enumerate(_parts(size, MTU)):
            self._at(self._now_us + index * 400, partial(self._send, part))

    def _send(self, size: int, *, audio: bool = False) -> None:
        number, self._number = self._number, (self._number + 1) & 0xFFFF
        self.path.record((number, size, self._now_us))
        capacity_bps = max(self.link.capacity_bps(self._now_s) - self.link.others_bps(self._now_s), 1.0)
        waits_us = max(self._free_at_us - self._now_us, 0)
        if waits_us > self.link.queue_ms * 1000 or self._random.random() < self.link.loss:
            self.audio_lost += audio
            return
        self._free_at_us = self._now_us + waits_us + int(size * 8_000_000 / capacity_bps)
        arrival_us = self._free_at_us + PROPAGATION_US + int(self._random.uniform(0, self.link.jitter_ms) * 1000)
        if self.link.in_order:
            arrival_us = self._last_arrival_us = max(arrival_us, self._last_arrival_us)
        self._at(arrival_us, lambda: self._recorder.record((number, arrival_us)))
        if audio:
            self.audio_delays_ms.append((self._now_s, (arrival_us - self._now_us) / 1000))

    def _send_feedback(self) -> None:
        for message in self._recorder.build_feedback(1, 2):
            if not self.link.feedback_lost(self._now_s):
                self._at(self._now_us + PROPAGATION_US, partial(self._receive, message))

    def _receive(self, message: bytes) -> None:
        for part in rtcp.parse(message):
            if isinstance(part, TransportFeedback):
                self.path.feedback(part, self._now_us)

    def _tick(self) -> None:
        self.estimator.tick(self._now_us)
        demand = Demand(
            "camera",
            Priority.LARGE,
            len(self.layers_bps) - 1,
            self.layers_bps,
            self._layer,
            held=self._now_us - self._fell_at_us < HOLD_US,
        )
        layer = allocate(self.estimator.estimate_bps - AUDIO_BPS, [demand])["camera"]
        if (-1 if layer is None else layer) < (-1 if self._layer is None else self._layer):
            self._fell_at_us = self._now_us
        self._layer = layer
        self._note()
        if self.estimator.start_probe(AUDIO_BPS + satisfying_bps([demand]), self._now_us):
            self.probes += 1
            self._probe()

    def _probe(self) -> None:
        due = self.estimator.probe_bytes(self._now_us)
        if due is not None:
            for part in _parts(due, PADDING):
                self._send(part)
            self._at(self._now_us + 20_000, self._probe)

    def _note(self) -> None:
        queue_ms = max(self._free_at_us - self._now_us, 0) / 1000
        estimate_bps, acknowledged_bps = self.estimator.estimate_bps, self.estimator.acknowledged_bps
        self.moments.append(Moment(self._now_s, estimate_bps, self._layer, queue_ms, acknowledged_bps))


def _parts(size: int, largest: int) -> Iterator[int]:
    while size > 0:
        yield max(min(size, largest), 60)
        size -= largest


def steps(*changes: tuple[float, float]) -> Callable[[float], float]:
    """A value over time: (from this time in s on, value), in order."""
    return lambda at_s: [value for start_s, value in changes if start_s <= at_s or start_s == 0][-1]
