"""Meddelandetexter: the organisation's own words in its messages (B10, O1)."""

from datetime import datetime, timedelta

from chalicelib.api.endpoint import endpoint
from chalicelib.api.schemas import texts as schemas
from chalicelib.domain.local_time import local
from chalicelib.domain.message_texts import eid_names, one_line, when
from chalicelib.domain.organisation import Organisation
from chalicelib.domain.staff import Staff
from chalicelib.domain.templates import EID, LINK_PLACE, most_segments, placeholders, text_of
from chalicelib.domain.text_keys import TextKey, text_keys
from chalicelib.domain.wording import filled
from chalicelib.services import change_texts as change
from chalicelib.services.ports import Ports

REFUSED = {
    400: "text_unknown_key, text_empty, text_too_long, text_not_gsm7, text_unknown_placeholder, text_missing_link, "
    "text_link_not_alone, "
    "text_unseen_character",
    403: "not_allowed",
    404: "not_found",
}


@endpoint(
    "GET",
    "/organisation/texts",
    audience="staff",
    action="change_texts",
    summary="Every text that goes out, the organisation's own or the product's",
    spec="B10",
    problems={403: "not_allowed", 404: "not_found"},
)
def texts(ports: Ports, staff: Staff) -> schemas.TextsView:
    return _view(change.texts_of(ports, staff))


@endpoint(
    "PUT",
    "/organisation/texts",
    audience="staff",
    action="change_texts",
    summary="Put a text of the organisation's own in place of the product's, or take it back",
    spec="B10",
    problems={**REFUSED, 409: "text_changed, changed_meanwhile"},
)
def change_text(ports: Ports, staff: Staff, body: schemas.ChangeText) -> schemas.TextsView:
    return _view(change.change_text(ports, staff, body.key, body.text, body.replaces))


@endpoint(
    "POST",
    "/organisation/texts/preview",
    audience="staff",
    action="change_texts",
    summary="How a text would read, and how many SMS it becomes; nothing is kept",
    spec="B10",
    problems=REFUSED,
)
def preview_text(ports: Ports, staff: Staff, body: schemas.PreviewText) -> schemas.TextPreview:
    key, text, organisation = change.preview_text(ports, staff, body.key, body.text)
    values = {
        "tid": when(_sample_time(ports.clock.now()), key.language),
        "organisation": one_line(organisation.name),
        LINK_PLACE: f"{ports.settings.public_url}/b#…",
        "kliniker": one_line(staff.name),
        "antal": "5",
        EID: eid_names(ports.settings.eid_providers, key.language),
    }
    segments = most_segments(key, text) if key.channel == "sms" else 1
    return schemas.TextPreview(text=filled(text, values), segments=segments)


def _view(organisation: Organisation) -> schemas.TextsView:
    return schemas.TextsView([_text(organisation, key) for key in text_keys()])


def _text(organisation: Organisation, key: TextKey) -> schemas.TextView:
    own = str(key) in organisation.texts
    return schemas.TextView(str(key), text_of(organisation, key), own, list(placeholders(key)))


def _sample_time(now: datetime) -> datetime:
    """Tomorrow at half past nine."""
    return local(now + timedelta(days=1)).replace(hour=9, minute=30)
