"""Sessions of staff as their owner sees them."""

from datetime import datetime

from chalicelib.api.schemas import session as schemas
from chalicelib.domain.commission import Commission
from chalicelib.domain.session import StaffSession


def session_view(session: StaffSession, now: datetime) -> schemas.StaffSession:
    staff = session.staff
    return schemas.StaffSession(
        hsa_id=staff.hsa_id,
        name=staff.name,
        given_name=staff.given_name,
        org_id=staff.org_id,
        org_name=session.org_name,
        unit_id=staff.unit_id,
        unit_name=staff.unit_name,
        roles=staff.roles,
        commission_id=session.commission.commission_id,
        commissions=[commission_view(each) for each in session.commissions],
        csrf_token=session.csrf_token,
        join_button_text=session.join_button_text,
        seconds_left=_seconds_left(session, now),
        child_age_limit=session.child_age_limit,
    )


def commission_view(commission: Commission) -> schemas.Commission:
    return schemas.Commission(
        commission_id=commission.commission_id,
        name=commission.name,
        purpose=commission.purpose,
        unit_name=commission.unit_name,
    )


def own_session_view(session: StaffSession, current: StaffSession) -> schemas.OwnSession:
    return schemas.OwnSession(
        session_id=session.session_id,
        browser=session.device.browser,
        system=session.device.system,
        unit_name=session.staff.unit_name,
        started_at=session.created_at,
        used_at=session.used_at,
        is_current=session.session_hash == current.session_hash,
    )


def expiry_view(session: StaffSession, last_at: datetime, now: datetime) -> schemas.SessionExpiry:
    """`last_at`: when it ends whatever is done."""
    return schemas.SessionExpiry(seconds_left=_seconds_left(session, now), can_be_extended=session.expires_at < last_at)


def _seconds_left(session: StaffSession, now: datetime) -> int:
    return max(0, int((session.expires_at - now).total_seconds()))
