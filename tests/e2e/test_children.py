"""Children, youths and protected people, from the register to the waiting room (P3-P6, B4, B5, G6)."""

from playwright.sync_api import Locator, Page, expect

from tests.e2e import clinic, patient
from tests.e2e.accessibility import Examination
from tests.e2e.browser import fits_the_width
from tests.e2e.clock import soon
from tests.e2e.conftest import Addresses
from tests.e2e.told import link_of

ALVA, ALVA_NAME = "201605172384", "Alva Lindqvist"
HUGO, HUGO_NAME = "201605172392", "Hugo Lindqvist"
ERIK, ERIK_NAME, ERIK_PHONE = "199006022397", "Erik Lindqvist", "070-174 06 41"
SARA_NAME, SARA_PHONE = "Sara Bergström", "070-174 06 42"
VERA, ELIN_NAME = "202208152385", "Elin Nyström"
ADAM = "201701232397"
WILMA, WILMA_PHONE = "201001012382", "070-174 06 43"
LOVE_BEFORE, LOVE_NAME, LOVE_PHONE = "200001052380", "Love Holm", "070-174 06 21"


def _give_number(page: Page, guardian: str, mobile: str) -> None:
    """Kept with the child (P4, P6)."""
    page.get_by_role("button", name=f"Ändra kontaktuppgifter för {guardian}").click()
    page.get_by_role("textbox", name="Mobilnummer").fill(mobile)
    page.get_by_role("button", name="Spara", exact=True).click()
    expect(page.get_by_text(mobile)).to_be_visible()


def _choose_child(page: Page, addresses: Addresses, number: str) -> None:
    """Found, or created from the register without a phone of its own."""
    page.goto(f"{addresses.clinic}/boka")
    clinic.choose_child(page, number)


def _to_people(page: Page) -> None:
    clinic.next_step(page)
    clinic.choose_time(page, soon())
    page.get_by_role("textbox", name="Sökorsak").fill("Eksem")
    clinic.next_step(page)
    expect(page.get_by_role("heading", name="Relationer")).to_be_visible()


def _ombud(page: Page) -> Locator:
    return page.get_by_role("group", name="Ombud")


def _book_alva(page: Page, addresses: Addresses) -> None:
    """Erik acts, Sara is contacted first and comes along as a guest; her visit's page is open."""
    _choose_child(page, addresses, ALVA)
    _to_people(page)
    _give_number(page, ERIK_NAME, ERIK_PHONE)
    _give_number(page, SARA_NAME, SARA_PHONE)
    clinic.next_step(page)
    expect(page.get_by_text("Välj ett ombud.")).to_be_visible()
    _ombud(page).get_by_label(ERIK_NAME).check()
    page.get_by_role("group", name="Primär kontakt").get_by_label(SARA_NAME).check()
    page.get_by_role("button", name=f"Bjud in {SARA_NAME} som gäst").click()
    clinic.next_step(page)
    for words in ("Alva", "Eksem"):
        expect(page.locator(".messages")).not_to_contain_text(words)
    clinic.send_button(page).click()
    page.get_by_role("link", name="Öppna besöket").click()


def test_a_childs_ombud_comes_in_with_their_own_e_id_and_another_takes_over(
    clinician: Page, patient_page: Page, addresses: Addresses
) -> None:
    """P3, P4, P6, B4, G5, G6: two guardians, one of them ombud; the child itself gets nothing."""
    clinic.log_in(clinician, addresses.clinic)
    _book_alva(clinician, addresses)
    expect(clinician.get_by_role("heading", name=ALVA_NAME)).to_be_visible()
    link = link_of(clinician, addresses, "ombud")
    patient_page.goto(link)
    expect(patient_page.get_by_role("button", name="Legitimera dig med BankID")).to_be_visible()
    assert "Alva" not in patient_page.locator("body").inner_text()
    _identify(patient_page, addresses, ERIK_NAME)
    patient.go_to_waiting_room(patient_page)
    expect(clinician.get_by_text("väntar sedan")).to_be_visible()

    clinician.get_by_role("tab", name="Relationer").click()
    assert fits_the_width(clinician)
    _ombud(clinician).get_by_label(SARA_NAME).check()
    clinician.get_by_role("button", name="Spara relationer").click()
    expect(clinician.get_by_text("Relationerna är sparade")).to_be_visible()
    expect(patient_page.get_by_role("heading", name="Du är inte längre med i videomötet")).to_be_visible()
    assert link_of(clinician, addresses, "ombud") != link
    patient_page.goto("about:blank")
    patient_page.goto(link)
    expect(patient_page.get_by_role("button", name="Legitimera dig med BankID")).to_have_count(0)


