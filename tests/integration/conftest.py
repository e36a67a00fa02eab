"""One embedded AWS emulator per test run, with the tables and queues of infra/template.yaml."""

from collections.abc import Iterator

import pytest

from local.environment import app_environment
from local.resources import client
from local.settings import Settings
from tests.stack import aws_with_tables, free_settings


@pytest.fixture(scope="session")
def aws(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    """The emulator is up and this process' environment is the app's: boto3 and pynamodb talk to it."""
    settings = free_settings(tmp_path_factory.mktemp("stack"))
    with pytest.MonkeyPatch.context() as environment, aws_with_tables(settings):
        for name, value in app_environment(settings).items():
            environment.setenv(name, value)
        yield settings


@pytest.fixture
def empty_tables(aws: Settings) -> Settings:
    """No table holds an item. Prefer ids of your own per test: this takes some 50 ms."""
    dynamodb = client("dynamodb", aws.aws_url)
    for table in dynamodb.list_tables()["TableNames"]:
        keys = [key["AttributeName"] for key in dynamodb.describe_table(TableName=table)["Table"]["KeySchema"]]
        for page in dynamodb.get_paginator("scan").paginate(TableName=table, ConsistentRead=True):
            for item in page["Items"]:
                dynamodb.delete_item(TableName=table, Key={key: item[key] for key in keys})
    return aws
