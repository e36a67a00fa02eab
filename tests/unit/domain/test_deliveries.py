"""B10: what staff see of the messages that a visit's people were sent."""

from datetime import timedelta
from typing import get_args

import pytest
from msgspec.structs import replace

from chalicelib.domain.deliveries import deliveries, delivery, delivery_ids
from chalicelib.domain.message import OutboxMessage, State
from chalicelib.domain.outdated import outdated
from chalicelib.domain.reminders import reminder_plan
from chalicelib.domain.rows_for_all import invitation_row
from chalicelib.domain.visit import Form, Status, Visit
from chalicelib.domain.visit_messages import (
    cancelled_messages,
    email_instead,
    invitations,
    moved_messages,
    reminder_messages,
    started_messages,
)
from tests.builders import NOW, a_guest, a_patient, a_visit, an_organisation

LATER = NOW + timedelta(minutes=5)


def _visit() -> Visit:
    visit = a_visit(starts_at=NOW + timedelta(days=1), patient=a_patient(email="anna@example.se"))
    return replace(visit, participants=(*visit.participants, a_guest()))


def _invitation(visit: Visit) -> OutboxMessage:
    return invitations(visit, NOW, an_organisation())[0]


def test_every_message_that_can_be_written_now_is_among_those_looked_for() -> None:
    """Whatever has happened to the visit, and whoever is in it."""
    visit = replace(_visit(), sequence=2, timed_sequence=2)
    rows = reminder_plan(visit, an_organisation(), NOW)
    written = [
        *invitations(visit, NOW, an_organisation()),
        *moved_messages(visit, NOW, an_organisation()),
        *started_messages(visit, NOW, an_organisation()),
        *(message for row in rows for message in reminder_messages(row, visit, an_organisation(), NOW)),
    ]
    instead = [email_instead(message, visit, an_organisation(), NOW) for message in written]
    wanted = {message.message_id for message in (*written, *instead) if message is not None}
    assert wanted <= set(delivery_ids(visit))
    gone = replace(visit, status=Status.CANCELLED)
    told = cancelled_messages(visit, NOW, an_organisation())
    assert {message.message_id for message in told} <= set(delivery_ids(gone))


def test_an_ordinary_visits_messages_are_read_in_one_batch() -> None:
    """Of at most 100 ids (DynamoDB, BatchGetItem); of a group of twenty in two."""
    assert len(delivery_ids(_visit())) <= 20
    patients = tuple(replace(a_guest(f"p_{n}"), role="patient", patient_id=f"i_{n}") for n in range(20))
    group = replace(_visit(), form=Form.GROUP, participants=patients, timed_sequence=1)
    assert len(delivery_ids(group)) <= 200


@pytest.mark.parametrize("state", get_args(State))
def test_each_state_is_shown_as_staff_know_it(state: State) -> None:
    shown = delivery([replace(_invitation(_visit()), state=state, attempts=1)], _visit().patient)
    assert shown == {"queued": "queued", "sending": "queued"}.get(state, state)


def test_the_newest_comes_first_and_an_email_stands_in_for_an_sms() -> None:
    visit = _visit()
    failed = replace(_invitation(visit), state="failed", failure="not_delivered", attempts=1)
    email = email_instead(failed, visit, an_organisation(), LATER)
    assert email is not None
    told = deliveries([failed, replace(email, state="delivered", attempts=1)], _visit().patient)
    assert [(each.channel, each.state, each.at) for each in told] == [
        ("email", "delivered", LATER),
        ("sms", "failed", NOW),
    ]
    assert delivery([failed], _visit().patient) == "failed"


def test_what_was_of_no_use_any_more_is_nobodys_trouble() -> None:
    visit = _visit()
    message = _invitation(visit)
    reason = outdated(message, replace(visit, sequence=1, timed_sequence=1), NOW)
    assert deliveries([replace(message, state="failed", failure=reason)], _visit().patient) == []
    assert delivery([], _visit().patient) == "none"


def test_what_is_to_go_out_later_is_shown_at_its_time() -> None:
    """As the invitation to a later visit of a repeated booking."""
    due_at = NOW + timedelta(days=10)
    (planned, *_) = invitations(_visit(), NOW, an_organisation(), send_at=due_at)
    assert [(each.state, each.at) for each in deliveries([planned], _visit().patient)] == [("queued", due_at)]


def test_a_groups_invitation_is_on_its_way_before_each_has_one_of_their_own() -> None:
    """B8: from its row; then what became of theirs is told, and nothing of who cannot be reached."""
    visit = replace(_visit(), form=Form.GROUP)
    row = invitation_row(visit, NOW, an_organisation())
    assert row.message_id in delivery_ids(visit)
    assert [(each.reason, each.state) for each in deliveries([row], visit.patient)] == [("invitation", "queued")]
    assert delivery([replace(row, state="sent"), replace(_invitation(visit), state="sent")], visit.patient) == "sent"
    assert delivery([row], visit.owner) == "none"
    assert delivery([replace(row, state="failed", failure="superseded")], visit.patient) == "none"
