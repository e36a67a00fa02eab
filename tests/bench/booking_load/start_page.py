"""What the start page costs: of 40 visits, without a database, and with one that holds so many visits of others."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from chalicelib.domain.changes import created
from chalicelib.domain.local_time import day_bounds, local_date
from tests.bench.booking_load.clinician import clinician, stored_ports, visits_on_the_start_page
from tests.bench.booking_load.region import MINE, fill, visit_of
from tests.bench.booking_load.timing import times_here_ms, times_ms
from tests.builders import NOW
from tests.database_calls import recorded
from tests.fake_ports import FakePorts

ROUNDS = 200
OPENING = timedelta(hours=7)


@dataclass(frozen=True, slots=True)
class Cost:
    """`queries`: of the agenda index. `here_ms`: without what is waited for the database."""

    queries: int
    times_ms: list[float]
    here_ms: list[float]


def without_a_database() -> list[float]:
    """Milliseconds of the handler, session and access log included, on rows that are in memory already."""
    ports = FakePorts()
    with clinician(ports) as browser:
        for index in range(MINE):
            ports.store.commit([*created(visit_of(ports.settings.org_id, index, _opening(NOW)))])
        return times_ms(lambda: _shown(visits_on_the_start_page(browser)), ROUNDS)


def among(visits: int) -> Cost:
    """In an organisation with so many that day."""
    ports = stored_ports(f"SE{visits}")
    fill(ports.settings.org_id, visits, _opening(ports.clock.now()))
    with clinician(ports) as browser:

        def open_page() -> None:
            _shown(visits_on_the_start_page(browser))

        with recorded() as calls:
            open_page()
        queries = sum(call.operation == "Query" for call in calls)
        return Cost(queries, times_ms(open_page, ROUNDS), times_here_ms(open_page, ROUNDS))


def _opening(now: datetime) -> datetime:
    """Today, when the clinic opens."""
    return day_bounds(local_date(now))[0] + OPENING


def _shown(visits: int) -> None:
    assert visits == MINE
