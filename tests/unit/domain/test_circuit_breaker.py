"""P5: who does not answer is left alone for a while, and is then asked by one."""

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from chalicelib.domain.circuit_breaker import CircuitBreaker

WINDOW_S, REST_S = 30.0, 10.0


def a_breaker(failures: int = 3) -> CircuitBreaker:
    return CircuitBreaker(failures, WINDOW_S, REST_S)


def opened(at: float = 0.0) -> CircuitBreaker:
    breaker = a_breaker()
    for _ in range(3):
        breaker.failed(at)
    return breaker


def test_it_opens_at_the_last_of_so_many_failures_within_the_window() -> None:
    breaker = a_breaker()
    for at, state in ((0.0, "closed"), (10.0, "closed"), (29.9, "open")):
        breaker.failed(at)
        assert breaker.state(at) == state
    assert not breaker.admits(29.9)


def test_failures_further_apart_than_the_window_leave_it_closed() -> None:
    breaker = a_breaker()
    for at in range(0, 300, 15):
        breaker.failed(float(at))
        assert breaker.admits(float(at))


def test_an_answer_between_failures_does_not_hide_them() -> None:
    """A register that fails every other time is ill too."""
    breaker = a_breaker()
    for at in (0.0, 1.0, 2.0):
        breaker.failed(at)
        breaker.succeeded(at)
    assert breaker.state(2.0) == "open"


def test_after_its_rest_one_may_ask() -> None:
    breaker = opened()
    assert not breaker.admits(REST_S - 0.1)
    assert [breaker.admits(REST_S), breaker.admits(REST_S), breaker.admits(REST_S + 1)] == [True, False, False]


def test_an_answer_to_the_probe_closes_it_and_forgets_the_failures() -> None:
    breaker = opened()
    assert breaker.admits(REST_S)
    breaker.succeeded(REST_S)
    breaker.failed(REST_S)
    breaker.failed(REST_S)
    assert breaker.state(REST_S) == "closed"


def test_a_failed_probe_lets_it_rest_again() -> None:
    breaker = opened()
    assert breaker.admits(REST_S)
    breaker.failed(REST_S + 2)
    assert not breaker.admits(REST_S * 2 + 1.9)
    assert breaker.admits(REST_S * 2 + 2)


def test_a_probe_of_which_nothing_is_heard_is_given_up() -> None:
    breaker = opened()
    assert breaker.admits(REST_S)
    assert not breaker.admits(2 * REST_S - 0.1)
    assert breaker.admits(2 * REST_S)


@pytest.mark.parametrize("answered", [True, False])
def test_what_comes_late_while_it_is_open_changes_nothing(answered: bool) -> None:
    breaker = opened()
    (breaker.succeeded if answered else breaker.failed)(5.0)
    assert not breaker.admits(REST_S - 0.1)
    assert breaker.admits(REST_S)


class Breaker(RuleBasedStateMachine):
    """Whatever is told in whatever order, as a list of all that happened says it should be."""

    @initialize(failures=st.integers(1, 5))
    def begin(self, failures: int) -> None:
        self.breaker = a_breaker(failures)
        self.failures = failures
        self.now = 0.0
        self.failed_at: list[float] = []
        self.rests_until: float | None = None
        self.probe_until = 0.0

    @rule(seconds=st.sampled_from([0.0, 0.5, REST_S / 2, REST_S, WINDOW_S]))
    def wait(self, seconds: float) -> None:
        self.now += seconds

    @rule()
    def ask(self) -> None:
        closed = self.rests_until is None
        probe = not closed and self.half_open and self.now >= self.probe_until
        assert self.breaker.admits(self.now) == (closed or probe)
        if probe:
            self.probe_until = self.now + REST_S

    @rule()
    def fail(self) -> None:
        self.breaker.failed(self.now)
        if self.rests_until is None:
            self.failed_at.append(self.now)
            lately = [at for at in self.failed_at[-self.failures :] if at > self.now - WINDOW_S]
            if len(lately) == self.failures:
                self._rest()
        elif self.half_open:
            self._rest()

    @precondition(lambda self: self.rests_until is None or self.half_open)
    @rule()
    def succeed(self) -> None:
        self.breaker.succeeded(self.now)
        if self.rests_until is not None:
            self.rests_until, self.failed_at = None, []

    @precondition(lambda self: self.rests_until is not None and not self.half_open)
    @rule()
    def succeed_late(self) -> None:
        self.breaker.succeeded(self.now)

    @invariant()
    def is_in_the_state_that_follows(self) -> None:
        expected = "closed" if self.rests_until is None else "half_open" if self.half_open else "open"
        assert self.breaker.state(self.now) == expected

    @property
    def half_open(self) -> bool:
        return self.rests_until is not None and self.now >= self.rests_until

    def _rest(self) -> None:
        self.rests_until = self.now + REST_S
        self.probe_until = 0.0


TestAnyOrder = Breaker.TestCase
TestAnyOrder.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)
