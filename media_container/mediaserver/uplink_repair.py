"""What a publisher is asked for: lost packets of one stream again, and keyframes."""

import secrets
from collections.abc import Callable
from typing import Protocol

from mediaserver.rtp.keyframe_requests import KeyframeRequests
from mediaserver.rtp.nack_list import Arrival, NackList
from mediaserver.rtp.round_trip import RoundTrip
from mediaserver.rtp.rtcp import serialize_nack, serialize_pli
from mediaserver.stats import Counters
from mediaserver.ticker import Urgent


class RepairListener(Protocol):
    """The transport and its fast clock."""

    @property
    def round_trip(self) -> RoundTrip:
        """From a request to the publisher to its answer; of all its streams."""

    def send_rtcp(self, data: bytes) -> None:
        """Send feedback to the publisher."""

    def askable(self, packets: int, now_us: int) -> int:
        """For how many of so many lost packets the publisher may be asked now."""

    @property
    def is_overloaded(self) -> bool:
        """Whether the node itself throws packets away, which to ask for would make it worse."""

    def hurry(self, member: Urgent) -> None:
        """Call `tick_urgent` until it returns False."""


class UplinkRepair:
    """The requests of one stream, merged, throttled and repeated. It is silent until the stream's SSRC is known."""

    def __init__(self, listener: RepairListener, counters: Counters, packets_given_up: Callable[[float], None]) -> None:
        """`packets_given_up` is called, with the time in ms, when packets are lost for good."""
        self.ssrc: int | None = None
        self.nacks = NackList(round_trip=listener.round_trip)
        self._listener = listener
        self._counters = counters
        self._packets_given_up = packets_given_up
        self._feedback_ssrc = secrets.randbits(32)
        self._keyframes = KeyframeRequests()
        self._hurries = False

    @property
    def keyframe_pending(self) -> bool:
        """Whether a keyframe has been asked for and did not come yet."""
        return self._keyframes.pending

    def received_out_of_order(self, seq: int, now_ms: float, *, over_rtx: bool) -> Arrival:
        """What a packet is that is not the next one; what is missing now is asked for at once.

        Publishers seldom reorder, and a receiver's decoder waits for what was lost.
        """
        arrival = self.nacks.received(seq, now_ms, over_rtx=over_rtx)
        if arrival is Arrival.NEW and self.ssrc is not None:
            self._ask(self.ssrc, now_ms)
        self._hurry()
        return arrival

    def request_keyframe(self, now_ms: float) -> None:
        """A receiver cannot go on without a keyframe."""
        if self.ssrc is not None and self._keyframes.request(now_ms):
            self._send_pli(self.ssrc)
        self._hurry()

    def end_keyframe_requests(self) -> None:
        """A keyframe came, or nobody needs one any more."""
        self._keyframes.end()

    def tick_urgent(self, now_us: int) -> bool:
        """Ask again for what is missing; False when nothing is."""
        now_ms = now_us / 1000
        if self.ssrc is not None:
            self._ask(self.ssrc, now_ms)
        self._hurries = bool(self.nacks.missing_count) or self._keyframes.pending
        return self._hurries

    def _ask(self, ssrc: int, now_ms: float) -> None:
        lost = self._askable(self.nacks.due(now_ms, reordering_ms=0.0), now_ms)
        if lost:
            self._listener.send_rtcp(serialize_nack(self._feedback_ssrc, ssrc, lost))
            self._counters.nacks_sent += 1
        if self.nacks.take_given_up():
            self._packets_given_up(now_ms)
        if self._keyframes.due(now_ms):
            self._send_pli(ssrc)

    def _askable(self, lost: list[int], now_ms: float) -> list[int]:
        """The newest of them that there is room for; the others are given up. While the node is overloaded none is."""
        now_us = int(now_ms * 1000)
        if lost and self._listener.is_overloaded:
            self._counters.drop("ask_overloaded", self.nacks.forget())
            return []
        left_out = len(lost) - self._listener.askable(len(lost), now_us)
        self._counters.drop("ask_too_many", left_out)
        self.nacks.give_up(lost[:left_out])
        return lost[left_out:]

    def _send_pli(self, ssrc: int) -> None:
        self._listener.send_rtcp(serialize_pli(self._feedback_ssrc, ssrc))
        self._counters.keyframe_requests += 1

    def _hurry(self) -> None:
        if not self._hurries:
            self._hurries = True
            self._listener.hurry(self)
