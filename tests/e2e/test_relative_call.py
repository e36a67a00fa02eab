"""A relative's conversation held as a call: both sides read of a relative, and the relative of no patient (B7, C3)."""

import os
import re

from playwright.sync_api import Page, expect

from tests.e2e import booking, clinic, patient
from tests.e2e.camera import CLINICIAN, PATIENT
from tests.e2e.clock import soon
from tests.e2e.conftest import Addresses
from tests.e2e.measure import is_seen, remote_video
from tests.e2e.told import link_of
from tests.e2e.waiting import until

BO, BO_NAME, BO_PHONE = "195711212893", "Bo Bengtsson", "070-174 06 07"
OF_SOMEBODY = re.compile(r"patient|besök", re.IGNORECASE)
"""What a relative reads nowhere: the visit would be somebody's."""
PICTURES = os.environ.get("PICTURES")


def test_a_relative_meets_staff_as_a_relative(clinician: Page, patient_page: Page, addresses: Addresses) -> None:
    """B7: from the link over the call to its end and the dead link."""
    read: list[str] = []
    link = _booked(clinician, addresses)
    patient_page.goto(link)
    patient.start(patient_page)
    patient.identify_on_this_device(patient_page, BO_NAME)
    patient.go_to_waiting_room(patient_page)
    patient_page.get_by_role("button", name="Om videomötet").click()
    expect(patient_page.get_by_role("link", name=re.compile("Lägg till i kalendern"))).to_be_visible()
    read.append(_words(patient_page))
    patient_page.get_by_role("button", name="Gå till väntrummet").click()

    window = _staff_calls(clinician)
    patient.answer(patient_page)
    until(patient_page, lambda: is_seen(patient_page, CLINICIAN, remote_video()), "the clinician is seen")
    until(window, lambda: is_seen(window, PATIENT, remote_video()), "the relative is seen")
    tile = clinic.tile_of(window, BO_NAME)
    expect(tile).to_contain_text("Anhörig")
    expect(tile).not_to_contain_text("Patient")
    read.append(_words(patient_page))
    if PICTURES:
        window.screenshot(path=f"{PICTURES}/relative-call-staff.png")
    clinic.leave(window, everyone=True)
    expect(clinician.get_by_role("button", name="Starta videomöte").first).to_be_visible()
    clinic.end_visit(clinician)
    patient_page.goto("about:blank")
    patient_page.goto(link)
    expect(patient_page.get_by_role("heading", name="Videomötet är avslutat")).to_be_visible()
    read.append(_words(patient_page))
    assert [words for words in read if OF_SOMEBODY.search(words)] == []


def _booked(clinician: Page, addresses: Addresses) -> str:
    """The conversation, its page open; the relative's link."""
    clinic.log_in(clinician, addresses.clinic)
    booking.choose_form(clinician, addresses, "Anhörigsamtal")
    booking.choose_relative(clinician, BO, BO_PHONE)
    clinic.next_step(clinician)
    clinic.choose_time(clinician, soon())
    clinic.next_step(clinician)
    clinic.next_step(clinician)
    booking.book(clinician)
    clinician.get_by_role("link", name="Öppna besöket").click()
    return link_of(clinician, addresses)


def _staff_calls(clinician: Page) -> Page:
    clinician.get_by_role("button", name="Ta emot").click()
    clinician.get_by_role("button", name="Starta besök").click()
    window = clinic.open_call(clinician)
    clinic.join_call(window)
    return window


def _words(page: Page) -> str:
    """All that is on the page, for screen readers too, and its title."""
    return f"{page.title()}\n{page.locator('body').inner_html()}"
