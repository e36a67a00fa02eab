"""Every form of a visit, from the booking's first choice to those who are asked to come (B1, B2, B5-B9, L2, G3)."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.e2e import booking, clinic, patient
from tests.e2e.accessibility import Examination
from tests.e2e.browser import context_of, fits_the_width
from tests.e2e.conftest import Addresses
from tests.e2e.waiting import until

BO, BO_NAME, BO_PHONE = "195711212893", "Bo Bengtsson", "070-174 06 07"
INGRID, INGRID_NAME, INGRID_PHONE = "195712302842", "Ingrid Sandberg", "070-174 06 08"
LOVE, LOVE_NAME, LOVE_PHONE = "200002292399", "Love Holm", "070-174 06 21"
WILMA, WILMA_NAME, WILMA_PHONE = "201001012382", "Wilma Wikström", "070-174 06 43"
SARA, SARA_NAME, SARA_PHONE = "199107172380", "Sara Bergström", "070-174 06 12"
CHILD_OF_SARA = "Alva"
COLLEAGUE = "Mikael Sjöberg"
INTERPRETER_EMAIL = "videolank@digitaltolk.se"
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


def _to_review(page: Page) -> None:
    """From the chosen people through Tid and Deltagare as they are."""
    _step(page, "När ska besöket vara?")
    _step(page, "Vilka fler ska vara med?")
    _step(page, "Granska och skicka")
    expect(clinic.send_button(page)).to_be_enabled()


def _new_message(page: Page, addresses: Addresses, contact: str, before: int) -> str:
    """The one message that has come since; nothing more comes with it."""
    until(page, lambda: len(booking.messages_to(page.request, addresses, contact)) > before, "a message has come")
    messages = booking.messages_to(page.request, addresses, contact)
    assert len(messages) == before + 1, "one message, once"
    return messages[0]["text"]


def _count(page: Page, addresses: Addresses, contact: str) -> int:
    return len(booking.messages_to(page.request, addresses, contact))


def test_a_team_visit_is_on_both_start_pages_and_sends_one_sms(
    clinician: Page, colleague: Page, addresses: Addresses
) -> None:
    """B6, B9, L2: at least two of the staff, said at the step; who has a visit then already is told of, and booked."""
    clinic.log_in(clinician, addresses.clinic)
    booking.choose_form(clinician, addresses, "Teambesök")
    clinic.choose_patient(clinician, BO, BO_PHONE)
    _step(clinician, "När ska besöket vara?")
    _step(clinician, "Vilka fler ska vara med?")
    clinic.next_step(clinician)
    expect(clinician.get_by_text("Välj minst en till i vårdpersonalen.")).to_be_visible()
    clinician.get_by_role("checkbox", name=COLLEAGUE).check()
    _step(clinician, "Granska och skicka")
    before = _count(clinician, addresses, BO_PHONE)
    booking.book(clinician)
    _new_message(clinician, addresses, BO_PHONE, before)

    clinic.log_in(colleague, addresses.clinic, COLLEAGUE)
    row = colleague.get_by_role("listitem").filter(has_text=BO_NAME).filter(has_text="Teambesök").first
    row.get_by_role("button", name="Öppna").click()
    expect(colleague.get_by_role("button", name="Redigera deltagare")).to_be_visible()

    booking.choose_form(clinician, addresses, "Patientbesök")
    clinic.choose_patient(clinician, BO, BO_PHONE)
    _to_review(clinician)
    expect(clinician.get_by_text("Karin Ek har redan ett besök").first).to_be_visible()
    expect(clinic.send_button(clinician)).to_be_enabled()


def test_a_group_has_a_link_each_and_shows_the_others_display_names_alone(
    clinician: Page, patient_page: Page, addresses: Addresses
) -> None:
    """B8, B5: 2 to 20, a youth among them; staff see all names on the start page's visit."""
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
    _to_review(clinician)
    people = {INGRID_NAME: INGRID_PHONE, LOVE_NAME: LOVE_PHONE, WILMA_NAME: WILMA_PHONE}
    before = {phone: _count(clinician, addresses, phone) for phone in people.values()}
    booking.book(clinician)
    texts = [_new_message(clinician, addresses, phone, before[phone]) for phone in people.values()]
    links = [re.findall(r"http\S+/b#[\w-]+", text) for text in texts]
    assert len({tuple(each) for each in links}) == len(people), "each has a link of their own"
    assert not [name for name in people for text in texts if name in text]

    patient_page.goto(links[0][0])
    patient.start(patient_page)
    patient.identify_on_this_device(patient_page, INGRID_NAME)
    patient.go_to_waiting_room(patient_page)
    seen = patient_page.locator("body").inner_text()
    assert not [name for name in (LOVE_NAME, WILMA_NAME) if name.split()[0] in seen]
    clinician.goto(addresses.clinic)
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
    _to_review(clinician)
    before = _count(clinician, addresses, SARA_PHONE)
    booking.book(clinician)
    seen = [_new_message(clinician, addresses, SARA_PHONE, before)]
    patient_page.goto(patient.newest_link(patient_page.context, addresses.phone))
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
    before = _count(clinician, addresses, WILMA_PHONE)
    clinic.send_button(clinician).dblclick()
    expect(clinician.get_by_role("button", name="Starta videomöte")).to_be_visible()
    expect(clinician.get_by_role("heading", name=WILMA_NAME)).to_be_visible()
    _new_message(clinician, addresses, WILMA_PHONE, before)
    clinic.end_visit(clinician)


