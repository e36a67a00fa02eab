"""From someone who has come through the identity provider to a session at work on one commission (L1)."""

from chalicelib.domain.commission import Commission, at_work_on
from chalicelib.domain.ids import new_secret, new_session_id, secret_hash
from chalicelib.domain.organisation import StaffMember
from chalicelib.domain.session import Arrival, StaffSession, person_key
from chalicelib.domain.staff import Staff
from chalicelib.services.ports import Ports
from chalicelib.services.resume_session import staff_expiry


def new_staff_session(ports: Ports, arrival: Arrival, commission: Commission) -> tuple[str, StaffSession]:
    """The session, not yet written, and the secret of its cookie."""
    member, now, secret = arrival.member, ports.clock.now(), new_secret()
    session = StaffSession(
        session_hash=secret_hash(secret),
        csrf_token=new_secret(),
        staff=_staff(member, commission),
        org_name=arrival.organisation.name,
        join_button_text=arrival.organisation.join_button_text,
        child_age_limit=arrival.organisation.child_age_limit,
        created_at=now,
        expires_at=staff_expiry(now, now),
        session_id=new_session_id(),
        person=person_of(ports, member.org_id, member.hsa_id),
        used_at=now,
        device=arrival.device,
        roles=member.roles,
        commission=commission,
        commissions=arrival.commissions,
    )
    return secret, session


def person_of(ports: Ports, org_id: str, hsa_id: str) -> str:
    """Under which all sessions of this person are found."""
    return person_key(ports.settings.link_key, org_id, hsa_id)


def _staff(member: StaffMember, commission: Commission) -> Staff:
    person = Staff(
        org_id=member.org_id,
        unit_id=member.unit_id,
        unit_name=member.unit_name,
        hsa_id=member.hsa_id,
        given_name=member.given_name,
        family_name=member.family_name,
        title=member.title,
    )
    return at_work_on(commission, person, member.roles)
