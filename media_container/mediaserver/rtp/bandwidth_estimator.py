"""The bandwidth of the way to one receiver, estimated from its transport-wide feedback: delay, loss, arrivals, probes."""

from mediaserver.rtp.loss_ratio import LossRatio
from mediaserver.rtp.path_feedback import INITIAL_RTT_MS, PathFeedback, PathNews
from mediaserver.rtp.path_meter import PathMeasure
from mediaserver.rtp.probe_cluster import ProbeCluster
from mediaserver.rtp.probe_schedule import ProbeSchedule
from mediaserver.rtp.rate_control import PathState, RateControl
from mediaserver.rtp.trendline import Usage

START_BPS = 800_000.0
PROBE_QUEUE_MS = 100.0
SILENCE_US = 1_000_000
AFTER_SILENCE = 0.5
FORGOTTEN_US = 2_000_000
QUIET_STANDING_MS = 30.0


class BandwidthEstimator:
    """All times in us of one monotonic clock, but for arrivals, which are of the receiver's.

    Call `tick` every 100 ms, and while `probing` send what `probe_bytes` asks for, every 20 ms.
    """

    def __init__(self, path: PathFeedback, start_bps: float = START_BPS) -> None:
        """`path` is where what is sent, and the receiver's messages, are told."""
        self.round_trip_ms = INITIAL_RTT_MS
        self.heard_at_us: int | None = None
        self._path = path
        self._measure = PathMeasure(Usage.NORMAL, 0.0, 0.0, 0.0)
        self._losses = LossRatio()
        self._control = RateControl(start_bps)
        self._schedule = ProbeSchedule()
        self._probe: ProbeCluster | None = None
        self._lowered_at_us = 0
        self._sent_at_us = 0
        # Since when nothing of what was sent has been told of; 0 while there is nothing to tell of.
        self._unanswered_since_us = 0

    @property
    def estimate_bps(self) -> float:
        """What may be sent."""
        return self._control.estimate_bps

    @property
    def acknowledged_bps(self) -> float:
        """What arrived of late, 0 if nothing is known."""
        return self._measure.acknowledged_bps

    @property
    def loss(self) -> float:
        """Of about the last second, 0 to 1."""
        return self._losses.ratio

    @property
    def inherent_loss(self) -> float:
        """What the path loses whatever is sent, 0 to 1."""
        return self._losses.inherent

    @property
    def standing_queue_ms(self) -> float:
        """How long packets wait on the way."""
        return self._measure.standing_ms

    @property
    def probing(self) -> bool:
        """Whether a probe is under way."""
        return self._probe is not None

    def _take(self, news: PathNews, now_us: int) -> None:
        """Messages came since the last tick."""
        self._losses.add(now_us, news.lost, news.lost + news.acknowledged)
        if not news.acknowledged:
            return
        self.heard_at_us = news.heard_at_us
        self.round_trip_ms = news.round_trip_ms
        self._measure = news.measure
        if self._probe is not None:
            self._probe.acknowledge(news.packets)
        self._update(now_us)

    def _update(self, now_us: int) -> None:
        usage, standing_ms, acknowledged_bps, recent_bps = self._measure
        if self._probe is not None and standing_ms < PROBE_QUEUE_MS:
            return  # a probe's own queue is no congestion
        if not acknowledged_bps or not recent_bps:
            return
        excess = self._losses.excess
        path = PathState(usage, standing_ms, excess, acknowledged_bps, recent_bps, self.round_trip_ms)
        if self._control.update(path, now_us):
            self._losses.forget()
            self._schedule.path_was_cut(now_us)

    def tick(self, now_us: int) -> None:
        """Follow what the receiver told since the last tick. And notice silence: while what is sent is not answered, half
        of the estimate goes every second."""
        news = self._path.take()
        self._sent_at_us, self._unanswered_since_us = news.sent_at_us, news.unanswered_since_us
        if news.acknowledged or news.lost:
            self._take(news, now_us)
        self._finish_probe(now_us)
        if self.heard_at_us is None or self._unanswered_us(now_us) < SILENCE_US:
            return
        if self._sent_at_us > self._lowered_at_us and now_us - self._lowered_at_us >= SILENCE_US:
            self._lowered_at_us = now_us
            self._control.lower(AFTER_SILENCE, now_us)
            self._schedule.path_was_cut(now_us)

    def _unanswered_us(self, now_us: int) -> int:
        """For how long what was sent has not been answered, 0 if nothing was."""
        return now_us - self._unanswered_since_us if self._unanswered_since_us else 0

    def _is_quiet(self, now_us: int) -> bool:
        """Whether nothing speaks against a probe. What was seen long ago no longer does: a sender that has been cut
        down to silence has only probes to come back by, as has one that had no room for its first picture."""
        if self.heard_at_us is None or now_us - self.heard_at_us > FORGOTTEN_US:
            return True
        if self._unanswered_us(now_us) > SILENCE_US // 2:
            return False
        return self._measure.usage is Usage.NORMAL and self._measure.standing_ms < QUIET_STANDING_MS

    def start_probe(self, wanted_bps: float, now_us: int) -> bool:
        """Begin a probe if more is wanted than the estimate, the path is quiet and it is time; True if it began."""
        if self._probe is not None or not self._is_quiet(now_us):
            return False
        target_bps = self._schedule.target_bps(now_us, self.estimate_bps, wanted_bps)
        if target_bps is None:
            return False
        bytes_sent, next_number = self._path.position()
        self._probe = ProbeCluster(target_bps, started_us=now_us, bytes_sent=bytes_sent, next_number=next_number)
        self._path.keep_packets(True)
        return True

    def probe_bytes(self, now_us: int) -> int | None:
        """How much padding to send now; None when the probe is sent or there is none."""
        if self._probe is None:
            return None
        return self._probe.due_bytes(now_us, *self._path.position())

    def _finish_probe(self, now_us: int) -> None:
        if self._probe is None or not self._probe.finished(now_us):
            return
        result_bps, self._probe = self._probe.result_bps(), None
        self._path.keep_packets(False)
        found = self._schedule.finished(now_us, result_bps, self.estimate_bps)
        if found and result_bps is not None:
            self._control.raise_to(result_bps)
