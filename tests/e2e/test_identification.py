"""Patients show who they are: BankID by QR code and on the same phone, Freja eID, the wrong person, and giving up (G6)."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.e2e import clinic, patient
from tests.e2e.accessibility import Examination
from tests.e2e.browser import PATIENCE_MS, PHONE, context_of
from tests.e2e.conftest import Addresses
from tests.e2e.told import link_of
from tests.e2e.traces import TRACES

INGRID, INGRID_NAME, INGRID_PHONE = "195712302842", "Ingrid Sandberg", "070-174 06 08"
ANOTHER_NAME = "Johan Wikström"
IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/18.1 Mobile/15E148 Safari/604.1"
)
WITHDRAWN_MS = 15_000
"""Far less than the half minute after which an order ends by itself."""


@pytest.fixture(scope="module")
def link(clinic_browser: Browser, addresses: Addresses) -> str:
    """The link of one booked visit: it opens again and again, and the newest device has the place (G2)."""
    context = context_of(clinic_browser)
    page = context.new_page()
    clinic.log_in(page, addresses.clinic)
    clinic.book_visit(page, addresses.clinic, INGRID, INGRID_PHONE)
    address = link_of(page, addresses)
    TRACES.keep_cookies(context)
    context.close()
    return address


@pytest.fixture
def views() -> Examination:
    return Examination(secret=("Ingrid", "Sandberg"))


@pytest.fixture
def computer(patient_browser: Browser, views: Examination) -> Iterator[Page]:
    """A page of a patient's computer: there the QR code comes first."""
    yield from _page_of(context_of(patient_browser), views)


@pytest.fixture
def iphone(patient_browser: Browser, views: Examination) -> Iterator[Page]:
    """A page of a phone whose e-ID apps open our page again."""
    context = patient_browser.new_context(
        locale="sv-SE", timezone_id="Europe/Stockholm", viewport=PHONE, user_agent=IPHONE
    )
    context.set_default_timeout(PATIENCE_MS)
    TRACES.follow(context)
    yield from _page_of(context, views)


def _page_of(context: BrowserContext, views: Examination) -> Iterator[Page]:
    views.prepare(context)
    yield context.new_page()
    TRACES.keep_cookies(context)
    context.close()


def _button(page: Page, name: str) -> Locator:
    return page.get_by_role("button", name=name, exact=True)


def _is_let_in(page: Page) -> None:
    expect(page.get_by_role("heading", name="Fungerar kamera och ljud?")).to_be_visible()


def _freja(addresses: Addresses) -> str:
    return f"{addresses.settings.simulators_public_url}/freja/"


def test_a_code_on_the_computer_is_scanned_with_the_phone(
    computer: Page, link: str, addresses: Addresses, views: Examination
) -> None:
    computer.goto(link)
    views.see(computer, "choice of e-ID", _button(computer, patient.WITH_BANKID))
    patient.start(computer)
    code = computer.get_by_role("img", name="QR-kod för BankID")
    expect(code).to_be_visible()
    first = code.locator("path").get_attribute("d")
    expect(code.locator("path")).not_to_have_attribute("d", str(first))
    views.see(computer, "QR code")
    patient.identify_by_qr(computer, addresses.bankid, INGRID_NAME)
    _is_let_in(computer)
    views.assert_clean()


def test_the_app_on_the_same_phone_opens_the_page_again(iphone: Page, link: str, views: Examination) -> None:
    """BankID shows who asks (`userVisibleData`), and goes back where our server said (`returnUrl`)."""
    iphone.goto(link)
    patient.start(iphone)
    here = iphone.get_by_role("link", name="Öppna BankID på den här enheten")
    views.see(iphone, "BankID here", here)
    here.click()
    expect(iphone.get_by_text("Du legitimerar dig för att komma in i ett videomöte.")).to_be_visible()
    patient.choose_in_bankid(iphone, INGRID_NAME)
    _is_let_in(iphone)
    assert "#" not in iphone.url
    views.assert_clean()


