"""One organisation with a person of every role, and visits of any state with all of them in it: for tests that try every
role on every action (domain/access.py)."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from unittest.mock import patch
from uuid import uuid4

from msgspec.structs import replace

from chalicelib import bootstrap
from chalicelib.api import cookies
from chalicelib.domain.access import Who
from chalicelib.domain.changes import created
from chalicelib.domain.fleet import MediaNode
from chalicelib.domain.ids import secret_hash
from chalicelib.domain.patient import Patient
from chalicelib.domain.session import VisitorRole, VisitorSession
from chalicelib.domain.visit import Call, Participant, Role, Status, Visit
from tests.browser import Browser
from tests.builders import (
    ANNA,
    BERG,
    EK,
    NOW,
    a_commission,
    a_guest,
    a_patient,
    a_patient_guardian,
    a_register_person,
    a_staff_member,
    a_unit,
    a_visit,
)
from tests.builders import an_organisation as our_organisation
from tests.fake_ports import FakePorts
from tests.unit.api.conftest import identity, logged_in

LIND, ALM, ASP = "SE2321000115-E003", "SE2321000115-E004", "SE2321000115-E005"
STAFF: dict[str, str] = {"staff": EK, "colleague": BERG, "clinician": LIND, "admin": ALM, "support": ASP}
"""Who logs in, by role: `clinician` is in no visit."""
GUARDIAN = a_patient_guardian().guardian_id
VISITORS: tuple[VisitorRole, ...] = ("patient", "ombud", "guest")


@dataclass
class World:
    """Everyone's browser, made when first asked for."""

    ports: FakePorts
    browsers: dict[str, Browser] = field(default_factory=dict)

    def visit(self, status: Status) -> Visit:
        """One more visit, with a call running while it goes on, and all roles in it; the patient as at the beginning."""
        visit_id = f"v_{uuid4().hex[:16]}"
        call = Call(call_id=f"{visit_id}.1", opened_at=NOW, epoch=1, seq=1, connected={"p_staff": "staff"})
        people = (
            *a_visit().participants,
            Participant(participant_id="p_colleague", role="colleague", name="Bo Berg", hsa_id=BERG),
            Participant(
                participant_id="p_ombud", role="ombud", name="Erik Lindqvist", link_id="l_ombud", guardian_id=GUARDIAN
            ),
            a_guest(),
        )
        visit = a_visit(status=status, call=call if status is Status.ONGOING else None, last_call_id=call.call_id)
        visit = replace(visit, visit_id=visit_id, participants=tuple(_with_session(visit_id, p) for p in people))
        self.ports.store.commit(created(visit))
        self.ports.store.seed(_patient())
        return visit

    def staff(self, role: Who) -> Browser:
        """The one browser of this role's clinician, logged in."""
        if role not in self.browsers:
            self.browsers[role] = logged_in(Browser(self.ports), role)
        return self.browsers[role]

    def visitor(self, visit: Visit, role: Role, *, admitted: bool = True) -> Browser:
        """Someone who came by their link to this visit, and was let in, or only opened it."""
        cookie = _cookie(visit.visit_id, role) if admitted else f"only-opened-{visit.visit_id}-{role}"
        self.ports.store.seed(_session(visit, role, cookie, admitted=admitted))
        return Browser(self.ports, cookies={cookies.VISITOR: cookie}, csrf_token="proof")


@contextmanager
def deployed_world() -> Iterator[World]:
    """The deployed app stands on it until the block is left."""
    ports = FakePorts()
    environment = {"AWS_REGION": "eu-north-1", "POWERTOOLS_METRICS_DISABLED": "true"}
    with patch.object(bootstrap, "ports", lambda: ports), patch.dict("os.environ", environment):
        yield the_world(ports)


def the_world(ports: FakePorts) -> World:
    """`ports` with the organisation, its people and a media node."""
    ports.store.seed(our_organisation(), a_unit(), _patient())
    ports.register.people[ANNA] = a_register_person()
    for role, hsa_id in STAFF.items():
        member = a_staff_member(hsa_id)
        roles = {"admin": ("admin",), "support": ("support",)}.get(role, ("clinician",))
        ports.store.seed(replace(member, roles=roles))
        ports.identity_provider.identities[role] = identity(hsa_id)
    ports.store.media_nodes = [_node(ports)]
    return World(ports)


