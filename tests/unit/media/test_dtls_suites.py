"""By which ciphers a node shakes hands (OWASP ASVS 5.0, V17.2.2; RFC 8827 section 6.5)."""

import contextlib

import pytest
from aiortc.rtcdtlstransport import SRTP_PROFILES, RTCCertificate
from OpenSSL import SSL

from mediaserver.net.dtls_srtp import DTLS_1_2, Certificate

DTLS_1_0 = 0xFEFF
MOST_FLIGHTS = 12


def _browser(suites: bytes, newest: int = DTLS_1_2) -> SSL.Context:
    context = SSL.Context(SSL.DTLS_METHOD)
    certificate = RTCCertificate.generateCertificate()
    context.use_certificate(certificate._cert)
    context.use_privatekey(certificate._key)
    context.set_cipher_list(suites)
    context.set_max_proto_version(newest)
    context.set_tlsext_use_srtp(b":".join(each.openssl_profile for each in SRTP_PROFILES))
    return context


def _shaken(browser: SSL.Context) -> SSL.Connection:
    """The browser's side when both are done. Raises SSL.Error."""
    node = SSL.Connection(Certificate().rtc._create_ssl_context(SRTP_PROFILES))
    client = SSL.Connection(browser)
    node.set_accept_state()
    client.set_connect_state()
    for _ in range(MOST_FLIGHTS):
        for here, there in ((client, node), (node, client)):
            with contextlib.suppress(SSL.WantReadError):
                here.do_handshake()
            with contextlib.suppress(SSL.WantReadError):
                there.bio_write(here.bio_read(65_536))
    return client


@pytest.mark.parametrize(
    "suite", ["ECDHE-ECDSA-AES128-GCM-SHA256", "ECDHE-ECDSA-AES256-GCM-SHA384", "ECDHE-ECDSA-CHACHA20-POLY1305"]
)
def test_a_browser_with_an_authenticated_cipher_is_served(suite: str) -> None:
    client = _shaken(_browser(suite.encode()))
    assert (client.get_cipher_name(), client.get_protocol_version()) == (suite, DTLS_1_2)
    assert client.get_selected_srtp_profile() == SRTP_PROFILES[0].openssl_profile


@pytest.mark.parametrize("suite", ["ECDHE-ECDSA-AES128-SHA", "ECDHE-ECDSA-AES256-SHA"])
def test_a_cipher_without_authenticated_encryption_is_refused(suite: str) -> None:
    with pytest.raises(SSL.Error):
        _shaken(_browser(suite.encode()))


def test_an_older_version_is_refused() -> None:
    with pytest.raises(SSL.Error):
        _shaken(_browser(b"ECDHE-ECDSA-AES128-SHA:@SECLEVEL=0", DTLS_1_0))
