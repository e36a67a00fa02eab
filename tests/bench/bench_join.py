"""From the click on *Anslut till videosamtal* to the first remote frame on the patient's screen (`make bench-join`).

The clinician is in the call; the patient joins, leaves and joins again, RUNS times, on the whole local stack with two
browser processes. The click and the frame are timed inside the patient's page (`requestVideoFrameCallback`), so that
nothing of the test's own round trips is counted. The last line is JSON: `{"join_ms": {"median": ..., "p95": ...}}`.
"""

import json
import statistics
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.e2e import clinic, patient
from tests.e2e.browser import browser_of, context_of
from tests.e2e.camera import CLINICIAN, PATIENT
from tests.e2e.conftest import Addresses
from tests.e2e.told import link_of
from tests.e2e.waiting import until
from tests.stack import stack

RUNS = 12
NUMBER, NAME, MOBILE = "194408139089", "Anna Alm", "070-174 06 05"

# Remembers when the button was clicked and when the first frame of somebody else's picture was shown.
STOPWATCH = """
  window.joinTimes = [];
  let clicked = 0;
  addEventListener('click', event => {
    if (event.target.closest('button')?.textContent.includes('Anslut till videosamtal')) clicked = performance.now();
  }, true);
  const timed = new WeakSet();
  new MutationObserver(() => {
    for (const video of document.querySelectorAll('video[data-participant-id]:not([data-self])')) {
      if (timed.has(video)) continue;
      timed.add(video);
      video.requestVideoFrameCallback(now => window.joinTimes.push(now - clicked));
    }
  }).observe(document, { childList: true, subtree: true });
"""


def main() -> None:
    """Prints each run, and the JSON last."""
    with tempfile.TemporaryDirectory() as folder, stack(Path(folder) / "stack") as running, sync_playwright() as player:
        addresses = Addresses(running.settings)
        files = Path(folder)
        with browser_of(player, CLINICIAN, files) as desk, browser_of(player, PATIENT, files) as phone:
            times = _times(desk, phone, addresses)
    for run, time_ms in enumerate(times, 1):
        print(f"run {run:2}: {time_ms:.0f} ms")
    print(json.dumps({"join_ms": {"median": round(statistics.median(times)), "p95": round(_p95(times))}}))


def _times(desk: Browser, phone: Browser, addresses: Addresses) -> list[float]:
    clinician, page = context_of(desk).new_page(), _patient_page(phone)
    clinic.log_in(clinician, addresses.clinic)
    clinic.book_visit(clinician, addresses.clinic, NUMBER, MOBILE)
    page.goto(link_of(clinician, addresses))
    patient.start(page)
    patient.identify_on_this_device(page, NAME)
    patient.go_to_waiting_room(page)
    clinician.get_by_role("button", name="Ta emot").click()
    clinician.get_by_role("button", name="Starta besök").click()
    clinic.join_call(clinic.open_call(clinician))
    page.get_by_role("button", name="Svara").click()
    return [_join_and_leave(page, run) for run in range(RUNS)]


def _patient_page(phone: Browser) -> Page:
    context = context_of(phone, phone=True)
    context.add_init_script(STOPWATCH)
    return context.new_page()


def _join_and_leave(page: Page, run: int) -> float:
    """Milliseconds of one join; the patient is back at the device step afterwards."""
    before = page.evaluate("joinTimes.length")
    join = page.get_by_role("button", name="Anslut till videosamtal")
    expect(join).to_be_enabled()
    page.wait_for_timeout(500)  # as long as it takes to look at oneself: nobody clicks the moment the button is there
    join.click()
    until(page, lambda: int(page.evaluate("joinTimes.length")) > before, "the first remote frame is shown")
    time_ms = float(page.evaluate("joinTimes.at(-1)"))
    if run < RUNS - 1:
        page.get_by_role("button", name="Lämna").click()
        page.get_by_role("button", name="Hoppa över").click()
        page.get_by_role("button", name="Svara").click()
    return time_ms


def _p95(times: list[float]) -> float:
    return statistics.quantiles(times, n=20, method="inclusive")[18]


if __name__ == "__main__":
    main()
