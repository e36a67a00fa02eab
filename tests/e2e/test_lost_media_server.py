"""A media server that dies in the middle of a call takes the call down for seconds, and nobody has to do anything (C10)."""

import os
import signal

from playwright.sync_api import Page, expect

from tests.e2e import clinic
from tests.e2e.camera import CLINICIAN, PATIENT, Person
from tests.e2e.conftest import Addresses
from tests.e2e.measure import is_heard, is_seen, remote_audio, remote_video
from tests.e2e.meeting import meet
from tests.e2e.waiting import until
from tests.integration.local.test_supervisor import processes_of

AMIRA, AMIRA_NAME, AMIRA_PHONE = "199312172381", "Amira Hassan", "070-174 06 13"


def _sees_and_hears(page: Page, other: Person) -> None:
    until(page, lambda: is_seen(page, other, remote_video()), f"the {other.name}'s picture is seen")
    until(page, lambda: is_heard(page, other, remote_audio()), f"the {other.name}'s tone is heard")


def test_a_call_comes_back_when_its_media_server_was_killed(
    clinician: Page, patient_page: Page, addresses: Addresses
) -> None:
    clinic.log_in(clinician, addresses.clinic)
    clinic.book_visit(clinician, addresses.clinic, AMIRA, AMIRA_PHONE)
    page = patient_page
    window = meet(clinician, page, addresses, AMIRA_NAME)
    _sees_and_hears(window, PATIENT)
    page.reload()  # so that the server that dies has told more of this call than the next one will
    _sees_and_hears(page, CLINICIAN)
    _sees_and_hears(window, PATIENT)

    os.kill(processes_of(addresses.settings)["mediaserver"], signal.SIGKILL)
    until(window, lambda: not is_heard(window, PATIENT, remote_audio()), "the call is interrupted")
    _sees_and_hears(page, CLINICIAN)
    _sees_and_hears(window, PATIENT)
    expect(clinic.tiles(window)).to_have_count(1)

    # The control plane believes the new server: when it says that the call has ended, it has.
    clinic.leave(window, everyone=True)
    expect(clinician.get_by_role("button", name="Starta videomöte")).to_be_visible()
    clinic.end_visit(clinician)
    ended = page.get_by_text("Besöket är avslutat").or_(page.get_by_text("Samtalet är avslutat"))
    expect(ended.first).to_be_visible()
