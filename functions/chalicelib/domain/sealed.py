"""What is kept so that the database alone cannot read it: AES-256-GCM (NIST SP 800-38D) under a key of the functions' own."""

import os
from functools import lru_cache

NONCE_BYTES = 12


def seal(key: bytes, name: str, content: bytes) -> bytes:
    """Encrypted, and bound to `name`: moved to another's place it cannot be read. A random nonce stands first."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415  cold start

    nonce = os.urandom(NONCE_BYTES)
    return nonce + AESGCM(derived_key(key, "integration messages")).encrypt(nonce, content, name.encode())


def unseal(key: bytes, name: str, sealed: bytes) -> bytes:
    """The content. Raises cryptography.exceptions.InvalidTag for what was changed, moved, or sealed under another key."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415  cold start

    nonce, content = sealed[:NONCE_BYTES], sealed[NONCE_BYTES:]
    return AESGCM(derived_key(key, "integration messages")).decrypt(nonce, content, name.encode())


@lru_cache(maxsize=8)
def derived_key(key: bytes, purpose: str) -> bytes:
    """32 bytes for one purpose alone (HKDF-SHA-256, RFC 5869), so that one secret serves several."""
    from cryptography.hazmat.primitives.hashes import SHA256  # noqa: PLC0415  cold start
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF  # noqa: PLC0415  cold start

    return HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose.encode()).derive(key)
