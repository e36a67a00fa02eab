"""Omboka and Avboka from the visit page, as both sides see it: who is told what, two who change the same booking, and the
link that follows (B9, G1, G2, G5)."""

import os
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.e2e import clinic, patient
from tests.e2e.accessibility import Examination
from tests.e2e.browser import context_of
from tests.e2e.clock import tomorrow
from tests.e2e.conftest import Addresses
from tests.e2e.told import link_of, the_one_told, told, with_link
from tests.e2e.traces import TRACES

INGRID, INGRID_NAME, INGRID_PHONE = "195712302842", "Ingrid Sandberg", "070-174 06 08"
COLLEAGUE, COLLEAGUE_ID = "Mikael Sjöberg", "SE2321000115-E002"
GUEST, OUT_OF_REACH = "Gun Ek", "070-174 07 00"
INTERPRETER = "Tolk digital"
MOVED = "moved#1"
"""The reason that the message of the first move is sent for."""
PICTURES = os.environ.get("PICTURES")


@pytest.fixture
def colleague(clinic_browser: Browser) -> Iterator[Page]:
    """Another clinician's own browser."""
    context = context_of(clinic_browser)
    yield context.new_page()
    TRACES.keep_cookies(context)
    context.close()


@pytest.fixture
def views() -> Examination:
    return Examination(secret=("Ingrid", "Sandberg"))


def test_a_moved_visit_is_told_everyone_and_the_link_goes_along(
    clinician: Page, patient_page: Page, addresses: Addresses, views: Examination
) -> None:
    """B9, B10, G5: SMS to the patient, an e-mail with a calendar file to the interpreter, both pages live."""
    views.prepare(clinician.context)
    link = _booked(clinician, addresses)
    _invite_interpreter(clinician)
    patient_page.goto(link)
    expect(patient_page.get_by_role("button", name=patient.WITH_BANKID)).to_be_visible()

    dialog = _open(clinician, "Omboka")
    before = with_link(clinician, addresses, link)
    _choose(dialog, "13:35")
    expect(dialog.get_by_text("är flyttat till").first).to_be_visible()
    views.see(clinician, "reschedule", dialog.get_by_role("button", name="Boka om besöket"))
    _picture(clinician, "omboka")
    assert with_link(clinician, addresses, link) == before, "nothing is sent before the click"
    dialog.get_by_role("button", name="Boka om besöket").dblclick()
    expect(clinician.get_by_text("Deltagarna får besked")).to_be_visible()
    expect(clinician.get_by_text("Ombokat av Karin Ek")).to_be_visible()
    expect(clinician.get_by_role("heading", level=1)).to_contain_text("13:35")
    moved = the_one_told(clinician, addresses, "patient", MOVED)
    assert re.search(r"flyttat till .*13:35", moved)
    assert with_link(clinician, addresses, link) == [moved, *before], "one SMS of the move"
    letter = the_one_told(clinician, addresses, INTERPRETER, MOVED)
    assert "13:35" in letter
    assert "[Kalender: REQUEST]" in letter

    patient_page.goto("about:blank")
    patient_page.goto(link)
    expect(patient_page.get_by_text("13:35").first).to_be_visible()
    clinician.get_by_text(re.compile(r"\d meddelanden?")).first.click()
    expect(clinician.get_by_text(re.compile("Sms: ombokning (skickad|levererad)")).first).to_be_visible()
    views.see(clinician, "moved visit")
    views.assert_clean()


def test_the_second_of_two_editors_is_told_what_the_first_did(
    clinician: Page, colleague: Page, addresses: Addresses, views: Examination
) -> None:
    """B9: nothing is lost; who comes second decides with open eyes."""
    views.prepare(colleague.context)
    _booked(clinician, addresses)
    _add_staff(clinician)
    clinic.log_in(colleague, clinician.url, COLLEAGUE)
    theirs = _open(colleague, "Omboka")
    _choose(theirs, "14:40")
    mine = _open(clinician, "Omboka")
    _choose(mine, "13:35")
    mine.get_by_role("button", name="Boka om besöket").click()
    expect(mine).to_have_count(0)

    told = theirs.get_by_text(re.compile(r"Karin Ek flyttade besöket till .*13:35\. Det gjordes \d\d:\d\d"))
    expect(told).to_be_visible()
    expect(theirs.get_by_label("Klockslag")).to_have_value("14:40")
    expect(theirs.get_by_role("button", name="Boka om besöket")).to_have_count(0)
    views.see(colleague, "changed meanwhile", theirs.get_by_role("button", name="Fortsätt med min ändring"))
    _picture(colleague, "tva-redigerar")
    theirs.get_by_role("button", name="Fortsätt med min ändring").click()
    theirs.get_by_role("button", name="Boka om besöket").click()
    expect(theirs).to_have_count(0)
    expect(clinician.get_by_role("heading", level=1)).to_contain_text("14:40")
    expect(clinician.get_by_text(f"Ombokat av {COLLEAGUE}")).to_be_visible()
    views.assert_clean()


