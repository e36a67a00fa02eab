"""The booking wizard's forms, in the words on the screen (B1, B6-B8)."""

import re

from playwright.sync_api import Page, expect

from tests.e2e import clinic
from tests.e2e.conftest import Addresses


def choose_form(page: Page, addresses: Addresses, form: str) -> None:
    """A new booking of that form, its search in sight."""
    page.goto(f"{addresses.clinic}/boka")
    page.get_by_role("radio", name=form).check()


def add_to_group(page: Page, number: str, name: str, mobile: str) -> None:
    """Found, or created unless another test has met them, and then in the group (B8)."""
    field = page.get_by_role("textbox", name="Personnummer till nästa patient")
    field.fill(number)
    field.press("Enter")
    added, create = page.get_by_text(f"{name} är tillagd"), page.get_by_role("button", name="Skapa patient")
    expect(added.or_(create).first).to_be_visible()
    if create.is_visible():
        create.click()
        page.get_by_role("textbox", name="Mobilnummer").fill(mobile)
        create.click()
    expect(added).to_be_visible()


def choose_relative(page: Page, number: str, mobile: str) -> None:
    """The relative's own number (B7)."""
    field = page.get_by_role("textbox", name="Den närståendes personnummer")
    field.fill(number)
    field.press("Enter")
    known, create = page.get_by_text("Personen finns", exact=True), page.get_by_role("button", name="Lägg till person")
    expect(known.or_(create).first).to_be_visible()
    if create.is_visible():
        create.click()
        page.get_by_role("textbox", name="Mobilnummer").fill(mobile)
        create.click()


def book(page: Page) -> None:
    """The last click, and the confirmation."""
    clinic.send_button(page).click()
    expect(page.get_by_role("heading", name=re.compile("är bokad$|är bokat$"))).to_be_visible()
