"""What the population register (personuppgiftstjänsten) tells of a person."""

from dataclasses import dataclass
from datetime import datetime

from chalicelib.concealed import Concealed
from chalicelib.domain.identity_number import IdentityNumber


@dataclass(frozen=True, slots=True, repr=False)
class Guardian(Concealed):
    """A vårdnadshavare of a child under 18, as registered."""

    number: IdentityNumber
    given_name: str
    family_name: str


@dataclass(frozen=True, slots=True, repr=False)
class RegisterPerson(Concealed):
    """One person as fetched at `fetched_at` (UTC). `referred_to` is the newer identity, where there is one."""

    number: IdentityNumber
    given_name: str
    family_name: str
    protected: bool
    deceased: bool
    deregistered: bool
    referred_to: IdentityNumber | None
    guardians: tuple[Guardian, ...]
    fetched_at: datetime
