"""Every form of a visit, from the booking's first choice to those who are asked to come (B1, B2, B5-B9, L2, G3)."""

import re
from collections.abc import Iterator
from datetime import datetime

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.e2e import booking, clinic, patient
from tests.e2e.accessibility import Examination
from tests.e2e.browser import context_of, fits_the_width
from tests.e2e.clock import own_day, soon
from tests.e2e.conftest import Addresses
from tests.e2e.told import link_of, the_one_told, told

BO, BO_NAME, BO_PHONE = "195711212893", "Bo Bengtsson", "070-174 06 07"
INGRID, INGRID_NAME, INGRID_PHONE = "195712302842", "Ingrid Sandberg", "070-174 06 08"
LOVE, LOVE_NAME, LOVE_PHONE = "200002292399", "Love Holm", "070-174 06 21"
WILMA, WILMA_NAME, WILMA_PHONE = "201001012382", "Wilma Wikström", "070-174 06 43"
SARA, SARA_NAME, SARA_PHONE = "199107172380", "Sara Bergström", "070-174 06 12"
CHILD_OF_SARA = "Alva"
COLLEAGUE, INTERPRETER = "Mikael Sjöberg", "Tolk digital"
LINKS = re.compile(r"http\S+")
CARE = re.compile(r"patient|besök|vård(?!rum)|hud|anhörig", re.IGNORECASE)
"""What no relative is to read: that it is about somebody's care (B7)."""


@pytest.fixture
def colleague(clinic_browser: Browser) -> Iterator[Page]:
    """Another clinician's own browser."""
    context = context_of(clinic_browser)
    yield context.new_page()
    context.close()


def _button(page: Page, name: str) -> Locator:
    return page.get_by_role("button", name=name, exact=True)


def _step(page: Page, question: str) -> None:
    """The next step, its heading with the focus."""
    clinic.next_step(page)
    expect(page.get_by_role("heading", name=question)).to_be_focused()


def _to_review(page: Page, at: datetime) -> None:
    """From the chosen people through Tid and Deltagare as they are, but for the time."""
    _step(page, "När ska besöket vara?")
    clinic.choose_time(page, at)
    _step(page, "Vilka fler ska vara med?")
    _step(page, "Granska och skicka")
    expect(clinic.send_button(page)).to_be_enabled()


def _invitation(page: Page, addresses: Addresses, who: str = "patient") -> str:
    """Of the booking that is confirmed on the page; nothing more comes with it."""
    text = the_one_told(page, addresses, who)
    assert told(page, addresses, who) == [text], "one message, once"
    return text


def test_a_team_visit_is_on_both_start_pages_and_sends_one_sms(
    clinician: Page, colleague: Page, addresses: Addresses
) -> None:
    """B6, B9, L2: at least two of the staff, said at the step; who has a visit then already is told of, and booked."""
    day = own_day()
    clinic.log_in(clinician, addresses.clinic)
    booking.choose_form(clinician, addresses, "Teambesök")
    clinic.choose_patient(clinician, BO, BO_PHONE)
    _step(clinician, "När ska besöket vara?")
    clinic.choose_time(clinician, day)
    _step(clinician, "Vilka fler ska vara med?")
    clinic.next_step(clinician)
    expect(clinician.get_by_text("Välj minst en till i vårdpersonalen.")).to_be_visible()
    clinician.get_by_role("checkbox", name=COLLEAGUE).check()
    _step(clinician, "Granska och skicka")
    booking.book(clinician)
    _invitation(clinician, addresses)

    clinic.log_in(colleague, addresses.clinic, COLLEAGUE)
    clinic.show_day(colleague, addresses.clinic, day)
    row = colleague.get_by_role("listitem").filter(has_text=BO_NAME)
    expect(row).to_contain_text("Teambesök")
    row.get_by_role("button", name="Öppna").click()
    expect(colleague.get_by_role("button", name="Redigera deltagare")).to_be_visible()

    booking.choose_form(clinician, addresses, "Patientbesök")
    clinic.choose_patient(clinician, BO, BO_PHONE)
    _to_review(clinician, day)
    expect(clinician.get_by_text("Karin Ek har redan ett besök")).to_be_visible()
    expect(clinic.send_button(clinician)).to_be_enabled()


