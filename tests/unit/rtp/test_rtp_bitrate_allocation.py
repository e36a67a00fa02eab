"""Who gets what of a downlink: by priority, sharpness before pictures, and without flapping (issue 3, point 3)."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediaserver.rtp.bitrate_allocation import HEADROOM, Demand, Priority, allocate, satisfying_bps

CAMERA = (150_000.0, 500_000.0, 1_500_000.0)
THUMBNAIL = 0
Streams = list[Demand[int]]

bitrates = st.lists(st.one_of(st.just(0), st.integers(20_000, 3_000_000)), min_size=1, max_size=4).map(
    lambda layers: tuple(float(bitrate_bps) for bitrate_bps in sorted(layers))
)
budgets = st.floats(0, 12_000_000)


@st.composite
def streams(draw: st.DrawFn, max_size: int = 12, *, forced: bool = False, held: bool = True) -> Streams:
    return [
        Demand(
            number,
            draw(st.sampled_from(Priority)),
            draw(st.integers(0, 3)),
            draw(bitrates),
            draw(st.one_of(st.none(), st.integers(0, 3))),
            held=held and draw(st.booleans()),
            forced=forced and draw(st.booleans()),
        )
        for number in range(draw(st.integers(0, max_size)))
    ]


def _camera(
    number: int, priority: Priority = Priority.LARGE, wanted: int = 2, current: int | None = None
) -> Demand[int]:
    return Demand(number, priority, wanted, CAMERA, current)


def _cost_bps(demands: Streams, given_layers: dict[int, int | None]) -> float:
    return sum(demand.bitrates_bps[layer] for demand in demands if (layer := given_layers[demand.id]) is not None)


@given(budgets, streams())
def test_never_more_than_the_budget(budget_bps: float, demands: Streams) -> None:
    assert _cost_bps(demands, allocate(budget_bps, demands)) <= budget_bps * (1 + 1e-9)


@given(budgets, streams(forced=True))
def test_what_is_forced_is_shown_and_alone_may_exceed_the_budget(budget_bps: float, demands: Streams) -> None:
    chosen = allocate(budget_bps, demands)
    forced = [demand for demand in demands if demand.forced and any(demand.bitrates_bps)]
    assert all(chosen[demand.id] is not None for demand in forced)
    lowest_bps = sum(demand.bitrates_bps[demand.usable_layers()[0]] for demand in forced)
    assert _cost_bps(demands, chosen) <= max(budget_bps, lowest_bps) * (1 + 1e-9)


@given(budgets, streams(forced=True))
def test_the_same_again_gives_the_same(budget_bps: float, demands: Streams) -> None:
    assert allocate(budget_bps, demands) == allocate(budget_bps, list(demands))


@given(budgets, streams(held=False))
def test_what_was_allocated_stays(budget_bps: float, demands: Streams) -> None:
    """With the result as the current layers, nobody loses a layer: nothing flaps at a steady budget."""
    first = allocate(budget_bps, demands)
    second = allocate(budget_bps, [replace(demand, current_layer=first[demand.id]) for demand in demands])
    third = allocate(budget_bps, [replace(demand, current_layer=second[demand.id]) for demand in demands])
    assert third == second


@given(budgets, streams(forced=True))
def test_only_layers_that_are_sent_are_chosen(budget_bps: float, demands: Streams) -> None:
    for demand in demands:
        layer = allocate(budget_bps, demands)[demand.id]
        if layer is not None:
            assert demand.bitrates_bps[layer] > 0
            assert layer <= demand.wanted_layer or not any(demand.bitrates_bps[: demand.wanted_layer + 1])


@given(budgets, streams())
def test_nobody_is_paused_while_the_lowest_layer_fits(budget_bps: float, demands: Streams) -> None:
    chosen = allocate(budget_bps, demands)
    left_bps = budget_bps - _cost_bps(demands, chosen)
    for demand in demands:
        layers = demand.usable_layers()
        if chosen[demand.id] is None and layers and not demand.held:
            assert demand.bitrates_bps[layers[0]] * (1 + HEADROOM) > left_bps * (1 - 1e-9)


@given(budgets, streams(held=False))
def test_nobody_is_paused_for_one_who_matters_less(budget_bps: float, demands: Streams) -> None:
    """What all those of lower priority got together would not have been enough."""
    chosen = allocate(budget_bps, demands)
    for demand in demands:
        layers = demand.usable_layers()
        if chosen[demand.id] is not None or not layers:
            continue
        lesser = [other for other in demands if other.priority > demand.priority]
        free_bps = budget_bps - _cost_bps(demands, chosen) + _cost_bps(lesser, chosen)
        raised = [other for other in demands if other.priority <= demand.priority and (chosen[other.id] or 0) > 0]
        if not raised:
            assert demand.bitrates_bps[layers[0]] * (1 + HEADROOM) > free_bps * (1 - 1e-9)


@given(budgets, budgets, st.integers(1, 12), st.sampled_from(Priority), st.integers(0, 2))
def test_more_budget_takes_nothing_from_anyone_among_equals(
    one_bps: float, other_bps: float, count: int, priority: Priority, wanted: int
) -> None:
    demands = [_camera(number, priority, wanted) for number in range(count)]
    less, more = (allocate(budget_bps, demands) for budget_bps in sorted((one_bps, other_bps)))
    assert all(_height(less[number]) <= _height(more[number]) for number in range(count))


@given(budgets, budgets, streams(max_size=1))
def test_more_budget_gives_one_alone_no_less(one_bps: float, other_bps: float, demands: Streams) -> None:
    less, more = (allocate(budget_bps, demands) for budget_bps in sorted((one_bps, other_bps)))
    assert all(_height(less[demand.id]) <= _height(more[demand.id]) for demand in demands)


@given(streams(held=False))
def test_what_is_wanted_satisfies_everyone(demands: Streams) -> None:
    chosen = allocate(satisfying_bps(demands) + 1, demands)
    assert all(chosen[demand.id] == layers[-1] for demand in demands if (layers := demand.usable_layers()))


def _height(layer: int | None) -> int:
    return -1 if layer is None else layer


@pytest.mark.parametrize(
    ("budget_bps", "expected"),
    [
        (5_000_000, [2, 2, 2]),
        (3_000_000, [2, 1, 1]),
        (1_700_000, [1, 1, 1]),
        (1_000_000, [1, 0, 0]),
        (500_000, [0, 0, 0]),
        (350_000, [0, 0, None]),
        (100_000, [None, None, None]),
    ],
)
def test_a_call_of_four_shares_alike(budget_bps: float, expected: list[int | None]) -> None:
    demands = [_camera(number) for number in range(3)]
    assert list(allocate(budget_bps, demands).values()) == expected


@pytest.mark.parametrize(
    ("budget_bps", "speaker", "thumbnails"),
    [(3_500_000, 2, 11), (2_500_000, 1, 11), (1_200_000, 1, 4), (300_000, 0, 0)],
)
def test_a_large_call_sees_the_speaker_well_and_then_everyone(budget_bps: float, speaker: int, thumbnails: int) -> None:
    """The speaker is not shown at a thumbnail's quality for the sake of the last thumbnail."""
    others = [_camera(number, Priority.OTHER, THUMBNAIL) for number in range(1, 12)]
    chosen = allocate(budget_bps, [*others, _camera(0)])
    assert chosen[0] == speaker
    assert sum(chosen[number] is not None for number in range(1, 12)) == thumbnails