def _identify(page: Page, addresses: Addresses, person: str) -> None:
    patient.start(page)
    app = patient.identify_by_qr(page, addresses.bankid, person)
    expect(page.get_by_role("button", name="Hoppa över")).to_be_visible()
    app.close()


def test_a_protected_guardian_is_marked_unnamed_and_never_ombud(clinician: Page, addresses: Addresses) -> None:
    """P5: Vera's only guardian has a protected identity; another way is said."""
    clinic.log_in(clinician, addresses.clinic)
    _choose_child(clinician, addresses, VERA)
    clinician.get_by_role("tab", name="Relationer").click()
    guardians = clinician.get_by_role("list", name="Vårdnadshavare")
    expect(guardians.get_by_text("Skyddade personuppgifter", exact=True)).to_be_visible()
    assert ELIN_NAME not in clinician.locator("body").inner_text()
    _to_people(clinician)
    expect(clinician.get_by_text("Boka ett telefonbesök eller ett besök på mottagningen")).to_be_visible()
    expect(clinician.get_by_role("button", name="Nästa")).to_have_count(0)


def test_a_protected_child_has_a_badge_and_no_video_visit(clinician: Page, addresses: Addresses) -> None:
    """P5."""
    clinic.log_in(clinician, addresses.clinic)
    _choose_child(clinician, addresses, ADAM)
    card = clinician.get_by_role("region").filter(has=clinician.get_by_text("Skyddad folkbokföring"))
    expect(card.get_by_text("Skyddade personuppgifter", exact=True)).to_be_visible()
    expect(card.get_by_text("Barnet har skyddade personuppgifter")).to_be_visible()


def test_a_youth_is_booked_with_a_number_of_their_own_and_no_ombud(clinician: Page, addresses: Addresses) -> None:
    """B5, P4: the message names neither sender nor care."""
    clinic.log_in(clinician, addresses.clinic)
    clinician.goto(f"{addresses.clinic}/boka")
    clinic.choose_patient(clinician, WILMA, WILMA_PHONE)
    _to_people(clinician)
    expect(_ombud(clinician)).to_have_count(0)
    clinic.next_step(clinician)
    expect(clinician.locator(".messages")).to_contain_text("Du har en bokad tid")
    expect(clinician.locator(".messages")).not_to_contain_text("Halland")
    clinic.send_button(clinician).click()
    expect(clinician.get_by_role("heading", name="Besöket är bokat")).to_be_visible()


def test_a_newer_identity_is_shown_and_gone_on_with(clinician: Page, addresses: Addresses) -> None:
    """P5."""
    clinic.log_in(clinician, addresses.clinic)
    clinician.goto(f"{addresses.clinic}/patienter")
    clinic.find_patient(clinician, LOVE_BEFORE)
    clinician.get_by_role("button", name="Skapa patient").click()
    expect(clinician.get_by_text("Ny identitet: 20000229-2399")).to_be_visible()
    clinician.get_by_role("button", name="Fortsätt med den nya identiteten").click()
    clinic.create_unless_known(clinician, LOVE_PHONE)
    expect(clinician.get_by_role("heading", name=LOVE_NAME)).to_be_visible()


def test_relations_are_for_everyone(clinician: Page, addresses: Addresses) -> None:
    """A1: the patient's card, the booking's step and the visit page, by keyboard, at every width, by axe's rules."""
    views, page = Examination(secret=("Hugo", "Lindqvist")), clinician
    views.prepare(page.context)
    clinic.log_in(page, addresses.clinic)
    _choose_child(page, addresses, HUGO)
    page.get_by_role("tab", name="Relationer").click()
    views.see(page, "guardians on the card", page.get_by_role("button", name="Nästa"))
    _to_people(page)
    page.get_by_role("button", name=f"Ändra kontaktuppgifter för {SARA_NAME}").click()
    views.see(page, "relations in the booking", page.get_by_role("button", name="Nästa"))
    page.get_by_role("button", name="Avbryt", exact=True).click()
    _give_number(page, ERIK_NAME, ERIK_PHONE)
    _give_number(page, SARA_NAME, SARA_PHONE)
    _ombud(page).get_by_label(ERIK_NAME).check()
    clinic.next_step(page)
    clinic.send_button(page).click()
    page.get_by_role("link", name="Öppna besöket").click()
    expect(page.get_by_role("heading", name=HUGO_NAME)).to_be_visible()
    page.get_by_role("tab", name="Relationer").press("Enter")
    _ombud(page).get_by_label(SARA_NAME).check()
    views.see(page, "relations of the visit", page.get_by_role("button", name="Spara relationer"))
    views.assert_clean()
