"""Time for tests of the population register: it passes when someone sleeps or a test says so."""

from chalicelib.gateways.register_http import Waiting

ADDRESS = "SE165565594230-1000"


class Time:
    """Seconds that pass only when someone sleeps or a test says so; `slept` keeps how long."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.slept: list[float] = []
        self.chance = 1.0
        self.waiting = Waiting(clock=lambda: self.now, sleep=self.sleep, chance=lambda: self.chance)

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds
