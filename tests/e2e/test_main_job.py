"""From a booking to a video call, as a clinician and a patient live it."""

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.e2e import clinic, patient
from tests.e2e.browser import fits_the_width
from tests.e2e.camera import CLINICIAN, PATIENT, Person
from tests.e2e.clock import own_day, own_reason
from tests.e2e.conftest import Addresses
from tests.e2e.measure import is_heard, is_seen, remote_audio, remote_video
from tests.e2e.told import link_of, sent_to, the_one_told, told, with_link
from tests.e2e.waiting import until

ANNA, ANNA_NAME, ANNA_PHONE = "194408139089", "Anna Alm", "070-174 06 05"
BO, BO_NAME, BO_PHONE = "195711212893", "Bo Bengtsson", "070-174 06 07"
INGRID, INGRID_NAME, INGRID_PHONE = "195712302842", "Ingrid Sandberg", "070-174 06 08"
JOHAN, JOHAN_NAME, JOHAN_PHONE = "197912309296", "Johan Wikström", "070-174 06 09"


def _sees_and_hears(page: Page, other: Person) -> None:
    """Decoded frames of the other's colour and the other's tone at its frequency."""
    until(page, lambda: is_seen(page, other, remote_video()), f"the {other.name}'s picture is seen")
    until(page, lambda: is_heard(page, other, remote_audio()), f"the {other.name}'s tone is heard")


def _visit_under_way(clinician: Page, addresses: Addresses, number: str, mobile: str) -> None:
    clinic.log_in(clinician, addresses.clinic)
    clinic.book_visit(clinician, addresses.clinic, number, mobile)
    clinician.get_by_role("button", name="Ta emot").click()
    clinician.get_by_role("button", name="Starta besök").click()


def test_from_a_booking_to_a_call_and_its_end(clinician: Page, patient_page: Page, addresses: Addresses) -> None:
    """L1-L3, L5, P1-P4, B2, B3, G5, G6, S1, S2, S4, S5, S7, C1, C3, C6, C8, C9."""
    reason = own_reason()
    clinic.log_in_by_hand(clinician, addresses.clinic)
    clinic.book_by_hand(clinician, addresses.clinic, ANNA, ANNA_PHONE, reason=reason)
    expect(clinic.invitation_left(clinician)).to_be_visible()
    link = link_of(clinician, addresses)
    _comes_to_the_waiting_room(patient_page, link)
    _is_received_and_the_visit_started(clinician, patient_page, reason)
    _write_to_one_another(clinician, patient_page)
    window = _meet_in_a_call(clinician, patient_page)
    _write_and_mute_in_the_call(window, patient_page)
    _leave_and_rate(clinician, window, patient_page)
    clinic.end_visit(clinician)
    expect(patient_page.get_by_role("heading", name="Besöket är avslutat")).to_be_visible()
    _link_is_dead(patient_page.context, link)
    assert told(clinician, addresses) == with_link(clinician, addresses, link), "nothing else leads here"
    assert len(told(clinician, addresses)) == 1, "one SMS in all"


def _comes_to_the_waiting_room(page: Page, link: str) -> None:
    """From the SMS through BankID; the token leaves the address bar at once."""
    page.goto(link)
    patient.start(page)
    assert "#" not in page.url
    patient.identify_on_this_device(page, ANNA_NAME)
    patient.go_to_waiting_room(page)
    expect(page.get_by_text("Vårdgivaren är inte här än")).to_be_visible()
    assert fits_the_width(page)


