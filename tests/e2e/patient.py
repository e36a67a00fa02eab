"""What a patient does, in the words on the screen."""

from playwright.sync_api import Locator, Page, expect

WITH_BANKID = "Legitimera dig med BankID"
WITH_FREJA = "Legitimera dig med Freja eID"


def identify_on_this_device(page: Page, person: str) -> None:
    """BankID on the same phone: the app opens, the person legitimates, the page goes on by itself (G6)."""
    here = "Öppna BankID på den här enheten"
    page.get_by_role("button", name=here).or_(page.get_by_role("link", name=here)).click()
    choose_in_bankid(page, person)


def identify_by_qr(page: Page, bankid_address: str, person: str) -> Page:
    """Scan the code that the page shows with the simulated app on another device; the app's page comes back."""
    elsewhere = page.get_by_role("button", name="Använd BankID på en annan enhet")
    code = page.get_by_role("img", name="QR-kod för BankID")
    expect(elsewhere.or_(code).first).to_be_visible()
    if elsewhere.is_visible():
        elsewhere.click()
    expect(code).to_be_visible()
    app = page.context.new_page()
    app.goto(bankid_address)
    app.get_by_role("link", name=f"Skanna för {person}").first.click()
    choose_in_bankid(app, person)
    app.wait_for_load_state()  # a page that is closed while another one comes into it stays open for good in Chromium
    return app


def choose_in_bankid(app: Page, person: str) -> None:
    app.get_by_role("radio", name=person).check()
    app.get_by_role("button", name="Legitimera").click()


def go_to_waiting_room(page: Page) -> None:
    """Past the name of a group's member and the page about a visit that is long ahead, and the test, which may be skipped."""
    skip, about = page.get_by_role("button", name="Hoppa över"), page.get_by_role("button", name="Gå till väntrummet")
    expect(skip.or_(about).or_(display_name_step(page)).first).to_be_visible()
    if display_name_step(page).is_visible():
        page.get_by_role("button", name="Fortsätt").click()
        expect(skip.or_(about).first).to_be_visible()
    if about.is_visible():
        about.click()
    skip.click()
    expect(waiting_room(page)).to_be_visible()


def display_name_step(page: Page) -> Locator:
    """Where one chooses what a group's other patients see (B8)."""
    return page.get_by_role("heading", name="Så ser de andra dig")


def waiting_room(page: Page) -> Locator:
    return page.get_by_role("heading", name="Du är i väntrummet")


def answer(page: Page) -> None:
    """Accept the call request and join with the device step (C3)."""
    page.get_by_role("button", name="Svara").click()
    page.get_by_role("button", name="Anslut till videosamtal").click()


def start(page: Page) -> None:
    """From the link's first page to BankID."""
    page.get_by_role("button", name=WITH_BANKID).click()


def write_to_clinic(page: Page, text: str) -> None:
    page.get_by_role("textbox", name="Ditt meddelande").fill(text)
    page.get_by_role("button", name="Skicka").click()