def test_a_group_has_a_link_each_and_shows_the_others_display_names_alone(
    clinician: Page, patient_page: Page, addresses: Addresses
) -> None:
    """B8, B5: 2 to 20, a youth among them; staff see all names on the start page's visit."""
    day = own_day()
    clinic.log_in(clinician, addresses.clinic)
    booking.choose_form(clinician, addresses, "Gruppbesök")
    booking.add_to_group(clinician, INGRID, INGRID_NAME, INGRID_PHONE)
    clinic.next_step(clinician)
    expect(clinician.get_by_text("En grupp har minst 2 patienter")).to_be_visible()
    booking.add_to_group(clinician, LOVE, LOVE_NAME, LOVE_PHONE)
    booking.add_to_group(clinician, WILMA, WILMA_NAME, WILMA_PHONE)
    clinician.get_by_role("textbox", name=f"Visningsnamn för {LOVE_NAME}").fill("Lo")
    clinician.reload()
    expect(clinician.get_by_text("3 av högst 20")).to_be_visible()
    _to_review(clinician, day)
    people = (INGRID_NAME, LOVE_NAME, WILMA_NAME)
    booking.book(clinician)
    texts = [_invitation(clinician, addresses, name) for name in people]
    links = [re.findall(r"http\S+/b#[\w-]+", text) for text in texts]
    assert len({tuple(each) for each in links}) == len(people), "each has a link of their own"
    assert not [name for name in people for text in texts if name in text]

    patient_page.goto(links[0][0])
    patient.start(patient_page)
    patient.identify_on_this_device(patient_page, INGRID_NAME)
    patient.go_to_waiting_room(patient_page)
    seen = patient_page.locator("body").inner_text()
    assert not [name for name in (LOVE_NAME, WILMA_NAME) if name.split()[0] in seen]
    clinic.show_day(clinician, addresses.clinic, day)
    row = clinician.get_by_role("listitem").filter(has_text="3 patienter").filter(has_text=INGRID_NAME)
    expect(row).to_contain_text("Gruppbesök")


def test_nothing_that_a_relative_gets_tells_of_a_patient(
    clinician: Page, patient_page: Page, addresses: Addresses
) -> None:
    """B7: the message, and every page from the link to the waiting room."""
    clinic.log_in(clinician, addresses.clinic)
    booking.choose_form(clinician, addresses, "Anhörigsamtal")
    booking.choose_relative(clinician, SARA, SARA_PHONE)
    expect(clinician.get_by_text("måste bokas om och avbokas för hand")).to_be_visible()
    _to_review(clinician, soon())
    booking.book(clinician)
    seen = [LINKS.sub("", _invitation(clinician, addresses))]
    patient_page.goto(link_of(clinician, addresses))
    expect(patient_page.get_by_role("button", name=patient.WITH_BANKID)).to_be_visible()
    seen.append(_read(patient_page))
    patient.start(patient_page)
    seen.append(_read(patient_page))
    patient.identify_on_this_device(patient_page, SARA_NAME)
    expect(_button(patient_page, "Hoppa över")).to_be_visible()
    seen.append(_read(patient_page))
    _button(patient_page, "Hoppa över").click()
    expect(patient_page.get_by_text("väntrummet").first).to_be_visible()
    seen.append(_read(patient_page))
    assert not [line for text in seen for line in text.splitlines() if CARE.search(line)]
    assert CHILD_OF_SARA not in "".join(seen)


def _read(page: Page) -> str:
    return f"{page.title()}\n{page.locator('body').inner_text()}"


def test_a_drop_in_visit_of_a_youth_has_begun_when_it_is_booked(clinician: Page, addresses: Addresses) -> None:
    """B5: no date, no ombud; the visit's page opens with the video at hand."""
    clinic.log_in(clinician, addresses.clinic)
    clinician.goto(f"{addresses.clinic}/boka")
    clinic.choose_patient(clinician, WILMA, WILMA_PHONE)
    _step(clinician, "När ska besöket vara?")
    clinician.get_by_role("radio", name="Starta nu").check()
    expect(clinician.get_by_label("Klockslag")).to_have_count(0)
    _step(clinician, "Vilka fler ska vara med?")
    expect(clinician.get_by_role("group", name="Ombud")).to_have_count(0)
    _step(clinician, "Granska och skicka")
    clinic.send_button(clinician).dblclick()
    expect(clinician.get_by_role("button", name="Starta videomöte")).to_be_visible()
    expect(clinician.get_by_role("heading", name=WILMA_NAME)).to_be_visible()
    _invitation(clinician, addresses)
    clinic.end_visit(clinician)


