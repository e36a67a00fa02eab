"""A client that uses the product is never stopped for it; one that floods is."""

from mediaserver.request_rate import MAX_AT_ONCE, RequestRate


class Clock:
    """A clock that is set by hand, in seconds."""

    def __init__(self) -> None:
        self.now_s = 0.0

    def __call__(self) -> float:
        return self.now_s


def allowed(rate: RequestRate, method: str, count: int) -> int:
    return sum(rate.allows(method) for _ in range(count))


def test_joining_a_full_call_and_dragging_the_window_for_a_minute_is_allowed() -> None:
    """25 participants, of whom 24 send sound, a picture and perhaps a screen; all 24 pictures change 4 times a second."""
    clock = Clock()
    rate = RequestRate(clock)
    assert allowed(rate, "resumeConsumer", 24 * 3) == 24 * 3
    for _ in range(60 * 4):
        assert allowed(rate, "setConsumerView", 24) == 24
        clock.now_s += 0.25


def test_a_flood_is_stopped_whatever_it_is_made_of() -> None:
    assert allowed(RequestRate(Clock()), "sendChat", 1000) == MAX_AT_ONCE
    assert allowed(RequestRate(Clock()), "setConsumerView", 5000) < 2000


def test_requests_are_allowed_again_as_time_goes_by() -> None:
    clock = Clock()
    rate = RequestRate(clock)
    allowed(rate, "sendChat", 1000)
    clock.now_s += 1.0
    assert allowed(rate, "sendChat", 1000) == 30
