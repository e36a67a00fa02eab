"""Patients, and a child's guardians (P1-P6)."""

from datetime import date, datetime
from typing import Annotated, Literal

from msgspec import Meta, Struct

from chalicelib.concealed import Concealed


class NumberQuery(Concealed, Struct, frozen=True, forbid_unknown_fields=True):
    """A full identity number as written by the user; in the body, so that it is in no URL or access log."""

    number: Annotated[str, Meta(max_length=64)]


Kind = Literal["adult", "child", "youth"]
Problem = Literal["deceased", "deregistered", "referred"]


class GuardianView(Concealed, Struct, frozen=True):
    """A guardian of a child; a protected one's name and number are empty.

    `refusal`: why they cannot be the child's ombud; null when they can (P5).
    """

    guardian_id: str
    name: str
    number_masked: str
    protected: bool
    deceased: bool
    refusal: Literal["child_protected", "guardian_protected", "guardian_deceased"] | None
    phone: str
    email: str | None


class PatientView(Concealed, Struct, frozen=True):
    """A patient of this organisation. The number is masked (`1944-08-13-••••`); all but contacts is the register's, as of
    `fetched_at`.

    `kind`: of a visit today. `protected`: protected identity of either kind; `protected_registration`: skyddad
    folkbokföring. `problem`: nothing can be booked; `referred_to` is then the newer number in whole, where there is one.
    `guardians_withheld`: the register tells nothing of a protected child's guardians. `version`: what changes name.
    """

    patient_id: str
    version: int
    number_masked: str
    given_name: str
    family_name: str
    birth_date: date | None
    age: int | None
    kind: Kind
    protected: bool
    protected_registration: bool
    problem: Problem | None
    referred_to: str | None
    phone: str
    email: str | None
    guardians: list[GuardianView]
    guardians_withheld: bool
    fetched_at: datetime


class PatientSearchResult(Concealed, Struct, frozen=True):
    """`found` false: the patient is not in the organisation; `number_masked` shows what was searched."""

    found: bool
    number_masked: str
    patient: PatientView | None


class RegisterView(Concealed, Struct, frozen=True):
    """What the population register says of someone not yet a patient. `problem` set: no patient can be created.

    The other fields are those of `PatientView`.
    """

    number_masked: str
    given_name: str
    family_name: str
    birth_date: date | None
    age: int | None
    kind: Kind
    protected: bool
    protected_registration: bool
    problem: Problem | None
    referred_to: str | None
    guardians: list[GuardianView]
    guardians_withheld: bool
    fetched_at: datetime


class CreatePatient(Concealed, Struct, frozen=True, forbid_unknown_fields=True):
    """`phone` in any written form, and empty only for a child with an ombud; an empty `email` is none.

    `relative`: of one who is booked without a patient either is enough (B7).
    """

    number: Annotated[str, Meta(max_length=64)]
    phone: Annotated[str, Meta(max_length=64)] = ""
    email: Annotated[str, Meta(max_length=300)] = ""
    relative: bool = False


class ChangeContacts(Concealed, Struct, frozen=True, forbid_unknown_fields=True):
    """`version`: the patient's that was seen; a newer one answers 409 `changed_meanwhile`."""

    version: Annotated[int, Meta(ge=1, le=1_000_000)]
    phone: Annotated[str, Meta(max_length=64)]
    email: Annotated[str, Meta(max_length=300)] = ""


class ChangePatientContacts(ChangeContacts, frozen=True, forbid_unknown_fields=True):
    """`relative` as in `CreatePatient`."""

    relative: bool = False


class FullNumber(Concealed, Struct, frozen=True):
    """The whole number, asked for on purpose and logged (`19440813-9089`)."""

    number: str
