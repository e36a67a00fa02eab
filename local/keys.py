"""Keys for local use, made once: the pair that signs join tokens and the secrets that name links and people."""

import json
import os
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives import serialization
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
    return files


def _new_join_key() -> bytes:
    return Ed25519PrivateKey.generate().private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


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
