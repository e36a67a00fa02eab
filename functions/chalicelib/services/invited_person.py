"""Whose e-ID a personal link demands (G6)."""

from chalicelib.domain.identity_number import IdentityNumber
from chalicelib.domain.relations import acting_guardian
from chalicelib.domain.visit import Participant, Visit
from chalicelib.errors import NotFound
from chalicelib.services.known_patient import patient_of
from chalicelib.services.ports import Ports


def invited_number(ports: Ports, visit: Visit, me: Participant) -> IdentityNumber:
    """The number of the one person whose e-ID will do for this place in the visit: a patient's own, or that of the
    guardian who is ombud.

    Raises NotFound, and NotAllowed (`guardian_may_not_act`) for a guardian who may no longer act for the child.
    """
    patient = patient_of(ports, visit, me)
    match me.role:
        case "patient":
            return patient.identity
        case "ombud":
            return acting_guardian(patient, me.guardian_id).identity
        case _:
            raise NotFound("nobody is asked for an e-ID in this place")
