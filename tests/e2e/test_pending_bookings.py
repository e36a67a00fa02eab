"""A booking of another system whose patient lacks something: from the start page to the invitation (V3, L5)."""

from playwright.sync_api import Locator, Page, expect

from tests.e2e import clinic
from tests.e2e.accessibility import Examination
from tests.e2e.clock import tomorrow
from tests.e2e.conftest import Addresses
from tests.e2e.told import the_one_told, told

NOAH, NOAH_NAME, NOAH_MASKED = "201809082397", "Noah Hassan", "2018-09-08-••••"
AMIRA_NAME, AMIRA_PHONE = "Amira Hassan", "070-174 06 44"
LEILA, LEILA_NAME = "SE2321000115-E003", "Leila Ahmadi"


def _deliver(page: Page, addresses: Addresses, external_id: str) -> str:
    """VAS books Noah with Leila at ten tomorrow; the day."""
    start = tomorrow()
    booking = {"external_id": external_id, "number": NOAH, "staff": [LEILA], "start": start.isoformat()}
    address = f"{addresses.settings.simulators_public_url}/vas/api/bookings"
    assert page.request.post(address, data=booking).ok
    return start.date().isoformat()


def _waiting(page: Page) -> Locator:
    return page.get_by_role("region", name="Väntar på patientuppgifter")


def _create_unless_known(page: Page) -> None:
    """From the booking's own number, which nobody has to type."""
    fetch, ombud = page.get_by_role("button", name="Hämta uppgifter"), page.get_by_role("group", name="Ombud")
    expect(fetch.or_(ombud).first).to_be_visible()
    if fetch.is_visible():
        fetch.click()
        page.get_by_role("button", name="Skapa patient").click()
    expect(ombud).to_be_visible()


def test_a_childs_booking_waits_live_for_its_ombud_who_then_gets_the_link(
    clinician: Page, addresses: Addresses
) -> None:
    """V3, P6, S6: the row says what is missing; nothing is sent before the ombud is chosen, and one message then."""
    views, page = Examination(secret=("Noah", "Hassan")), clinician
    views.prepare(page.context)
    clinic.log_in(page, addresses.clinic, LEILA_NAME)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    day = _deliver(page, addresses, "VAS-e2e-noah")
    row = _waiting(page).get_by_role("listitem").filter(has_text=NOAH_MASKED)
    expect(row).to_contain_text("10:00")
    views.see(page, "day with a booking that waits", row.get_by_role("button"))
    row.get_by_role("button").click()
    _create_unless_known(page)
    page.get_by_role("button", name=f"Ändra kontaktuppgifter för {AMIRA_NAME}").click()
    page.get_by_role("textbox", name="Mobilnummer").fill(AMIRA_PHONE)
    page.get_by_role("button", name="Spara", exact=True).click()
    page.get_by_role("group", name="Ombud").get_by_label(AMIRA_NAME).check()
    send = page.get_by_role("button", name="Skapa besöket och skicka inbjudan")
    views.see(page, "choosing the ombud of a booking that waits", send)
    send.click()
    expect(page.get_by_text("Bokningen är klar. Inbjudan är på väg.")).to_be_visible()
    expect(page).to_have_url(f"{addresses.clinic}/?datum={day}")
    expect(_waiting(page).filter(has_text=NOAH_MASKED)).to_have_count(0)
    visit = page.get_by_role("listitem").filter(has_text=NOAH_NAME)
    expect(visit).to_contain_text("Barn under 13")
    visit.get_by_role("button", name="Öppna").click()
    expect(page.get_by_role("heading", name=NOAH_NAME)).to_be_visible()
    invitation = the_one_told(page, addresses, "ombud")
    assert told(page, addresses, "ombud") == [invitation], "one message"
    views.assert_clean()
