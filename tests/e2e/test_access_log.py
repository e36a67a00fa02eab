"""An administrator follows up who has read what, and gives a patient their extract (S6)."""

import os
import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.e2e import clinic
from tests.e2e.accessibility import Examination
from tests.e2e.clock import STOCKHOLM
from tests.e2e.conftest import Addresses
from tests.e2e.places import archive
from tests.e2e.told import visit_shown
from tests.e2e.waiting import until

NUMBER, NAME, MOBILE = "199107172380", "Sara Bergström", "070-174 06 12"
PICTURES = os.environ.get("PICTURES")


@pytest.fixture
def views() -> Examination:
    return Examination(secret=())


def test_a_denied_attempt_is_seen_filtered_and_told_to_the_patient(
    offices: list[BrowserContext], addresses: Addresses, views: Examination
) -> None:
    views.prepare(offices[2])
    owner, stranger, admin = (context.new_page() for context in offices)
    clinic.log_in(owner, addresses.clinic)
    clinic.book_visit(owner, addresses.clinic, NUMBER, MOBILE)
    owner.wait_for_url(re.compile("/besok/"))
    visit_id = visit_shown(owner)
    clinic.log_in(stranger, owner.url, "Leila Ahmadi")
    expect(stranger.get_by_text("finns inte")).to_be_visible()
    clinic.log_in(admin, addresses.clinic, "Gunnar Hellström")
    expect(admin.get_by_role("heading", name="Åtkomstlogg")).to_be_visible()

    denied = _row(admin, "Leila Ahmadi").filter(has_text="Öppnade besöket").filter(has_text=visit_id)
    _of_the_visit(admin, visit_id)
    until(admin, lambda: _found(admin, denied), "the denied attempt")  # the index of the day lags by moments
    expect(denied).to_contain_text("Nekad: hade inte rätt till det")
    expect(_row(admin, "Karin Ek").filter(has_text="Bokade ett besök")).to_have_count(1)
    views.see(admin, "access log")
    _picture(admin, "logg")
    admin.get_by_label("Utfall").select_option("Nekad")
    admin.get_by_role("button", name="Sök", exact=True).click()
    expect(_row(admin, "Karin Ek")).to_have_count(0)
    expect(denied).to_have_count(1)
    admin.get_by_role("button", name="Rensa filter").click()
    _of_the_visit(admin, visit_id)
    admin.get_by_label("Personnummer").fill(NUMBER)
    admin.get_by_label("Personnummer").press("Enter")
    expect(_row(admin, "Karin Ek").filter(has_text="Bokade ett besök")).to_have_count(1)
    expect(denied).to_have_count(1)
    admin.get_by_role("button", name="Slumpvis stickprov").click()
    expect(admin.get_by_role("region", name="Slumpvis stickprov")).to_be_visible()
    _extract(admin, views)
    views.assert_clean()


def _extract(admin: Page, views: Examination) -> None:
    admin.get_by_role("link", name="Loggutdrag för en patient").click()
    admin.get_by_label("Personnummer").fill(NUMBER)
    admin.get_by_role("button", name="Visa utdraget").click()
    made = admin.get_by_role("article", name="Loggutdrag")
    expect(made).to_contain_text(NAME)
    expect(made).to_contain_text("1991-07-17-••••")
    expect(made.get_by_role("row").filter(has_text="Leila Ahmadi").first).to_contain_text("Nekad")
    views.see(admin, "log extract")
    _picture(admin, "utdrag")
    with admin.expect_download() as saved:
        admin.get_by_role("button", name="Spara som CSV").click()
    lines = saved.value.path().read_text("utf-8-sig").splitlines()
    assert saved.value.suggested_filename == "loggutdrag.csv"
    assert any(line.startswith('"20') and '"Nekad";"Leila Ahmadi"' in line for line in lines)
    admin.emulate_media(media="print")
    expect(admin.get_by_role("button", name="Skriv ut")).to_be_hidden()
    expect(admin.get_by_role("button", name="Visa utdraget")).to_be_hidden()
    expect(made).to_be_visible()
    _picture(admin, "utskrift")
    admin.emulate_media(media="screen")
    assert NUMBER not in admin.url


def test_what_staff_did_reaches_the_archive(offices: list[BrowserContext], addresses: Addresses) -> None:
    """In Loggtjänst's form, by the table's stream."""
    page = offices[0].new_page()
    clinic.log_in(page, addresses.clinic)
    page.goto(f"{addresses.clinic}/patienter")
    clinic.choose_patient(page, NUMBER, MOBILE)
    until(page, lambda: any(NUMBER in document for document in _archived(addresses)), "the export")


def _archived(addresses: Addresses) -> Iterator[str]:
    return (place.text for place in archive(addresses.settings) if place.name == "archive")


def _row(page: Page, text: str) -> Locator:
    return page.get_by_role("row").filter(has_text=text)


def _of_the_visit(page: Page, visit_id: str) -> None:
    """What others have done is in the log too. From yesterday on: midnight may lie between the attempt and the search."""
    page.get_by_label("Från och med").fill(f"{datetime.now(STOCKHOLM) - timedelta(days=1):%Y-%m-%d}")
    page.get_by_label("Besökets id").fill(visit_id)


def _found(page: Page, row: Locator) -> bool:
    page.get_by_role("button", name="Sök", exact=True).click()
    expect(page.get_by_role("region", name="Poster, nyast först")).to_be_visible()
    return row.count() == 1


def _picture(page: Page, name: str) -> None:
    if PICTURES:
        page.screenshot(path=Path(PICTURES) / f"{name}.png", full_page=True)
        page.set_viewport_size({"width": 390, "height": 844})
        page.screenshot(path=Path(PICTURES) / f"{name}-390.png", full_page=True)
        page.set_viewport_size({"width": 1280, "height": 800})
