"""Guests and colleagues: by link in a private window without e-ID, on their newest device, added and removed while the call
goes on (B2, G1-G5)."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.e2e import clinic, patient
from tests.e2e.browser import context_of, fits_the_width
from tests.e2e.camera import CLINICIAN, PATIENT
from tests.e2e.clock import own_reason, soon
from tests.e2e.conftest import Addresses
from tests.e2e.measure import is_heard, is_seen, remote_audio, remote_video
from tests.e2e.waiting import until

SARA, SARA_NAME, SARA_PHONE = "199107172380", "Sara Bergström", "070-174 06 12"
GUEST = "Tolken Tore"
INTERPRETER, COLLEAGUE = "Tolk digital", "Mikael Sjöberg"


@pytest.fixture
def private_window(patient_browser: Browser) -> Iterator[Page]:
    """Of the guest: nothing is remembered in it."""
    context = context_of(patient_browser, phone=True)
    yield context.new_page()
    context.close()


@pytest.fixture
def another_device(patient_browser: Browser) -> Iterator[Page]:
    context = context_of(patient_browser)
    yield context.new_page()
    context.close()


@pytest.fixture
def colleague(clinic_browser: Browser) -> Iterator[Page]:
    """Another clinician's own browser."""
    context = context_of(clinic_browser)
    yield context.new_page()
    context.close()


def _copied_link(clinician: Page, addresses: Addresses) -> str:
    """Booked, and the link of the confirmation on the clipboard."""
    clinician.goto(f"{addresses.clinic}/boka")
    clinic.choose_patient(clinician, SARA, SARA_PHONE)
    clinic.to_review(clinician)
    clinic.send_button(clinician).click()
    link = clinic.copied_link(clinician)
    clinician.get_by_role("link", name="Öppna besöket").click()
    return link


def test_a_guest_comes_in_by_the_copied_link(clinician: Page, patient_page: Page, addresses: Addresses) -> None:
    """B2, G2, G5, C3: one link, one person, no e-ID, no visit chat, nothing of the patient."""
    clinic.log_in(clinician, addresses.clinic)
    patient_page.goto(_copied_link(clinician, addresses))
    patient_page.get_by_role("textbox", name="Ditt namn").fill(GUEST)
    patient_page.get_by_role("button", name="Fortsätt").click()
    patient.go_to_waiting_room(patient_page)
    expect(patient_page.get_by_role("textbox", name="Ditt meddelande")).to_have_count(0)
    assert SARA_NAME not in patient_page.locator("body").inner_text()

    expect(clinician.get_by_text(GUEST)).to_be_visible()
    clinician.get_by_role("button", name="Ta emot").click()
    clinician.get_by_role("button", name="Starta besök").click()
    window = clinic.open_call(clinician)
    clinic.join_call(window)
    patient.answer(patient_page)
    until(patient_page, lambda: is_seen(patient_page, CLINICIAN, remote_video()), "the clinician is seen")
    until(window, lambda: is_heard(window, PATIENT, remote_audio()), "the guest is heard")
    expect(clinic.tile_of(window, GUEST)).to_contain_text("Gäst")
    clinic.leave(window, everyone=True)
    clinic.end_visit(clinician)
    ended = patient_page.get_by_text("Videomötet är avslutat").or_(patient_page.get_by_text("Samtalet är avslutat"))
    expect(ended.first).to_be_visible()


def test_guests_and_colleagues_come_and_go_while_the_call_goes_on(
    clinician: Page, private_window: Page, another_device: Page, colleague: Page, addresses: Addresses
) -> None:
    """G1-G5: an interpreter on two devices, a colleague who is a guest of the visit, and the removal of both."""
    clinic.log_in(clinician, addresses.clinic)
    at, reason = soon(), own_reason()
    clinic.book_visit(clinician, addresses.clinic, SARA, SARA_PHONE, reason=reason, at=at)
    clinician.get_by_role("button", name="Ta emot").click()
    clinician.get_by_role("button", name="Starta besök").click()
    link = _an_interpreter_is_invited(clinician)
    window = clinic.open_call(clinician)
    clinic.join_call(window)
    _comes_in(private_window, link)
    expect(clinic.tile_of(window, INTERPRETER)).to_be_visible()
    expect(_row(clinician, INTERPRETER)).to_contain_text("i samtalet")

    _the_newest_device_wins(window, private_window, another_device, link)
    clinic.log_in(colleague, addresses.clinic, COLLEAGUE)
    clinic.show_day(colleague, addresses.clinic, at)
    theirs = _a_colleague_joins(clinician, colleague, window, reason)
    _remove(clinician, INTERPRETER)
    expect(another_device.get_by_role("heading", name="Du är inte längre med i videomötet")).to_be_visible()
    expect(clinic.tile_of(window, INTERPRETER)).to_have_count(0)
    private_window.goto(link)
    expect(private_window.get_by_role("heading", name="Du är inte längre med i videomötet")).to_be_visible()
    expect(clinic.tile_of(window, COLLEAGUE)).to_be_visible()
    _remove(clinician, COLLEAGUE)
    expect(theirs.get_by_role("heading", name="Du är inte längre med i samtalet")).to_be_visible()
    expect(colleague.get_by_role("heading", name="Du är inte längre med i besöket")).to_be_visible()
    clinic.leave(window, everyone=True)
    clinic.end_visit(clinician)


