"""One worker: `python -m tests.bench.booking_load.import_worker imports 0 8` says when it is ready, waits for a line, and
then says what it has done, as JSON (`Measured`). `floor` in place of `imports` writes as much and does nothing else; `fixed`
imports into a database that answers after a fixed time.
"""

import json
import sys
import time
from collections.abc import Callable
from contextlib import nullcontext
from datetime import timedelta
from itertools import count
from typing import Any
from unittest.mock import patch

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from chalicelib import bootstrap
from chalicelib.api.fhir import create_appointment
from chalicelib.api.request import Request
from chalicelib.api.rest import handle
from chalicelib.domain.changes import Put
from chalicelib.storage.connection import connection
from chalicelib.storage.imported_bookings import DynamoImportedBookings
from tests.bench.booking_load.clinician import stored_ports
from tests.bench.booking_load.fixed_latency import fixed_latency
from tests.bench.booking_load.timing import waits_ms
from tests.builders import ORG, a_patient, a_staff_member, an_organisation
from tests.database_calls import recorded
from tests.every_form import adult_number
from tests.fake_ports import FakePorts
from tests.unit.api.systems import FHIR, BookingSystem, a_client, an_appointment

CLINICIANS, PATIENTS = 90, 90
WARM_UP = 20
Work = Callable[[int], None]


class Measured(Struct, frozen=True):
    """`cpu_ms`: of this process for each booking; `waited_ms`: for the database, for each booking."""

    per_s: float
    cpu_ms: float
    waited_ms: float


def main(what: str, place: int, seconds: float) -> None:
    with fixed_latency() if what == "fixed" else nullcontext():
        ports = _region()
        work = _floor(ports, place) if what == "floor" else _imports(ports, place)
        for number in range(WARM_UP):
            work(number)
        print("ready", flush=True)
        sys.stdin.readline()
        print(msgspec.json.encode(_measured(work, seconds)).decode(), flush=True)


def _measured(work: Work, seconds: float) -> Measured:
    with waits_ms() as waited_ms:
        started, cpu_before = time.perf_counter(), time.process_time()
        for number in count(WARM_UP):
            work(number)
            took = time.perf_counter() - started
            if took >= seconds:
                break
        cpu_ms = (time.process_time() - cpu_before) * 1000
    done = number - WARM_UP + 1
    return Measured(done / took, cpu_ms / done, sum(waited_ms) / done)


def _region() -> FakePorts:
    """An organisation with clinicians and patients, the same for every worker; the time stands still."""
    ports = stored_ports(ORG)
    ports.real_bookings = DynamoImportedBookings()
    members = [a_staff_member(_hsa_id(each)) for each in range(CLINICIANS)]
    people = [a_patient(adult_number(each), phone=f"+467017{each:05}") for each in range(PATIENTS)]
    ports.store.commit([Put(replace(an_organisation(), booking_integration=True)), Put(a_client())])
    ports.store.commit([Put(each) for each in members])
    ports.store.commit([Put(each) for each in people])
    return ports


def _imports(ports: FakePorts, place: int) -> Work:
    token = _token(ports)
    opening = ports.clock.now().replace(second=0, microsecond=0) + timedelta(days=1)

    def take(number: int) -> None:
        resource = an_appointment(
            f"BOOKING-{place}-{number}",
            number=adult_number(number % PATIENTS),
            staff=(_hsa_id(number % CLINICIANS),),
            starts_at=opening + timedelta(minutes=5 * (number // CLINICIANS)),
        )
        headers = {"authorization": f"Bearer {token}", "content-type": FHIR}
        request = Request(headers, {}, {}, {}, "192.0.2.7", "bench", json.dumps(resource).encode())
        response = handle(create_appointment, request, ports)
        assert response.status_code == 201, response.body

    return take


def _floor(ports: FakePorts, place: int) -> Work:
    """The transaction of one import, as often as told, each time under keys of its own."""
    take = _imports(ports, place + 1000)
    with recorded() as calls:
        take(0)
    items = next(call.body["TransactItems"] for call in calls if call.operation == "TransactWriteItems")
    client = connection().client

    def write(number: int) -> None:
        client.transact_write_items(TransactItems=[_renamed(each, f"#{place}#{number}") for each in items])

    return write


def _renamed(item: dict[str, Any], suffix: str) -> dict[str, Any]:
    """A Put or an Update of a row that is not there yet."""
    if "Put" in item:
        put = item["Put"]
        return {"Put": {"TableName": put["TableName"], "Item": _with_key(put["Item"], suffix)}}
    ((kind, given),) = item.items()
    return {kind: given | {"Key": _with_key(given["Key"], suffix)}}


def _with_key(values: dict[str, Any], suffix: str) -> dict[str, Any]:
    return values | {"pk": {"S": values["pk"]["S"] + suffix}}


def _token(ports: FakePorts) -> str:
    with patch.object(bootstrap, "ports", lambda: ports):
        return BookingSystem(ports).authenticated().token


def _hsa_id(place: int) -> str:
    return f"{ORG}-B{place:04}"


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), float(sys.argv[3]))
