"""Staff log in with SITHS, choose what they work on, and see and end their logins (L1)."""

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.accessibility import Examination
from tests.e2e.browser import PATIENCE_MS
from tests.e2e.conftest import Addresses
from tests.e2e.traces import TRACES

ELSEWHERE = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
MARIA, GUNNAR, PETRA = "Maria Åkesson", "Gunnar Hellström", "Petra Forslund"


@pytest.fixture
def views() -> Examination:
    return Examination(secret=())


@pytest.fixture
def elsewhere(clinic_browser: Browser) -> Iterator[Page]:
    """A page of another profile: the same person at another desk."""
    context = clinic_browser.new_context(locale="sv-SE", timezone_id="Europe/Stockholm", user_agent=ELSEWHERE)
    context.set_default_timeout(PATIENCE_MS)
    TRACES.follow(context)
    yield context.new_page()
    TRACES.keep_cookies(context)
    context.close()


def _at_siths(page: Page, address: str, name: str) -> None:
    page.goto(address)
    page.get_by_role("link", name="Logga in med SITHS").click()
    page.get_by_role("button", name=name).click()


def _choose(page: Page, unit: str) -> None:
    page.get_by_role("button", name=unit).click()
    expect(page.get_by_role("button", name="Logga ut")).to_be_visible()


def _menu(page: Page, name: str) -> None:
    page.get_by_role("banner").get_by_role("button", name=name).click()


def _path(page: Page) -> str:
    return urlsplit(page.url).path


def test_a_deep_link_goes_through_login_and_choice_to_its_target(
    clinician: Page, addresses: Addresses, views: Examination
) -> None:
    """L1: and the commission can be switched without a new login."""
    views.prepare(clinician.context)
    _at_siths(clinician, f"{addresses.clinic}/patienter", MARIA)
    expect(clinician.get_by_role("heading", name="Välj medarbetaruppdrag")).to_be_visible()
    expect(clinician.get_by_text("Kvalitetsregister")).to_have_count(0)
    views.see(clinician, "choice of commission", clinician.get_by_role("button", name="Barn- och ungdomsmottagningen"))
    _choose(clinician, "Barn- och ungdomsmottagningen")
    expect(clinician.get_by_role("textbox", name="Personnummer")).to_be_focused()
    assert _path(clinician) == "/patienter"
    expect(clinician.get_by_role("banner")).to_contain_text("Barn- och ungdomsmottagningen")
    _menu(clinician, MARIA)
    views.see(clinician, "user menu", clinician.get_by_role("link", name="Mina inloggningar"))
    clinician.get_by_role("button", name="Byt medarbetaruppdrag").click()
    views.see(clinician, "switch of commission", clinician.get_by_role("button", name="Avbryt"))
    clinician.get_by_role("dialog").get_by_role("button", name="Hudmottagningen Halmstad").click()
    expect(clinician.get_by_role("banner")).to_contain_text("Hudmottagningen Halmstad")
    views.assert_clean()


def test_a_login_elsewhere_is_seen_and_ended_at_once(
    clinician: Page, elsewhere: Page, addresses: Addresses, views: Examination
) -> None:
    """L1: its open page is led to the login, and back where it was."""
    views.prepare(clinician.context)
    _at_siths(elsewhere, f"{addresses.clinic}/patienter", MARIA)
    _choose(elsewhere, "Hudmottagningen Halmstad")
    _at_siths(clinician, addresses.clinic, MARIA)
    _choose(clinician, "Barn- och ungdomsmottagningen")
    _menu(clinician, MARIA)
    clinician.get_by_role("link", name="Mina inloggningar").click()
    rows = clinician.get_by_role("main").get_by_role("listitem")
    expect(rows.first).to_contain_text("Den här inloggningen")
    expect(rows.first).to_contain_text("Chrome på Linux")
    other = rows.filter(has_text="Firefox på Windows")
    expect(other).to_contain_text("Hudmottagningen Halmstad")
    views.see(clinician, "my logins", other.get_by_role("button"))
    other.get_by_role("button").click()
    expect(other).to_have_count(0)
    expect(elsewhere.get_by_text("Din inloggning har upphört")).to_be_visible()
    assert "return_to=%2Fpatienter" in elsewhere.url
    views.assert_clean()


def test_logging_out_ends_it_here_and_at_the_provider(clinician: Page, addresses: Addresses) -> None:
    """L1: the way back leads to nothing."""
    _at_siths(clinician, addresses.clinic, "Karin Ek")
    clinician.get_by_role("button", name="Logga ut").click()
    expect(clinician.get_by_role("link", name="Logga in med SITHS")).to_be_visible()
    clinician.goto(f"{addresses.clinic}/patienter")
    expect(clinician.get_by_role("link", name="Logga in med SITHS")).to_be_visible()
    assert "return_to=%2Fpatienter" in clinician.url


def test_who_changes_their_mind_at_the_provider_is_told_so_and_can_begin_anew(
    clinician: Page, addresses: Addresses, views: Examination
) -> None:
    """L1."""
    views.prepare(clinician.context)
    _at_siths(clinician, f"{addresses.clinic}/patienter", "Avbryt")
    expect(clinician.get_by_role("alert")).to_have_text("Inloggningen avbröts. Du är inte inloggad.")
    views.see(clinician, "login cancelled", clinician.get_by_role("link", name="Logga in med SITHS"))
    clinician.get_by_role("link", name="Logga in med SITHS").click()
    clinician.get_by_role("button", name="Karin Ek").click()
    expect(clinician.get_by_role("heading", name="Sök patient")).to_be_visible()
    assert _path(clinician) == "/patienter"
    views.assert_clean()


@pytest.mark.parametrize(("name", "path"), [(GUNNAR, "/logg"), (PETRA, "/organisation")])
def test_who_runs_the_service_lands_on_a_page_of_theirs(
    clinician: Page, addresses: Addresses, views: Examination, name: str, path: str
) -> None:
    """L1: and finds no way to patients there."""
    views.prepare(clinician.context)
    _at_siths(clinician, addresses.clinic, name)
    clinician.wait_for_url(f"{addresses.clinic}{path}")
    expect(clinician.get_by_role("button", name="Logga ut")).to_be_visible()
    expect(clinician.get_by_role("link", name="Boka")).to_have_count(0)
    _menu(clinician, name)
    clinician.get_by_role("link", name="Organisation").click()
    expect(clinician.get_by_role("row", name=GUNNAR)).to_contain_text("Administratör")
    views.see(clinician, "organisation")
    views.assert_clean()