def _is_received_and_the_visit_started(clinician: Page, page: Page, reason: str) -> None:
    """The start page shows live who waits; the patient's page says what has happened; video comes with the start."""
    visit_address = clinician.url
    clinician.get_by_role("link", name="Tillbaka till dagen").click()
    row = clinician.get_by_role("region", name="Väntar nu").get_by_role("listitem").filter(has_text=reason)
    expect(row).to_contain_text(ANNA_NAME)
    row.get_by_role("button", name="Ta emot").click()
    expect(clinician).to_have_url(visit_address)
    expect(page.get_by_text("Karin Ek har tagit emot dig")).to_be_visible()
    expect(clinician.get_by_role("button", name="Starta videomöte")).to_have_count(0)
    clinician.get_by_role("button", name="Starta besök").click()
    expect(page.get_by_text("Besöket har börjat")).to_be_visible()


def _write_to_one_another(clinician: Page, page: Page) -> None:
    clinic.write_to_patient(clinician, "Hej Anna, strax börjar vi")
    expect(page.get_by_text("Hej Anna, strax börjar vi")).to_be_visible()
    patient.write_to_clinic(page, "Jag är redo")
    expect(clinician.get_by_text("Jag är redo")).to_be_visible()


def _meet_in_a_call(clinician: Page, page: Page) -> Page:
    """The request comes when staff has connected, not before; a second click opens no second window."""
    window = clinic.open_call(clinician)
    expect(window.get_by_role("button", name="Anslut till videosamtal")).to_be_enabled()
    expect(page.get_by_role("button", name="Svara")).to_have_count(0)
    clinic.join_call(window)
    patient.answer(page)
    _sees_and_hears(page, CLINICIAN)
    _sees_and_hears(window, PATIENT)
    assert fits_the_width(page)
    assert clinic.pages_after(clinician, "Öppna videomötet") == [clinician, window]
    return window


def _write_and_mute_in_the_call(window: Page, page: Page) -> None:
    """Muting is seen by all, and silences."""
    clinic.write_in_call(window, "Hör du mig?")
    expect(page.get_by_text("Hör du mig?")).to_be_visible()
    page.get_by_role("button", name="Mikrofon på").click()
    until(window, lambda: not is_heard(window, PATIENT, remote_audio()), "the muted patient is silent")
    expect(clinic.tile_of(window, ANNA_NAME).get_by_role("img", name="Mikrofonen av")).to_be_visible()
    page.get_by_role("button", name="Mikrofon av").click()
    until(window, lambda: is_heard(window, PATIENT, remote_audio()), "the patient is heard again")


def _leave_and_rate(clinician: Page, window: Page, page: Page) -> None:
    """The visit goes on without the call; one of the three lowest asks what was wrong."""
    page.get_by_role("button", name="Lämna").click()
    page.get_by_role("radio", name="Bra", exact=True).check()
    page.get_by_role("button", name="Skicka").click()
    clinic.leave(window)
    window.get_by_role("radio", name="Medel").check()
    window.get_by_role("checkbox", name="Ljudet").check()
    window.get_by_role("button", name="Skicka").click()
    expect(window.get_by_role("heading", name="Samtalet är klart")).to_be_visible()
    expect(clinician.get_by_text("Pågående")).to_be_visible()


def _link_is_dead(context: BrowserContext, link: str) -> None:
    later = context.new_page()
    later.goto(link)
    expect(later.get_by_role("heading", name="Besöket är avslutat")).to_be_visible()
    expect(later.get_by_role("button", name="Legitimera dig")).to_have_count(0)


def test_another_persons_bankid_does_not_open_the_link(
    clinician: Page, patient_page: Page, addresses: Addresses
) -> None:
    """G6."""
    clinic.log_in(clinician, addresses.clinic)
    clinic.book_visit(clinician, addresses.clinic, BO, BO_PHONE)
    page = patient_page
    page.goto(link_of(clinician, addresses))
    patient.start(page)
    patient.identify_on_this_device(page, ANNA_NAME)
    page.get_by_role("link", name="Tillbaka till tjänsten").click()
    expect(page.get_by_text("Bara den som är inbjuden")).to_be_visible()
    expect(patient.waiting_room(page)).to_have_count(0)
    # The right person still may.
    page.get_by_role("button", name="Försök igen").click()
    patient.identify_by_qr(page, addresses.bankid, BO_NAME)
    patient.go_to_waiting_room(page)


