"""A patient of one organisation, and a child's guardians (P1-P6)."""

import hashlib
import hmac
from base64 import b32encode
from datetime import datetime
from typing import Literal

from msgspec import Struct

from chalicelib.concealed import Concealed
from chalicelib.domain.identity_number import IdentityNumber
from chalicelib.domain.visit import Contact

Problem = Literal["deceased", "referred", "deregistered"]


class PatientGuardian(Concealed, Struct, frozen=True, kw_only=True):
    """A vårdnadshavare of the patient, as of the patient's `fetched_at`; `contact` is what staff wrote (P4).

    `guardian_id` is `patient_id` of their own number: the same person has the same id as a patient and as a guardian of
    several children. The names of a protected guardian may be empty.
    """

    guardian_id: str
    number: str
    given_name: str
    family_name: str
    protected: bool
    deceased: bool
    contact: Contact = Contact()

    @property
    def identity(self) -> IdentityNumber:
        """The number as a checked value, which prints masked."""
        return IdentityNumber(self.number)

    @property
    def name(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()


class Patient(Concealed, Struct, frozen=True, kw_only=True):
    """`number` is the 12-digit identity number; all but `contact` is the register's, as of `fetched_at` (UTC).

    `protected` is protected identity of either kind, `protected_registration` skyddad folkbokföring, the stronger one.
    `referred_to` is the newer number, "" for none. `guardians` only of who was under 18; with `guardians_withheld` the
    register tells nothing of them, because the child is protected.
    """

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
    protected_registration: bool = False
    deceased: bool = False
    deregistered: bool = False
    referred_to: str = ""
    guardians: tuple[PatientGuardian, ...] = ()
    guardians_withheld: bool = False

    @property
    def identity(self) -> IdentityNumber:
        """The number as a checked value, which prints masked."""
        return IdentityNumber(self.number)

    @property
    def name(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()

    @property
    def problem(self) -> Problem | None:
        """Why nothing can be booked for them, if so (P5)."""
        if self.deceased:
            return "deceased"
        if self.referred_to:
            return "referred"
        return "deregistered" if self.deregistered else None

    def guardian(self, guardian_id: str) -> PatientGuardian | None:
        return next((each for each in self.guardians if each.guardian_id == guardian_id), None)


def patient_id(key: bytes, org_id: str, number_digits: str) -> str:
    """The patient's name in keys: HMAC-SHA256 over organisation and number, 160 bits, base32.

    Keyed, because the space of personnummer is small enough to try them all; with the organisation in it, the same
    person has unrelated ids in two of them.
    """
    digest = hmac.new(key, f"{org_id}\n{number_digits}".encode(), hashlib.sha256).digest()
    return b32encode(digest[:20]).decode().lower()
