"""Random names and secrets. None of them says anything about a person."""

import hashlib
import secrets


def new_audit_id() -> str:
    """A random id of 96 bits, such as `a_4Qm1...` (URL-safe)."""
    return f"a_{secrets.token_urlsafe(12)}"


def new_secret() -> str:
    """A bearer secret of 256 bits (session cookies, CSRF proofs)."""
    return secrets.token_urlsafe(32)


def secret_hash(secret: str) -> str:
    """What is stored in a bearer secret's place. A plain hash is enough: the secret has 128+ bits of randomness."""
    return hashlib.sha256(secret.encode()).hexdigest()
