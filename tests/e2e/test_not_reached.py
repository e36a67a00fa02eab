"""Someone whose invitation has not come: the start page says so, and a corrected number gets it (B10, L5, G1, G2)."""

import os

import pytest
from playwright.sync_api import Page, expect

from tests.e2e import clinic
from tests.e2e.accessibility import Examination
from tests.e2e.clock import soon
from tests.e2e.conftest import Addresses
from tests.e2e.told import LINK, the_one_told, visit_shown

INGRID, INGRID_PHONE = "195712302842", "070-174 06 08"
GUEST, OUT_OF_REACH, RIGHT = "Gun Falk", "070-174 08 00", "070-174 08 31"
PICTURES = os.environ.get("PICTURES")


@pytest.fixture
def views() -> Examination:
    return Examination(secret=("Ingrid", "Sandberg"))


def test_who_was_not_reached_is_seen_on_the_start_page_and_reached_at_the_right_number(
    clinician: Page, addresses: Addresses, views: Examination
) -> None:
    views.prepare(clinician.context)
    at = soon()
    clinic.log_in(clinician, addresses.clinic)
    clinic.book_visit(clinician, addresses.clinic, INGRID, INGRID_PHONE, at=at)
    visit_id = visit_shown(clinician)
    _invite(clinician)
    expect(clinician.get_by_text(f"Inbjudan till {GUEST} kom inte fram.")).to_be_visible()
    clinician.get_by_role("button", name="Stäng").click()

    clinic.show_day(clinician, addresses.clinic, at)
    way = clinician.locator(f'a[href="/besok/{visit_id}?redigera=deltagare"]')
    expect(way).to_be_visible()
    views.see(clinician, "a row of who was not reached")
    _picture(clinician, "startsidan-kom-inte-fram")
    way.click()
    dialog = clinician.get_by_role("dialog")
    row = dialog.get_by_role("listitem").filter(has_text=GUEST)
    expect(row).to_contain_text("Numret kan vara fel, eller telefonen avstängd.")
    dialog.get_by_role("button", name=f"Skicka igen till {GUEST}").click()
    again = dialog.get_by_role("button", name=f"Skicka igen till {GUEST}")
    dialog.get_by_role("textbox", name="Mobilnummer").fill(RIGHT)
    views.see(clinician, "an invitation sent again", again)
    _picture(clinician, "skicka-igen")
    again.dblclick()
    text = the_one_told(clinician, addresses, GUEST, "invitation#1")
    assert len(LINK.findall(text)) == 1
    expect(row).to_contain_text("inbjuden, levererad")
    clinic.show_day(clinician, addresses.clinic, at)
    expect(clinician.locator(f'a[href="/besok/{visit_id}?redigera=deltagare"]')).to_have_count(0)
    views.assert_clean()


def _invite(page: Page) -> None:
    """To a number that no message comes to."""
    page.get_by_role("button", name="Redigera deltagare", exact=True).click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="Lägg till gäst").click()
    dialog.get_by_role("textbox", name="Namn").fill(GUEST)
    dialog.get_by_role("textbox", name="Mobilnummer").fill(OUT_OF_REACH)
    dialog.get_by_role("button", name="Lägg till", exact=True).click()
    dialog.get_by_role("button", name="Bjud in").click()


def _picture(page: Page, name: str) -> None:
    """For someone to look at; only when asked for."""
    if PICTURES:
        page.screenshot(path=f"{PICTURES}/{name}.png")
