"""From an invitation that is on its way to a call that both have joined: where many tests begin."""

from playwright.sync_api import Page

from tests.e2e import clinic, patient
from tests.e2e.conftest import Addresses
from tests.e2e.told import link_of


def meet(clinician: Page, page: Page, addresses: Addresses, name: str) -> Page:
    """The clinician stands on the booked visit, the patient has an empty page; the window of the call."""
    page.goto(link_of(clinician, addresses))
    patient.start(page)
    patient.identify_on_this_device(page, name)
    patient.go_to_waiting_room(page)
    clinician.get_by_role("button", name="Ta emot").click()
    clinician.get_by_role("button", name="Starta besök").click()
    window = clinic.open_call(clinician)
    clinic.join_call(window)
    patient.answer(page)
    return window
