"""Anteckningar: one note per visit, staff only, saved as it is written (S3)."""

from chalicelib.domain.access import TABLE
from chalicelib.domain.audit import of_visit
from chalicelib.domain.changes import Create, Replace, RequirePlace
from chalicelib.domain.chat import Note
from chalicelib.domain.staff import Staff
from chalicelib.services.log_access import log_visit_read
from chalicelib.services.open_visit import open_visit
from chalicelib.services.ports import Ports


def read_note(ports: Ports, staff: Staff, visit_id: str) -> Note | None:
    """None before the first save. Raises NotFound."""
    visit, _ = open_visit(ports, staff, visit_id, "note")
    log_visit_read(ports, staff, visit, "note.read")
    return ports.store.note(visit_id)


def save_note(ports: Ports, staff: Staff, visit_id: str, text: str, version: int) -> Note:
    """`version` is the one the text was written on, 0 before the first save.

    Raises NotFound, and Conflict (`changed_meanwhile`) when a colleague has saved, or has taken them out of the visit,
    since.
    """
    visit, me = open_visit(ports, staff, visit_id, "note")
    now = ports.clock.now()
    note = Note(visit_id=visit_id, version=version + 1, text=text, saved_at=now, saved_by=staff.name)
    entries = map(Create, of_visit(staff, "note.save", now, visit))
    still_there = RequirePlace(visit_id, TABLE["note"][me.role], me.participant_id)
    ports.store.commit([still_there, Replace(note) if version else Create(note), *entries])
    return note
