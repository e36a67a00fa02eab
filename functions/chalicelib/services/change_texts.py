"""Meddelandetexter: an organisation's own words in its messages (B10, O1)."""

from datetime import datetime

from msgspec.structs import replace

from chalicelib.domain.audit import by_staff
from chalicelib.domain.changes import Create, Replace
from chalicelib.domain.organisation import Organisation
from chalicelib.domain.staff import Staff
from chalicelib.domain.templates import checked, read_key, text_of
from chalicelib.domain.text_keys import TextKey
from chalicelib.errors import Conflict, NotFound
from chalicelib.services.ports import Ports

ATTEMPTS = 6


def texts_of(ports: Ports, staff: Staff) -> Organisation:
    """The organisation, whose texts they are. Raises NotFound."""
    organisation = ports.store.organisation(staff.org_id)
    if organisation is None:
        raise NotFound("no such organisation")
    return organisation


def change_text(ports: Ports, staff: Staff, key: str, text: str | None, replaces: str = "") -> Organisation:
    """The organisation with this text in the product's place, or with None the product's again; the same again changes
    nothing. `replaces`: the text as the one who writes has seen it, empty for whatever it is.

    Two who change different texts at once both do. Raises BadInput (`domain.templates.checked`), NotFound, and Conflict
    (`text_changed`) when the text is another by now, or `changed_meanwhile`.
    """
    which = read_key(key)
    for attempt in range(ATTEMPTS):
        before = texts_of(ports, staff)
        if replaces and text_of(before, which) != replaces:
            raise Conflict("somebody else has changed the text", code="text_changed")
        after = _with_text(before, which, text)
        if after.texts == before.texts:
            return before
        if _written(ports, staff, after, last=attempt == ATTEMPTS - 1):
            return after
    raise AssertionError("the last attempt either wrote or raised")


def preview_text(ports: Ports, staff: Staff, key: str, text: str) -> tuple[TextKey, str, Organisation]:
    """The text as it would be kept. Raises as `change_text` does; nothing is written."""
    which, organisation = read_key(key), texts_of(ports, staff)
    return which, checked(which, text), organisation


def _with_text(organisation: Organisation, key: TextKey, text: str | None) -> Organisation:
    texts = {name: own for name, own in organisation.texts.items() if name != str(key)}
    if text is not None:
        texts[str(key)] = checked(key, text)
    return replace(organisation, version=organisation.version + 1, texts=texts)


def _written(ports: Ports, staff: Staff, after: Organisation, *, last: bool) -> bool:
    now: datetime = ports.clock.now()
    try:
        ports.store.commit([Replace(after), Create(by_staff(staff, "organisation.change_text", now))])
    except Conflict:
        if last:
            raise
        return False
    return True
