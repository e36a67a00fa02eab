"""The bandwidth of the way to one receiver, estimated from its transport-wide feedback: delay, loss, arrivals, probes."""

from collections.abc import Sequence

from mediaserver.rtp.acknowledged_rate import AcknowledgedRate
from mediaserver.rtp.arrival_groups import ArrivalGroups
from mediaserver.rtp.loss_ratio import LossRatio
from mediaserver.rtp.probe_cluster import ProbeCluster
from mediaserver.rtp.probe_schedule import ProbeSchedule
from mediaserver.rtp.queue_delay import QueueDelay
from mediaserver.rtp.rate_control import PathState, RateControl
from mediaserver.rtp.sent_history import Record, SentHistory
from mediaserver.rtp.transport_feedback import TransportFeedback
from mediaserver.rtp.trendline import TrendlineDetector, Usage

START_BPS = 800_000.0
INITIAL_RTT_MS = 100.0
RECENT_US = 250_000
PROBE_QUEUE_MS = 100.0
SILENCE_US = 1_000_000
AFTER_SILENCE = 0.5
FORGOTTEN_US = 2_000_000
QUIET_STANDING_MS = 30.0


class BandwidthEstimator:
    """All times in us of one monotonic clock, but for arrivals, which are of the receiver's.

    Feed it with `record` and `feedback`, call `tick` every 100 ms, and while `probing` send what `probe_bytes` asks for,
    every 20 ms.
    """

    def __init__(self, start_bps: float = START_BPS) -> None:
        self.round_trip_ms = INITIAL_RTT_MS
        self.heard_at_us: int | None = None
        self._history = SentHistory()
        self._groups = ArrivalGroups()
        self._trend = TrendlineDetector()
        self._queue = QueueDelay()
        self._acknowledged = AcknowledgedRate()
        self._losses = LossRatio()
        self._control = RateControl(start_bps)
        self._schedule = ProbeSchedule()
        self._probe: ProbeCluster | None = None
        self._lowered_at_us = 0
        self._sent_at_us = 0
        # Since when nothing of what was sent has been told of; None while there is nothing to tell of.
        self._unanswered_since_us: int | None = None

    @property
    def estimate_bps(self) -> float:
        """What may be sent."""
        return self._control.estimate_bps

    @property
    def acknowledged_bps(self) -> float:
        """What arrived of late, 0 if nothing is known."""
        return self._acknowledged.bitrate_bps() or 0.0

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
        return self._queue.standing_ms

    @property
    def probing(self) -> bool:
        """Whether a probe is under way."""
        return self._probe is not None

    def record(self, records: Sequence[Record]) -> None:
        """What was sent: (transport-wide sequence number, size in bytes, sent at in us), in order."""
        if records:
            self._history.add(records)
            self._sent_at_us = records[-1][2]
            self._unanswered_since_us = self._unanswered_since_us or records[0][2]

    def feedback(self, message: TransportFeedback, now_us: int) -> None:
        """Take in a message of the receiver."""
        result = self._history.acknowledge(message)
        packets = result.acknowledged
        self._losses.add(now_us, result.lost, result.lost + len(packets))
        if not packets:
            return
        self.heard_at_us = now_us
        self._unanswered_since_us = None
        self.round_trip_ms += ((now_us - packets[-1][2]) / 1000 - self.round_trip_ms) / 8
        groups = self._groups.add(packets)
        self._acknowledged.update(groups)
        self._queue.update(groups)
        usage = self._trend.update(groups)
        if self._probe is not None:
            self._probe.acknowledge(packets)
        self._update(usage, now_us)
        self._finish_probe(now_us)

    def _update(self, usage: Usage, now_us: int) -> None:
        if self._probe is not None and self._queue.standing_ms < PROBE_QUEUE_MS:
            return  # a probe's own queue is no congestion
        acknowledged_bps = self._acknowledged.bitrate_bps()
        recent_bps = self._acknowledged.bitrate_bps(RECENT_US)
        if acknowledged_bps is None or recent_bps is None:
            return
        path = PathState(
            usage,
            self._queue.standing_ms,
            self._losses.excess,
            acknowledged_bps,
            recent_bps,
            self.round_trip_ms,
        )
        if self._control.update(path, now_us):
            self._losses.forget()
            self._schedule.path_was_cut(now_us)

    def tick(self, now_us: int) -> None:
        """Notice silence: while what is sent is not answered, half of the estimate goes every second."""
        self._finish_probe(now_us)
        if self.heard_at_us is None or self._unanswered_us(now_us) < SILENCE_US:
            return
        if self._sent_at_us > self._lowered_at_us and now_us - self._lowered_at_us >= SILENCE_US:
            self._lowered_at_us = now_us
            self._control.lower(AFTER_SILENCE, now_us)
            self._schedule.path_was_cut(now_us)

    def _unanswered_us(self, now_us: int) -> int:
        """For how long what was sent has not been answered, 0 if nothing was."""
        return 0 if self._unanswered_since_us is None else now_us - self._unanswered_since_us

    def _is_quiet(self, now_us: int) -> bool:
        """Whether nothing speaks against a probe. What was seen long ago no longer does: a sender that has been cut
        down to silence has only probes to come back by, as has one that had no room for its first picture."""
        if self.heard_at_us is None or now_us - self.heard_at_us > FORGOTTEN_US:
            return True
        if self._unanswered_us(now_us) > SILENCE_US // 2:
            return False
        return self._trend.usage is Usage.NORMAL and self._queue.standing_ms < QUIET_STANDING_MS

    def start_probe(self, wanted_bps: float, now_us: int) -> bool:
        """Begin a probe if more is wanted than the estimate, the path is quiet and it is time; True if it began."""
        if self._probe is not None or not self._is_quiet(now_us):
            return False
        target_bps = self._schedule.target_bps(now_us, self.estimate_bps, wanted_bps)
        if target_bps is None:
            return False
        self._probe = ProbeCluster(
            target_bps, started_us=now_us, bytes_sent=self._history.bytes_sent, next_number=self._history.next_number
        )
        return True

    def probe_bytes(self, now_us: int) -> int | None:
        """How much padding to send now; None when the probe is sent or there is none. Call `record` before."""
        if self._probe is None:
            return None
        return self._probe.due_bytes(now_us, self._history.bytes_sent, self._history.next_number)

    def _finish_probe(self, now_us: int) -> None:
        if self._probe is None or not self._probe.finished(now_us):
            return
        result_bps, self._probe = self._probe.result_bps(), None
        found = self._schedule.finished(now_us, result_bps, self.estimate_bps)
        if found and result_bps is not None:
            self._control.raise_to(result_bps)
