"""What a clinician does, in the words on the screen."""

import re
from datetime import datetime
from uuid import uuid4

from playwright.sync_api import Locator, Page, expect

from tests.e2e.api import Api
from tests.e2e.clock import soon
from tests.e2e.waiting import until

CLIPBOARD = "navigator.clipboard.readText()"


def log_in(page: Page, address: str, name: str = "Karin Ek") -> None:
    """Logged in with SITHS, the page open."""
    Api(page, address).log_in(name)
    page.goto(address)
    expect(page.get_by_role("button", name="Logga ut")).to_be_visible()


def log_in_by_hand(page: Page, address: str, name: str = "Karin Ek") -> None:
    """Through the SITHS provider's page, back to where the clinician was going (L1)."""
    page.goto(address)
    page.get_by_role("link", name="Logga in med SITHS").click()
    page.get_by_role("button", name=name).click()
    expect(page.get_by_role("button", name="Logga ut")).to_be_visible()


def find_patient(page: Page, number: str) -> None:
    """The booking's first step: a whole number and Enter (P1)."""
    field = page.get_by_role("textbox", name="Personnummer")
    field.fill(number)
    field.press("Enter")


def create_patient(page: Page, number: str, mobile: str) -> None:
    """P2-P4: finns inte, then the register's name and a mobile number."""
    find_patient(page, number)
    page.get_by_role("button", name="Skapa patient").click()
    page.get_by_role("textbox", name="Mobilnummer").fill(mobile)
    page.get_by_role("button", name="Skapa patient").click()


def to_review(page: Page, reason: str = "Återbesök", at: datetime | None = None) -> None:
    """From a chosen patient through Tid and Deltagare to Granska (B2); `at` Swedish time, or soon."""
    next_step(page)
    choose_time(page, at or soon())
    page.get_by_role("textbox", name="Sökorsak").fill(reason)
    next_step(page)
    next_step(page)


def choose_time(form: Page | Locator, at: datetime) -> None:
    """Of a booking, or of a visit that is moved. The quarter that a form proposes may be over when it is sent."""
    form.get_by_label("Datum").fill(f"{at:%Y-%m-%d}")
    form.get_by_label("Klockslag").fill(f"{at:%H:%M}")


def show_day(page: Page, address: str, at: datetime) -> None:
    """The start page of that day: a visit that begins soon may begin tomorrow."""
    page.goto(f"{address}/?datum={at:%Y-%m-%d}")


def next_step(page: Page) -> None:
    page.get_by_role("button", name="Nästa").click()


def send_button(page: Page) -> Locator:
    return page.get_by_role("button", name="Skapa och skicka inbjudningar")


def choose_patient(page: Page, number: str, mobile: str) -> None:
    """Created, unless another test has met them."""
    find_patient(page, number)
    create_unless_known(page, mobile)


def choose_child(page: Page, number: str) -> None:
    """Created from the register without a phone of its own, unless another test has met it."""
    find_patient(page, number)
    known, create = page.get_by_text("Patienten finns", exact=True), page.get_by_role("button", name="Skapa patient")
    expect(known.or_(create).first).to_be_visible()
    if create.is_visible():
        create.click()
        expect(page.get_by_text("Namnet kan inte ändras här")).to_be_visible()
        create.click()
    expect(page.get_by_text("Hämtat")).to_be_visible()


def create_unless_known(page: Page, mobile: str) -> None:
    """The person that was looked for, as a patient."""
    known, create = page.get_by_text("Patienten finns", exact=True), page.get_by_role("button", name="Skapa patient")
    expect(known.or_(create).first).to_be_visible()
    if create.is_visible():
        create.click()
        page.get_by_role("textbox", name="Mobilnummer").fill(mobile)
        create.click()


def book_visit(
    page: Page, address: str, number: str, mobile: str, *, reason: str = "Återbesök", at: datetime | None = None
) -> None:
    """A booked visit, its page open; it begins soon, or `at` Swedish time."""
    api = Api(page, address)
    booking = {
        "request_id": str(uuid4()),
        "patients": [{"patient_id": api.post("/patients", {"number": number, "phone": mobile})["patient_id"]}],
        "starts_at": (at or soon()).isoformat(),
        "duration_minutes": 30,
        "reason": reason,
    }
    page.goto(f"{address}/besok/{api.post('/visits', booking)['visit']['visit_id']}")


def book_by_hand(page: Page, address: str, number: str, mobile: str, *, reason: str) -> None:
    """As `book_visit`, with the booking wizard."""
    page.goto(f"{address}/boka")
    choose_patient(page, number, mobile)
    to_review(page, reason)
    send_button(page).click()
    page.get_by_role("link", name="Öppna besöket").click()


def copied_link(page: Page, row: Locator | None = None) -> str:
    """By the page's, or the row's, button; the clipboard is the browser's own, and may hold what an earlier test copied."""
    page.evaluate("navigator.clipboard.writeText('')")
    (row or page).get_by_role("button", name="Kopiera inbjudningslänk").click()
    until(page, lambda: "/b#" in page.evaluate(CLIPBOARD), "the link is on the clipboard")
    return str(page.evaluate(CLIPBOARD))


def invitation_left(page: Page) -> Locator:
    """The visit page says so; soon after, that it has come to the phone (B10)."""
    return page.get_by_text(re.compile("inbjudan (skickad|levererad)")).first


def open_call(page: Page, button: str = "Starta videomöte") -> Page:
    """The call in a window of its own (C1)."""
    with page.expect_popup() as popup:
        page.get_by_role("button", name=button).click()
    return popup.value


def join_call(window: Page) -> None:
    """Past the device step (C2, C3)."""
    window.get_by_role("button", name="Anslut till videosamtal").click()


def pages_after(page: Page, button: str) -> list[Page]:
    """Every page of the profile after another click on a button that opens the call."""
    page.get_by_role("button", name=button).first.click()
    page.wait_for_load_state("networkidle")
    return page.context.pages


def write_to_patient(page: Page, text: str) -> None:
    """In the visit chat; Enter sends (S2)."""
    field = page.get_by_role("textbox", name="Skriv till patienten")
    field.fill(text)
    field.press("Enter")


def write_in_call(window: Page, text: str) -> None:
    """In the call's own chat (C6)."""
    window.get_by_role("button", name="Chatt").click()
    field = window.get_by_role("textbox", name="Skriv till alla i samtalet")
    field.fill(text)
    field.press("Enter")


def tiles(window: Page) -> Locator:
    """The other participants' tiles."""
    return window.locator("li[data-participant-id]")


def tile_of(window: Page, name: str) -> Locator:
    return tiles(window).filter(has_text=name)


def leave(window: Page, *, everyone: bool = False) -> None:
    """Telefonlur, then Lämna or Avsluta för alla (C8)."""
    window.get_by_role("button", name="Lämna").click()
    dialog = window.get_by_role("dialog")
    dialog.get_by_role("button", name="Avsluta för alla" if everyone else "Lämna").click()


def end_visit(page: Page) -> None:
    """S5; nobody is in the call any more, which the page is told of. With notes it is asked first (V4)."""
    expect(page.get_by_text("Videomötet pågår")).to_have_count(0)
    page.get_by_role("button", name="Avsluta besök").click()
    ended = page.locator('[aria-current="step"]').filter(has_text="Avslutat")
    question = page.get_by_role("dialog", name="Avsluta besöket?")
    expect(ended.or_(question).first).to_be_visible()
    if question.is_visible():
        question.get_by_role("button", name="Avsluta besök").click()
    expect(ended).to_be_visible()
