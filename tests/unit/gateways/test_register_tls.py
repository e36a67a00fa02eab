"""The register as the national service platform is reached: both sides show a certificate (RIV-TA, mutual TLS)."""

import ipaddress
import ssl
import threading
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from chalicelib.domain.identity_number import IdentityNumber
from chalicelib.errors import RegisterUnavailable
from chalicelib.gateways.population_register import SoapPopulationRegister
from chalicelib.gateways.register_http import Waiting
from local.simulators import register_soap

ADDRESS = "SE165565594230-1000"
ANNA = IdentityNumber("194408139089")
NOBODY = register_soap.answer([register_soap.requested("1.2.752.129.2.1.3.1", ANNA.digits, "")]).encode()
IMPATIENT = Waiting(sleep=lambda _: None)


class Authority:
    """A root of its own, and certificates by it; `root` and what `issue` returns are paths (PEM)."""

    def __init__(self, folder: Path, name: str) -> None:
        self._folder, self._name = folder, name
        self._key = ec.generate_private_key(ec.SECP256R1())
        self.root = folder / f"{name}-root.pem"
        self.root.write_bytes(self._signed(name, self._key.public_key(), is_root=True).public_bytes(Encoding.PEM))

    def issue(self, who: str) -> tuple[str, str]:
        """Certificate and key for someone at 127.0.0.1."""
        key = ec.generate_private_key(ec.SECP256R1())
        certificate, private = (self._folder / f"{self._name}-{who}.{kind}" for kind in ("pem", "key"))
        certificate.write_bytes(self._signed(who, key.public_key(), is_root=False).public_bytes(Encoding.PEM))
        private.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
        return str(certificate), str(private)

    def _signed(self, who: str, key: ec.EllipticCurvePublicKey, *, is_root: bool) -> x509.Certificate:
        now = datetime.now(UTC)
        here = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
        builder = (
            x509.CertificateBuilder()
            .subject_name(_name(who))
            .issuer_name(_name(self._name))
            .public_key(key)
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - timedelta(minutes=1))
            .not_valid_after(now + timedelta(hours=1))
            .add_extension(x509.BasicConstraints(ca=is_root, path_length=None), critical=True)
        )
        return (builder if is_root else builder.add_extension(here, critical=False)).sign(self._key, hashes.SHA256())


def _name(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


@dataclass
class Platform:
    """A server that talks to those alone whose certificate comes from `authority`."""

    authority: Authority
    url: str


@pytest.fixture
def platform(tmp_path: Path) -> Iterator[Platform]:
    authority = Authority(tmp_path, "siths")

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(200)
            self.send_header("Content-Length", str(len(NOBODY)))
            self.end_headers()
            self.wfile.write(NOBODY)

        def log_message(self, format: str, *args: object) -> None:
            """Silent."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH, cafile=authority.root)
    context.verify_mode = ssl.CERT_REQUIRED
    context.load_cert_chain(*authority.issue("platform"))
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield Platform(authority, f"https://127.0.0.1:{server.server_port}")
    server.shutdown()
    server.server_close()
    thread.join(10)


def ask(url: str, certificate: tuple[str, str] | None, server_ca: str) -> object:
    with closing(SoapPopulationRegister(url, ADDRESS, certificate, server_ca=server_ca, waiting=IMPATIENT)) as gateway:
        return gateway.person(ANNA)


def test_who_shows_the_right_certificate_is_answered(platform: Platform) -> None:
    assert ask(platform.url, platform.authority.issue("vardrum"), str(platform.authority.root)) is None


def test_who_shows_none_or_someone_elses_is_not(platform: Platform, tmp_path: Path) -> None:
    for certificate in (None, Authority(tmp_path, "other").issue("vardrum")):
        with pytest.raises(RegisterUnavailable):
            ask(platform.url, certificate, str(platform.authority.root))


def test_a_server_that_we_cannot_know_is_not_asked(platform: Platform, tmp_path: Path) -> None:
    """The number goes to nobody else."""
    for server_ca in ("", str(Authority(tmp_path, "other").root)):
        with pytest.raises(RegisterUnavailable):
            ask(platform.url, platform.authority.issue("vardrum"), server_ca)
