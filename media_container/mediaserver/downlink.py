"""What one receiver's network carries, shared out among what it wants to see.

The estimate comes from the receiver's transport-wide feedback; from its receiver reports if it sends no other. Sound is
never touched: it is reserved first. A picture that has no room is paused, and comes back by itself.
"""

from collections.abc import Mapping
from typing import Protocol

from mediaserver.consumer import Consumer
from mediaserver.downlink_share import DownlinkShare
from mediaserver.rtp.bandwidth_estimator import BandwidthEstimator
from mediaserver.rtp.bitrate_allocation import (
    HEADROOM,
    Demand,
    allocate,
    lowest_only,
    satisfying_bps,
    spent_bps,
    wanted_bps,
)
from mediaserver.rtp.path_feedback import PathFeedback
from mediaserver.rtp.report_estimator import ReportEstimator
from mediaserver.rtp.resend_budget import ResendBudget
from mediaserver.rtp.rtcp import ReportBlock, TransportFeedback
from mediaserver.ticker import Urgent

# Room for one who speaks, also while all are silent and their Opus streams all but stand still (DTX).
SPEECH_BPS = 45_000.0
# A padding packet: at most 255 bytes of it, with header, number slot and SRTP tag.
PADDING_BYTES, PADDING_OVERHEAD = 255, 36
MAX_PROBE_PACKETS = 64
# If so little is left of what is being sent, a queue is full: the smallest keyframes get through it first.
STEEP_FALL = 0.5
# How often bitrates are looked at and shared out anew; a wish that changes does not wait.
SHARING_INTERVAL_US = 200_000


class DownlinkTransport(Protocol):
    """The receiver's transport."""

    @property
    def path(self) -> PathFeedback:
        """What was sent to the receiver, and what its feedback tells of it."""

    def send_probe(self, size: int) -> int:
        """Send a packet of padding; its size, 0 if none can be sent."""

    def hurry(self, member: Urgent) -> None:
        """Call `tick_urgent` every 20 ms until it returns False."""


class LayerListener(Protocol):
    """The peer, as its downlink sees it."""

    def consumer_paused(self, consumer: Consumer) -> None:
        """There is no room for the stream."""

    def consumer_resumed(self, consumer: Consumer) -> None:
        """There is room again."""

    def consumer_layer(self, consumer: Consumer, layer: int) -> None:
        """This layer is sent from now on, 0 the lowest."""


