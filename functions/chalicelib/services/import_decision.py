"""What a delivery does to a booking that is known or new (V1-V4): the one place where it is decided."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from msgspec.structs import replace

from chalicelib.concealed import Concealed
from chalicelib.domain.booking import require_sensible_time
from chalicelib.domain.changes import Change, Create, Replace, RequirePatient
from chalicelib.domain.imported_booking import KEPT_AFTER_END, ImportedBooking, Wanted
from chalicelib.domain.incoming_booking import IncomingBooking, is_newer
from chalicelib.domain.integration_message import Outcome
from chalicelib.domain.patient import Patient
from chalicelib.domain.pending import booked_as, kind_of, missing_of, waiting_rows
from chalicelib.domain.visit import PLANNED, Form, Status, Visit
from chalicelib.errors import BadInput, Unprocessable
from chalicelib.services.imported_visit import Scene, cancelled_visit, followed_visit, new_visit


@dataclass(frozen=True, slots=True, repr=False)
class Known(Concealed):
    """What stands of it here: the booking, the visit that it is now, and the patient who is wanted."""

    booking: ImportedBooking | None
    visit: Visit | None
    patient: Patient | None


@dataclass(frozen=True, slots=True, repr=False)
class Decision(Concealed):
    """`booking`: as it stands afterwards. `changes`: all there is to write but the message itself."""

    booking: ImportedBooking
    outcome: Outcome
    why: str = ""
    changes: list[Change] = field(default_factory=list)


@dataclass(frozen=True, slots=True, repr=False)
class _Case(Concealed):
    """A delivery that is newer than what is known. `told`: the booking with its version, before it is decided what it
    becomes; `visit`: the one that it is now."""

    scene: Scene
    delivery: IncomingBooking
    told: ImportedBooking
    before: ImportedBooking | None
    visit: Visit | None
    patient: Patient | None


def decide(scene: Scene, delivery: IncomingBooking, known: Known) -> Decision:
    """Raises Unprocessable (`version_missing`, `starts_in_past`, `starts_too_far`, `unknown_staff`, `unknown_patient`)."""
    before = known.booking
    if before is not None:
        newer = is_newer(delivery.source, before.source)
        if newer is None:
            raise Unprocessable("the versions cannot be compared", code="version_missing", field="Appointment.meta")
        if not newer:
            same = delivery.source == before.source
            return Decision(before, "unchanged", "same_version" if same else "older_version")
    visit = known.visit if before is not None and before.state == "booked" else None
    case = _Case(scene, delivery, _told(scene, delivery, before), before, visit, known.patient)
    if delivery.intent == "keep":  # how the visit goes is told here by those who hold it
        return _written(case, case.told, "ignored", delivery.why)
    if visit is not None and (visit.external_id != case.told.external_id or visit.form is Form.RELATIVE):
        return _settled(case, case.told, "ignored", "not_ours")
    if delivery.wanted is None:
        return _none_is_to_be(case)
    return _one_is_to_be(case, delivery.wanted)


def _told(scene: Scene, delivery: IncomingBooking, before: ImportedBooking | None) -> ImportedBooking:
    """The booking with the delivery's version; what it is to become is not said yet."""
    if before is not None:
        version = replace(before, version=before.version + 1, source=delivery.source, changed_at=scene.now)
        return replace(version, expires_at=max(before.expires_at, scene.now + KEPT_AFTER_END))
    return ImportedBooking(
        booking_id=delivery.booking_id,
        version=1,
        org_id=scene.organisation.org_id,
        external_id=delivery.external_id,
        external_system=delivery.external_system,
        source=delivery.source,
        state="ignored",
        why=delivery.why,
        changed_at=scene.now,
        expires_at=scene.now + KEPT_AFTER_END,
    )


def _none_is_to_be(case: _Case) -> Decision:
    delivery, before, visit = case.delivery, case.before, case.visit
    gone = replace(case.told, state="cancelled" if delivery.cancelled else "ignored", why=delivery.why)
    if visit is not None and visit.status is Status.ONGOING:
        return _written(case, case.told, "ignored", "visit_started")
    if visit is not None and visit.status in PLANNED:
        return _settled(case, gone, "cancelled", delivery.why, cancelled_visit(case.scene, visit)[1])
    if before is not None and before.state == "pending":
        return _settled(case, gone, "cancelled", delivery.why)
    why = "cancelled_before_created" if before is None and delivery.cancelled else delivery.why
    return _settled(case, gone, "ignored", why)