def _an_interpreter_is_invited(clinician: Page) -> str:
    """The organisation's own, with one tap; the state is told in words, and the link can be copied (G3)."""
    dialog = _dialog(clinician)
    dialog.get_by_role("button", name="Lägg till tolk").click()
    expect(dialog.get_by_role("textbox", name="E-post")).to_have_value("videolank@digitaltolk.se")
    dialog.get_by_role("button", name="Lägg till", exact=True).click()
    expect(dialog.get_by_text("Du är inbjuden till ett videomöte")).to_be_visible()
    dialog.get_by_role("button", name="Bjud in").click()
    expect(dialog.get_by_role("button", name=f"Ta bort {INTERPRETER}", exact=True)).to_be_visible()
    dialog.get_by_role("button", name="Stäng").click()
    row = _row(clinician, INTERPRETER)
    expect(row).to_contain_text("inbjuden")
    return clinic.copied_link(clinician, row)


def _comes_in(page: Page, link: str) -> None:
    """By the link, under the name of the invitation; while a call is on, the call request comes at once."""
    page.goto(link)
    expect(page.get_by_role("textbox", name="Ditt namn")).to_have_value(INTERPRETER)
    page.get_by_role("button", name="Fortsätt").click()
    patient.answer(page)


def _the_newest_device_wins(window: Page, first: Page, second: Page, link: str) -> None:
    """G2: the older is put out of the call before the newer has joined, may take over again, and is put out again."""
    second.goto(link)
    second.get_by_role("button", name="Fortsätt").click()
    expect(first.get_by_role("heading", name="Länken används på en annan enhet")).to_be_visible()
    assert fits_the_width(first)
    patient.answer(second)
    until(window, lambda: is_seen(window, PATIENT, remote_video()), "the newer device is seen")
    expect(clinic.tile_of(window, INTERPRETER)).to_have_count(1)
    first.get_by_role("button", name="Använd här i stället").click()
    first.get_by_role("button", name="Fortsätt").click()
    expect(second.get_by_role("heading", name="Länken används på en annan enhet")).to_be_visible()
    second.get_by_role("button", name="Använd här i stället").click()
    second.get_by_role("button", name="Fortsätt").click()
    expect(first.get_by_role("heading", name="Länken används på en annan enhet")).to_be_visible()
    patient.answer(second)
    until(window, lambda: is_seen(window, PATIENT, remote_video()), "who came back is seen")


def _a_colleague_joins(clinician: Page, colleague: Page, window: Page, reason: str) -> Page:
    """G4: live on the start page under its own heading, a page without notes, and in by the chat's button."""
    row = colleague.get_by_role("region", name="Inbjuden som gäst").get_by_role("listitem").filter(has_text=reason)
    expect(row).to_have_count(0)
    dialog = _dialog(clinician)
    dialog.get_by_role("button", name="Lägg till kollega").click()
    dialog.get_by_role("combobox", name="Kollega").select_option("SE2321000115-E002")
    dialog.get_by_role("button", name="Lägg till", exact=True).click()
    dialog.get_by_role("button", name="Bjud in").click()
    expect(dialog.get_by_role("button", name=f"Ta bort {COLLEAGUE}", exact=True)).to_be_visible()
    dialog.get_by_role("button", name="Stäng").click()
    row.get_by_role("button", name="Öppna").click()
    expect(colleague.get_by_role("heading", name="Chatt")).to_be_visible()
    for absent in ("Anteckningar", "Starta videomöte", "Avsluta besök", "Redigera deltagare"):
        expect(colleague.get_by_text(absent)).to_have_count(0)
    theirs = clinic.open_call(colleague, "Gå med i videosamtal")
    clinic.join_call(theirs)
    expect(clinic.tile_of(window, COLLEAGUE)).to_be_visible()
    expect(theirs.get_by_role("button", name="Lämna")).to_be_visible()
    return theirs


def _remove(clinician: Page, name: str) -> None:
    dialog = _dialog(clinician)
    dialog.get_by_role("button", name=f"Ta bort {name}", exact=True).click()
    dialog.get_by_role("button", name="Ta bort", exact=True).click()
    expect(dialog.get_by_text(name, exact=True)).to_have_count(0)
    dialog.get_by_role("button", name="Stäng").click()


def _dialog(clinician: Page) -> Locator:
    clinician.get_by_role("button", name="Redigera deltagare").click()
    return clinician.get_by_role("dialog", name="Redigera deltagare")


def _row(clinician: Page, name: str) -> Locator:
    """The person among the visit page's participants."""
    return clinician.locator("li.participant").filter(has_text=name)