def samples(visit: Visit) -> dict[str, Callable[[], object]]:
    """By endpoint: a body that would do, if the caller may."""
    guest = {"name": "Gun", "phone": "070-174 06 06"}
    booking = {
        "request_id": "3f2c7d9e-8a41-4f6b-9d20-5b7c1e8a9f04",
        "patients": [{"patient_id": visit.patient_id}],
        "starts_at": (NOW + timedelta(days=1)).isoformat(),
        "duration_minutes": 30,
        "reason": "Återbesök",
    }
    moving = {"sequence": 0, "starts_at": (NOW + timedelta(days=14)).isoformat(), "duration_minutes": 45}
    return {
        "choose_login_commission": lambda: {"commission_id": a_commission().commission_id},
        "switch_session_commission": lambda: {"commission_id": a_commission().commission_id},
        "search_patient": lambda: {"number": ANNA},
        "look_up_person": lambda: {"number": ANNA},
        "create_patient": lambda: {"number": ANNA, "phone": "070-174 06 05"},
        "change_contacts": lambda: {"version": 1, "phone": "070-174 06 05", "email": ""},
        "change_guardian_contacts": lambda: {"version": 1, "phone": "070-174 06 09", "email": ""},
        "preview_rescheduling": lambda: moving,
        "reschedule_visit": lambda: moving,
        "cancel_visit": lambda: {"sequence": 0, "reason": "Patienten har fått förhinder"},
        "change_relations": lambda: {"relations": []},
        "preview_booking": lambda: booking,
        "book_visit": lambda: {**booking, "guests": [guest]},
        "preview_participants": lambda: {"request_id": str(uuid4()), "guests": [guest]},
        "add_participants": lambda: {"request_id": str(uuid4()), "guests": [guest]},
        "invite_again": lambda: {"request_id": str(uuid4()), "invited_again": 0, "phone": "070-174 06 06"},
        "end_visit": lambda: {"end_call": True},
        "save_note": lambda: {"text": "Ok", "version": 0},
        "send_chat": lambda: {"message_id": str(uuid4()), "text": "Hej"},
        "rate_call": lambda: {"call_id": f"{visit.visit_id}.1", "score": 5},
        "open_link": lambda: {"token": "x" * 27},
        "start_eid": lambda: {"provider": "bankid"},
        "search_audit": lambda: {},
        "search_messages": lambda: {},
        "complete_booking": lambda: {"relations": []},
        "change_text": lambda: {"key": "moved.guest.sms.sv", "text": "Ny tid {tid}: {länk}"},
        "preview_text": lambda: {"key": "moved.guest.sms.sv", "text": "Ny tid {tid}: {länk}"},
        "sample_audit": lambda: {"size": 3},
        "extract_audit": lambda: {"number": ANNA, "from_day": "2026-11-01", "to_day": "2026-11-23"},
        "enter_as_guest": lambda: {"name": "Gun"},
        "report_late": lambda: {"minutes": 10},
        "cancel_own": lambda: {},
        "change_language": lambda: {"language": "en"},
        "change_display_name": lambda: {"display_name": "Solros"},
        "visitor_send_chat": lambda: {"message_id": str(uuid4()), "text": "Hej"},
        "visitor_rate_call": lambda: {"call_id": f"{visit.visit_id}.1", "score": 5},
    }


def another_session(browser: Browser) -> str:
    """The id of one more session of the person whose browser this is; of nobody's when it is not staff's."""
    who = browser.get("/session")
    role = next((role for role, hsa_id in STAFF.items() if who.status == 200 and who.json["hsa_id"] == hsa_id), None)
    if role is None:
        return "s_nobodys"
    logged_in(Browser(browser.ports), role)
    return str(browser.get("/sessions").json[1]["session_id"])


def _patient() -> Patient:
    """An adult with a guardian: what a role may do does not hang on the patient's age."""
    return replace(a_patient(), guardians=(a_patient_guardian(),))


def _cookie(visit_id: str, role: str) -> str:
    return f"{visit_id}-{role}"


def _with_session(visit_id: str, person: Participant) -> Participant:
    if person.role in STAFF:
        return person
    return replace(person, session_hash=secret_hash(_cookie(visit_id, person.role)))


def _session(visit: Visit, role: Role, cookie: str, *, admitted: bool) -> VisitorSession:
    visitor: dict[Role, VisitorRole] = {role: role for role in VISITORS}
    return VisitorSession(
        session_hash=secret_hash(cookie),
        csrf_token="proof",
        visit_id=visit.visit_id,
        participant_id=next(p.participant_id for p in visit.participants if p.role == role),
        role=visitor[role],
        admitted=admitted,
        created_at=NOW,
        expires_at=NOW + timedelta(hours=12),
    )


def _node(ports: FakePorts) -> MediaNode:
    return MediaNode(
        node_id="node-a",
        internal_url="http://node-a:8002",
        heartbeat_at=int(ports.clock.now().timestamp()),
        participants=0,
        calls=0,
        capacity=200,
        draining=False,
    )
