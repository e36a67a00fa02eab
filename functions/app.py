"""What is deployed: every REST route, live socket handler and event source, one line each."""

from typing import Any

from chalice.app import Chalice, CloudWatchEvent, DynamoDBEvent, Rate, SQSEvent, WebsocketEvent

from chalicelib import bootstrap
from chalicelib.api import events, live
from chalicelib.api.observe import quiet_libraries
from chalicelib.api.rest import register
from chalicelib.api.routes import ENDPOINTS
from chalicelib.services.ports import Ports

# The template's own names (infra/template.yaml): a dict, since the template that Chalice's is merged into holds one too.
OUTBOX_STREAM: Any = {"Fn::GetAtt": ["OutboxTable", "StreamArn"]}
VISITS_STREAM: Any = {"Fn::GetAtt": ["VisitsTable", "StreamArn"]}
AUDIT_STREAM: Any = {"Fn::GetAtt": ["AuditTable", "StreamArn"]}
CALL_EVENTS: Any = {"Fn::GetAtt": ["CallEventsQueue", "Arn"]}
RECEIPTS: Any = {"Fn::GetAtt": ["ReceiptsQueue", "Arn"]}

quiet_libraries()
app = Chalice(app_name="vardrum", configure_logs=False)
app.experimental_feature_flags.add("WEBSOCKETS")


def ports() -> Ports:
    """Asked for with each event, not at import."""
    return bootstrap.ports()


register(app, ENDPOINTS, ports)


# Chalice deploys a blueprint's WebSocket and event handlers as raw functions of its module, so they stand here.
@app.on_ws_connect()
def live_connect(event: WebsocketEvent) -> dict[str, int]:
    return live.connect(ports(), event.to_dict())


@app.on_ws_message()
def live_message(event: WebsocketEvent) -> None:
    live.message(ports(), event.to_dict())


@app.on_ws_disconnect()
def live_disconnect(event: WebsocketEvent) -> None:
    live.disconnect(ports(), event.to_dict())


@app.on_dynamodb_record(stream_arn=OUTBOX_STREAM, batch_size=25, starting_position="TRIM_HORIZON")
def outbox_stream(event: DynamoDBEvent) -> events.Failures:
    return events.send_new_messages(ports(), event.to_dict())


@app.on_dynamodb_record(stream_arn=VISITS_STREAM, batch_size=100, starting_position="LATEST")
def visits_stream(event: DynamoDBEvent) -> events.Failures:
    return events.push_visit_changes(ports(), event.to_dict())


@app.on_dynamodb_record(stream_arn=AUDIT_STREAM, batch_size=500, starting_position="TRIM_HORIZON")
def audit_stream(event: DynamoDBEvent) -> events.Failures:
    return events.export_access_log_entries(ports(), event.to_dict())


@app.on_sqs_message(queue_arn=CALL_EVENTS, batch_size=10)
def call_events(event: SQSEvent) -> events.Failures:
    return events.apply_call_events(ports(), event.to_dict())


@app.on_sqs_message(queue_arn=RECEIPTS, batch_size=10)
def receipts(event: SQSEvent) -> events.Failures:
    return events.take_receipts(ports(), event.to_dict())


@app.lambda_function(name="sms_receipts")
def sms_receipts(event: dict[str, Any], _: object) -> None:
    events.take_delivery_log(ports(), event)


@app.schedule(Rate(1, unit=Rate.MINUTES))
def sweep(_: CloudWatchEvent) -> None:
    events.sweep(ports())
