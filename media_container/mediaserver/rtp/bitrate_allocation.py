"""Who gets which layer of what fits through one receiver's downlink. Sound is reserved before and not seen here.

In steps, each in order of priority, so that all lose sharpness before one loses the picture:

1. the lowest layer of what matters: screen shares, pinned and large pictures;
2. one layer more for each of these, for at thumbnail quality they are of little use;
3. the lowest layer of all others;
4. more for what matters, class by class, layer by layer;
5. more for the others.

What does not fit is passed over, and the next that does fit gets its turn. To go up, or to come back from a pause, takes
headroom; to stay takes none: so what is allocated does not flap.
"""

from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from typing import Generic, TypeVar

HEADROOM = 0.15

Id = TypeVar("Id", bound=Hashable)


class Priority(IntEnum):
    """The first matters most."""

    SCREEN = 0
    PINNED = 1
    LARGE = 2
    OTHER = 3


def usable_layers(bitrates_bps: Sequence[float], wanted_layer: int) -> list[int]:
    """Those that are sent and not above what is wanted; else the lowest that is sent."""
    sent = [layer for layer, bitrate_bps in enumerate(bitrates_bps) if bitrate_bps > 0]
    return [layer for layer in sent if layer <= wanted_layer] or sent[:1]


@dataclass(frozen=True, slots=True)
class Demand(Generic[Id]):
    """One visible stream. `bitrates_bps` is of each layer, lowest first, 0 for one that is not sent now."""

    id: Id
    priority: Priority
    wanted_layer: int
    bitrates_bps: tuple[float, ...]
    current_layer: int | None
    # Not above the current layer, nor back from a pause: it fell a moment ago.
    held: bool = False
    # The lowest layer at least, whatever it costs: the person asked for it.
    forced: bool = False

    def usable_layers(self) -> list[int]:
        """See `usable_layers`."""
        return usable_layers(self.bitrates_bps, self.wanted_layer)


class _Stream(Generic[Id]):
    """A demand and what it has been given so far."""

    def __init__(self, demand: Demand[Id]) -> None:
        self.demand = demand
        self.layers = demand.usable_layers()
        self.step = -1  # index into `layers`, -1: nothing yet

    @property
    def layer(self) -> int | None:
        return None if self.step < 0 else self.layers[self.step]

    def cost_bps(self, step: int) -> float:
        return self.demand.bitrates_bps[self.layers[step]] if step >= 0 else 0.0

    def rises_to(self, step: int) -> bool:
        """Whether it would then have more than it has now."""
        current = self.demand.current_layer
        return current is None or self.layers[step] > current


class Allocation(Generic[Id]):
    """One distribution in the making; `left_bps` is what is not given away."""

    def __init__(self, budget_bps: float, demands: Iterable[Demand[Id]]) -> None:
        self.left_bps = budget_bps
        streams = [_Stream(demand) for demand in demands]
        self.streams = sorted(streams, key=lambda stream: stream.demand.priority)

    def run(self) -> dict[Id, int | None]:
        """The layer of each, None for a pause."""
        self._force()
        vital = [stream for stream in self.streams if stream.demand.priority < Priority.OTHER]
        others = [stream for stream in self.streams if stream.demand.priority == Priority.OTHER]
        self._raise(vital, 0)
        self._raise(vital, 1)
        self._raise(others, 0)
        for group in _by_priority(self.streams):
            for step in range(1, max((len(stream.layers) for stream in group), default=0)):
                self._raise(group, step)
        return {stream.demand.id: stream.layer for stream in self.streams}

    def _force(self) -> None:
        for stream in self.streams:
            if stream.demand.forced and stream.layers:
                self._give(stream, 0)

    def _raise(self, streams: Sequence[_Stream[Id]], step: int) -> None:
        """One layer more for each that has just the one below, as far as it fits."""
        for stream in streams:
            if stream.step == step - 1 and step < len(stream.layers) and self._fits(stream, step):
                self._give(stream, step)

    def _fits(self, stream: _Stream[Id], step: int) -> bool:
        cost_bps, added_bps = stream.cost_bps(step), stream.cost_bps(step) - stream.cost_bps(stream.step)
        if not stream.rises_to(step):
            return added_bps <= self.left_bps
        return not stream.demand.held and added_bps + HEADROOM * cost_bps <= self.left_bps

    def _give(self, stream: _Stream[Id], step: int) -> None:
        self.left_bps -= stream.cost_bps(step) - stream.cost_bps(stream.step)
        stream.step = step


def _by_priority(streams: Sequence[_Stream[Id]]) -> Iterator[list[_Stream[Id]]]:
    for priority in Priority:
        yield [stream for stream in streams if stream.demand.priority == priority]


def allocate(budget_bps: float, demands: Iterable[Demand[Id]]) -> dict[Id, int | None]:
    """The layer for each demand, None for a pause. The order of the demands decides within a class.

    The sum of the bitrates stays within the budget, but for what is forced. A demand none of whose layers is sent gets
    None. Ids must differ.
    """
    return Allocation(budget_bps, demands).run()


def lowest_only(demand: Demand[Id]) -> Demand[Id]:
    """The same, content with its lowest layer."""
    return replace(demand, wanted_layer=0)


def spent_bps(demands: Iterable[Demand[Id]]) -> float:
    """What the layers that are chosen now use."""
    return sum(demand.bitrates_bps[demand.current_layer] for demand in demands if demand.current_layer is not None)


def wanted_bps(demands: Iterable[Demand[Id]]) -> float:
    """What all would get if there were no limit."""
    return sum(_best_bps(demands))


def satisfying_bps(demands: Iterable[Demand[Id]]) -> float:
    """The same with the headroom that is needed to get there: `allocate` can make use of no larger budget."""
    best_bps = _best_bps(demands)
    return sum(best_bps) + HEADROOM * max(best_bps, default=0.0)


def _best_bps(demands: Iterable[Demand[Id]]) -> list[float]:
    return [demand.bitrates_bps[layers[-1]] for demand in demands if (layers := demand.usable_layers())]
