"""What a patient does alone from the link, and how staff sees it at once (B9, B11, A1)."""

import os
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e import clinic, patient
from tests.e2e.accessibility import Examination
from tests.e2e.browser import context_of, fits_the_width
from tests.e2e.clock import soon, tomorrow
from tests.e2e.conftest import Addresses
from tests.e2e.told import link_of, the_one_told
from tests.e2e.waiting import until

BO, BO_NAME, BO_PHONE = "195711212893", "Bo Bengtsson", "070-174 06 07"
CLINIC_NUMBER, CALLED = "031-390 06 00", "tel:+46313900600"
PICTURES = os.environ.get("PICTURES")
DENIED = """
  navigator.mediaDevices.getUserMedia = async () => { throw new DOMException('no', 'NotAllowedError'); };
"""


@pytest.fixture
def views() -> Examination:
    return Examination(secret=("Bengtsson",))


@pytest.fixture
def without_camera(patient_browser: Browser) -> Iterator[Page]:
    """A phone whose owner has said no to camera and microphone."""
    context = context_of(patient_browser, phone=True)
    context.add_init_script(DENIED)
    yield context.new_page()
    context.close()


def test_a_patient_is_late_and_cancels_by_the_link(
    clinician: Page, patient_page: Page, addresses: Addresses, views: Examination
) -> None:
    """B11: calendar, late and later still, equipment, cancelled; staff sees each without a reload; the link is dead."""
    views.prepare(patient_page.context)
    starts_at, link = _booked(clinician, addresses)
    _comes_in(patient_page, link, views)
    _calendar_file_tells_the_time(patient_page, starts_at, link)
    _is_late(clinician, patient_page, views)
    _tests_the_equipment(patient_page, views)
    _cancels(clinician, patient_page, views)
    _link_is_dead(patient_page, link, views)
    views.assert_clean()


def test_a_chosen_language_is_that_of_the_next_message_and_a_moved_visit_says_so(
    clinician: Page, patient_page: Page, addresses: Addresses, views: Examination
) -> None:
    """B9, B11: the page that waits tells the new time at once, and so does the link when it is opened later."""
    views.prepare(patient_page.context)
    _, link = _booked(clinician, addresses)
    patient_page.goto(link)
    patient.start(patient_page)
    patient.identify_on_this_device(patient_page, BO_NAME)
    patient.go_to_waiting_room(patient_page)
    with patient_page.expect_response("**/api/visitor/language"):
        patient_page.get_by_role("button", name="English").click()
    expect(patient_page.get_by_role("heading", name="You are in the waiting room")).to_be_visible()

    _move_to_tomorrow(clinician, 13, 35)
    expect(patient_page.get_by_text("The time has changed")).to_be_visible()
    expect(
        patient_page.get_by_text(re.compile(r"is now on .* at 13:35.*You do not need to wait here now"))
    ).to_be_visible()
    views.see(patient_page, "waiting room of a moved visit")
    _picture(patient_page, "moved")
    text = the_one_told(clinician, addresses, "patient", "moved#1")
    assert "13:35" in text
    assert "has been moved to" in text, "in English"

    later = patient_page.context.new_page()
    later.goto(link)
    expect(later.get_by_text("The time has changed")).to_be_visible()
    views.assert_clean()


def test_equipment_is_tested_without_a_link(without_camera: Page, addresses: Addresses, views: Examination) -> None:
    """B11, C2: a page for everyone, with guidance for who has said no."""
    views.prepare(without_camera.context)
    without_camera.goto(f"{addresses.clinic}/testa-utrustning")
    begin = without_camera.get_by_role("button", name="Starta testet")
    views.see(without_camera, "equipment: before", begin)
    begin.click()
    expect(without_camera.get_by_text("Webbläsaren får inte använda kameran.")).to_be_visible()
    expect(without_camera.get_by_text("välj Tillåt och tryck sedan på Försök igen")).to_be_visible()
    expect(without_camera.get_by_text("Nätverket fungerar")).to_be_visible()
    views.see(without_camera, "equipment: denied", without_camera.get_by_role("button", name="Klar"))
    _picture(without_camera, "equipment-denied")
    without_camera.get_by_role("button", name="Klar").click()
    expect(without_camera.get_by_role("heading", name="Testet är klart")).to_be_visible()
    views.see(without_camera, "equipment: done", without_camera.get_by_role("button", name="Testa igen"))
    views.assert_clean()


def _booked(clinician: Page, addresses: Addresses) -> tuple[datetime, str]:
    """In four hours: near enough to be late for, far enough to be cancelled. The time and the patient's link."""
    starts_at = soon(timedelta(hours=4))
    clinic.log_in(clinician, addresses.clinic)
    clinician.goto(f"{addresses.clinic}/boka")
    clinic.choose_patient(clinician, BO, BO_PHONE)
    clinic.next_step(clinician)
    clinic.choose_time(clinician, starts_at)
    clinic.next_step(clinician)
    clinic.next_step(clinician)
    clinic.send_button(clinician).click()
    clinician.get_by_role("link", name="Öppna besöket").click()
    return starts_at, link_of(clinician, addresses)


