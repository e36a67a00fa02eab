"""A small app that answers what it was asked, for tests of the gateway and the worker. Deployed by nobody."""

import os
import threading
from typing import Any

import boto3
from chalice.app import Chalice, DynamoDBEvent, Request, Response, SQSEvent, WebsocketEvent

app = Chalice(app_name="sample")
app.websocket_api.session = boto3.Session()
TABLE = os.environ["QUALITY_TABLE"]
VISITS: Any = {"Fn::GetAtt": ["VisitsTable", "StreamArn"]}
CALL_EVENTS: Any = {"Fn::GetAtt": ["CallEventsQueue", "Arn"]}


def current() -> Request:
    assert app.current_request is not None
    return app.current_request


@app.route("/echo/{word}", methods=["GET", "POST"])
def echo(word: str) -> dict[str, Any]:
    request = current()
    return {
        "word": word,
        "query": request.query_params,
        "body": request.json_body,
        "cookie": request.headers.get("cookie"),
        "source_ip": request.context["identity"]["sourceIp"],
        "request_id": request.context["requestId"],
    }


@app.route("/cookies", methods=["POST"])
def cookies() -> Response:
    return Response("", status_code=204, headers={"Set-Cookie": ["a=1; HttpOnly", "b=2"]})


BARRIER = threading.Barrier(2)


@app.route("/meet/{name}")
def meet(name: str) -> dict[str, str]:
    """Two requests are inside at once, and each still sees its own."""
    BARRIER.wait(timeout=10)
    return {"name": name, "path": current().context["path"]}


@app.on_ws_connect()
def live_connect(event: WebsocketEvent) -> dict[str, int]:
    cookie = event.to_dict()["headers"].get("Cookie", "")
    if "session=good" in cookie:
        return {"statusCode": 200}
    return {"statusCode": 403 if "session=" in cookie else 401}


@app.on_ws_message()
def live_message(event: WebsocketEvent) -> None:
    if event.body == "fail":
        raise ValueError("asked to fail")
    app.websocket_api.send(event.connection_id, f"{event.connection_id} said {event.body}")


@app.on_ws_disconnect()
def live_disconnect(event: WebsocketEvent) -> None:
    note("disconnect", event.connection_id)


@app.on_dynamodb_record(stream_arn=VISITS, batch_size=10)
def visits_stream(event: DynamoDBEvent) -> dict[str, Any]:
    """Writes down what came; `poison` always fails, `once` fails the first time."""
    failures = []
    for record in event:
        key = record.keys["pk"]["S"]
        number = record.sequence_number
        if key == "poison" or (key.startswith("once") and attempt(f"{key}#{number}") == 1):
            failures.append({"itemIdentifier": number})
            break
        if key == "raise":
            raise ValueError("asked to fail")
        note("stream", key, number)
    return {"batchItemFailures": failures}


@app.on_sqs_message(queue_arn=CALL_EVENTS, batch_size=10)
def call_events(event: SQSEvent) -> None:
    for record in event:
        if record.body == "once" and attempt("sqs-once") == 1:
            raise ValueError("asked to fail")
        note("queue", record.body)


@app.schedule("rate(1 minute)")
def sweep(event: Any) -> None:
    note("sweep", event.to_dict()["time"])


def note(kind: str, what: str, order: str = "0") -> None:
    item = {"pk": {"S": kind}, "sk": {"S": f"{order}#{what}"}, "what": {"S": what}}
    boto3.client("dynamodb").put_item(TableName=TABLE, Item=item)


def attempt(what: str) -> int:
    answer = boto3.client("dynamodb").update_item(
        TableName=TABLE,
        Key={"pk": {"S": "attempt"}, "sk": {"S": what}},
        UpdateExpression="ADD times :one",
        ExpressionAttributeValues={":one": {"N": "1"}},
        ReturnValues="UPDATED_NEW",
    )
    return int(answer["Attributes"]["times"]["N"])
