"""Someone is taken out of a visit, at once and everywhere (G5): what one transaction writes for it.

Links and sessions need no writing: both are dead as soon as the visit no longer lists their person
(`link_state.dead_code`, `services.visitor_session`). Nobody gets the id of a removed person again: who is invited anew
is a new participant with a new link.
"""

from datetime import datetime

from msgspec.structs import replace

from chalicelib.domain.call_control import remove_participant_message
from chalicelib.domain.changes import Change, Create
from chalicelib.domain.visit import Call, Participant, Removed, Visit

# Of more than these the pages are told only that the link no longer works.
REMEMBERED = 100


def without_participant(visit: Visit, person: Participant, now: datetime) -> tuple[Visit, list[Change]]:
    """The visit without this person, and what else to write with it: a running call's node is asked to put them out.

    After the commit `services.end_participation` tells their open pages.
    """
    people = tuple(p for p in visit.participants if p.participant_id != person.participant_id)
    gone = Removed(person_id=person.participant_id, hsa_id=person.hsa_id, at=now)
    call = None if visit.call is None else _without(visit.call, person.participant_id)
    after = replace(visit, participants=people, call=call, removed=(*visit.removed, gone)[-REMEMBERED:])
    return after, _out_of_the_call(visit, person, now)


def _without(call: Call, participant_id: str) -> Call:
    return replace(
        call,
        connected={who: role for who, role in call.connected.items() if who != participant_id},
        coming={who: role for who, role in call.coming.items() if who != participant_id},
        lost=tuple(who for who in call.lost if who != participant_id),
    )


def _out_of_the_call(visit: Visit, person: Participant, now: datetime) -> list[Change]:
    if visit.call is None:
        return []
    return [Create(remove_participant_message(visit, visit.call, person.participant_id, now))]
