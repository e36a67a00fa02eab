"""What the other browser tests wrote and used stands nowhere but where it is meant to be. Runs after them (conftest.py)."""

import hashlib
import json
import re
from collections.abc import Iterator

import httpx
import pytest
from playwright.sync_api import Browser

from local.settings import ROOT
from tests.e2e.conftest import Addresses
from tests.e2e.places import hashes, logs, places
from tests.e2e.secrets import Kind, Secret, leaks, opening
from tests.e2e.traces import TRACES, Traces
from tests.e2e.waiting import until

ANNA = Secret("number", "194408139089")


def _demo_people() -> Iterator[Secret]:
    """Patients and clinicians of the demo data, whether a test met them or not."""
    for person in json.loads((ROOT / "local" / "demo" / "people.json").read_bytes()):
        yield Secret("number", person["number"])
        yield Secret("name", f"{person['given_name']} {person['family_name']}")
        yield Secret("name", person["family_name"])
    for clinician in json.loads((ROOT / "local" / "demo" / "clinicians.json").read_bytes())["clinicians"]:
        yield Secret("name", f"{clinician['given_name']} {clinician['family_name']}")


def _sent(addresses: Addresses) -> Iterator[Secret]:
    """Of the messages on the simulated phone: to whom, and each link's token."""
    for message in httpx.get(addresses.phone_messages, params={"limit": 500}).json()["messages"]:
        yield Secret("phone" if message["kind"] == "sms" else "email", message["to"])
        yield from (Secret("token", token) for token in re.findall(r"/b#([\w-]+)", message["text"]))


def test_nothing_personal_and_nothing_that_opens_stands_where_it_should_not(addresses: Addresses) -> None:
    """G5, C6, C12, S6: every log, metric, address, key, queue and row of this run."""
    secrets = {*TRACES.secrets, *_demo_people(), *_sent(addresses)}
    used = {secret.kind for secret in TRACES.secrets}
    if not used >= {"number", "phone", "token", "proof", "chat", "call chat"}:
        pytest.skip("the browser tests that use these have not run")
    keys = hashes(addresses.settings)
    found: dict[tuple[str, Kind], str] = {}
    for place in places(addresses.settings):
        for kind in leaks(place.text, secrets) - place.allowed:
            found.setdefault((place.name, kind), place.text)
        if opening(place.text, keys):
            found.setdefault((place.name, "token"), place.text)
    assert not found, "\n".join(f"{place}: {kind}: {text[:300]}" for (place, kind), text in found.items())


def test_the_functions_metrics_are_among_what_is_searched(addresses: Addresses) -> None:
    """A3: they go to the log, as CloudWatch wants them."""
    said = [place.text for place in logs(addresses.settings.data / "logs") if '"_aws"' in place.text]
    assert any('"operation":"GET ' in line for line in said)


def test_no_page_has_needed_what_its_policy_forbids() -> None:
    """OWASP ASVS 5.0, V3.4.3: scripts, styles, sockets and pictures of our own alone, in all that the tests before did."""
    assert TRACES.stopped == set()


def test_a_planted_breach_of_the_policy_is_seen(clinic_browser: Browser, addresses: Addresses) -> None:
    traces, context = Traces(), clinic_browser.new_context()
    traces.follow(context)
    page = context.new_page()
    page.goto(f"{addresses.clinic}/logga-in")
    page.evaluate("document.head.append(Object.assign(document.createElement('style'), {textContent: 'a {}'}))")
    until(page, lambda: bool(traces.stopped), "the breach")
    context.close()


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        ("number=194408139089", ANNA),
        ("number=440813-9089 refused", ANNA),
        ("GET /api/patients?number=19440813%2D9089", ANNA),
        ("sent to +46701740605", Secret("phone", "070-174 06 05")),
        ("sent to 070-174 06 05", Secret("phone", "+46701740605")),
        ('{"to": "\\u00c5sa Bergstr\\u00f6m"}', Secret("name", "Åsa Bergström")),
        ("b'Hej, \\xc3\\x85sa Bergstr\\xc3\\xb6m'", Secret("name", "Åsa Bergström")),
        ("/visits?name=%C3%85sa%20Bergstr%C3%B6m", Secret("name", "Åsa Bergström")),
        ("told anna alm", Secret("name", "Anna Alm")),
        ("bounced: sara@example.se", Secret("email", "other@example.se")),
        ("cookie __Host-staff=kJ8_w-6yZ", Secret("token", "kJ8_w-6yZ")),
        ('{"text": "Hör du mig?"}', Secret("call chat", "Hör du mig?")),
    ],
)
def test_a_planted_leak_is_found(text: str, secret: Secret) -> None:
    assert leaks(text, [secret]) == {secret.kind}


def test_what_only_looks_alike_is_none() -> None:
    secrets = [ANNA, Secret("name", "Alm"), Secret("name", "Nordin"), Secret("phone", "070-174 06 05")]
    quiet: set[Kind] = leaks("2026-11-22 02:33:01,440 INFO nordinary palm 0701740", secrets)
    assert quiet == set()


def test_a_token_is_known_by_the_hash_that_is_stored_of_it() -> None:
    token = "kJ8_w-6yZkJ8_w-6yZkJ8_w-6yZ"
    key = hashlib.sha256(token.encode()).hexdigest()
    assert opening(f"GET /b?token={token}", {key})
    assert not opening(f"a row's own key is {key}", {key})
