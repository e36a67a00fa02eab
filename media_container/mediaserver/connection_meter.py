"""How one participant's connection does, second by second, and what is to blame where it does badly (C11).

Pure: figures in, a verdict out. `connection_figures` gathers the figures from a peer.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from mediaserver.rtp.loss_window import LossWindow, loss_fraction
from mediaserver.rtp.quality_score import Measures, SteadyScore, score

Cause = Literal["uplink", "downlink", "device"]

# A camera or microphone that is on and sends nothing for so many samples has stopped; Opus in silence sends every 0.4 s.
SAMPLES_TO_BE_SILENT = 3
# The estimate of a downlink climbs from a careful start; so many samples it says nothing of the connection.
SAMPLES_TO_SETTLE = 8
# Scores that are to be explained, and those that are so bad that they outdo what the device says.
WEAK, BAD = 3, 2
# How much of what a camera would send is served, by how many layers its browser has given up.
SERVED_WITHOUT_LAYERS = (1.0, 0.6, 0.35)


@dataclass(frozen=True)
class SentFigures:
    """A stream that the participant publishes; counts since its beginning."""

    producer_id: str
    source: Literal["microphone", "camera", "screen"]
    paused: bool
    packets_received: int
    packets_expected: int
    packets_lost: int
    jitter_ms: float
    # Whether each layer is sent at this moment.
    layers: tuple[bool, ...] = (True,)


@dataclass(frozen=True)
class ConnectionFigures:
    """All that is known of a connection at one moment. None: not known."""

    sent: tuple[SentFigures, ...] = ()
    # Whether the transport that the participant sends on is up: ICE consent is alive, DTLS is done.
    uplink_alive: bool = False
    rtt_ms: float | None = None
    downlink_loss: float | None = None
    downlink_jitter_ms: float | None = None
    estimate_bps: float | None = None
    wanted_bps: float = 0.0
    limited_by_cpu: bool = False


@dataclass(frozen=True)
class Verdict:
    """1 (bad) to 5 (excellent) for each direction, None while unknown; and what is to blame, None if nothing is."""

    up: int | None = None
    down: int | None = None
    cause: Cause | None = None


class _SentMeter:
    """What is remembered of one published stream."""

    def __init__(self) -> None:
        self.loss = LossWindow()
        self.silent_samples = 0
        self._packets = -1
        self._layers_seen: set[int] = set()

    def sample(self, figures: SentFigures) -> tuple[int, int]:
        """Take in the figures; (packets expected, packets lost) over the last seconds."""
        moved = figures.paused or figures.packets_received != self._packets
        self.silent_samples = 0 if moved else self.silent_samples + 1
        self._packets = figures.packets_received
        # After a pause the browser takes its time to come back to all of them.
        seen = set() if figures.paused else self._layers_seen
        self._layers_seen = seen | {index for index, active in enumerate(figures.layers) if active}
        return self.loss.update(figures.packets_expected, figures.packets_lost)

    def served(self, figures: SentFigures) -> float | None:
        """Falls as the browser gives up layers that it has sent before; its uplink has no room for them."""
        if figures.paused or len(figures.layers) < 2 or not any(figures.layers):
            return None
        given_up = len(self._layers_seen) - sum(figures.layers)
        return SERVED_WITHOUT_LAYERS[min(given_up, len(SERVED_WITHOUT_LAYERS) - 1)]


class ConnectionMeter:
    """One connection of one participant; a newer one begins with a new meter."""

    def __init__(self) -> None:
        self._sent: dict[str, _SentMeter] = {}
        self._up = SteadyScore()
        self._down = SteadyScore()
        self._wanting_samples = 0

    def sample(self, figures: ConnectionFigures) -> Verdict:
        """Take in the figures of another second."""
        self._sent = {each.producer_id: self._sent.get(each.producer_id) or _SentMeter() for each in figures.sent}
        up = self._up.update(score(self._uplink(figures)) if figures.uplink_alive else None)
        down = self._down.update(score(self._downlink(figures)))
        return Verdict(up, down, self._cause(up, down, figures))

    def _uplink(self, figures: ConnectionFigures) -> Measures:
        counted = [self._sent[each.producer_id].sample(each) for each in figures.sent]
        expected, lost = sum(pair[0] for pair in counted), sum(pair[1] for pair in counted)
        return Measures(
            loss=loss_fraction(expected, lost),
            rtt_ms=figures.rtt_ms,
            # A picture's packets leave the browser in bursts, so that only sound tells of the network.
            jitter_ms=_largest(each.jitter_ms for each in figures.sent if _is_sounding(each)),
            served=_smallest(self._sent[each.producer_id].served(each) for each in figures.sent),
        )

    def _downlink(self, figures: ConnectionFigures) -> Measures:
        return Measures(
            loss=figures.downlink_loss,
            rtt_ms=figures.rtt_ms,
            jitter_ms=figures.downlink_jitter_ms,
            served=self._served(figures),
        )

    def _served(self, figures: ConnectionFigures) -> float | None:
        """The share of the wanted bitrate that there is room for, once the estimate has settled."""
        if figures.estimate_bps is None or figures.wanted_bps <= 0:
            self._wanting_samples = 0
            return None
        self._wanting_samples += 1
        if self._wanting_samples <= SAMPLES_TO_SETTLE:
            return None
        return min(figures.estimate_bps / figures.wanted_bps, 1.0)

    def _cause(self, up: int | None, down: int | None, figures: ConnectionFigures) -> Cause | None:
        """In this order: a device that sends nothing, a bad network, a device that cannot keep up, a weak network."""
        if figures.uplink_alive and self._is_device_silent(figures):
            return "device"
        if _worse(up, down) <= BAD:
            return _weaker_direction(up, down)
        if figures.limited_by_cpu:
            return "device"
        return _weaker_direction(up, down) if _worse(up, down) <= WEAK else None

    def _is_device_silent(self, figures: ConnectionFigures) -> bool:
        return any(
            self._sent[each.producer_id].silent_samples >= SAMPLES_TO_BE_SILENT
            # A shared screen on which nothing moves has nothing to send.
            for each in figures.sent
            if each.source != "screen"
        )


def _is_sounding(figures: SentFigures) -> bool:
    return figures.source == "microphone" and not figures.paused and figures.packets_received > 0


def _worse(up: int | None, down: int | None) -> int:
    return min(up or WEAK + 1, down or WEAK + 1)


def _weaker_direction(up: int | None, down: int | None) -> Cause:
    return "uplink" if (up or WEAK + 1) <= (down or WEAK + 1) else "downlink"


def _largest(values: Iterable[float]) -> float | None:
    return max(values, default=None)


def _smallest(values: Iterable[float | None]) -> float | None:
    return min((value for value in values if value is not None), default=None)