def _settled(
    case: _Case, gone: ImportedBooking, outcome: Outcome, why: str, changes: Sequence[Change] = ()
) -> Decision:
    """Nothing is to be, and nothing waits any more."""
    return _written(case, replace(gone, why=why, wanted=None, number="", missing=None), outcome, why, changes)


def _one_is_to_be(case: _Case, wanted: Wanted) -> Decision:
    _require_staff(case.scene, wanted)
    visit, was = case.visit, case.before.wanted if case.before is not None else None
    if visit is not None and was is not None:
        if visit.is_over and _same_time(was, wanted):
            return _written(case, replace(case.told, wanted=wanted), "ignored", "visit_over")
        if visit.status is Status.ONGOING:
            return _written(case, case.told, "ignored", "visit_started")
        if not visit.is_over and _is_same_visit(case, visit, wanted):
            return _followed(case, visit, was, wanted)
    _require_time(case.scene, wanted)
    if visit is None or visit.is_over:
        return _anew(case, wanted)
    # For another patient, or of another kind on the new day: not the same visit any more.
    return _anew(case, wanted, cancelled_visit(case.scene, visit)[1])


def _followed(case: _Case, visit: Visit, was: Wanted, wanted: Wanted) -> Decision:
    if not _same_time(was, wanted):
        _require_time(case.scene, wanted)
    followed = followed_visit(case.scene, visit, was, wanted)
    booked = _until(replace(case.told, wanted=wanted, why=""), wanted)
    if followed is None:
        return _written(case, booked, "unchanged", "same_content")
    return _written(case, booked, "updated", "", followed[1])


def _anew(case: _Case, wanted: Wanted, changes: Sequence[Change] = ()) -> Decision:
    """A visit, or a booking that waits until it can be one."""
    patient, number = case.patient, case.delivery.number
    if patient is None and not number:
        raise Unprocessable("there is no such patient", code="unknown_patient", field="Appointment.participant")
    missing = missing_of(patient, wanted, case.scene.organisation)
    told = _until(replace(case.told, wanted=wanted), wanted)
    if patient is None or missing is not None:
        number, why = number or (patient.number if patient else ""), missing or ""
        waits = replace(told, state="pending", why=why, missing=missing, number=number, visit_id="")
        as_read = RequirePatient(told.org_id, wanted.patient_id, patient.version if patient else 0)
        return _written(case, waits, "pending", why, [*changes, as_read])
    asked = booked_as(told, "")
    visit, booked = new_visit(case.scene, asked, wanted, patient)
    return _written(case, replace(asked, visit_id=visit.visit_id), "created", "", [*changes, *booked])


def _written(
    case: _Case, after: ImportedBooking, outcome: Outcome, why: str, changes: Sequence[Change] = ()
) -> Decision:
    write: Change = Create(after) if case.before is None else Replace(after)
    return Decision(after, outcome, why, [*changes, write, *waiting_rows(case.before, after)])


def _require_staff(scene: Scene, wanted: Wanted) -> None:
    clinicians = {member.hsa_id for member in scene.staff if member.is_clinician}
    if not clinicians.issuperset(wanted.staff):
        raise Unprocessable("not staff of this organisation", code="unknown_staff", field="Appointment.participant")


def _require_time(scene: Scene, wanted: Wanted) -> None:
    try:
        require_sensible_time(wanted.starts_at, scene.now)
    except BadInput as refused:
        raise Unprocessable(str(refused), code=refused.code, field="Appointment.start") from None


def _is_same_visit(case: _Case, visit: Visit, wanted: Wanted) -> bool:
    """For the same patient, and of the same kind on the new day (B4)."""
    if case.patient is None or wanted.patient_id != visit.patient_id:
        return False
    return kind_of(case.patient, wanted, case.scene.organisation) is visit.kind


def _same_time(one: Wanted, other: Wanted) -> bool:
    return (one.starts_at, one.ends_at) == (other.starts_at, other.ends_at)


def _until(booking: ImportedBooking, wanted: Wanted) -> ImportedBooking:
    """Kept until some time after the visit."""
    return replace(booking, expires_at=max(booking.expires_at, wanted.ends_at + KEPT_AFTER_END))
