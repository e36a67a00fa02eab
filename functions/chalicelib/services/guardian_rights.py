"""A child's ombud may come in as long as nothing speaks against it: asked at each door, of the stored patient (P5)."""

from chalicelib.domain.audit import by_visitor
from chalicelib.domain.relations import acting_guardian
from chalicelib.domain.visit import Participant, Visit
from chalicelib.errors import NotAllowed, NotFound
from chalicelib.services.known_patient import patient_of
from chalicelib.services.log_access import log_read
from chalicelib.services.ports import Ports


def require_acting(ports: Ports, visit: Visit, me: Participant, action: str) -> None:
    """Nothing for anyone but an ombud, for whom it is one read.

    Raises NotAllowed (`guardian_may_not_act`): a protection that came up after the booking ends their right. Logged.
    """
    try:
        _require_acting(ports, visit, me)
    except NotAllowed:
        log_read(ports, by_visitor(visit, me.participant_id, action, ports.clock.now(), result="denied"))
        raise


def is_acting(ports: Ports, visit: Visit, me: Participant) -> bool:
    """Whether `require_acting` would let them, without a trace: for what is told them without their asking."""
    try:
        _require_acting(ports, visit, me)
    except (NotAllowed, NotFound):
        return False
    return True


def _require_acting(ports: Ports, visit: Visit, me: Participant) -> None:
    if me.role == "ombud":
        acting_guardian(patient_of(ports, visit), me.guardian_id)
