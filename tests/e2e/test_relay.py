"""A call of two browsers that may reach the media node by a TURN relay alone: by UDP, by TCP and by TLS."""

import base64
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from playwright.sync_api import Browser, BrowserContext, Page, Playwright

from local.settings import HOST
from tests.e2e import clinic
from tests.e2e.browser import browser_of, context_of
from tests.e2e.camera import CLINICIAN, PATIENT, Person
from tests.e2e.conftest import Addresses
from tests.e2e.measure import is_heard, is_seen, remote_audio, remote_video
from tests.e2e.meeting import meet
from tests.e2e.waiting import until
from tests.media.coturn import RELAY_IP, SECRET, Coturn, coturn
from tests.media.impaired_link import ImpairedLink, impaired_link
from tests.stack import free_settings, stack

ANNA, ANNA_NAME, ANNA_PHONE = "194408139089", "Anna Alm", "070-174 06 05"
BO, BO_NAME, BO_PHONE = "195711212893", "Bo Bengtsson", "070-174 06 07"

# What a network that lets nothing else through does: every connection may use relays alone, of one kind of URL.
_RELAY_ALONE = """
kind => {
  window.relayed = [];
  window.RTCPeerConnection = new Proxy(RTCPeerConnection, {
    construct(Connection, [configuration]) {
      const iceServers = configuration.iceServers.map(server => ({
        ...server, urls: [server.urls].flat().filter(url => kind.test(url)),
      }));
      const made = new Connection({ ...configuration, iceServers, iceTransportPolicy: 'relay' });
      window.relayed.push(made);
      return made;
    },
  });
}
"""
_KINDS = {"udp": "/transport=udp/", "tcp": "/^turn:.*transport=tcp/", "tls": "/^turns:/"}

# How each connection reaches its relay; null if it goes without one. The candidate's own type says nothing: the link
# between relay and node is another address translation.
_PATHS = """
async () => Promise.all(window.relayed.filter(each => each.connectionState === 'connected').map(async connection => {
  const stats = [...(await connection.getStats()).values()];
  const transport = stats.find(each => each.type === 'transport');
  const pair = stats.find(each => each.id === transport?.selectedCandidatePairId);
  const local = stats.find(each => each.id === pair?.localCandidateId);
  return local?.relayProtocol ?? null;
}))
"""


@dataclass(frozen=True)
class RelayedStack:
    """The whole product behind a relay; `link` knows who has sent to the media node."""

    addresses: Addresses
    link: ImpairedLink


@pytest.fixture(scope="module")
def relay(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Coturn]:
    with coturn(tmp_path_factory.mktemp("coturn")) as running:
        yield running


@pytest.fixture(scope="module")
def relayed(relay: Coturn, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RelayedStack]:
    settings = free_settings(tmp_path_factory.mktemp("stack"))
    turn = {"TURN_URLS": ",".join(relay.urls), "TURN_SECRET": SECRET}
    with (
        impaired_link((HOST, settings.media_udp_port)) as link,
        stack(settings.data, settings, MEDIA_ANNOUNCED_PORT=str(link.port), **turn) as running,
    ):
        yield RelayedStack(Addresses(running.settings), link)


@pytest.fixture(scope="module")
def trust(relay: Coturn) -> str:
    """Chromium's flag to take this one key for good, whoever has signed it."""
    certificate = x509.load_pem_x509_certificate(relay.certificate_file.read_bytes())
    key = certificate.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    digest = base64.b64encode(hashlib.sha256(key).digest()).decode()
    return f"--ignore-certificate-errors-spki-list={digest}"


@pytest.fixture(scope="module")
def clinic_browser(playwright: Playwright, trust: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with browser_of(playwright, CLINICIAN, tmp_path_factory.mktemp("clinician"), arguments=[trust]) as browser:
        yield browser


@pytest.fixture(scope="module")
def patient_browser(playwright: Playwright, trust: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with browser_of(playwright, PATIENT, tmp_path_factory.mktemp("patient"), arguments=[trust]) as browser:
        yield browser


def _by_relay_alone(browser: Browser, by: str) -> BrowserContext:
    context = context_of(browser)
    context.add_init_script(f"({_RELAY_ALONE})({_KINDS[by]})")
    return context


def _sees_and_hears(page: Page, other: Person) -> None:
    until(page, lambda: is_seen(page, other, remote_video()), f"the {other.name}'s picture is seen")
    until(page, lambda: is_heard(page, other, remote_audio()), f"the {other.name}'s tone is heard")


@pytest.mark.parametrize(
    ("at_clinic", "at_home", "number", "name", "mobile"),
    [("tcp", "udp", ANNA, ANNA_NAME, ANNA_PHONE), ("udp", "tls", BO, BO_NAME, BO_PHONE)],
)
def test_two_browsers_see_and_hear_each_other_through_the_relay(
    relayed: RelayedStack,
    clinic_browser: Browser,
    patient_browser: Browser,
    at_clinic: str,
    at_home: str,
    number: str,
    name: str,
    mobile: str,
) -> None:
    """C11: both directions of picture and sound, and the media node hears of nobody but the relay."""
    staff_context, patient_context = (
        _by_relay_alone(clinic_browser, at_clinic),
        _by_relay_alone(patient_browser, at_home),
    )
    clinician = staff_context.new_page()
    clinic.log_in(clinician, relayed.addresses.clinic)
    clinic.book_visit(clinician, relayed.addresses.clinic, number, mobile)
    page = patient_context.new_page()
    window = meet(clinician, page, relayed.addresses, name)
    _sees_and_hears(page, CLINICIAN)
    _sees_and_hears(window, PATIENT)
    assert window.evaluate(_PATHS) == [at_clinic] * 2
    assert page.evaluate(_PATHS) == [at_home] * 2
    assert {host for host, _ in relayed.link._flows} == {RELAY_IP}
    clinic.leave(window, everyone=True)
    clinic.end_visit(clinician)
    staff_context.close()
    patient_context.close()
