"""A patient of one organisation (P1-P4)."""

import hashlib
import hmac
from base64 import b32encode
from datetime import datetime

from msgspec import Struct

from chalicelib.concealed import Concealed
from chalicelib.domain.identity_number import IdentityNumber
from chalicelib.domain.visit import Contact


class Patient(Concealed, Struct, frozen=True, kw_only=True):
    """`number` is the 12-digit identity number; names are the register's, as of `fetched_at` (UTC)."""

    org_id: str
    patient_id: str
    version: int
    number: str
    given_name: str
    family_name: str
    protected: bool
    contact: Contact
    created_at: datetime
    fetched_at: datetime

    @property
    def identity(self) -> IdentityNumber:
        """The number as a checked value, which prints masked."""
        return IdentityNumber(self.number)

    @property
    def name(self) -> str:
        return f"{self.given_name} {self.family_name}"


def patient_id(key: bytes, org_id: str, number_digits: str) -> str:
    """The patient's name in keys: HMAC-SHA256 over organisation and number, 160 bits, base32.

    Keyed, because the space of personnummer is small enough to try them all; with the organisation in it, the same
    person has unrelated ids in two of them.
    """
    digest = hmac.new(key, f"{org_id}\n{number_digits}".encode(), hashlib.sha256).digest()
    return b32encode(digest[:20]).decode().lower()