def test_a_reload_in_the_call_brings_the_call_back(clinician: Page, patient_page: Page, addresses: Addresses) -> None:
    """C10: the same person comes back by themselves, with no new SMS."""
    _visit_under_way(clinician, addresses, INGRID, INGRID_PHONE)
    page, link = patient_page, link_of(clinician, addresses)
    page.goto(link)
    patient.start(page)
    patient.identify_on_this_device(page, INGRID_NAME)
    patient.go_to_waiting_room(page)
    window = clinic.open_call(clinician)
    clinic.join_call(window)
    patient.answer(page)
    _sees_and_hears(window, PATIENT)
    sent = with_link(clinician, addresses, link)
    page.reload()
    _sees_and_hears(page, CLINICIAN)
    _sees_and_hears(window, PATIENT)
    expect(clinic.tiles(window)).to_have_count(1)
    assert with_link(clinician, addresses, link) == sent
    clinic.leave(window, everyone=True)
    clinic.end_visit(clinician)


def test_a_second_click_on_send_sends_nothing_more(clinician: Page, addresses: Addresses) -> None:
    """B2: a double click creates and sends once."""
    day = own_day()
    before = sent_to(clinician, addresses, JOHAN_PHONE)
    clinic.log_in(clinician, addresses.clinic)
    clinician.goto(f"{addresses.clinic}/boka")
    clinic.choose_patient(clinician, JOHAN, JOHAN_PHONE)
    clinic.to_review(clinician, at=day)
    expect(clinic.send_button(clinician)).to_be_enabled()
    assert sent_to(clinician, addresses, JOHAN_PHONE) == before, "nothing is sent before the click"
    clinic.send_button(clinician).dblclick()
    clinician.get_by_role("link", name="Öppna besöket").click()
    expect(clinic.invitation_left(clinician)).to_be_visible()
    invitation = the_one_told(clinician, addresses)
    assert sent_to(clinician, addresses, JOHAN_PHONE) == [invitation, *before]
    clinic.show_day(clinician, addresses.clinic, day)
    expect(clinician.get_by_role("listitem").filter(has_text=JOHAN_NAME)).to_have_count(1)


@pytest.mark.parametrize("address", ["/b#nonsense", "/b#" + "A" * 27, "/b"])
def test_a_mangled_link_says_so_in_words(patient_page: Page, addresses: Addresses, address: str) -> None:
    """G5."""
    patient_page.goto(addresses.clinic + address)
    expect(patient_page.get_by_role("heading", level=1)).to_contain_text("länk", ignore_case=True)
    assert fits_the_width(patient_page)


def test_a_wrong_check_digit_is_told_beside_the_field_without_a_look_up(clinician: Page, addresses: Addresses) -> None:
    """P1."""
    clinic.log_in(clinician, addresses.clinic)
    asked: list[str] = []
    clinician.on("request", lambda request: asked.append(request.url) if "/patients/" in request.url else None)
    clinician.goto(f"{addresses.clinic}/patienter")
    clinic.find_patient(clinician, "194408139080")
    expect(clinician.get_by_text("Kontrollsiffran stämmer inte")).to_be_visible()
    assert asked == []


def test_a_deep_link_returns_to_its_target_after_login_and_log_out_ends_it(
    clinician: Page, addresses: Addresses
) -> None:
    """L1."""
    clinic.log_in_by_hand(clinician, f"{addresses.clinic}/?datum=2026-12-24")
    expect(clinician).to_have_url(f"{addresses.clinic}/?datum=2026-12-24")
    clinician.get_by_role("button", name="Logga ut").click()
    expect(clinician.get_by_role("link", name="Logga in med SITHS")).to_be_visible()
    assert clinician.request.get(f"{addresses.clinic}/api/session").status == 401
