"""The simulators' pages in a browser: the phone rings live, and BankID and SITHS are used by hand."""

import re
import shutil
from collections.abc import Iterator
from urllib.parse import quote

import httpx
import pytest
from playwright.sync_api import Page, expect, sync_playwright

from tests.unit.gateways.conftest import Simulators, simulators

__all__ = ["simulators"]
ANNA = "194408139089"
CLAIMS = quote('{"id_token": {"employeeHsaId": null}}')


@pytest.fixture
def page() -> Iterator[Page]:
    """A phone-sized page that fails the test on any script error."""
    errors: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        opened = browser.new_page(viewport={"width": 390, "height": 844})
        opened.on("pageerror", lambda error: errors.append(str(error)))
        yield opened
        browser.close()
    assert errors == []


def publish(simulators: Simulators, text: str) -> None:
    form = {"Action": "Publish", "PhoneNumber": "+46701740605", "Message": text}
    httpx.post(f"{simulators.url}/sns/", data=form).raise_for_status()


def start_order(simulators: Simulators) -> dict[str, str]:
    question = {"endUserIp": "127.0.0.1", "requirement": {"personalNumber": ANNA}}
    order: dict[str, str] = httpx.post(f"{simulators.url}/bankid/rp/v6.0/auth", json=question).json()
    return order


def status(simulators: Simulators, order: dict[str, str]) -> tuple[str, str]:
    question = {"orderRef": order["orderRef"]}
    answer = httpx.post(f"{simulators.url}/bankid/rp/v6.0/collect", json=question).json()
    return answer["status"], answer.get("hintCode", "")


def test_an_sms_appears_on_the_open_phone_and_its_link_opens(page: Page, simulators: Simulators) -> None:
    page.goto(f"{simulators.url}/phone/")
    expect(page.get_by_role("status")).to_have_text("Ansluten")
    publish(simulators, f"Öppna {simulators.url}/register/. Hej")
    expect(page.get_by_role("listitem")).to_contain_text("SMS till +46701740605")
    with page.expect_popup() as popup:
        page.get_by_role("link").click()
    expect(popup.value).to_have_url(f"{simulators.url}/register/")


def test_markup_in_a_message_stays_text(page: Page, simulators: Simulators) -> None:
    publish(simulators, "<img src=x onerror=alert(1)><b>fet</b> javascript:alert(1)")
    page.goto(f"{simulators.url}/phone/")
    expect(page.get_by_role("listitem")).to_contain_text("<img src=x onerror=alert(1)><b>fet</b>")
    assert page.locator("#messages img, #messages b, #messages a").count() == 0


def test_the_newest_message_is_at_the_top(page: Page, simulators: Simulators) -> None:
    page.goto(f"{simulators.url}/phone/")
    for text in ("first", "second"):
        publish(simulators, text)
    expect(page.get_by_role("listitem")).to_have_count(2)
    expect(page.get_by_role("listitem").first).to_contain_text("second")


def test_a_waiting_order_is_scanned_and_approved(page: Page, simulators: Simulators) -> None:
    page.goto(f"{simulators.url}/bankid/")
    order = start_order(simulators)
    page.get_by_role("link", name="Skanna för Anna Alm").click()
    page.get_by_role("button", name="Legitimera").click()
    expect(page.get_by_role("heading")).to_have_text("Klart")
    assert status(simulators, order) == ("complete", "")


def test_the_app_on_the_same_device_goes_back_to_the_service(page: Page, simulators: Simulators) -> None:
    order = start_order(simulators)
    back = f"{simulators.url}/register/"
    page.goto(f"{simulators.url}/bankid/app?autostarttoken={order['autoStartToken']}&redirect={back}")
    page.get_by_role("button", name="Avbryt").click()
    expect(page).to_have_url(back)
    assert status(simulators, order) == ("failed", "userCancel")


def test_another_person_is_told_that_it_is_not_for_them(page: Page, simulators: Simulators) -> None:
    order = start_order(simulators)
    page.goto(f"{simulators.url}/bankid/app?autostarttoken={order['autoStartToken']}&redirect=null")
    page.get_by_label("Bo Bengtsson").check()
    page.get_by_role("button", name="Legitimera").click()
    expect(page.get_by_role("heading")).to_have_text("Legitimeringen misslyckades")
    assert status(simulators, order) == ("failed", "certificateErr")


def test_a_clinician_logs_in_with_one_click(page: Page, simulators: Simulators) -> None:
    back = f"{simulators.url}/register/"
    query = f"response_type=code&client_id=vardrum&redirect_uri={back}&scope=openid&state=s1&nonce=n&claims={CLAIMS}"
    page.goto(f"{simulators.url}/idp/authorize?{query}&code_challenge=c&code_challenge_method=S256")
    page.get_by_role("button", name="Karin Ek").click()
    expect(page).to_have_url(re.compile(re.escape(back) + r"\?code=[\w-]{43}&state=s1"))