def test_a_series_invites_to_its_first_visit_and_an_interpreter_comes_by_the_copied_link(
    clinician: Page, patient_page: Page, addresses: Addresses
) -> None:
    """B2, G2, G3: three visits a fortnight apart, each with a page; the guest's link asks for no e-ID."""
    clinic.log_in(clinician, addresses.clinic)
    clinician.goto(f"{addresses.clinic}/boka")
    clinic.choose_patient(clinician, LOVE, LOVE_PHONE)
    _step(clinician, "När ska besöket vara?")
    clinician.get_by_role("checkbox", name="Upprepa").check()
    clinician.get_by_role("combobox", name="Hur ofta").select_option("2")
    clinician.get_by_role("combobox", name="Antal gånger").select_option("3")
    days = clinician.get_by_role("region", name="Besöken").get_by_role("listitem").all_inner_texts()
    assert len(days) == 3
    _step(clinician, "Vilka fler ska vara med?")
    _button(clinician, "Lägg till tolk").click()
    _button(clinician, "Lägg till").click()
    _step(clinician, "Granska och skicka")
    before = _count(clinician, addresses, LOVE_PHONE), _count(clinician, addresses, INTERPRETER_EMAIL)
    booking.book(clinician)
    assert "3" in _new_message(clinician, addresses, LOVE_PHONE, before[0])
    _new_message(clinician, addresses, INTERPRETER_EMAIL, before[1])

    _button(clinician, "Kopiera inbjudningslänk").click()
    patient_page.goto(str(clinician.evaluate("navigator.clipboard.readText()")))
    patient_page.get_by_role("textbox", name="Ditt namn").fill("Tolken Tore")
    patient_page.get_by_role("button", name="Fortsätt").click()
    patient.go_to_waiting_room(patient_page)
    clinician.get_by_role("link", name="Öppna").nth(1).click()
    expect(clinician.get_by_role("heading", name=LOVE_NAME)).to_be_visible()
    expect(clinician.get_by_text("Tolken Tore")).to_have_count(0)


def test_the_forms_of_a_booking_are_for_everyone(clinician: Page, addresses: Addresses) -> None:
    """A1: every view that the forms add, by keyboard, at every width, by axe's rules."""
    views, page = Examination(secret=("Bengtsson", "Sandberg", "Holm", "Bergström")), clinician
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
    page.goto(addresses.clinic)
    expect(page.get_by_role("listitem").filter(has_text="Gruppbesök").first).to_be_visible()
    views.see(page, "day with a group", _button(page, "Öppna").first)
    assert fits_the_width(page)
    views.assert_clean()
