"""Patients (P1-P4)."""

from datetime import date, datetime
from typing import Annotated, Literal

from msgspec import Meta, Struct

from chalicelib.concealed import Concealed


class NumberQuery(Concealed, Struct, frozen=True, forbid_unknown_fields=True):
    """A full identity number as written by the user; in the body, so that it is in no URL or access log."""

    number: Annotated[str, Meta(max_length=64)]


class PatientView(Concealed, Struct, frozen=True):
    """A patient of this organisation. The number is masked (`1944-08-13-••••`); names come from the register."""

    patient_id: str
    number_masked: str
    given_name: str
    family_name: str
    birth_date: date | None
    age: int | None
    protected: bool
    phone: str
    email: str | None
    fetched_at: datetime


class PatientSearchResult(Concealed, Struct, frozen=True):
    """`found` false: the patient is not in the organisation; `number_masked` shows what was searched."""

    found: bool
    number_masked: str
    patient: PatientView | None


class RegisterView(Concealed, Struct, frozen=True):
    """What the population register says of someone not yet a patient. `problem` set: no patient can be created."""

    number_masked: str
    given_name: str
    family_name: str
    birth_date: date | None
    age: int | None
    protected: bool
    problem: Literal["deceased", "deregistered", "referred", "child"] | None
    fetched_at: datetime


class CreatePatient(Concealed, Struct, frozen=True, forbid_unknown_fields=True):
    """`phone` in any written form; an empty `email` is none."""

    number: Annotated[str, Meta(max_length=64)]
    phone: Annotated[str, Meta(max_length=64)]
    email: Annotated[str, Meta(max_length=300)] = ""


class ChangeContacts(Concealed, Struct, frozen=True, forbid_unknown_fields=True):
    phone: Annotated[str, Meta(max_length=64)]
    email: Annotated[str, Meta(max_length=300)] = ""


class FullNumber(Concealed, Struct, frozen=True):
    """The whole number, asked for on purpose and logged (`19440813-9089`)."""

    number: str
