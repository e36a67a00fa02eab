"""A visit and its call, for both sides and a guest, by WCAG 2.2 AA: axe's rules, 320 px, keyboard, titles (A1)."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.e2e import clinic, patient
from tests.e2e.accessibility import Examination, opens_and_gives_back
from tests.e2e.browser import PATIENCE_MS, PHONE
from tests.e2e.camera import CLINICIAN, PATIENT
from tests.e2e.clock import STOCKHOLM, own_reason, soon
from tests.e2e.conftest import Addresses
from tests.e2e.measure import is_seen, remote_video
from tests.e2e.told import link_of
from tests.e2e.waiting import until

CLINICIAN_NAME = "Karin Ek"
AMIRA, AMIRA_NAME, AMIRA_PHONE = "199312172381", "Amira Hassan", "070-174 06 13"
INTERPRETER = "Tolk digital"
# Ahead of a full minute: the visit's time comes while the test goes on, and is not over before the booking is sent.
LATEST = timedelta(seconds=40)
ANDROID = (
    "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0 Mobile Safari/537.36"
)


@pytest.fixture
def views() -> Examination:
    return Examination(secret=("Amira", "Hassan", "Elin", "Nyström"))


@pytest.fixture
def phone(patient_browser: Browser) -> Iterator[Page]:
    """A page of a browser that says it is a phone: there BankID on the same device comes first."""
    context = patient_browser.new_context(
        locale="sv-SE",
        timezone_id="Europe/Stockholm",
        viewport=PHONE,
        user_agent=ANDROID,
        permissions=["camera", "microphone"],
    )
    context.set_default_timeout(PATIENCE_MS)
    yield context.new_page()
    context.close()


def _button(page: Page, name: str) -> Locator:
    return page.get_by_role("button", name=name, exact=True)


def test_a_visit_on_both_sides(clinician: Page, phone: Page, addresses: Addresses, views: Examination) -> None:
    """S1-S7, C2-C9, G5, G6: from the booked visit over the call to its end."""
    for page in (clinician, phone):
        views.prepare(page.context)
    clinic.log_in(clinician, addresses.clinic)
    at, reason = soon(LATEST), own_reason()
    clinic.book_visit(clinician, addresses.clinic, AMIRA, AMIRA_PHONE, reason=reason, at=at)
    expect(clinic.invitation_left(clinician)).to_be_visible()
    views.see(clinician, "visit booked", _button(clinician, "Ta emot"))
    link = link_of(clinician, addresses)
    _see_the_way_to_the_waiting_room(phone, addresses, link, views)
    _see_the_visit_begin(clinician, reason, at, views)
    window = clinic.open_call(clinician)
    _see_the_way_into_the_call(window, phone, views)
    _see_panels(window, views)
    _see_a_shared_screen(window, phone, views)
    _see_who_is_muted(window, phone, views)
    _see_sound_only(window, views)
    _keys_act(window)
    _see_visit_with_call(clinician, views)
    _see_the_end_of_the_call(window, phone, views)
    clinic.end_visit(clinician)
    views.see(clinician, "visit ended")
    expect(phone.get_by_role("heading", name="Besöket är avslutat")).to_be_visible()
    views.see(phone, "patient: ended")
    phone.goto("about:blank")
    phone.goto(link)
    expect(phone.get_by_role("heading", name="Besöket är avslutat")).to_be_visible()
    views.see(phone, "patient: dead link")
    views.assert_clean()


def _see_the_way_to_the_waiting_room(page: Page, addresses: Addresses, link: str, views: Examination) -> None:
    page.goto(addresses.phone)
    expect(page.get_by_role("link").first).to_be_visible()
    views.see(page, "simulated phone", page.get_by_role("link").first)
    page.goto(link)
    views.see(page, "patient: welcome", _button(page, patient.WITH_BANKID))
    patient.start(page)
    here = page.get_by_role("link", name="Öppna BankID på den här enheten")
    expect(here).to_be_visible()
    views.see(page, "patient: BankID here", here)
    _button(page, "Använd BankID på en annan enhet").click()
    expect(page.get_by_role("img", name="QR-kod för BankID")).to_be_visible()
    views.see(page, "patient: BankID elsewhere", here)
    here.click()
    views.see(page, "simulated BankID", _button(page, "Legitimera"))
    patient.choose_in_bankid(page, AMIRA_NAME)
    views.see(page, "patient: before the test", _button(page, "Testa kamera"))
    _button(page, "Testa kamera").click()
    expect(_button(page, "Det fungerar, fortsätt")).to_be_visible()
    views.see(page, "patient: test", _button(page, "Det fungerar, fortsätt"))
    _button(page, "Det fungerar, fortsätt").click()
    expect(patient.waiting_room(page)).to_be_visible()
    patient.write_to_clinic(page, "Jag är här")
    views.see(page, "patient: waiting room", page.get_by_role("textbox", name="Ditt meddelande"))


def _see_the_visit_begin(page: Page, reason: str, at: datetime, views: Examination) -> None:
    page.get_by_role("link", name="Tillbaka till dagen").click()
    row = page.get_by_role("region", name="Väntar nu").get_by_role("listitem").filter(has_text=reason)
    receive = row.get_by_role("button", name="Ta emot")
    expect(receive).to_be_visible()
    views.see(page, "day with someone waiting", receive)
    receive.click()
    views.see(page, "visit received", _button(page, "Starta besök"))
    _see_participants(page, views)
    until(page, lambda: datetime.now(STOCKHOLM) > at, "the visit's time has come, and Uteblev with it")
    page.reload()
    opens_and_gives_back(page, _button(page, "Uteblev"), page.get_by_role("dialog"), views, "no-show dialog")
    _button(page, "Starta besök").click()
    expect(_button(page, "Starta videomöte")).to_be_visible()
    clinic.write_to_patient(page, "Hej, strax börjar vi")
    page.get_by_role("textbox", name="Anteckningar").fill("Utslag på höger arm sedan en vecka.")
    views.see(page, "visit ongoing", _button(page, "Starta videomöte"))


def _see_participants(page: Page, views: Examination) -> None:
    """Redigera deltagare, with each of its forms, a message that would be sent, and the question before a removal (G1)."""
    opener = _button(page, "Redigera deltagare")
    opens_and_gives_back(page, opener, page.get_by_role("dialog"), views, "participants")
    opener.click()
    _button(page, "Lägg till kollega").click()
    views.see(page, "participants: colleague", _button(page, "Lägg till"))
    _button(page, "Avbryt").click()
    _button(page, "Lägg till tolk").click()
    views.see(page, "participants: guest", _button(page, "Lägg till"))
    _button(page, "Lägg till").click()
    expect(page.get_by_text("Du är inbjuden till ett videomöte")).to_be_visible()
    views.see(page, "participants: to be invited", _button(page, "Bjud in"))
    _button(page, "Bjud in").click()
    _button(page, "Ta bort Tolk digital").click()
    views.see(page, "participants: removal", _button(page, "Ta bort"))
    _button(page, "Ta bort").click()
    expect(page.get_by_text("Tolk digital är borttagen ur besöket")).to_be_visible()
    _button(page, "Stäng").click()


def _see_the_way_into_the_call(window: Page, page: Page, views: Examination) -> None:
    join = _button(window, "Anslut till videosamtal")
    expect(join).to_be_enabled()
    views.see(window, "call: devices", join)
    join.click()
    expect(window.get_by_text("Väntar på")).to_be_visible()
    views.see(window, "call: alone", _button(window, "Lämna"))
    expect(_button(page, "Svara")).to_be_visible()
    views.see(page, "patient: call request", _button(page, "Svara"))
    _button(page, "Svara").click()
    join = _button(page, "Anslut till videosamtal")
    expect(join).to_be_enabled()
    views.see(page, "patient: devices", join)
    join.click()
    until(window, lambda: is_seen(window, PATIENT, remote_video()), "the patient is seen")
    until(page, lambda: is_seen(page, CLINICIAN, remote_video()), "the clinician is seen")
    views.see(window, "call", _button(window, "Lämna"))
    views.see(page, "patient: call", _button(page, "Lämna"))


def _see_panels(window: Page, views: Examination) -> None:
    """Each panel and the leave dialog take the focus and give it back."""
    panel = window.get_by_role("complementary")
    clinic.write_in_call(window, "Hör du mig bra?")
    window.keyboard.press("Escape")
    for name in ("Chatt", "Deltagare", "Mer"):
        opener = _button(window, name)
        opens_and_gives_back(window, opener, panel, views, f"call: {name}")
    opens_and_gives_back(window, _button(window, "Lämna"), window.get_by_role("dialog"), views, "call: leave")


def _see_a_shared_screen(window: Page, page: Page, views: Examination) -> None:
    """C5: on both sides."""
    _button(window, "Dela skärm").click()
    expect(window.get_by_text("Du delar din skärm")).to_be_visible()
    views.see(window, "call: sharing", _button(window, "Dela en till"))
    expect(page.locator("li[data-share]")).to_be_visible()
    views.see(page, "patient: shared screen", _button(page, f"Fäst Skärm: {CLINICIAN_NAME}"))
    window.get_by_role("toolbar").get_by_role("button", name="Sluta dela").click()
    expect(page.locator("li[data-share]")).to_have_count(0)


def _see_who_is_muted(window: Page, page: Page, views: Examination) -> None:
    """C4c."""
    _button(window, "Deltagare").click()
    window.get_by_role("button", name=f"Stäng av mikrofonen för {AMIRA_NAME}").click()
    window.keyboard.press("Escape")
    unmute = _button(page, "Slå på mikrofonen")
    expect(unmute).to_be_visible()
    views.see(page, "patient: muted by staff", unmute)
    unmute.click()
    expect(unmute).to_have_count(0)


def _see_sound_only(window: Page, views: Examination) -> None:
    """C11."""
    _button(window, "Mer").click()
    window.get_by_role("switch", name="Endast ljud").check()
    window.keyboard.press("Escape")
    views.see(window, "call: sound only", _button(window, "Visa bilder"))
    _button(window, "Visa bilder").click()
    expect(_button(window, "Mikrofon på")).to_be_focused()


def _keys_act(window: Page) -> None:
    """M, V and C, until the switch turns them off (WCAG 2.1.4)."""
    panel = window.get_by_role("complementary")
    for key, on, off in (("m", "Mikrofon på", "Mikrofon av"), ("v", "Kamera på", "Kamera av")):
        window.keyboard.press(key)
        expect(_button(window, off)).to_be_visible()
        window.keyboard.press(key)
        expect(_button(window, on)).to_be_visible()
    window.keyboard.press("c")
    expect(panel).to_be_visible()
    window.keyboard.press("Escape")
    _button(window, "Mer").click()
    window.get_by_role("switch", name="Kortkommandon").uncheck()
    window.keyboard.press("Escape")
    for key in "mvc":
        window.keyboard.press(key)
    expect(_button(window, "Mikrofon på")).to_be_visible()
    expect(_button(window, "Kamera på")).to_be_visible()
    expect(panel).to_have_count(0)


def _see_visit_with_call(page: Page, views: Examination) -> None:
    """S5: ending the visit asks first."""
    end = _button(page, "Avsluta besök")
    opens_and_gives_back(page, end, page.get_by_role("dialog"), views, "call-runs dialog")


def _see_the_end_of_the_call(window: Page, page: Page, views: Examination) -> None:
    _button(page, "Lämna").click()
    page.get_by_role("radio", name="Bra", exact=True).check()
    views.see(page, "patient: rating", _button(page, "Skicka"))
    _button(page, "Skicka").click()
    expect(patient.waiting_room(page)).to_be_visible()
    views.see(page, "patient: after the call")
    clinic.leave(window)
    window.get_by_role("radio", name="Medel").check()
    views.see(window, "call: detailed rating", _button(window, "Skicka"))
    _button(window, "Skicka").click()
    views.see(window, "call: done", _button(window, "Stäng fönstret"))


def test_a_guest_comes_is_replaced_and_removed(
    clinician: Page, phone: Page, addresses: Addresses, views: Examination
) -> None:
    """G1-G5: the guest's own way, on a device that another replaces, and out of a running call."""
    for page in (clinician, phone):
        views.prepare(page.context)
    clinic.log_in(clinician, addresses.clinic)
    clinic.book_visit(clinician, addresses.clinic, AMIRA, AMIRA_PHONE)
    phone.goto(_invited_interpreter(clinician))
    views.see(phone, "guest: name", _button(phone, "Fortsätt"))
    _button(phone, "Fortsätt").click()
    views.see(phone, "guest: before the test", _button(phone, "Testa kamera"))
    patient.go_to_waiting_room(phone)
    views.see(phone, "guest: waiting room", _button(phone, "Om videomötet"))
    _see_the_other_device_win(clinician, phone, views)
    _button(clinician, "Ta emot").click()
    _button(clinician, "Starta besök").click()
    window = clinic.open_call(clinician)
    clinic.join_call(window)
    patient.answer(phone)
    until(phone, lambda: is_seen(phone, CLINICIAN, remote_video()), "the clinician is seen")
    _button(clinician, "Redigera deltagare").click()
    _button(clinician, f"Ta bort {INTERPRETER}").click()
    _button(clinician, "Ta bort").click()
    expect(phone.get_by_role("heading", name="Du är inte längre med i videomötet")).to_be_visible()
    views.see(phone, "guest: removed")
    clinic.leave(window, everyone=True)
    views.assert_clean()


def _invited_interpreter(page: Page) -> str:
    """The organisation's own interpreter is added; the link comes back (G3)."""
    _button(page, "Redigera deltagare").click()
    _button(page, "Lägg till tolk").click()
    _button(page, "Lägg till").click()
    _button(page, "Bjud in").click()
    expect(_button(page, f"Ta bort {INTERPRETER}")).to_be_visible()
    _button(page, "Stäng").click()
    return clinic.copied_link(page, page.locator("li.participant").filter(has_text=INTERPRETER))


def _see_the_other_device_win(clinician: Page, phone: Page, views: Examination) -> None:
    """G2: and the first takes the link back."""
    newer = clinician.context.new_page()
    newer.goto(str(clinician.evaluate("navigator.clipboard.readText()")))
    _button(newer, "Fortsätt").click()
    here = _button(phone, "Använd här i stället")
    views.see(phone, "guest: replaced", here)
    here.click()
    _button(phone, "Fortsätt").click()
    expect(patient.waiting_room(phone)).to_be_visible()
    newer.close()