def test_a_cancelled_visit_says_so_on_every_side(
    clinician: Page, patient_page: Page, addresses: Addresses, views: Examination
) -> None:
    """B9, G5: thought better of, nothing is sent; then the open waiting room is told at once, the link says it, and so does
    the visit page."""
    views.prepare(clinician.context)
    link = _booked(clinician, addresses)
    patient_page.goto(link)
    patient.start(patient_page)
    patient.identify_on_this_device(patient_page, INGRID_NAME)
    patient.go_to_waiting_room(patient_page)
    before = told(clinician, addresses)

    _open(clinician, "Avboka").get_by_role("button", name="Tillbaka").click()
    expect(clinician.get_by_role("dialog")).to_have_count(0)
    dialog = _open(clinician, "Avboka")
    expect(dialog.get_by_text("är avbokat")).to_be_visible()
    assert told(clinician, addresses) == before, "nothing is sent before the click"
    dialog.get_by_role("radio", name="Vårdpersonalen kan inte").check()
    views.see(clinician, "cancel", dialog.get_by_role("button", name="Avboka besöket"))
    _picture(clinician, "avboka")
    dialog.get_by_role("button", name="Avboka besöket").dblclick()

    expect(patient_page.get_by_role("heading", name="Besöket är avbokat")).to_be_visible()
    expect(clinician.get_by_text(re.compile(r"Avbokat av Karin Ek .*\d\d:\d\d"))).to_be_visible()
    expect(clinician.get_by_text("Orsak: Vårdpersonalen kan inte")).to_be_visible()
    for name in ("Omboka", "Avboka", "Ta emot"):
        expect(clinician.get_by_role("button", name=name)).to_have_count(0)
    views.see(clinician, "cancelled visit")
    _picture(clinician, "avbokat")
    cancelled = the_one_told(clinician, addresses, "patient", "cancelled")
    assert "avbokat" in cancelled
    assert told(clinician, addresses) == [cancelled, *before], "one SMS of the cancellation"
    patient_page.goto("about:blank")
    patient_page.goto(link)
    expect(patient_page.get_by_role("heading", name="Besöket är avbokat")).to_be_visible()
    views.assert_clean()


def test_an_administrators_text_is_in_the_next_message(
    clinician: Page, colleague: Page, addresses: Addresses, views: Examination
) -> None:
    """B10, O1: previewed, refused in words without its link, saved, sent, and taken back."""
    views.prepare(colleague.context)
    _booked(clinician, addresses)
    clinic.log_in(colleague, f"{addresses.clinic}/organisation/texter", "Sofia Lindqvist")
    change = colleague.get_by_role("button", name="Ändra ombokning till patient", exact=True)
    views.see(colleague, "message texts", colleague.get_by_role("radio", name="Sms"))
    _picture(colleague, "texter")
    change.click()
    editor = colleague.get_by_role("dialog")
    editor.get_by_label("Text", exact=True).fill("Vi har flyttat din tid till {tid}.")
    expect(editor.get_by_text("Länken saknas")).to_be_visible()
    editor.get_by_label("Text", exact=True).fill("Vi har flyttat din tid till {tid}. {länk}")
    expect(editor.get_by_text(re.compile(r"Vi har flyttat din tid till [^ ]+ \d"))).to_be_visible()
    expect(editor.get_by_text(re.compile(r"sms-del(ar)? av högst 2"))).to_be_visible()
    views.see(colleague, "text editor", editor.get_by_role("button", name="Spara texten"))
    _picture(colleague, "text")
    editor.get_by_role("button", name="Spara texten").click()
    expect(colleague.get_by_text("Texten är sparad")).to_be_visible()

    dialog = _open(clinician, "Omboka")
    _choose(dialog, "13:35")
    expect(dialog.get_by_text("Vi har flyttat din tid till")).to_be_visible()
    dialog.get_by_role("button", name="Boka om besöket").click()
    assert "Vi har flyttat" in the_one_told(clinician, addresses, "patient", MOVED)
    change.click()
    editor.get_by_role("button", name="Återställ standardtexten").click()
    expect(colleague.get_by_text("Standardtexten gäller igen")).to_be_visible()
    views.assert_clean()