def _comes_in(page: Page, link: str, views: Examination) -> None:
    """Long before the time: to all about the visit, not to the waiting room."""
    page.goto(link)
    expect(page.get_by_text("Legitimera dig, så kan du lägga tiden i kalendern")).to_be_visible()
    views.see(page, "welcome, early", page.get_by_role("button", name=patient.WITH_BANKID))
    patient.start(page)
    patient.identify_on_this_device(page, BO_NAME)
    to_room = page.get_by_role("button", name="Gå till väntrummet")
    views.see(page, "about the visit", to_room)
    _picture(page, "about")
    expect(page.get_by_text("Hudmottagningen").first).to_be_visible()
    expect(page.get_by_role("link", name=f"Ring {CLINIC_NUMBER}")).to_have_attribute("href", CALLED)


def _calendar_file_tells_the_time(page: Page, starts_at: datetime, link: str) -> None:
    """RFC 5545: one event, in UTC, with the person's own link; nothing of why."""
    with page.expect_download() as download:
        page.get_by_role("link", name=re.compile("Lägg till i kalendern")).click()
    assert download.value.suggested_filename.endswith(".ics")
    content = Path(download.value.path()).read_bytes().decode()
    event = dict(line.split(":", 1) for line in content.replace("\r\n ", "").split("\r\n") if ":" in line)
    assert event["DTSTART"] == f"{starts_at.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    assert (event["METHOD"], event["SUMMARY"]) == ("PUBLISH", r"Videobesök\, Region Halland")
    assert link in content.replace("\r\n ", "")
    assert "Hud" not in content.replace("\r\n ", "").replace(link, "")


def _is_late(clinician: Page, page: Page, views: Examination) -> None:
    """Told, seen by staff at once, and changed."""
    page.get_by_role("button", name=re.compile("Jag blir sen")).click()
    page.get_by_role("radio", name="10 minuter").check()
    views.see(page, "how late", page.get_by_role("button", name="Meddela mottagningen"))
    _picture(page, "late")
    page.get_by_role("button", name="Meddela mottagningen").click()
    expect(page.get_by_text("Mottagningen vet att du blir 10 minuter sen.")).to_be_visible()
    expect(clinician.get_by_text(re.compile("10 min sen")).first).to_be_visible()
    page.get_by_role("button", name=re.compile("Ändra hur sen du blir")).click()
    page.get_by_role("radio", name="30 minuter").check()
    page.get_by_role("button", name="Meddela mottagningen").click()
    expect(clinician.get_by_text(re.compile("30 min sen")).first).to_be_visible()


def _tests_the_equipment(page: Page, views: Examination) -> None:
    page.get_by_role("button", name=re.compile("Testa din utrustning")).click()
    expect(page.get_by_text("Nätverket fungerar")).to_be_visible()
    expect(page.get_by_role("meter", name="Ljudnivå från mikrofonen")).to_be_visible()
    until(page, lambda: bool(page.locator("video").evaluate("each => each.videoWidth")), "the own picture is seen")
    page.get_by_role("button", name="Spela testljud").click()
    done = page.get_by_role("button", name="Det fungerar, klar")
    views.see(page, "equipment", done)
    _picture(page, "equipment")
    done.click()


def _cancels(clinician: Page, page: Page, views: Examination) -> None:
    """Asked once more; thought better of, then done; the page says what was done and whom to call."""
    for button in ("Nej, behåll tiden", "Ja, avboka"):
        page.get_by_role("button", name=re.compile("Avboka besöket")).click()
        expect(page.get_by_role("heading", name="Vill du avboka besöket?")).to_be_visible()
        views.see(page, "cancel?", page.get_by_role("button", name="Ja, avboka"))
        page.get_by_role("button", name=button).click()
    expect(page.get_by_role("heading", name="Du har avbokat besöket")).to_be_visible()
    expect(page.get_by_role("link", name=f"Ring {CLINIC_NUMBER}")).to_be_visible()
    views.see(page, "cancelled by the patient")
    _picture(page, "cancelled")
    expect(clinician.get_by_text("Avbokat").first).to_be_visible()
    expect(clinician.get_by_text(re.compile("Avbokat av patienten")).first).to_be_visible()
    expect(clinician.get_by_role("button", name="Ta emot")).to_have_count(0)


def _link_is_dead(page: Page, link: str, views: Examination) -> None:
    """The clinic's name and number stand there, not ours."""
    page.goto("about:blank")
    page.goto(link)
    expect(page.get_by_role("heading", name="Besöket är avbokat")).to_be_visible()
    expect(page.get_by_role("banner")).to_contain_text("Region Halland")
    expect(page.get_by_role("link", name=f"Ring {CLINIC_NUMBER}")).to_be_visible()
    assert "Vårdrum" not in page.locator("body").inner_text()
    views.see(page, "dead link")
    assert fits_the_width(page)


def _move_to_tomorrow(page: Page, hour: int, minute: int) -> None:
    page.get_by_role("button", name="Omboka", exact=True).click()
    dialog = page.get_by_role("dialog")
    clinic.choose_time(dialog, tomorrow().replace(hour=hour, minute=minute))
    dialog.get_by_role("button", name="Boka om besöket").click()
    expect(dialog).to_have_count(0)


def _picture(page: Page, name: str) -> None:
    """Kept where PICTURES says, to be looked at."""
    if PICTURES:
        page.screenshot(path=f"{PICTURES}/{name}.png", full_page=True)
