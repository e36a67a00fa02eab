"""What other systems have sent, for support and administrators (V1)."""

from chalicelib.api.endpoint import endpoint
from chalicelib.api.integration_views import summary_view, whole_view
from chalicelib.api.schemas import integration as schemas
from chalicelib.domain.staff import Staff
from chalicelib.services import integration_messages as messages
from chalicelib.services.integration_messages import MessageQuery
from chalicelib.services.ports import Ports
from chalicelib.services.replay_message import replay_message


@endpoint(
    "POST",
    "/integration/messages/search",
    audience="staff",
    action="read_integration",
    summary="What came in from other systems and what became of it, newest first",
    spec="V1",
    problems={400: "period_too_long", 403: "not_allowed"},
)
def search_messages(ports: Ports, staff: Staff, body: schemas.SearchMessages) -> schemas.Messages:
    query = MessageQuery(body.from_day, body.to_day, body.outcome, body.external_id.strip())
    found, more = messages.search_messages(ports, staff, query)
    return schemas.Messages(messages=[summary_view(each) for each in found], more=more)


@endpoint(
    "POST",
    "/integration/messages/{message_id}/read",
    audience="staff",
    action="read_integration",
    summary="A message word for word; logged",
    spec="V1, S6",
    problems={403: "not_allowed", 404: "not_found"},
)
def read_message(ports: Ports, staff: Staff, message_id: str) -> schemas.WholeMessage:
    return whole_view(*messages.read_message(ports, staff, message_id))


@endpoint(
    "POST",
    "/integration/messages/{message_id}/replay",
    audience="staff",
    action="replay_integration",
    summary="Run it again, as if it had been delivered now; what has come to pass already changes nothing",
    spec="V1",
    problems={403: "not_allowed", 404: "not_found", 409: "changed_meanwhile"},
)
def replay(ports: Ports, staff: Staff, message_id: str) -> schemas.MessageSummary:
    return summary_view(replay_message(ports, staff, message_id))
