"""The deployed app on fake ports, and browsers at its door."""

from collections.abc import Callable
from io import StringIO

import pytest

from chalicelib import bootstrap
from chalicelib.api import observe
from chalicelib.domain.commission import Commission, StaffIdentity
from tests.browser import Browser
from tests.builders import EK, a_commission, a_staff_member, a_unit, an_organisation
from tests.fake_ports import FakePorts


@pytest.fixture
def ports(monkeypatch: pytest.MonkeyPatch) -> FakePorts:
    """What the app stands on: an organisation with Eva Ek, whom the identity provider knows by the code `ek`."""
    fakes = FakePorts()
    fakes.store.seed(an_organisation(), a_unit(), a_staff_member())
    fakes.identity_provider.identities["ek"] = identity()
    monkeypatch.setattr(bootstrap, "ports", lambda: fakes)
    monkeypatch.setenv("AWS_REGION", "eu-north-1")
    monkeypatch.setenv("POWERTOOLS_METRICS_DISABLED", "true")
    return fakes


@pytest.fixture
def log(ports: FakePorts, monkeypatch: pytest.MonkeyPatch) -> StringIO:
    """What the functions log from now on. The handler keeps the output it was made on, whichever test came first."""
    said = StringIO()
    monkeypatch.setattr(observe.logger().registered_handler, "stream", said)
    return said


@pytest.fixture
def browser(ports: FakePorts) -> Browser:
    """Nobody yet."""
    return Browser(ports)


@pytest.fixture
def clinician(ports: FakePorts) -> Browser:
    """Eva Ek, logged in."""
    return logged_in(Browser(ports))


@pytest.fixture
def another_browser(ports: FakePorts) -> Callable[[], Browser]:
    return lambda: Browser(ports)


def logged_in(browser: Browser, code: str = "ek") -> Browser:
    """The whole way through the identity provider, and the session's view read."""
    started = browser.get("/login?return_to=/")
    state = started.headers["location"].split("state=")[1].split("&")[0]
    assert browser.get(f"/login/callback?state={state}&code={code}").headers["location"] == "/"
    browser.csrf_token = browser.get("/session").json["csrf_token"]
    return browser


def identity(hsa_id: str = EK, *commissions: Commission) -> StaffIdentity:
    """Who comes from the identity provider: Eva Ek on the one commission for care, unless said otherwise."""
    return StaffIdentity(
        hsa_id=hsa_id, given_name="Eva", family_name="Ek", commissions=commissions or (a_commission(),)
    )
