"""Creates in the emulator the tables, queues and buckets of infra/template.yaml, and brings older ones up to date."""

import json
from typing import Any

import boto3
from botocore.config import Config

from local.template import REGION, Template

TABLE_ARGUMENTS = (
    "TableName",
    "BillingMode",
    "AttributeDefinitions",
    "KeySchema",
    "GlobalSecondaryIndexes",
    "StreamSpecification",
)
QUEUE_ATTRIBUTES = ("VisibilityTimeout", "MessageRetentionPeriod", "RedrivePolicy", "ReceiveMessageWaitTimeSeconds")


class TableChanged(Exception):
    """A table's key differs from the template's: its data cannot be carried over."""


def client(service: str, endpoint: str) -> Any:
    """A boto3 client of the emulator, whatever AWS account the shell may know."""
    return boto3.client(
        service,
        endpoint_url=endpoint,
        region_name=REGION,
        aws_access_key_id="local",
        aws_secret_access_key="local",  # noqa: S106 - the emulator asks for any
        config=Config(retries={"total_max_attempts": 2}, connect_timeout=5, read_timeout=30),
    )


def ensure_resources(template: Template) -> None:
    """Create or update every table, queue and bucket. Raises TableChanged."""
    dynamodb, sqs, s3 = (client(service, template.endpoint) for service in ("dynamodb", "sqs", "s3"))
    for _, properties in template.of_type("AWS::DynamoDB::Table"):
        ensure_table(dynamodb, properties)
    queues = [properties for _, properties in template.of_type("AWS::SQS::Queue")]
    for properties in sorted(queues, key=lambda queue: "RedrivePolicy" in queue):
        ensure_queue(sqs, properties)
    for _, properties in template.of_type("AWS::S3::Bucket"):
        ensure_bucket(s3, properties)


def table_arguments(properties: dict[str, Any]) -> dict[str, Any]:
    """CreateTable's arguments; CloudFormation leaves StreamEnabled unsaid."""
    arguments = {name: properties[name] for name in TABLE_ARGUMENTS if name in properties}
    if "StreamSpecification" in arguments:
        arguments["StreamSpecification"] = {"StreamEnabled": True, **arguments["StreamSpecification"]}
    return arguments


def ensure_table(dynamodb: Any, properties: dict[str, Any]) -> None:
    """Create the table, or add and drop what differs from the template. Raises TableChanged."""
    arguments = table_arguments(properties)
    try:
        present = dynamodb.describe_table(TableName=arguments["TableName"])["Table"]
    except dynamodb.exceptions.ResourceNotFoundException:
        dynamodb.create_table(**arguments)
    else:
        _update_table(dynamodb, arguments, present)
    _ensure_expiry(dynamodb, arguments["TableName"], properties.get("TimeToLiveSpecification"))


def _update_table(dynamodb: Any, arguments: dict[str, Any], present: dict[str, Any]) -> None:
    name = arguments["TableName"]
    if present["KeySchema"] != arguments["KeySchema"]:
        raise TableChanged(f"the key of table {name} has changed: start once with RESET=1")
    for change in index_changes(arguments, present):
        dynamodb.update_table(
            TableName=name,
            AttributeDefinitions=arguments["AttributeDefinitions"],
            GlobalSecondaryIndexUpdates=[change],
        )
    _update_stream(dynamodb, name, _stream(present), arguments.get("StreamSpecification"))


def _stream(present: dict[str, Any]) -> dict[str, Any] | None:
    specification: dict[str, Any] = present.get("StreamSpecification", {})
    return specification if specification.get("StreamEnabled") else None


def _update_stream(dynamodb: Any, name: str, found: dict[str, Any] | None, wanted: dict[str, Any] | None) -> None:
    if found == wanted:
        return
    if found is not None:
        dynamodb.update_table(TableName=name, StreamSpecification={"StreamEnabled": False})
    if wanted is not None:
        dynamodb.update_table(TableName=name, StreamSpecification=wanted)


def index_changes(arguments: dict[str, Any], present: dict[str, Any]) -> list[dict[str, Any]]:
    """UpdateTable's index changes, one a call: an index whose shape differs is dropped and made again."""
    wanted = {index["IndexName"]: index for index in arguments.get("GlobalSecondaryIndexes", [])}
    found = {index["IndexName"]: index for index in present.get("GlobalSecondaryIndexes", [])}
    same = {name for name in wanted.keys() & found.keys() if _same_index(wanted[name], found[name])}
    dropped = [{"Delete": {"IndexName": name}} for name in sorted(found.keys() - same)]
    return dropped + [{"Create": wanted[name]} for name in sorted(wanted.keys() - same)]


def _same_index(one: dict[str, Any], other: dict[str, Any]) -> bool:
    return all(one[part] == other[part] for part in ("KeySchema", "Projection"))


def _ensure_expiry(dynamodb: Any, name: str, specification: dict[str, Any] | None) -> None:
    status = dynamodb.describe_time_to_live(TableName=name)["TimeToLiveDescription"]
    enabled = status.get("TimeToLiveStatus") == "ENABLED"
    if specification is None:
        if enabled:
            off = {"Enabled": False, "AttributeName": status["AttributeName"]}
            dynamodb.update_time_to_live(TableName=name, TimeToLiveSpecification=off)
    elif not enabled or status["AttributeName"] != specification["AttributeName"]:
        dynamodb.update_time_to_live(TableName=name, TimeToLiveSpecification=specification)


def queue_attributes(properties: dict[str, Any]) -> dict[str, str]:
    """SQS takes every attribute as text, the redrive policy as JSON."""
    given = {name: properties[name] for name in QUEUE_ATTRIBUTES if name in properties}
    return {name: json.dumps(value) if isinstance(value, dict) else str(value) for name, value in given.items()}


def ensure_queue(sqs: Any, properties: dict[str, Any]) -> None:
    """Create the queue, or set its attributes."""
    name, attributes = properties["QueueName"], queue_attributes(properties)
    try:
        url = sqs.get_queue_url(QueueName=name)["QueueUrl"]
    except sqs.exceptions.QueueDoesNotExist:
        sqs.create_queue(QueueName=name, Attributes=attributes)
    else:
        if attributes:
            sqs.set_queue_attributes(QueueUrl=url, Attributes=attributes)


def ensure_bucket(s3: Any, properties: dict[str, Any]) -> None:
    """Create the bucket, with versions as Object Lock has them; nothing is locked here, where all is for trying out."""
    name = properties["BucketName"]
    if name not in {bucket["Name"] for bucket in s3.list_buckets()["Buckets"]}:
        region = {"LocationConstraint": REGION}
        s3.create_bucket(Bucket=name, ObjectLockEnabledForBucket=True, CreateBucketConfiguration=region)
