"""What one consumer asks of its receiver's downlink, and what it was given: the memory between two allocations."""

from mediaserver.consumer import Consumer
from mediaserver.ortc import is_numbered
from mediaserver.rtp.bitrate_allocation import Demand, Priority, usable_layers

# A picture shown at least so high, in device pixels, is more than a thumbnail.
LARGE_HEIGHT = 300
# After a fall there is no rise for so long; for longer and longer if each rise was followed by a fall.
MIN_HOLD_US = 2_000_000
MAX_HOLD_US = 8_000_000
FLAPPING_US = 15_000_000
FORCED_US = 10_000_000
# The weight of a new measurement of a bitrate, every 200 ms: keyframes should not decide.
SMOOTHING = 0.25
# A layer is left out by its publisher when it is silent for so much longer than one below it: the picture stands still.
LEFT_OUT_US = 300_000


class DownlinkShare:
    """One consumer's part of a downlink."""

    def __init__(self, consumer: Consumer) -> None:
        self.consumer = consumer
        # Whether the server pauses the picture for want of room.
        self.starved = False
        # Whether the receiver's transport-wide feedback speaks of it.
        self.is_numbered = is_numbered(consumer.rtp_parameters)
        self._bitrates_bps = [0.0] * len(consumer.streams)
        self._hold_us = MIN_HOLD_US
        self._fell_at_us: int | None = None
        self._rose_at_us: int | None = None
        self._forced_until_us = 0

    @property
    def priority(self) -> Priority:
        """By what is shown and how large."""
        if self.consumer.source == "screen":
            return Priority.SCREEN
        if self.consumer.pinned:
            return Priority.PINNED
        height = self.consumer.view_height
        return Priority.LARGE if height is None or height >= LARGE_HEIGHT else Priority.OTHER

    @property
    def bitrate_bps(self) -> float:
        """Of the lowest layer; sound has no other."""
        return self._bitrates_bps[0]

    def measure(self, now_us: int) -> None:
        """Take the bitrates of the layers, smoothed; a layer that begins or ends counts at once."""
        silences_us = [stream.silent_us(now_us) for stream in self.consumer.streams]
        for layer, stream in enumerate(self.consumer.streams):
            left_out = silences_us[layer] - min(silences_us[: layer + 1]) >= LEFT_OUT_US
            measured, former = 0.0 if left_out else float(stream.bitrate_bps(now_us)), self._bitrates_bps[layer]
            if measured and former:
                measured = former + SMOOTHING * (measured - former)
            self._bitrates_bps[layer] = measured

    def demand(self, now_us: int) -> Demand[str] | None:
        """What it asks for now; None while the publisher sends none of the layers."""
        if not any(self._bitrates_bps):
            return None
        return Demand(
            id=self.consumer.id,
            priority=self.priority,
            wanted_layer=self.consumer.wanted_layer,
            bitrates_bps=tuple(self._bitrates_bps),
            current_layer=self.consumer.target_layer,
            held=self._fell_at_us is not None and now_us - self._fell_at_us < self._hold_us,
            forced=now_us < self._forced_until_us,
        )

    def settled_bps(self) -> tuple[float, float] | None:
        """(bitrate of the best layer, of the dearest up to it) if the best is what it has; None if there is more to give.

        (0, 0) while the publisher sends none of the layers.
        """
        layers = usable_layers(self._bitrates_bps, self.consumer.wanted_layer)
        if not layers:
            return 0.0, 0.0
        if self.starved or self.consumer.target_layer != layers[-1]:
            return None
        return self._bitrates_bps[layers[-1]], max([self._bitrates_bps[layer] for layer in layers])

    def force(self, now_us: int) -> None:
        """Show the lowest layer for a while, whatever it costs."""
        self._forced_until_us = now_us + FORCED_US

    def give(self, layer: int | None, now_us: int) -> None:
        """Send this layer from now on, None: nothing."""
        former, given = _height(self.consumer.target_layer), _height(layer)
        if given == former:
            return
        if given > former:
            self._rose_at_us = now_us
        elif self._is_fall(given, former):
            self._note_fall(now_us)
        self.consumer.set_target_layer(layer)

    def _is_fall(self, given: int, former: int) -> bool:
        """Whether it is for want of room: the receiver still wants more, and the publisher still sends it."""
        return given < self.consumer.wanted_layer and self._bitrates_bps[former] > 0

    def _note_fall(self, now_us: int) -> None:
        flapped = self._rose_at_us is not None and now_us - self._rose_at_us < FLAPPING_US
        self._hold_us = min(2 * self._hold_us, MAX_HOLD_US) if flapped else MIN_HOLD_US
        self._fell_at_us = now_us


def _height(layer: int | None) -> int:
    return -1 if layer is None else layer
