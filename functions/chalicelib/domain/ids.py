"""Random names for things. None of them says anything about a person."""

import hashlib
import secrets

PREFIXES = {"visit": "v", "participant": "p", "link": "l", "audit": "a"}


def new_id(kind: str) -> str:
    """A random id of 96 bits, such as `v_4Qm1...` (URL-safe)."""
    return f"{PREFIXES[kind]}_{secrets.token_urlsafe(12)}"


def new_secret() -> str:
    """A bearer secret of 256 bits (session cookies, CSRF proofs)."""
    return secrets.token_urlsafe(32)


def secret_hash(secret: str) -> str:
    """What is stored in a bearer secret's place. A plain hash is enough: the secret has 128+ bits of randomness."""
    return hashlib.sha256(secret.encode()).hexdigest()