@pytest.mark.parametrize(
    ("budget_bps", "screen", "speaker"), [(1_900_000, 0, 0), (1_600_000, None, 2), (900_000, None, 1)]
)
def test_a_shared_screen_is_all_or_nothing_and_keeps_the_speaker_where_both_fit(
    budget_bps: float, screen: int | None, speaker: int
) -> None:
    demands = [Demand(0, Priority.SCREEN, 0, (1_500_000.0,), None), _camera(1, current=2)]
    assert allocate(budget_bps, demands) == {0: screen, 1: speaker}


def test_a_step_up_needs_headroom_and_staying_none() -> None:
    budget_bps = CAMERA[2] * (1 + HEADROOM / 2)
    assert allocate(budget_bps, [_camera(0, current=1)]) == {0: 1}
    assert allocate(budget_bps, [_camera(0, current=2)]) == {0: 2}


def test_who_fell_a_moment_ago_waits() -> None:
    held = replace(_camera(0, current=0), held=True)
    assert allocate(5_000_000, [held]) == {0: 0}
    assert allocate(5_000_000, [replace(held, current_layer=None)]) == {0: None}


def test_a_layer_that_is_not_sent_is_passed_over() -> None:
    demand = Demand(0, Priority.LARGE, 2, (150_000.0, 500_000.0, 0.0), 1)
    assert allocate(5_000_000, [demand]) == {0: 1}
    assert allocate(5_000_000, [replace(demand, bitrates_bps=(0.0, 0.0, 900_000.0), wanted_layer=0)]) == {0: 2}
    assert allocate(5_000_000, [replace(demand, bitrates_bps=(0.0, 0.0, 0.0))]) == {0: None}
