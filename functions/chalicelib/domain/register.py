"""What the population register (personuppgiftstjänsten) tells of a person (P3, P5)."""

from dataclasses import dataclass
from datetime import datetime

from chalicelib.concealed import Concealed
from chalicelib.domain.identity_number import IdentityNumber

DECEASED = "AV"


@dataclass(frozen=True, slots=True, repr=False)
class Guardian(Concealed):
    """A vårdnadshavare of a child under 18, as registered today; the names of a protected guardian may be empty.

    `protected` (either kind) and `deceased` are of the guardian's own record, never guessed from the child's.
    """

    number: IdentityNumber
    given_name: str
    family_name: str
    protected: bool
    deceased: bool


@dataclass(frozen=True, slots=True, repr=False)
class RegisterPerson(Concealed):
    """One person as fetched at `fetched_at` (UTC). `referred_to` is the newer identity, where there is one.

    `confidentiality_marked` is sekretessmarkering (offentlighets- och sekretesslagen 22:1), `protected_registration` is
    skyddad folkbokföring (folkbokföringslagen 16 §). `deregistration_code` is Skatteverket's reason: `AV` deceased, `UV`
    emigrated, `OB` lost track of, `GN` and `GS` replaced by another number; "" for none given; None when registered.
    `guardians` of a child: all that are registered today; empty without `guardians_withheld` when there is none.
    `guardians_withheld`: the register names no relations of this child, because it is protected (GetPersonsForProfile
    5.0, rule 3) or not folkbokförd (deregistered, or no personnummer), so nothing may be concluded about guardians.
    """

    number: IdentityNumber
    given_name: str
    family_name: str
    confidentiality_marked: bool
    protected_registration: bool
    deregistration_code: str | None
    referred_to: IdentityNumber | None
    guardians: tuple[Guardian, ...]
    guardians_withheld: bool
    fetched_at: datetime

    @property
    def protected(self) -> bool:
        """Protected identity of either kind."""
        return self.confidentiality_marked or self.protected_registration

    @property
    def deceased(self) -> bool:
        return self.deregistration_code == DECEASED

    @property
    def deregistered(self) -> bool:
        """Out of the register for another reason than death."""
        return self.deregistration_code is not None and not self.deceased
