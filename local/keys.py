"""Keys for local use, made once: the pair that signs join tokens, the secrets that name links and people, and what the
simulated Freja eID signs with."""

import json
import os
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey


@dataclass(frozen=True, slots=True)
class KeyFiles:
    """Files of mode 0600 in a folder of mode 0700."""

    folder: Path
    join_key_id: str = "local-1"

    @property
    def join_private(self) -> Path:
        """Ed25519, PEM (PKCS #8)."""
        return self.folder / "join_private.pem"

    @property
    def link(self) -> Path:
        """HMAC-SHA-256 secret, hexadecimal."""
        return self.folder / "link.key"

    @property
    def patient(self) -> Path:
        """HMAC-SHA-256 secret, hexadecimal."""
        return self.folder / "patient.key"

    @property
    def integration(self) -> Path:
        """Secret that received messages are encrypted with and tokens of other systems signed, hexadecimal."""
        return self.folder / "integration.key"

    @property
    def vas_client(self) -> Path:
        """The secret that the simulated VAS gets its tokens with."""
        return self.folder / "vas_client.key"

    @property
    def freja_signing(self) -> Path:
        """RSA, PEM (PKCS #8)."""
        return self.folder / "freja_signing.pem"

    @property
    def freja_certificate(self) -> Path:
        """The certificate of `freja_signing`, PEM."""
        return self.folder / "freja_signing.crt"

    def join_public_json(self) -> str:
        """Key id -> public key (PEM), as the media node reads it."""
        private = serialization.load_pem_private_key(self.join_private.read_bytes(), password=None)
        public = private.public_key().public_bytes(
            serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
        )
        return json.dumps({self.join_key_id: public.decode("ascii")})


def ensure_keys(folder: Path) -> KeyFiles:
    """The key files of a folder; those missing are made."""
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    files = KeyFiles(folder)
    _create(files.join_private, _new_join_key)
    _create(files.link, _new_secret)
    _create(files.patient, _new_secret)
    _create(files.integration, _new_secret)
    _create(files.vas_client, _new_secret)
    _create(files.freja_signing, _new_rsa_key)
    _create(files.freja_certificate, lambda: _self_signed(files.freja_signing))
    return files


def _new_join_key() -> bytes:
    return Ed25519PrivateKey.generate().private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def _new_rsa_key() -> bytes:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048).private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def _self_signed(key_file: Path) -> bytes:
    """A certificate that is good for ten years on this machine and nowhere else."""
    key = serialization.load_pem_private_key(key_file.read_bytes(), password=None)
    if not isinstance(key, rsa.RSAPrivateKey):
        raise TypeError("the key is not RSA")
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Simulated Freja eID signing")])
    begins = datetime.now(UTC) - timedelta(days=1)
    certificate = x509.CertificateBuilder(
        name, name, key.public_key(), x509.random_serial_number(), begins, begins + timedelta(days=3650)
    ).sign(key, hashes.SHA256())
    return certificate.public_bytes(serialization.Encoding.PEM)


def _new_secret() -> bytes:
    return secrets.token_hex(32).encode("ascii")


def _create(path: Path, make: Callable[[], bytes]) -> None:
    """Write once, whole or not at all: a crash between leaves no half key."""
    if path.exists():
        return
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(make())
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
