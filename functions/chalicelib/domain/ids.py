"""Random names and secrets. None of them says anything about a person."""

import hashlib
import secrets
from uuid import uuid4


def new_audit_id() -> str:
    """A UUID of 122 random bits, the form in which Loggtjänst wants it (StoreLog 2.0, `logId`)."""
    return str(uuid4())


def new_session_id() -> str:
    """Names a session to its owner, and opens nothing."""
    return f"s_{secrets.token_urlsafe(12)}"


def new_secret() -> str:
    """A bearer secret of 256 bits (session cookies, CSRF proofs)."""
    return secrets.token_urlsafe(32)


def secret_hash(secret: str) -> str:
    """What is stored in a bearer secret's place. A plain hash is enough: the secret has 128+ bits of randomness."""
    return hashlib.sha256(secret.encode()).hexdigest()