class Downlink:
    """One receiving transport's; `tick` every 100 ms."""

    def __init__(
        self, transport: DownlinkTransport, consumers: Mapping[int, Consumer], listener: LayerListener
    ) -> None:
        """`consumers` are those of the transport, by SSRC, as they come and go."""
        self._transport = transport
        self._consumers = consumers
        self._listener = listener
        self._path = transport.path
        self._estimator = BandwidthEstimator(self._path)
        self._reports = ReportEstimator()
        self._repair = ResendBudget()
        self._shares: dict[int, DownlinkShare] = {}
        self._now_us = 0
        self._shared_at_us = 0
        self._shared_bps = 0.0
        self._sound_bps = 0.0
        self._wanted_bps = 0.0
        self._satisfying_bps = 0.0

    # -- figures ---------------------------------------------------------------------------------------------------

    @property
    def known(self) -> bool:
        """Whether the receiver has told anything of its network yet; before, the estimate is a guess."""
        return self._estimator.heard_at_us is not None or self._reports.heard_at_us is not None

    @property
    def estimate_bps(self) -> float:
        """What may be sent to the receiver."""
        return self._reports.estimate_bps if self._by_reports else self._estimator.estimate_bps

    @property
    def wanted_bps(self) -> float:
        """What the receiver would get if there were no limit, sound included."""
        return self._wanted_bps

    @property
    def loss(self) -> float:
        """Of the last seconds, 0 to 1, before repair."""
        return self._reports.loss if self._by_reports else self._estimator.loss

    @property
    def rtt_ms(self) -> float:
        """Round trip, 0 while unknown. From reports if there are any: feedback waits up to 100 ms before it is sent."""
        if self._reports.round_trip_ms:
            return self._reports.round_trip_ms
        return 0.0 if self._estimator.heard_at_us is None else self._estimator.round_trip_ms

    @property
    def _by_reports(self) -> bool:
        return self._estimator.heard_at_us is None

    # -- what the receiver tells -------------------------------------------------------------------------------------

    def transport_feedback(self, feedback: TransportFeedback, now_us: int) -> None:
        """Which packets came, and when."""
        self._path.feedback(feedback, now_us)

    def report_block(self, consumer: Consumer, block: ReportBlock) -> None:
        """The receiver's view of one stream, which `consumer` has taken in."""
        self._reports.report(block.fraction_lost / 256, consumer.rtt_ms, self._now_us)

    def repairable(self, packets: int, now_us: int) -> int:
        """How many of so many lost packets of a picture there is room to send again."""
        return self._repair.take(packets, self.estimate_bps, now_us)

    def wishes_changed(self, consumer: Consumer) -> None:
        """A stream is new, gone, paused, resumed or shown in another size."""
        if consumer.ssrc not in self._consumers:
            self._shares.pop(consumer.ssrc, None)
        elif consumer.ssrc not in self._shares:
            self._shares[consumer.ssrc] = DownlinkShare(consumer)
            consumer.set_target_layer(0)
        self._allocate()

    def force_base(self, consumer: Consumer) -> None:
        """Show a picture that was paused for want of room, in its lowest layer, for at least 10 s."""
        share = self._shares.get(consumer.ssrc)
        if share is not None and share.starved:
            share.force(self._now_us)
            self._allocate()

    def layer_changed(self, consumer: Consumer) -> None:
        """Another layer is sent from now on."""
        if len(consumer.streams) > 1 and consumer.layer is not None:
            self._listener.consumer_layer(consumer, consumer.layer)

    # -- what follows --------------------------------------------------------------------------------------------------

    def tick(self, now_us: int) -> None:
        """Estimate, share out, and look for more."""
        self._now_us = now_us
        self._estimator.tick(now_us)
        self._reports.tick(now_us, self._satisfying_bps)
        if now_us - self._shared_at_us >= SHARING_INTERVAL_US or self.estimate_bps < self._shared_bps:
            self._share_out(now_us)
        if self._estimator.start_probe(self._satisfying_bps, now_us) and self.tick_urgent(now_us):
            self._transport.hurry(self)

    def _share_out(self, now_us: int) -> None:
        self._shared_at_us, self._shared_bps = now_us, self.estimate_bps
        for share in self._shares.values():
            share.measure(now_us)
        if not self._is_whole():
            self._allocate()

    def tick_urgent(self, now_us: int) -> bool:
        """Send the next part of a probe; False when it is sent."""
        due = self._estimator.probe_bytes(now_us)
        if due is None:
            return False
        for _ in range(MAX_PROBE_PACKETS):
            if due <= 0:
                break
            sent = self._transport.send_probe(min(max(due - PADDING_OVERHEAD, 1), PADDING_BYTES))
            if not sent:
                return False
            due -= sent
        return True

    def _is_whole(self) -> bool:
        """Whether everyone has the best there is and all of it fits, as `allocate` would find; most of the time it is so."""
        settled = [share.settled_bps() for share in self._wanted() if share.consumer.kind == "video"]
        sound_bps, best_bps, most_bps = self._sound(), 0.0, 0.0
        largest_bps = 0.0
        for bitrates_bps in settled:
            if bitrates_bps is None:
                return False
            best_bps += bitrates_bps[0]
            most_bps += bitrates_bps[1]
            largest_bps = max(largest_bps, bitrates_bps[0])
        if self.estimate_bps / self._resent - sound_bps < most_bps:
            return False
        self._sound_bps, self._wanted_bps = sound_bps, sound_bps + best_bps
        self._satisfying_bps = (sound_bps + best_bps + HEADROOM * largest_bps) * self._resent
        return True

    def _allocate(self) -> None:
        demands = self._demands()
        self._sound_bps = self._sound()
        self._wanted_bps = self._sound_bps + wanted_bps(demands)
        self._satisfying_bps = (self._sound_bps + satisfying_bps(demands)) * self._resent
        budget_bps = self.estimate_bps / self._resent - self._sound_bps
        if budget_bps < STEEP_FALL * spent_bps(demands):
            demands = [lowest_only(demand) for demand in demands]
        given = allocate(budget_bps, demands)
        for consumer in list(self._consumers.values()):
            if consumer.id in given:
                self._give(consumer, given[consumer.id])

    @property
    def _resent(self) -> float:
        """By how much more is sent than there is: what the way always loses is sent again."""
        return 1 + self._estimator.inherent_loss

    def _sound(self) -> float:
        """What is reserved; sound that the receiver's feedback does not count is no part of its estimate either."""
        sounds = [share for share in self._wanted() if share.consumer.kind == "audio"]
        if not self._by_reports:
            sounds = [share for share in sounds if share.is_numbered]
        return max(sum(share.bitrate_bps for share in sounds), SPEECH_BPS) if sounds else 0.0

    def _wanted(self) -> list[DownlinkShare]:
        return [share for share in self._shares.values() if share.consumer.wanted]

    def _demands(self) -> list[Demand[str]]:
        """Of all pictures that are wanted and sent, the largest first."""
        pictures = [share for share in self._wanted() if share.consumer.kind == "video"]
        pictures.sort(key=lambda share: -(share.consumer.view_height or 0))
        return [demand for share in pictures if (demand := share.demand(self._now_us)) is not None]

    def _give(self, consumer: Consumer, layer: int | None) -> None:
        share = self._shares[consumer.ssrc]
        share.give(layer, self._now_us)
        starved, share.starved = share.starved, layer is None
        if share.starved and not starved:
            self._listener.consumer_paused(consumer)
        elif starved and not share.starved:
            self._listener.consumer_resumed(consumer)
