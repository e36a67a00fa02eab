"""What one can do in a running call: share a screen, mute and be muted, pin, and look at sound only (C4, C5, C11)."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.e2e import clinic, patient
from tests.e2e.browser import context_of, fits_the_width
from tests.e2e.camera import CLINICIAN, PATIENT
from tests.e2e.conftest import Addresses
from tests.e2e.measure import (
    FRAMES,
    WATCH_RECEIVING,
    is_heard,
    is_seen,
    pictures_received,
    remote_audio,
    remote_screen,
    remote_video,
)
from tests.e2e.meeting import meet
from tests.e2e.waiting import until

KARIN = "Karin Ek"
LOVE, LOVE_NAME, LOVE_PHONE = "200002292399", "Love Holm", "070-174 06 21"
GUEST = "Tolken Tore"


@pytest.fixture
def guest_page(patient_browser: Browser) -> Iterator[Page]:
    """A second person on a phone."""
    context = context_of(patient_browser, phone=True)
    yield context.new_page()
    context.close()


def _button(page: Page, name: str) -> Locator:
    return page.get_by_role("button", name=name, exact=True)


def _in_a_call(clinician: Page, page: Page, addresses: Addresses) -> tuple[Page, str]:
    """Clinician and patient have met; the call's window and the link of a guest come back."""
    page.add_init_script(WATCH_RECEIVING)
    clinic.log_in(clinician, addresses.clinic)
    clinician.goto(f"{addresses.clinic}/boka")
    clinic.choose_patient(clinician, LOVE, LOVE_PHONE)
    clinic.to_review(clinician)
    clinic.send_button(clinician).click()
    link = clinic.copied_link(clinician)
    clinician.get_by_role("link", name="Öppna besöket").click()
    window = meet(clinician, page, addresses, LOVE_NAME)
    until(window, lambda: is_seen(window, PATIENT, remote_video()), "the patient is seen")
    until(page, lambda: is_seen(page, CLINICIAN, remote_video()), "the clinician is seen")
    return window, link


def _joins_as_guest(page: Page, link: str) -> None:
    """While a call is on, the call request comes at once."""
    page.goto(link)
    page.get_by_role("textbox", name="Ditt namn").fill(GUEST)
    page.get_by_role("button", name="Fortsätt").click()
    patient.answer(page)


def test_people_in_a_call_share_mute_pin_and_choose_sound_only(
    clinician: Page, patient_page: Page, guest_page: Page, addresses: Addresses
) -> None:
    """C4a-C4k, C5, C11, with a patient on a phone and a guest who comes later."""
    window, link = _in_a_call(clinician, patient_page, addresses)
    _a_patient_cannot_share(patient_page)
    _a_screen_is_seen(window, patient_page)
    _joins_as_guest(guest_page, link)
    _a_late_joiner_sees_the_screen(guest_page)
    _sharing_stops(window, (patient_page, guest_page))
    _staff_mutes_the_patient(window, patient_page)
    _the_clinician_pins(window)
    _sound_only_costs_no_picture(patient_page)
    clinic.leave(window, everyone=True)
    clinic.end_visit(clinician)


def _a_patient_cannot_share(page: Page) -> None:
    """C5: on a phone, and without the permission, there is no such button."""
    expect(_button(page, "Lämna")).to_be_visible()
    expect(_button(page, "Dela skärm")).to_have_count(0)


def _a_screen_is_seen(window: Page, page: Page) -> None:
    """It takes the stage, with its owner beside it; the bar stands still."""
    before = _button(window, "Lämna").bounding_box()
    _button(window, "Dela skärm").click()
    expect(window.get_by_text("Du delar din skärm")).to_be_visible()
    assert _button(window, "Lämna").bounding_box() == before
    _sees_the_screen(page)
    assert fits_the_width(page)


def _sees_the_screen(page: Page) -> None:
    expect(page.locator("li[data-share]")).to_have_attribute("data-large", "true")
    until(page, lambda: bool(page.evaluate(FRAMES, remote_screen())), "the shared screen is seen")
    until(page, lambda: is_seen(page, CLINICIAN, remote_video()), "its owner is seen beside it")


def _a_late_joiner_sees_the_screen(page: Page) -> None:
    expect(clinic.tile_of(page, LOVE_NAME)).to_be_visible()
    _sees_the_screen(page)


def _sharing_stops(window: Page, pages: tuple[Page, ...]) -> None:
    """By the bar's button; everyone's view follows."""
    window.get_by_role("toolbar").get_by_role("button", name="Sluta dela").click()
    for page in pages:
        expect(page.locator("li[data-share]")).to_have_count(0)
    expect(_button(window, "Dela skärm")).to_be_visible()


def _staff_mutes_the_patient(window: Page, page: Page) -> None:
    """C4c: told who did it, silent for all, and only the patient turns it on again."""
    _button(window, "Deltagare").click()
    people = window.get_by_role("complementary")
    people.get_by_role("button", name=f"Stäng av mikrofonen för {LOVE_NAME}").click()
    expect(page.get_by_text(f"{KARIN} har stängt av din mikrofon.")).to_be_visible()
    expect(_button(page, "Mikrofon av")).to_be_visible()
    muted = people.get_by_role("listitem").filter(has_text=LOVE_NAME)
    expect(muted.get_by_role("img", name="Mikrofonen av")).to_be_visible()
    expect(muted.get_by_role("button", name="Stäng av mikrofonen")).to_have_count(0)
    _button(page, "Slå på mikrofonen").click()
    expect(_button(page, "Mikrofon på")).to_be_focused()
    expect(muted.get_by_role("img", name="Mikrofonen på")).to_be_visible()
    until(window, lambda: is_heard(window, PATIENT, remote_audio()), "the patient is heard again")
    window.keyboard.press("Escape")


def _the_clinician_pins(window: Page) -> None:
    """C4b: by the tile's button with the keyboard, and let go by the list."""
    _button(window, f"Fäst {GUEST}").press("Enter")
    expect(clinic.tile_of(window, GUEST)).to_have_attribute("data-large", "true")
    _button(window, "Deltagare").click()
    pin = window.get_by_role("complementary").get_by_role("button", name=f"Fäst {GUEST}", pressed=True)
    pin.click()
    expect(clinic.tile_of(window, GUEST)).not_to_have_attribute("data-large", "true")
    window.keyboard.press("Escape")


def _sound_only_costs_no_picture(page: Page) -> None:
    """C11: chosen and left by the person; no picture is sent meanwhile, and sound goes on."""
    _button(page, "Mer").click()
    page.get_by_role("switch", name="Endast ljud").check()
    page.keyboard.press("Escape")
    expect(page.get_by_text("Du har valt endast ljud.")).to_be_visible()
    until(page, lambda: _nothing_comes(page), "no picture is sent any more")
    until(page, lambda: is_heard(page, CLINICIAN, remote_audio()), "sound goes on")
    _button(page, "Visa bilder").click()
    until(page, lambda: is_seen(page, CLINICIAN, remote_video()), "the picture is back")
    until(page, lambda: not _nothing_comes(page), "pictures are sent again")


def _nothing_comes(page: Page) -> bool:
    """Within half a second."""
    before = pictures_received(page)
    page.wait_for_timeout(500)
    return pictures_received(page) == before
