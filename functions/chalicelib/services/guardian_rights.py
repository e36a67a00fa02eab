"""A child's ombud may come in as long as nothing speaks against it: asked at each door, of the stored patient (P5)."""

from chalicelib.domain.audit import by_visitor
from chalicelib.domain.changes import Create
from chalicelib.domain.relations import acting_guardian
from chalicelib.domain.visit import Participant, Visit
from chalicelib.errors import NotAllowed
from chalicelib.services.known_patient import patient_of
from chalicelib.services.ports import Ports


def require_acting(ports: Ports, visit: Visit, me: Participant, action: str) -> None:
    """Nothing for anyone but an ombud, for whom it is one read.

    Raises NotAllowed (`guardian_may_not_act`): a protection that came up after the booking ends their right. Logged.
    """
    if me.role != "ombud":
        return
    patient = patient_of(ports, visit)
    try:
        acting_guardian(patient, me.guardian_id)
    except NotAllowed:
        entry = by_visitor(visit, me.participant_id, action, ports.clock.now(), result="denied")
        ports.store.commit([Create(entry)])
        raise
