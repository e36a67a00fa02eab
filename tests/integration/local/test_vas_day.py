"""V1, V2, V5: the simulated VAS delivers its day by the real doors: token, FHIR, rule, and what waits."""

import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from local.environment import app_environment, base_environment, port_environment
from local.settings import ROOT, Settings
from tests.integration.local.conftest import process
from tests.stack import aws_with_tables, free_settings, wait_for_port

FUNCTIONS = str(ROOT / "functions")
DAY, ANOTHER_DAY, THIRD_DAY = ((datetime.now(UTC) + timedelta(days=days)).date().isoformat() for days in (2, 3, 4))
"""One for each test: the simulator remembers what was done with a day's bookings."""


@pytest.fixture(scope="module")
def clinic(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    """Tables of its own, with the demo organisation and nobody else's rows in them."""
    settings = free_settings(tmp_path_factory.mktemp("vas"))
    environment = base_environment() | app_environment(settings) | port_environment(settings)
    with aws_with_tables(settings):
        prepare = (sys.executable, "-m", "local.prepare")
        subprocess.run(prepare, cwd=ROOT, env=environment | {"PYTHONPATH": FUNCTIONS}, check=True)
        yield settings


@pytest.fixture(scope="module")
def vas(clinic: Settings) -> Iterator[httpx.Client]:
    """The simulator, with the clinic behind it."""
    with process("gateway", clinic, APP_DIR=FUNCTIONS) as gateway, process("simulators", clinic) as simulators:
        wait_for_port(clinic.port, gateway)
        wait_for_port(clinic.sim_port, simulators)
        with httpx.Client(base_url=f"{clinic.simulators_url}/vas", timeout=60) as client:
            yield client


def acted(vas: httpx.Client, external_id: str, action: str) -> tuple[int, str]:
    answer = vas.post("/api/send", json={"external_id": external_id, "action": action}).json()
    return answer["status"], answer["outcome"].rpartition("(")[2].rstrip(")")


def test_a_day_is_delivered_and_each_booking_becomes_what_the_rule_says(vas: httpx.Client) -> None:
    answers: list[dict[str, Any]] = vas.post("/api/send", json={"day": DAY}).json()
    told = [(each["status"], each["outcome"].rpartition("(")[2].rstrip(")")) for each in answers]
    codes = [code for _, code in told]
    assert {status for status, _ in told} == {201}
    assert sorted(codes) == sorted(["unknown_patient"] * 5 + ["asam", "not_published", "participation", "not_divl"]), (
        "no patient is in the demo organisation yet"
    )
    page = vas.get("/", params={"day": DAY}).text
    assert "Patienten finns inte i Vårdrum" in page
    assert page.count("201 ") == len(answers)


def test_a_booking_is_moved_cancelled_and_repeated_at_a_click(vas: httpx.Client) -> None:
    """V1, V4."""
    external_id = vas.get("/api/bookings", params={"day": ANOTHER_DAY}).json()[0]["external_id"]
    assert acted(vas, external_id, "send") == (201, "unknown_patient")
    assert acted(vas, external_id, "move") == (200, "unknown_patient")
    assert acted(vas, external_id, "again") == (200, "same_version")
    assert acted(vas, external_id, "cancel") == (200, "cancelled")
    assert vas.post("/act", data={"external_id": external_id, "action": "send"}).status_code == 303


def test_a_test_delivers_whatever_booking_it_wants(vas: httpx.Client) -> None:
    booking = {
        "external_id": "VAS-any",
        "number": "194408139089",
        "staff": ["SE2321000115-E077"],
        "start": f"{THIRD_DAY}T09:00:00+00:00",
    }
    answer = vas.post("/api/bookings", json=booking).json()
    assert (answer["status"], "unknown_staff" in answer["outcome"]) == (422, True)
    assert vas.post("/api/bookings", json={"external_id": 1}).status_code == 400
    assert vas.post("/api/send", json={"external_id": "none"}).status_code == 404
