"""A guest comes in by the link that the clinician copied, without e-ID, and sees nothing of the patient (B2, G2, G5)."""

from playwright.sync_api import Page, expect

from tests.e2e import clinic, patient
from tests.e2e.camera import CLINICIAN, PATIENT
from tests.e2e.conftest import Addresses
from tests.e2e.measure import is_heard, is_seen, remote_audio, remote_video
from tests.e2e.waiting import until

SARA, SARA_NAME, SARA_PHONE = "199107172380", "Sara Bergström", "070-174 06 12"
GUEST = "Tolken Tore"


def _copied_link(clinician: Page, addresses: Addresses) -> str:
    """Booked, and the link of the confirmation on the clipboard."""
    clinician.goto(f"{addresses.clinic}/boka")
    clinic.create_patient(clinician, SARA, SARA_PHONE)
    clinic.to_review(clinician)
    clinic.send_button(clinician).click()
    clinician.get_by_role("button", name="Kopiera inbjudningslänk").click()
    link = str(clinician.evaluate("navigator.clipboard.readText()"))
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
    expect(
        patient_page.get_by_text("Besöket är avslutat").or_(patient_page.get_by_text("Samtalet är avslutat"))
    ).to_be_visible()
