"""The pictures in README, made from the running product (`make pictures`)."""

import tempfile
from datetime import timedelta
from pathlib import Path

from playwright.sync_api import Browser, Page, Playwright, expect, sync_playwright

from local.settings import ROOT
from tests.e2e import clinic, patient
from tests.e2e.browser import browser_of, context_of
from tests.e2e.camera import CLINICIAN, PATIENT
from tests.e2e.clock import soon
from tests.e2e.conftest import Addresses
from tests.e2e.measure import remote_video, seen
from tests.e2e.portraits import CLINICIAN as DRAWN_CLINICIAN
from tests.e2e.portraits import PATIENT as DRAWN_PATIENT
from tests.e2e.portraits import portrait_file
from tests.e2e.told import link_of
from tests.e2e.waiting import until
from tests.stack import stack

PICTURES = ROOT / "docs" / "pictures"
OTHERS = (
    ("195711212893", "070-174 06 07", timedelta(minutes=45), "Uppföljning"),
    ("199107172380", "070-174 06 10", timedelta(minutes=75), "Nybesök"),
    ("199610202385", "070-174 06 11", timedelta(minutes=150), "Återbesök"),
)


def main() -> None:
    """Writes docs/pictures/*.png."""
    with tempfile.TemporaryDirectory() as folder, stack(Path(folder) / "stack") as running, sync_playwright() as player:
        files = Path(folder)
        _draw_cameras(player, files)
        addresses = Addresses(running.settings)
        with (
            browser_of(player, CLINICIAN, files, camera=files / "clinician.drawn.mjpeg") as desk,
            browser_of(player, PATIENT, files, camera=files / "patient.drawn.mjpeg") as phone,
        ):
            _take(desk, phone, addresses)


def _draw_cameras(player: Playwright, files: Path) -> None:
    with browser_of(player, CLINICIAN, files) as browser:
        for portrait in (DRAWN_CLINICIAN, DRAWN_PATIENT):
            portrait_file(portrait, browser, files)


def _take(desk: Browser, phone: Browser, addresses: Addresses) -> None:
    clinician, page = context_of(desk).new_page(), context_of(phone, phone=True).new_page()
    clinic.log_in(clinician, addresses.clinic)
    for number, mobile, ahead, reason in OTHERS:
        _book_later(clinician, addresses, number, mobile, ahead, reason)
    clinic.book_visit(clinician, addresses.clinic, "194408139089", "070-174 06 05")
    page.goto(link_of(clinician, addresses))
    patient.start(page)
    patient.identify_on_this_device(page, "Anna Alm")
    patient.go_to_waiting_room(page)
    _picture(page, "waiting-room")
    clinician.get_by_role("link", name="Tillbaka till dagen").click()
    expect(clinician.get_by_role("region", name="Väntar nu")).to_be_visible()
    _picture(clinician, "start-page")
    _take_call(clinician, page)


def _take_call(clinician: Page, page: Page) -> None:
    clinician.get_by_role("button", name="Ta emot").click()
    clinician.get_by_role("button", name="Starta besök").click()
    window = clinic.open_call(clinician)
    clinic.join_call(window)
    patient.answer(page)
    _wait_for_a_picture(window)
    _wait_for_a_picture(page)
    clinic.write_to_patient(clinician, "Hej Anna, hör du mig bra?")
    _picture(window, "call")
    _picture(page, "call-phone")
    _picture(clinician, "visit-page")


def _wait_for_a_picture(page: Page) -> None:
    until(page, lambda: seen(page, remote_video()) is not None, "the other is seen")


def _book_later(page: Page, addresses: Addresses, number: str, mobile: str, ahead: timedelta, reason: str) -> None:
    at = soon(ahead)
    on_the_quarter = at - timedelta(minutes=at.minute % 15)
    clinic.book_visit(page, addresses.clinic, number, mobile, reason=reason, at=on_the_quarter)


def _picture(page: Page, name: str) -> None:
    page.wait_for_timeout(1500)  # toasts and the first, small frames of a call go by
    page.screenshot(path=PICTURES / f"{name}.png")


if __name__ == "__main__":
    main()
