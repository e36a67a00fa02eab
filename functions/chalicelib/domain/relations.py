"""Who may act for a child, and whom a booking chooses (P5, P6, B4).

1177's rule: nobody acts as ombud when the child or the guardian is protected.
"""

from collections.abc import Sequence
from typing import Literal

from msgspec import Struct

from chalicelib.concealed import Concealed
from chalicelib.domain.patient import Patient, PatientGuardian
from chalicelib.domain.visit import Kind
from chalicelib.errors import BadInput, Conflict, NotAllowed, NotFound

Refusal = Literal["child_protected", "guardian_protected", "guardian_deceased"]


class Relation(Concealed, Struct, frozen=True, kw_only=True):
    """What a guardian of the patient is in one visit."""

    guardian_id: str
    ombud: bool = False
    primary_contact: bool = False


class Chosen(Concealed, Struct, frozen=True, kw_only=True):
    """The visit's ombud, a child's alone, and whom the clinic contacts first."""

    ombud: PatientGuardian | None = None
    primary_contact_id: str = ""


def refusal(child: Patient, guardian: PatientGuardian) -> Refusal | None:
    """Why this guardian cannot be the child's ombud, or None when they can."""
    if child.protected:
        return "child_protected"
    if guardian.protected:
        return "guardian_protected"
    return "guardian_deceased" if guardian.deceased else None


def may_act(child: Patient, guardian: PatientGuardian) -> bool:
    return refusal(child, guardian) is None


def acting_guardian(child: Patient, guardian_id: str) -> PatientGuardian:
    """The child's ombud, as things are now: a protection, a death or a lost custody ends their right (P5).

    Raises NotAllowed (`guardian_may_not_act`).
    """
    guardian = child.guardian(guardian_id)
    if guardian is None or not may_act(child, guardian):
        raise NotAllowed("the guardian may not act for the child", code="guardian_may_not_act")
    return guardian


def chosen(patient: Patient, kind: Kind, relations: Sequence[Relation]) -> Chosen:
    """Whom these relations name. Exactly one ombud for a child, none for others; at most one primary contact.

    Raises NotFound (`unknown_guardian`), Conflict (`guardian_may_not_act`), and BadInput (`one_ombud`,
    `ombud_not_needed`, `one_primary_contact`, `ombud_contact_missing`: the invitation goes to a mobile number).
    """
    if kind is Kind.CHILD and patient.protected:
        raise _may_not_act()
    for relation in relations:
        _guardian(patient, relation.guardian_id)
    ombud = _ombud(patient, kind, {each.guardian_id for each in relations if each.ombud})
    if ombud is not None and not ombud.contact.phone:
        raise BadInput("the ombud has no mobile number", code="ombud_contact_missing", field="relations")
    first = _primary_contact(patient, {each.guardian_id for each in relations if each.primary_contact})
    return Chosen(ombud=ombud, primary_contact_id=first)


def _ombud(patient: Patient, kind: Kind, named: set[str]) -> PatientGuardian | None:
    if kind is not Kind.CHILD:
        if named:
            raise BadInput("an ombud acts for a child alone", code="ombud_not_needed", field="relations")
        return None
    if len(named) != 1:
        raise BadInput("a child has exactly one ombud", code="one_ombud", field="relations")
    return _free_to_act(patient, named.pop())


def _primary_contact(patient: Patient, named: set[str]) -> str:
    if len(named) > 1:
        raise BadInput("a visit has one primary contact", code="one_primary_contact", field="relations")
    return _free_to_act(patient, named.pop()).guardian_id if named else ""


def _free_to_act(patient: Patient, guardian_id: str) -> PatientGuardian:
    guardian = _guardian(patient, guardian_id)
    if not may_act(patient, guardian):
        raise _may_not_act()
    return guardian


def _guardian(patient: Patient, guardian_id: str) -> PatientGuardian:
    guardian = patient.guardian(guardian_id)
    if guardian is None:
        raise NotFound("not a guardian of this patient", code="unknown_guardian")
    return guardian


def _may_not_act() -> Conflict:
    return Conflict("the guardian may not act for the child", code="guardian_may_not_act")