def test_another_person_is_told_so_and_the_right_one_may_try(iphone: Page, link: str, views: Examination) -> None:
    iphone.goto(link)
    patient.start(iphone)
    iphone.get_by_role("link", name="Öppna BankID på den här enheten").click()
    patient.choose_in_bankid(iphone, ANOTHER_NAME)
    iphone.get_by_role("link", name="Tillbaka till tjänsten").click()
    expect(iphone.get_by_role("heading", name="Det gick inte att legitimera dig")).to_be_visible()
    expect(
        iphone.get_by_text("Länken är personlig. Bara den som är inbjuden kan legitimera sig med den.")
    ).to_be_visible()
    views.see(iphone, "another person", _button(iphone, "Försök igen"))
    _button(iphone, "Försök igen").click()
    patient.identify_on_this_device(iphone, INGRID_NAME)
    _is_let_in(iphone)
    views.assert_clean()


def test_freja_on_the_same_phone(iphone: Page, link: str, views: Examination) -> None:
    iphone.goto(link)
    _button(iphone, patient.WITH_FREJA).click()
    here = iphone.get_by_role("link", name="Öppna Freja på den här enheten")
    views.see(iphone, "Freja here", here)
    here.click()
    views.see(iphone, "simulated Freja", _button(iphone, "Legitimera"))
    iphone.get_by_role("radio", name=INGRID_NAME).check()
    _button(iphone, "Legitimera").click()
    _is_let_in(iphone)
    views.assert_clean()


def test_freja_on_a_computer_waits_in_the_phone_of_the_one_person(
    computer: Page, link: str, addresses: Addresses, views: Examination
) -> None:
    computer.goto(link)
    _button(computer, patient.WITH_FREJA).click()
    expect(computer.get_by_text("Öppna Freja-appen och legitimera dig.")).to_be_visible()
    expect(computer.get_by_role("link")).to_have_count(0)
    views.see(computer, "Freja on the phone")
    app = computer.context.new_page()
    app.goto(_freja(addresses))
    app.get_by_role("link", name=f"Öppna för {INGRID_NAME}").click()
    expect(computer.get_by_text("Läs i Freja-appen, och godkänn med din pinkod.")).to_be_visible()
    app.get_by_role("radio", name=ANOTHER_NAME).check()
    _button(app, "Legitimera").click()
    expect(app.get_by_role("heading", name="Ingen begäran till dig")).to_be_visible()
    app.go_back()
    _button(app, "Avbryt").click()
    expect(computer.get_by_text("Du avbröt legitimeringen i Freja-appen.")).to_be_visible()
    views.see(computer, "declined", _button(computer, "Försök igen"))
    views.assert_clean()


def test_who_leaves_the_page_or_chooses_the_other_e_id_leaves_no_order_behind(
    computer: Page, link: str, addresses: Addresses
) -> None:
    bankid, freja = computer.context.new_page(), computer.context.new_page()
    bankid.goto(addresses.bankid)
    freja.goto(_freja(addresses))
    scan = bankid.get_by_role("link", name=f"Skanna för {INGRID_NAME}")
    asked = freja.get_by_role("link", name=f"Öppna för {INGRID_NAME}")
    for leave_the_page in (False, True):
        computer.goto(link)
        patient.start(computer)
        expect(scan).to_be_visible()
        if leave_the_page:
            computer.goto("about:blank")
        else:
            _button(computer, "Avbryt").click()
        expect(scan).to_have_count(0, timeout=WITHDRAWN_MS)
    computer.goto(link)
    _button(computer, patient.WITH_FREJA).click()
    expect(asked).to_be_visible()
    _button(computer, "Avbryt").click()
    patient.start(computer)
    expect(asked).to_have_count(0, timeout=WITHDRAWN_MS)
    expect(scan).to_be_visible()
    _button(computer, "Avbryt").click()
    # An order of hers that went on would be in the way of the next one, in another test.
    expect(scan).to_have_count(0, timeout=WITHDRAWN_MS)
