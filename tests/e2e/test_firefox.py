"""A patient on Firefox and a clinician on Chromium see and hear each other (C2, C3, C4, C10)."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Playwright, expect

from tests.e2e import clinic
from tests.e2e.camera import CLINICIAN
from tests.e2e.conftest import Addresses
from tests.e2e.firefox import TONE_HZ, firefox, firefox_context, own_address, sound_server
from tests.e2e.measure import FRAMES, heard_hz, is_heard, is_seen, remote_audio, remote_video
from tests.e2e.meeting import meet
from tests.e2e.waiting import until
from tests.stack import stack

JOHAN, JOHAN_NAME, JOHAN_PHONE = "197912309296", "Johan Wikström", "070-174 06 09"


@pytest.fixture(scope="module")
def addresses(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Addresses]:
    """A stack of its own, on an address that Firefox reaches: it gathers no candidate on loopback."""
    address = own_address()
    if address is None:
        pytest.skip("Firefox needs an address besides loopback for its calls")
    with stack(tmp_path_factory.mktemp("stack"), MEDIA_UDP_HOST=address, MEDIA_ANNOUNCED_IP=address) as running:
        yield Addresses(running.settings)


@pytest.fixture(scope="module")
def firefox_browser(playwright: Playwright, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    folder = tmp_path_factory.mktemp("firefox")
    with sound_server(folder) as sound, firefox(playwright, folder, sound) as browser:
        yield browser


@pytest.fixture
def firefox_page(firefox_browser: Browser) -> Iterator[Page]:
    context = firefox_context(firefox_browser)
    yield context.new_page()
    context.close()


def _firefox_is_seen_and_heard(window: Page) -> None:
    """Its camera shows no one colour: the picture moves, and more than one colour comes by."""
    before = window.evaluate(FRAMES, remote_video())
    until(window, lambda: window.evaluate(FRAMES, remote_video()) > before + 10, "Firefox's picture moves")
    until(window, lambda: _sounds_like_firefox(window), "Firefox's tone is heard")


def _sounds_like_firefox(window: Page) -> bool:
    frequency = heard_hz(window, remote_audio())
    return frequency is not None and abs(frequency - TONE_HZ) < 12


def test_firefox_and_chromium_meet_in_a_call(clinician: Page, firefox_page: Page, addresses: Addresses) -> None:
    """From the SMS to the call, muting, a reload in the call, and leaving."""
    page = firefox_page
    clinic.log_in(clinician, addresses.clinic)
    clinic.book_visit(clinician, addresses.clinic, JOHAN, JOHAN_PHONE)
    window = meet(clinician, page, addresses, JOHAN_NAME)
    _each_sees_and_hears_the_other(window, page)
    page.get_by_role("button", name="Mikrofon på").click()
    until(window, lambda: not _sounds_like_firefox(window), "muted, Firefox is silent")
    page.get_by_role("button", name="Mikrofon av").click()
    page.reload()
    _each_sees_and_hears_the_other(window, page)
    page.get_by_role("button", name="Lämna").click()
    expect(clinic.tiles(window)).to_have_count(0)


def _each_sees_and_hears_the_other(window: Page, page: Page) -> None:
    until(page, lambda: is_seen(page, CLINICIAN, remote_video()), "the clinician's picture is seen in Firefox")
    until(page, lambda: is_heard(page, CLINICIAN, remote_audio()), "the clinician's tone is heard in Firefox")
    _firefox_is_seen_and_heard(window)
