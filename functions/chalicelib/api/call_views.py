"""A place in a call, and a rating, between the API and the use cases."""

from chalicelib.api.schemas.calls import JoinAnswer, RateCall
from chalicelib.domain.access import CALL_ROLE
from chalicelib.services.join_call import CallTicket
from chalicelib.services.rate_call import Verdict


def join_answer(ticket: CallTicket) -> JoinAnswer:
    return JoinAnswer(
        call_id=ticket.call_id,
        epoch=ticket.epoch,
        media_path=ticket.media_path,
        token=ticket.token,
        ice_servers=ticket.ice_servers,
        participant_id=ticket.me.participant_id,
        name=ticket.me.shown_name,
        role=CALL_ROLE[ticket.me.role],
        title=ticket.title,
    )


def verdict_of(body: RateCall) -> Verdict:
    return Verdict(score=body.score, problems=tuple(body.problems), text=body.text)
