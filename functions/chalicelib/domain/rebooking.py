"""Omboka and Avboka as pure rules: the visit that another one becomes (B9)."""

from datetime import datetime, timedelta

from msgspec.structs import replace

from chalicelib.domain.organisation import StaffMember
from chalicelib.domain.places import digest
from chalicelib.domain.visit import CancelledBy, Kind, Participant, Rebooking, Status, Visit, with_participant


def moved(
    visit: Visit,
    starts_at: datetime,
    duration_minutes: int,
    by: Rebooking,
    *,
    reason: str | None = None,
    owner: StaffMember | None = None,
    kind: Kind | None = None,
) -> Visit:
    """The visit as it is after Omboka; what is None stays. `starts_at` in UTC.

    At another time it is booked anew, also when it was received; nobody is late any more, and what was written of the
    former time is superseded. A new owner is among its staff, and the former one stays so.
    """
    after = replace(
        visit,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=duration_minutes),
        sequence=visit.sequence + 1,
        rebooked=by,
        reason=visit.reason if reason is None else reason,
        kind=kind or visit.kind,
    )
    if is_at_another_time(visit, after):
        people = tuple(replace(person, late=None) for person in visit.participants)
        booked = {"status": Status.BOOKED, "received": None, "timed_sequence": after.sequence}
        after = replace(after, participants=people, **booked)
    return after if owner is None else replace(with_staff(after, owner), owner_hsa_id=owner.hsa_id)


def is_at_another_time(before: Visit, after: Visit) -> bool:
    return (before.starts_at, before.ends_at) != (after.starts_at, after.ends_at)


def cancelled(visit: Visit, reason: str, by: Rebooking, cancelled_by: CancelledBy) -> Visit:
    """The visit as it is after Avboka; one that is cancelled already stays as it was."""
    if visit.status is Status.CANCELLED:
        return visit
    return replace(
        visit,
        status=Status.CANCELLED,
        cancel_reason=reason,
        cancelled_by=cancelled_by,
        rebooked=by,
        ended_at=by.at,
    )


def with_staff(visit: Visit, member: StaffMember) -> Visit:
    """The visit with them among its staff. A colleague who was a guest in it is its staff from now on."""
    known = visit.staff(member.hsa_id)
    if known is not None:
        return with_participant(visit, replace(known, role="staff"))
    place = Participant(
        participant_id=_new_place(visit, member.hsa_id), role="staff", name=member.name, hsa_id=member.hsa_id
    )
    return replace(visit, participants=(place, *visit.participants))


def _new_place(visit: Visit, hsa_id: str) -> str:
    """An id that nobody has had: who was taken out of the visit comes back as someone new."""
    return "p_" + digest(visit.visit_id, "staff", str(visit.version), hsa_id)