def test_a_series_invites_to_its_first_visit_and_an_interpreter_comes_by_the_copied_link(
    clinician: Page, patient_page: Page, addresses: Addresses
) -> None:
    """B2, G2, G3: three visits a fortnight apart, each with a page; the guest's link asks for no e-ID."""
    clinic.log_in(clinician, addresses.clinic)
    clinician.goto(f"{addresses.clinic}/boka")
    clinic.choose_patient(clinician, LOVE, LOVE_PHONE)
    _step(clinician, "När ska besöket vara?")
    clinic.choose_time(clinician, soon())
    clinician.get_by_role("checkbox", name="Upprepa").check()
    clinician.get_by_role("combobox", name="Hur ofta").select_option("2")
    clinician.get_by_role("combobox", name="Antal gånger").select_option("3")
    days = clinician.get_by_role("region", name="Besöken").get_by_role("listitem").all_inner_texts()
    assert len(days) == 3
    _step(clinician, "Vilka fler ska vara med?")
    _button(clinician, "Lägg till tolk").click()
    _button(clinician, "Lägg till").click()
    _step(clinician, "Granska och skicka")
    booking.book(clinician)
    assert "det första av 3" in _invitation(clinician, addresses)
    _invitation(clinician, addresses, INTERPRETER)

    patient_page.goto(clinic.copied_link(clinician))
    patient_page.get_by_role("textbox", name="Ditt namn").fill("Tolken Tore")
    patient_page.get_by_role("button", name="Fortsätt").click()
    patient.go_to_waiting_room(patient_page)
    clinician.get_by_role("link", name="Öppna").nth(1).click()
    expect(clinician.get_by_role("heading", name=LOVE_NAME)).to_be_visible()
    expect(clinician.get_by_text("Tolken Tore")).to_have_count(0)


def test_the_forms_of_a_booking_are_for_everyone(clinician: Page, addresses: Addresses) -> None:
    """A1: every view that the forms add, by keyboard, at every width, by axe's rules."""
    views, page, day = Examination(secret=("Bengtsson", "Sandberg", "Holm", "Bergström")), clinician, own_day()
    views.prepare(page.context)
    clinic.log_in(page, addresses.clinic)
    booking.choose_form(page, addresses, "Gruppbesök")
    views.see(page, "group without patients", _button(page, "Sök"))
    booking.add_to_group(page, INGRID, INGRID_NAME, INGRID_PHONE)
    booking.add_to_group(page, LOVE, LOVE_NAME, LOVE_PHONE)
    page.get_by_role("textbox", name=f"Visningsnamn för {LOVE_NAME}").fill("Deltagare 1")
    clinic.next_step(page)
    expect(page.get_by_text("Två i gruppen har samma visningsnamn.")).to_be_visible()
    views.see(page, "group with a fault", _button(page, "Nästa"))
    page.get_by_role("textbox", name=f"Visningsnamn för {LOVE_NAME}").fill("")
    _step(page, "När ska besöket vara?")
    clinic.choose_time(page, day)
    page.get_by_role("checkbox", name="Upprepa").check()
    views.see(page, "time with a series", _button(page, "Nästa"))
    _step(page, "Vilka fler ska vara med?")
    _step(page, "Granska och skicka")
    expect(clinic.send_button(page)).to_be_enabled()
    views.see(page, "review of a series", clinic.send_button(page))
    booking.book(page)
    views.see(page, "confirmation of a series", page.get_by_role("link", name="Öppna besöket"))
    booking.choose_form(page, addresses, "Anhörigsamtal")
    booking.choose_relative(page, SARA, SARA_PHONE)
    views.see(page, "relative", _button(page, "Nästa"))
    clinic.show_day(page, addresses.clinic, day)
    row = page.get_by_role("listitem").filter(has_text="Gruppbesök")
    expect(row).to_be_visible()
    views.see(page, "day with a group", row.get_by_role("button", name="Öppna"))
    assert fits_the_width(page)
    views.assert_clean()
