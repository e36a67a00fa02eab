"""A day of VAS's bookings on the start pages of those who have them, and what VAS changes afterwards (V1, V2, V4)."""

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.e2e import clinic
from tests.e2e.clock import own_day
from tests.e2e.conftest import Addresses

ANNA, ANNA_NAME, ANNA_PHONE = "194408139089", "Anna Alm", "070-174 06 05"
SARA, SARA_NAME, SARA_PHONE = "199107172380", "Sara Bergström", "070-174 06 12"
COLLEAGUE = "Mikael Sjöberg"


@pytest.fixture
def day() -> str:
    return own_day().date().isoformat()


def test_a_day_from_vas_is_on_the_start_page_and_follows_vas(
    offices: list[BrowserContext], addresses: Addresses, day: str
) -> None:
    """V2: DiVL, published and not ASAM, and nothing else; a Medverkan is no second visit."""
    clinician, colleague, vas = (context.new_page() for context in offices)
    clinic.log_in(clinician, addresses.clinic)
    for number, name, phone in ((ANNA, ANNA_NAME, ANNA_PHONE), (SARA, SARA_NAME, SARA_PHONE)):
        clinician.goto(f"{addresses.clinic}/patienter")
        clinic.choose_patient(clinician, number, phone)
        expect(clinician.get_by_role("region", name=name).get_by_role("button", name="Boka besök")).to_be_visible()
    vas.goto(f"{addresses.settings.simulators_public_url}/vas/?day={day}")
    vas.get_by_role("button", name="Skicka hela dagen").click()
    expect(_booking(vas, 9)).not_to_contain_text("inte skickad")

    clinician.goto(f"{addresses.clinic}/?datum={day}")
    expect(_at(clinician, "09:00")).to_contain_text(ANNA_NAME)
    expect(_at(clinician, "13:00")).to_contain_text("Teambesök")
    expect(_at(clinician, "15:30")).to_have_count(1)
    expect(_at(clinician, "10:30")).to_have_count(0)
    clinic.log_in(colleague, f"{addresses.clinic}/?datum={day}", COLLEAGUE)
    expect(_at(colleague, "13:00")).to_contain_text(SARA_NAME)
    expect(_at(colleague, "13:00")).to_have_count(1)
    expect(_at(colleague, "11:00")).to_have_count(0)

    _booking(vas, 1).get_by_role("button", name="Flytta en timme").click()
    expect(_at(clinician, "09:00")).to_have_count(0)
    expect(_at(clinician, "10:00").filter(has_text=ANNA_NAME)).to_contain_text("Bokat")
    _booking(vas, 1).get_by_role("button", name="Avboka").click()
    expect(_at(clinician, "10:00").filter(has_text=ANNA_NAME)).to_contain_text("Avbokat")


def _booking(vas: Page, place: int) -> Locator:
    return vas.get_by_role("row").filter(has_text=f"-{place:02}.")


def _at(page: Page, time: str) -> Locator:
    """The rows of visits and of bookings that wait, at that time."""
    return page.get_by_role("listitem").filter(has_text=time)
