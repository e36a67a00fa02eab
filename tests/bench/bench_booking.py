"""What booking and the start page cost, and how fast bookings come in from other systems (`make bench-booking`).

- `book_round_trips`: requests to DynamoDB of one booking, its session aside; the dearest of the forms that are tried.
- `start_page_queries`: queries of the agenda for a start page of 40 visits.
- `start_page_ms`: the whole of that start page, the engine's answers included, in an organisation with so many visits that
  day (median); `start_page_handler_ms` is the handler on rows in memory, `start_page_here_ms` all but the waiting for the
  engine, botocore and pynamodb included (both p95).
- `import_per_s`: bookings of another system that so many workers take in a second, each on an engine of its own, and
  `import_floor_per_s` as many bare transactions of the same size; `import_one_engine_per_s` is two workers on one engine,
  which answers one request at a time. Workers and engines share this machine's cores: `import_cpu_ms` is the worker's own
  time on a core for each booking, `import_engine_ms` what it waited for the engine, and `import_fixed_latency_per_s` the
  workers alone, each with a database that answers after 5 ms and takes nothing of the machine.
- `booking_to_sms_ms`: from the click that books to the call of SNS on the whole local stack, p95.

The last line is JSON.
"""

import json
from statistics import median

from tests.bench.booking_load import imports, outbox, round_trips, start_page
from tests.bench.booking_load.database import database
from tests.bench.booking_load.fixed_latency import LATENCY_S
from tests.bench.booking_load.region import MINE
from tests.bench.booking_load.timing import p95

SIZES = (1_000, 50_000)
WORKERS = (1, 2)
ASKED = ("book_round_trips", "start_page_queries", "start_page_ms", "import_per_s")

Figures = dict[str, object]


def main() -> None:
    """A line for people as each part is done, and the line of JSON."""
    figures = _start_page_alone()
    with database():
        figures |= _round_trips() | _start_pages()
    figures |= _imports() | _booking_to_sms()
    print(json.dumps({name: figures[name] for name in (*ASKED, *(each for each in figures if each not in ASKED))}))


def _start_page_alone() -> Figures:
    handler_ms = p95(start_page.without_a_database())
    _say(f"start page, {MINE} visits: handler alone p95 {handler_ms:.2f} ms")
    return {"start_page_handler_ms": round(handler_ms, 2)}


def _round_trips() -> Figures:
    trips = round_trips.of_each_form()
    _say(f"round trips of a booking: {trips}")
    return {"book_round_trips": max(trips.values())}


def _start_pages() -> Figures:
    pages = {str(visits): start_page.among(visits) for visits in SIZES}
    for visits, cost in pages.items():
        _say(
            f"start page among {visits} visits: median {median(cost.times_ms):.1f} ms, p95 {p95(cost.times_ms):.1f} ms; "
            f"of that here median {median(cost.here_ms):.1f} ms, p95 {p95(cost.here_ms):.1f} ms"
        )
    return {
        "start_page_queries": max(cost.queries for cost in pages.values()),
        "start_page_ms": {visits: round(median(cost.times_ms), 1) for visits, cost in pages.items()},
        "start_page_here_ms": {visits: round(p95(cost.here_ms), 1) for visits, cost in pages.items()},
    }


def _imports() -> Figures:
    rates = {str(workers): imports.with_own_databases(workers) for workers in WORKERS}
    shared = imports.on_one_database(max(WORKERS))
    for workers, rate in [*rates.items(), (f"{max(WORKERS)} on one engine", shared)]:
        _say(
            f"imports by {workers}: {rate.imports:.0f} a second, floor {rate.floor:.0f}; "
            f"each {rate.cpu_ms:.1f} ms on a core, and {rate.engine_ms:.1f} ms of waiting for the engine"
        )
    alone = {str(workers): imports.with_fixed_latency(workers) for workers in WORKERS}
    for workers, per_s in alone.items():
        _say(f"imports by {workers} where each request takes {1000 * LATENCY_S:.0f} ms: {per_s:.0f} a second")
    return {
        "import_per_s": {workers: round(rate.imports, 1) for workers, rate in rates.items()},
        "import_floor_per_s": {workers: round(rate.floor, 1) for workers, rate in rates.items()},
        "import_cpu_ms": {workers: round(rate.cpu_ms, 1) for workers, rate in rates.items()},
        "import_engine_ms": {workers: round(rate.engine_ms, 1) for workers, rate in rates.items()},
        "import_fixed_latency_per_s": {workers: round(per_s, 1) for workers, per_s in alone.items()},
        "import_one_engine_per_s": {"imports": round(shared.imports, 1), "floor": round(shared.floor, 1)},
    }


def _booking_to_sms() -> Figures:
    to_sms_ms = outbox.booking_to_sms_ms()
    _say(f"booking to SMS: median {median(to_sms_ms):.0f} ms, p95 {p95(to_sms_ms):.0f} ms")
    return {"booking_to_sms_ms": round(p95(to_sms_ms))}


def _say(line: str) -> None:
    print(line, flush=True)


if __name__ == "__main__":
    main()