def test_how_messages_fare_is_seen_live_with_what_to_do(
    clinician: Page, addresses: Addresses, views: Examination
) -> None:
    """B10, G3: the patient's invitation has come to the phone; a guest's has not, and their link is at hand."""
    views.prepare(clinician.context)
    _booked(clinician, addresses)
    expect(_row(clinician, INGRID_NAME)).to_contain_text(re.compile(r"inbjudan levererad .*\d\d:\d\d"))
    dialog = _open(clinician, "Redigera deltagare")
    dialog.get_by_role("button", name="Lägg till gäst").click()
    dialog.get_by_role("textbox", name="Namn").fill(GUEST)
    dialog.get_by_role("textbox", name="Mobilnummer").fill(OUT_OF_REACH)
    dialog.get_by_role("button", name="Lägg till", exact=True).click()
    dialog.get_by_role("button", name="Bjud in").click()
    expect(dialog.get_by_role("button", name=f"Ta bort {GUEST}")).to_be_visible()
    dialog.get_by_role("button", name="Stäng").click()
    row = _row(clinician, GUEST)
    expect(row).to_contain_text(re.compile(r"inbjudan kom inte fram .*\d\d:\d\d"))
    expect(row).to_contain_text("Rätta och skicka igen i Redigera deltagare")
    assert clinic.copied_link(clinician, row)
    views.see(clinician, "lost invitation")
    _picture(clinician, "kom-inte-fram")
    views.assert_clean()


def _row(page: Page, name: str) -> Locator:
    return page.locator("li.participant").filter(has_text=name)


def _booked(clinician: Page, addresses: Addresses) -> str:
    """Ingrid's visit, its page open; the link she was sent."""
    clinic.log_in(clinician, addresses.clinic)
    clinic.book_visit(clinician, addresses.clinic, INGRID, INGRID_PHONE)
    return link_of(clinician, addresses)


def _open(page: Page, button: str) -> Locator:
    page.get_by_role("button", name=button, exact=True).click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    return dialog


def _choose(dialog: Locator, time: str) -> None:
    """Tomorrow at that time, so that no test minds the hour it is run at."""
    hour, minute = map(int, time.split(":"))
    clinic.choose_time(dialog, tomorrow().replace(hour=hour, minute=minute))


def _invite_interpreter(page: Page) -> None:
    """G3: by e-mail."""
    dialog = _open(page, "Redigera deltagare")
    dialog.get_by_role("button", name="Lägg till tolk").click()
    dialog.get_by_role("button", name="Lägg till", exact=True).click()
    dialog.get_by_role("button", name="Bjud in").click()
    expect(dialog.get_by_role("button", name="Ta bort Tolk digital")).to_be_visible()
    dialog.get_by_role("button", name="Stäng").click()


def _add_staff(page: Page) -> None:
    """B6: the colleague has the same rights in the visit."""
    dialog = _open(page, "Redigera deltagare")
    dialog.get_by_role("button", name="Lägg till kollega").click()
    dialog.get_by_role("combobox", name="Kollega").select_option(COLLEAGUE_ID)
    dialog.get_by_role("radio", name=re.compile("Sjukvårdspersonal")).check()
    dialog.get_by_role("button", name="Lägg till", exact=True).click()
    dialog.get_by_role("button", name="Bjud in").click()
    expect(dialog.get_by_role("button", name=f"Ta bort {COLLEAGUE}")).to_be_visible()
    dialog.get_by_role("button", name="Stäng").click()


def _picture(page: Page, name: str) -> None:
    """Kept where PICTURES says, to be looked at."""
    if PICTURES:
        page.screenshot(path=f"{PICTURES}/{name}.png")
