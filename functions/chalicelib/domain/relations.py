"""Who may act for a child (P5, P6, B4). 1177's rule: nobody does when the child or the guardian is protected."""

from typing import Literal

from chalicelib.domain.patient import Patient, PatientGuardian
from chalicelib.errors import NotAllowed

Refusal = Literal["child_protected", "guardian_protected", "guardian_deceased"]


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
