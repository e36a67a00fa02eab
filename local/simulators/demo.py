"""The demo people and clinicians (local/demo/*.json), as the simulators see them."""

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path

_DEMO = Path(__file__).resolve().parent.parent / "demo"
_E_ID_FROM_AGE = 13


@dataclass(frozen=True, slots=True)
class Person:
    """A test person of the population register.

    `protected`: sekretessmarkering; `protected_registration`: skyddad folkbokföring. `deregistered`: Skatteverket's
    reason code (`AV` deceased). `mother` is told of a child whoever its guardians are.
    """

    number: str
    given_name: str
    family_name: str
    protected: bool = False
    protected_registration: bool = False
    deregistered: str = ""
    referred_to: str = ""
    guardians: tuple[str, ...] = ()
    mother: str = ""

    @property
    def is_protected(self) -> bool:
        """Protected identity of either kind."""
        return self.protected or self.protected_registration

    @property
    def name(self) -> str:
        return f"{self.given_name} {self.family_name}"

    @property
    def written_number(self) -> str:
        return f"{self.number[:8]}-{self.number[8:]}"

    @property
    def is_national_reservnummer(self) -> bool:
        """An identity that healthcare gives who has no other, with letters in it."""
        return not self.number.isdigit()

    def has_bankid(self, today: date) -> bool:
        """Folkbokförd, alive, in use, and old enough."""
        if self.is_national_reservnummer:
            return False
        born = date(int(self.number[:4]), int(self.number[4:6]), int(self.number[6:8]))
        age = today.year - born.year - ((today.month, today.day) < (born.month, born.day))
        return age >= _E_ID_FROM_AGE and self.deregistered != "AV" and not self.referred_to


@dataclass(frozen=True, slots=True)
class Commission:
    """A commission (medarbetaruppdrag) on a unit; `purpose` in HSA's words."""

    hsa_id: str
    name: str
    purpose: str
    unit_hsa_id: str
    unit_name: str


@dataclass(frozen=True, slots=True)
class Clinician:
    """Someone with a SITHS card and their commissions."""

    hsa_id: str
    given_name: str
    family_name: str
    title: str
    care_provider_hsa_id: str
    care_provider_name: str
    commissions: tuple[Commission, ...]

    @property
    def name(self) -> str:
        return f"{self.given_name} {self.family_name}"


def load_people() -> dict[str, Person]:
    """By 12-digit number."""
    rows = json.loads((_DEMO / "people.json").read_text(encoding="utf-8"))
    people = (Person(**row | {"guardians": tuple(row.get("guardians", ()))}) for row in rows)
    return {person.number: person for person in people}


def load_clinicians() -> dict[str, Clinician]:
    """By HSA-id. Who has no commissions of their own in commissions.json has one for care on their unit."""
    demo = json.loads((_DEMO / "clinicians.json").read_text(encoding="utf-8"))
    own = json.loads((_DEMO / "commissions.json").read_text(encoding="utf-8"))
    unit_names: dict[str, str] = {unit["hsa_id"]: unit["name"] for unit in demo["units"]}
    clinicians = (
        Clinician(
            hsa_id=row["hsa_id"],
            given_name=row["given_name"],
            family_name=row["family_name"],
            title=row["title"],
            care_provider_hsa_id=demo["care_provider"]["hsa_id"],
            care_provider_name=demo["care_provider"]["name"],
            commissions=tuple(
                _commission(each, unit_names) for each in own.get(row["hsa_id"], [_for_care(row["unit"], unit_names)])
            ),
        )
        for row in demo["clinicians"]
    )
    return {clinician.hsa_id: clinician for clinician in clinicians}


def _for_care(unit: str, unit_names: dict[str, str]) -> dict[str, str]:
    return {"hsa_id": f"{unit}VOB", "name": unit_names[unit], "purpose": "Vård och behandling", "unit": unit}


def _commission(row: dict[str, str], unit_names: dict[str, str]) -> Commission:
    return Commission(row["hsa_id"], row["name"], row["purpose"], row["unit"], unit_names[row["unit"]])
