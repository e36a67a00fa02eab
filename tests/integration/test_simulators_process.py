"""The simulators as their own process: an SMS that was taken survives `kill -9`."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from tests.free_ports import free_port

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 60.0


@contextmanager
def running(data: Path, port: int) -> Iterator[str]:
    """The process, ended by `kill -9`."""
    environment = {**os.environ, "SIM_PORT": str(port), "LOCAL_DATA": str(data)}
    process = subprocess.Popen([sys.executable, "-m", "local.simulators"], cwd=ROOT, env=environment)
    url = f"http://127.0.0.1:{port}"
    try:
        wait_until_up(process, url)
        yield url
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait(10)


def wait_until_up(process: "subprocess.Popen[bytes]", url: str) -> None:
    give_up_at = time.monotonic() + START_SECONDS
    while time.monotonic() < give_up_at and process.poll() is None:
        try:
            httpx.get(url)
        except httpx.ConnectError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError("the simulators did not start")


def test_a_taken_sms_survives_kill_9(tmp_path: Path) -> None:
    with running(tmp_path, free_port()) as url:
        form = {"Action": "Publish", "PhoneNumber": "+46701740605", "Message": "hej"}
        assert httpx.post(f"{url}/sns/", data=form).status_code == 200
    with running(tmp_path, free_port()) as url:
        (message,) = httpx.get(f"{url}/phone/api/messages").json()["messages"]
    assert message["text"] == "hej"
