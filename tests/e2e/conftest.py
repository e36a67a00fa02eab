"""The whole product on free ports, and one browser process per participant."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, sync_playwright

from local.settings import Settings
from tests.e2e.browser import browser_of, context_of
from tests.e2e.camera import CLINICIAN, PATIENT
from tests.e2e.traces import TRACES
from tests.stack import stack


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The privacy test looks at what all others have left behind."""
    items.sort(key=lambda item: item.path.name == "test_privacy.py")


@dataclass(frozen=True)
class Addresses:
    """Where a person goes."""

    settings: Settings

    @property
    def clinic(self) -> str:
        return self.settings.public_url

    @property
    def phone(self) -> str:
        return f"{self.settings.simulators_public_url}/phone/"

    @property
    def phone_messages(self) -> str:
        return f"{self.settings.simulators_public_url}/phone/api/messages"

    @property
    def bankid(self) -> str:
        return f"{self.settings.simulators_public_url}/bankid/"


@pytest.fixture(scope="session")
def addresses(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Addresses]:
    with stack(tmp_path_factory.mktemp("stack"), POWERTOOLS_METRICS_DISABLED="false") as running:
        yield Addresses(running.settings)


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def clinic_browser(playwright: Playwright, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with browser_of(playwright, CLINICIAN, tmp_path_factory.mktemp("clinician")) as browser:
        yield browser


@pytest.fixture(scope="session")
def patient_browser(playwright: Playwright, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with browser_of(playwright, PATIENT, tmp_path_factory.mktemp("patient")) as browser:
        yield browser


@pytest.fixture
def clinician(clinic_browser: Browser) -> Iterator[Page]:
    """A page of a clinician who is not logged in yet, on a desk."""
    context = context_of(clinic_browser)
    yield context.new_page()
    TRACES.keep_cookies(context)
    context.close()


@pytest.fixture
def offices(clinic_browser: Browser) -> Iterator[list[BrowserContext]]:
    """A profile each for three people at desks of their own."""
    contexts = [context_of(clinic_browser) for _ in range(3)]
    yield contexts
    for context in contexts:
        TRACES.keep_cookies(context)
        context.close()


@pytest.fixture
def patient_page(patient_browser: Browser) -> Iterator[Page]:
    """A page of a patient's phone."""
    context = context_of(patient_browser, phone=True)
    yield context.new_page()
    TRACES.keep_cookies(context)
    context.close()
