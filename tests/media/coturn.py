"""A real coturn on loopback, set up as docs/operations.md says, with a certificate of its own CA."""

import datetime
import ipaddress
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from mediaserver.ice_servers import TurnService

LISTENING_IP = "127.0.0.1"
# Another address than the browsers', so that it can be told who sends to the media node.
RELAY_IP = "127.0.0.2"
SECRET = "a secret between node and relay"
START_S = 10.0
LIFETIME_S = 600


class DidNotStart(Exception):
    """turnserver ended or stayed silent."""


@dataclass(frozen=True)
class Coturn:
    """A running relay; `ca_file` and `certificate_file` are PEM."""

    port: int
    tls_port: int
    ca_file: Path
    certificate_file: Path

    @property
    def urls(self) -> tuple[str, str, str]:
        """By UDP, by TCP and by TLS."""
        plain = f"turn:{LISTENING_IP}:{self.port}"
        return f"{plain}?transport=udp", f"{plain}?transport=tcp", f"turns:{LISTENING_IP}:{self.tls_port}?transport=tcp"

    @property
    def service(self) -> TurnService:
        """As a media node knows it."""
        return TurnService(self.urls, SECRET, LIFETIME_S)

    def access(self, lifetime_s: int = LIFETIME_S, secret: str = SECRET) -> tuple[str, str]:
        """User name and credential, as a node makes them."""
        made = TurnService(self.urls, secret, lifetime_s).access(time.time())
        return made["username"], made["credential"]


@contextmanager
def coturn(folder: Path) -> Iterator[Coturn]:
    """Run coturn until the block ends. Raises FileNotFoundError without the program, DidNotStart."""
    program = shutil.which("turnserver")
    if program is None:
        raise FileNotFoundError("no turnserver on the PATH; `python3 -m tools.setup --tests` installs coturn")
    relay = Coturn(*_free_ports(), *_make_certificates(folder))
    with (folder / "coturn.log").open("wb") as log:
        process = subprocess.Popen([program, *_arguments(relay, folder)], stdout=log, stderr=log, cwd=folder)
        try:
            _wait_until_it_answers(relay, process)
            yield relay
        finally:
            process.terminate()
            process.wait(timeout=10)


def _arguments(relay: Coturn, folder: Path) -> list[str]:
    """As in docs/operations.md, but for loopback."""
    return [
        f"--listening-ip={LISTENING_IP}",
        f"--relay-ip={RELAY_IP}",
        f"--listening-port={relay.port}",
        f"--tls-listening-port={relay.tls_port}",
        "--use-auth-secret",
        f"--static-auth-secret={SECRET}",
        "--realm=vardrum",
        "--fingerprint",
        "--denied-peer-ip=0.0.0.0-255.255.255.255",
        f"--allowed-peer-ip={LISTENING_IP}",
        "--allow-loopback-peers",
        "--no-multicast-peers",
        "--no-tcp-relay",
        "--no-dtls",
        "--no-cli",
        "--no-rfc5780",
        f"--cert={relay.certificate_file}",
        f"--pkey={folder / 'relay-key.pem'}",
        f"--userdb={folder / 'turndb'}",
        f"--pidfile={folder / 'turnserver.pid'}",
        "--log-file=stdout",
        "--simple-log",
    ]


def _free_ports() -> tuple[int, int]:
    """Two port numbers that were free a moment ago, in TCP and UDP."""
    with socket.socket() as plain, socket.socket() as tls, socket.socket(type=socket.SOCK_DGRAM) as udp:
        tls.bind((LISTENING_IP, 0))
        plain.bind((LISTENING_IP, 0))
        port: int = plain.getsockname()[1]
        udp.bind((LISTENING_IP, port))
        return port, tls.getsockname()[1]


def _wait_until_it_answers(relay: Coturn, process: subprocess.Popen[bytes]) -> None:
    """A STUN Binding request over UDP is answered, and both TCP ports are open."""
    request = b"\x00\x01\x00\x00\x21\x12\xa4\x42" + bytes(12)
    deadline = time.monotonic() + START_S
    with socket.socket(type=socket.SOCK_DGRAM) as udp:
        udp.settimeout(0.1)
        while time.monotonic() < deadline and process.poll() is None:
            try:
                udp.sendto(request, (LISTENING_IP, relay.port))
                udp.recv(2048)
                for port in (relay.port, relay.tls_port):
                    socket.create_connection((LISTENING_IP, port), timeout=1).close()
            except OSError:
                continue
            return
    raise DidNotStart("coturn does not answer")


def _make_certificates(folder: Path) -> tuple[Path, Path]:
    """A CA and a certificate for the listening address; their files, with the relay's key beside them."""
    ca_key, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    ca_name, name = _name("Test CA"), _name(LISTENING_IP)
    basic = x509.BasicConstraints(ca=True, path_length=0)
    ca = (
        _certificate(ca_name, ca_name, ca_key, ca_key).add_extension(basic, critical=True).sign(ca_key, hashes.SHA256())
    )
    addresses = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(LISTENING_IP))])
    own = (
        _certificate(name, ca_name, key, ca_key).add_extension(addresses, critical=False).sign(ca_key, hashes.SHA256())
    )
    ca_file, own_file = folder / "ca.pem", folder / "relay.pem"
    ca_file.write_bytes(ca.public_bytes(Encoding.PEM))
    own_file.write_bytes(own.public_bytes(Encoding.PEM))
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (folder / "relay-key.pem").write_bytes(private)
    return ca_file, own_file


def _name(common_name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common_name)])


def _certificate(
    subject: x509.Name,
    issuer: x509.Name,
    key: ec.EllipticCurvePrivateKey,
    issuer_key: ec.EllipticCurvePrivateKey,
) -> x509.CertificateBuilder:
    now = datetime.datetime.now(datetime.UTC)
    identifier = x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key())
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(hours=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(identifier, critical=False)
    )
