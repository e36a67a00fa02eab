"""The clinic's views of the running product by WCAG 2.2 AA: axe's rules, 320 px, keyboard, titles (A1)."""

from datetime import datetime

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e import clinic
from tests.e2e.accessibility import Examination, opens_and_gives_back
from tests.e2e.clock import own_day
from tests.e2e.conftest import Addresses

PROTECTED, PROTECTED_NAME, PROTECTED_PHONE = "199610202385", "Elin Nyström", "070-174 06 15"
ERIK = "199006022397"
DECEASED, PROTECTED_CHILD = "191212121212", "201701232397"


@pytest.fixture
def views() -> Examination:
    return Examination(secret=("Amira", "Hassan", "Elin", "Nyström"))


def _button(page: Page, name: str) -> Locator:
    return page.get_by_role("button", name=name, exact=True)


def test_the_clinics_pages(clinician: Page, addresses: Addresses, views: Examination) -> None:
    """L1-L3, P1-P5, B2, G2: login to confirmation; a protected person's name stands in no title and no list."""
    page = clinician
    views.prepare(page.context)
    page.goto(addresses.clinic)
    views.see(page, "login", page.get_by_role("link", name="Logga in med SITHS"))
    page.get_by_role("link", name="Logga in med SITHS").click()
    page.get_by_role("button", name="Karin Ek").click()
    expect(_button(page, "Logga ut")).to_be_visible()
    day = own_day()
    clinic.show_day(page, addresses.clinic, day)
    expect(page.get_by_text("Inga besök")).to_be_visible()
    views.see(page, "empty day", page.get_by_role("link", name="Boka"))
    _see_shortcuts(page, views)
    _see_search(page, addresses, views)
    link = _see_booking(page, addresses, day, views)
    _see_links(page, addresses, views, link)
    clinic.show_day(page, addresses.clinic, day)
    row = page.get_by_role("region", name="Dagens besök").get_by_role("listitem")
    expect(row).to_contain_text("Skyddade personuppgifter")
    views.see(page, "day with a protected person", row.get_by_role("button", name="Öppna"))
    assert PROTECTED_NAME not in page.locator("body").inner_text()
    page.goto(f"{addresses.clinic}/finns-inte")
    views.see(page, "no such page", page.get_by_role("main").get_by_role("link", name="Till startsidan"))
    views.assert_clean()


def _see_shortcuts(page: Page, views: Examination) -> None:
    """The overlay takes the focus and gives it back."""
    opens_and_gives_back(page, _button(page, "Kortkommandon"), page.get_by_role("dialog"), views, "shortcuts")


def _see_search(page: Page, addresses: Addresses, views: Examination) -> None:
    page.goto(f"{addresses.clinic}/patienter")
    search = page.get_by_role("main").get_by_role("button", name="Sök")
    views.see(page, "patient search", search)
    clinic.find_patient(page, "199006022390")
    expect(page.get_by_text("Kontrollsiffran stämmer inte")).to_be_visible()
    views.see(page, "wrong check digit", search)
    clinic.find_patient(page, ERIK)
    expect(_button(page, "Skapa patient")).to_be_visible()
    views.see(page, "patient missing", _button(page, "Skapa patient"))
    _button(page, "Skapa patient").click()
    page.get_by_role("textbox", name="Mobilnummer").fill("12")
    _button(page, "Skapa patient").click()
    expect(page.get_by_text("Det är inte ett mobilnummer")).to_be_visible()
    views.see(page, "create form", _button(page, "Skapa patient"))
    page.get_by_role("textbox", name="Mobilnummer").fill("070-174 06 16")
    _button(page, "Skapa patient").click()
    views.see(page, "patient found", _button(page, "Boka besök"))
    _button(page, "Ändra kontaktuppgifter").click()
    views.see(page, "change contacts", _button(page, "Spara"))


def _see_booking(page: Page, addresses: Addresses, day: datetime, views: Examination) -> str:
    """Every step; the guest's link comes back."""
    page.goto(f"{addresses.clinic}/boka")
    clinic.choose_patient(page, PROTECTED, PROTECTED_PHONE)
    expect(_button(page, "Nästa")).to_be_visible()
    views.see(page, "booking: patient", _button(page, "Nästa"))
    clinic.next_step(page)
    expect(page.get_by_role("textbox", name="Sökorsak")).to_be_visible()
    clinic.choose_time(page, day)
    views.see(page, "booking: time", _button(page, "Nästa"))
    clinic.next_step(page)
    _button(page, "Lägg till gäst").click()
    views.see(page, "booking: people", _button(page, "Lägg till"))
    page.get_by_role("textbox", name="Gästens namn").fill("Tore Tolk")
    page.get_by_role("textbox", name="E-post").fill("tore@example.com")
    _button(page, "Lägg till").click()
    clinic.next_step(page)
    expect(clinic.send_button(page)).to_be_enabled()
    views.see(page, "booking: review", clinic.send_button(page))
    clinic.send_button(page).click()
    expect(page.get_by_role("heading", name="Besöket är bokat")).to_be_visible()
    views.see(page, "booking: confirmation", page.get_by_role("link", name="Öppna besöket"))
    return clinic.copied_link(page)


def _see_links(page: Page, addresses: Addresses, views: Examination, link: str) -> None:
    """What a guest sees first, and a link that is not whole."""
    guest = page.context.new_page()
    guest.goto(link)
    expect(guest.get_by_role("textbox", name="Ditt namn")).to_be_visible()
    _button(guest, "Fortsätt").click()
    views.see(guest, "guest's name", _button(guest, "Fortsätt"))
    guest.goto(f"{addresses.clinic}/b#{'A' * 27}")
    expect(guest.get_by_role("heading", name="Länken fungerar inte")).to_be_visible()
    views.see(guest, "unknown link")
    guest.close()


def test_what_cannot_be_booked_or_is_not_theirs(clinician: Page, addresses: Addresses, views: Examination) -> None:
    """P5, L1: who has died, a child for whom nobody can act, and a page of another role; each says so, none leads on."""
    page = clinician
    views.prepare(page.context)
    clinic.log_in(page, addresses.clinic)
    page.goto(f"{addresses.clinic}/patienter")
    clinic.find_patient(page, DECEASED)
    _button(page, "Skapa patient").click()
    expect(page.get_by_text("Personen är avliden")).to_be_visible()
    views.see(page, "deceased")
    clinic.choose_child(page, PROTECTED_CHILD)
    views.see(page, "protected child", _button(page, "Ändra kontaktuppgifter"))
    expect(_button(page, "Boka besök")).to_have_count(0)
    page.goto(f"{addresses.clinic}/logg")
    expect(page.get_by_role("heading", name="Du har inte tillgång till sidan")).to_be_visible()
    views.see(page, "page of another role", page.get_by_role("main").get_by_role("link", name="Till startsidan"))
    views.assert_clean()
