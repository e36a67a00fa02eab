"""A patient of one organisation (P1-P4)."""

import hashlib
import hmac
from base64 import b32encode
from datetime import date, datetime

from msgspec import Struct

from chalicelib.domain.visit import Contact


class Patient(Struct, frozen=True, kw_only=True):
    """`number` is the 12-digit identity number; names are the register's, as of `fetched_at` (UTC)."""

    org_id: str
    patient_id: str
    version: int
    number: str
    given_name: str
    family_name: str
    birth_date: date | None
    protected: bool
    contact: Contact
    created_at: datetime
    fetched_at: datetime

    def age_on(self, day: date) -> int | None:
        """Whole years on that day; None for a reservnummer, which tells no birth date."""
        if self.birth_date is None:
            return None
        had_birthday = (day.month, day.day) >= (self.birth_date.month, self.birth_date.day)
        return day.year - self.birth_date.year - (not had_birthday)

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
