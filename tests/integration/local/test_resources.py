"""The emulator runs on the tables and queues that infra/template.yaml deploys."""

import copy
from typing import Any

import pytest

from local.environment import stack_template
from local.resources import TableChanged, client, ensure_resources, ensure_table, index_changes, table_arguments
from local.settings import Settings
from local.template import Template

TABLES = "AWS::DynamoDB::Table"
QUEUES = "AWS::SQS::Queue"


def test_every_table_stands_as_the_template_says(aws: Settings) -> None:
    dynamodb = client("dynamodb", aws.aws_url)
    tables = list(stack_template(aws).of_type(TABLES))
    assert len(tables) > 5
    for _, properties in tables:
        wanted = table_arguments(properties)
        found = dynamodb.describe_table(TableName=wanted["TableName"])["Table"]
        assert found["KeySchema"] == wanted["KeySchema"]
        assert _by_name(found["AttributeDefinitions"]) == _by_name(wanted["AttributeDefinitions"])
        assert index_changes(wanted, found) == []
        assert found.get("StreamSpecification") == wanted.get("StreamSpecification")
        assert found["BillingModeSummary"]["BillingMode"] == wanted["BillingMode"]


def test_rows_expire_where_the_template_says(aws: Settings) -> None:
    dynamodb = client("dynamodb", aws.aws_url)
    for _, properties in stack_template(aws).of_type(TABLES):
        expiry = dynamodb.describe_time_to_live(TableName=properties["TableName"])["TimeToLiveDescription"]
        wanted = properties.get("TimeToLiveSpecification", {}).get("AttributeName")
        assert expiry.get("AttributeName") == wanted
        assert (expiry["TimeToLiveStatus"] == "ENABLED") == (wanted is not None)


def test_every_queue_stands_with_its_redrive_policy(aws: Settings) -> None:
    sqs = client("sqs", aws.aws_url)
    queues = dict(stack_template(aws).of_type(QUEUES))
    for properties in queues.values():
        url = sqs.get_queue_url(QueueName=properties["QueueName"])["QueueUrl"]
        found = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["All"])["Attributes"]
        assert ("RedrivePolicy" in found) == ("RedrivePolicy" in properties)
        assert int(found["VisibilityTimeout"]) == properties.get("VisibilityTimeout", 30)
    assert queues["CallEventsQueue"]["RedrivePolicy"]["maxReceiveCount"] == 5


def test_creating_twice_changes_nothing(aws: Settings) -> None:
    dynamodb = client("dynamodb", aws.aws_url)
    before = [dynamodb.describe_table(TableName=name) for name in dynamodb.list_tables()["TableNames"]]
    ensure_resources(stack_template(aws))
    after = [dynamodb.describe_table(TableName=name) for name in dynamodb.list_tables()["TableNames"]]
    assert [_without_response(each) for each in before] == [_without_response(each) for each in after]


def test_a_new_index_and_stream_reach_a_table_that_has_data(aws: Settings) -> None:
    dynamodb = client("dynamodb", aws.aws_url)
    old = _table("grows")
    ensure_table(dynamodb, old)
    dynamodb.put_item(TableName="grows", Item={"pk": {"S": "a"}, "owner": {"S": "o"}})
    new = copy.deepcopy(old)
    new["AttributeDefinitions"].append({"AttributeName": "owner", "AttributeType": "S"})
    new["GlobalSecondaryIndexes"] = [
        {
            "IndexName": "by_owner",
            "KeySchema": [{"AttributeName": "owner", "KeyType": "HASH"}],
            "Projection": {"ProjectionType": "ALL"},
        }
    ]
    new["StreamSpecification"] = {"StreamViewType": "NEW_IMAGE"}
    ensure_table(dynamodb, new)
    owned = dynamodb.query(
        TableName="grows",
        IndexName="by_owner",
        KeyConditionExpression="#o = :o",
        ExpressionAttributeNames={"#o": "owner"},
        ExpressionAttributeValues={":o": {"S": "o"}},
    )
    assert [item["pk"]["S"] for item in owned["Items"]] == ["a"]
    assert dynamodb.describe_table(TableName="grows")["Table"]["StreamSpecification"]["StreamEnabled"]
    ensure_table(dynamodb, old)
    shrunk = dynamodb.describe_table(TableName="grows")["Table"]
    assert not shrunk.get("GlobalSecondaryIndexes")
    assert not shrunk["StreamSpecification"]["StreamEnabled"]
    dynamodb.delete_table(TableName="grows")


def test_a_changed_key_is_refused_with_the_way_out(aws: Settings) -> None:
    dynamodb = client("dynamodb", aws.aws_url)
    ensure_table(dynamodb, _table("rekeyed"))
    changed = _table("rekeyed", key="id")
    with pytest.raises(TableChanged, match="RESET=1"):
        ensure_table(dynamodb, changed)
    dynamodb.delete_table(TableName="rekeyed")


def test_references_resolve_to_names_urls_and_arns() -> None:
    document = {
        "Resources": {
            "Q": {"Type": QUEUES, "Properties": {"QueueName": {"Fn::Sub": "x-${Stage}-q"}}},
        }
    }
    template = Template(document, {"Stage": "local"}, "http://127.0.0.1:1")
    assert template.resolve({"Ref": "Q"}) == "http://127.0.0.1:1/000000000000/x-local-q"
    assert template.resolve([{"Fn::GetAtt": ["Q", "Arn"]}]) == ["arn:aws:sqs:eu-north-1:000000000000:x-local-q"]
    assert template.resolve({"Fn::Sub": "${Q.Arn}/*"}) == "arn:aws:sqs:eu-north-1:000000000000:x-local-q/*"


def _table(name: str, key: str = "pk") -> dict[str, Any]:
    return {
        "TableName": name,
        "BillingMode": "PAY_PER_REQUEST",
        "AttributeDefinitions": [{"AttributeName": key, "AttributeType": "S"}],
        "KeySchema": [{"AttributeName": key, "KeyType": "HASH"}],
    }


def _by_name(definitions: list[dict[str, str]]) -> list[dict[str, str]]:
    return sorted(definitions, key=lambda each: each["AttributeName"])


def _without_response(answer: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in answer.items() if name != "ResponseMetadata"}
