"""Someone who came to nothing by their invitation is sent it again, where they are reached now (B10, P4, G2)."""

from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from chalicelib.concealed import Concealed
from chalicelib.domain.addressees import channel_of
from chalicelib.domain.changes import Change
from chalicelib.domain.message_ids import MOST_INVITATIONS
from chalicelib.domain.places import digest
from chalicelib.domain.removal import without_participant
from chalicelib.domain.visit import Contact, Participant, Visit, with_participant
from chalicelib.errors import Conflict


class Reinvitation(Concealed, Struct, frozen=True, kw_only=True):
    """The same `request_id` invites once, however often it is sent. `seen`: how often they had been invited again, as the
    one who asks knows it, so that of two who ask at once one is told. `contact`: where to."""

    request_id: str
    seen: int
    contact: Contact


def is_carried_out(visit: Visit, wanted: Reinvitation) -> bool:
    return any(person.invited_request == wanted.request_id for person in visit.participants)


def is_invitable(person: Participant) -> bool:
    """Comes in by a link of their own, which was sent to them: not staff, a child, or the open guest place."""
    return bool(person.link_id) and channel_of(person) is not None


def require_invitable(person: Participant, wanted: Reinvitation) -> None:
    """Raises Conflict: `not_invitable`, `changed_meanwhile`, `invited_too_often`."""
    if not is_invitable(person):
        raise Conflict("they come in without an invitation", code="not_invitable")
    if person.invited_again != wanted.seen:
        raise Conflict("they have been invited again since", code="changed_meanwhile")
    if person.invited_again + 1 >= MOST_INVITATIONS:
        raise Conflict("they have been invited too many times", code="invited_too_often")


def with_reinvited(
    visit: Visit, person: Participant, wanted: Reinvitation, now: datetime
) -> tuple[Visit, Participant, list[Change]]:
    """The visit with them invited anew, who they are then, and what else to write.

    Where nothing is corrected their link stays. Else it dies with what is on its way to the old address, and they have a
    newer one: a patient, who shows who they are by e-ID, stays in; a guest or ombud is a new participant, since whoever
    has come by the old link may be someone else.
    """
    again = replace(
        person, contact=wanted.contact, invited_again=person.invited_again + 1, invited_request=wanted.request_id
    )
    again = replace(again, unreached=False)
    if wanted.contact == person.contact:
        return with_participant(visit, again), again, []
    if person.role == "patient":
        newer = replace(again, link_id=_link(person.participant_id, wanted))
        return with_participant(visit, newer), newer, []
    place = visit.participants.index(person)
    without, removal = without_participant(visit, person, now)
    newer = _newcomer(visit, again, wanted)
    people = (*without.participants[:place], newer, *without.participants[place:])
    return replace(without, participants=people), newer, removal


def _newcomer(visit: Visit, person: Participant, wanted: Reinvitation) -> Participant:
    new_id = "p_" + digest(visit.visit_id, "again", wanted.request_id)
    return replace(
        person,
        participant_id=new_id,
        link_id=_link(new_id, wanted),
        session_hash="",
        waiting_since=None,
        away_since=None,
        late=None,
    )


def _link(participant_id: str, wanted: Reinvitation) -> str:
    return "l_" + digest(participant_id, "link", wanted.request_id)
