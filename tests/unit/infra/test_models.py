"""The pynamodb models and infra/template.yaml say the same of every table."""

from typing import Any

import pytest
from pynamodb.attributes import Attribute
from pynamodb.indexes import Index
from pynamodb.models import Model

from chalicelib.settings import TABLES
from chalicelib.storage import tables
from local.environment import stack_template
from local.settings import Settings

PROPERTIES = {each["TableName"]: each for _, each in stack_template(Settings()).of_type("AWS::DynamoDB::Table")}
MODELS = [
    each
    for each in vars(tables).values()
    if isinstance(each, type) and issubclass(each, Model) and hasattr(each, "Meta")
]


def test_every_table_is_named_on_both_sides() -> None:
    assert {f"vardrum-local-{name}" for name in TABLES} == set(PROPERTIES)


@pytest.mark.parametrize("model", MODELS)
def test_a_models_key_is_the_tables(model: type[Model]) -> None:
    properties = PROPERTIES[model.Meta.table_name]
    assert key_of(model) == key_in(properties["KeySchema"], properties)


@pytest.mark.parametrize("model", MODELS)
def test_a_models_indexes_are_the_tables(model: type[Model]) -> None:
    properties = PROPERTIES[model.Meta.table_name]
    modelled = {
        each.Meta.index_name: (key_of(type(each)), each.Meta.projection.projection_type)
        for each in vars(model).values()
        if isinstance(each, Index)
    }
    defined = {
        each["IndexName"]: (key_in(each["KeySchema"], properties), each["Projection"]["ProjectionType"])
        for each in properties.get("GlobalSecondaryIndexes", [])
    }
    assert modelled == defined


@pytest.mark.parametrize("model", MODELS)
def test_rows_of_a_table_that_expires_can_say_when(model: type[Model]) -> None:
    expiry = PROPERTIES[model.Meta.table_name].get("TimeToLiveSpecification")
    if expiry is not None:
        assert model.get_attributes()[expiry["AttributeName"]].attr_type == "N"


def key_of(keyed: type) -> list[tuple[str, str, str]]:
    """Name, role and type of each key attribute of a model or an index, hash first."""
    attributes = [each for each in vars(keyed).values() if isinstance(each, Attribute)]
    hashes = [(each.attr_name, "HASH", each.attr_type) for each in attributes if each.is_hash_key]
    ranges = [(each.attr_name, "RANGE", each.attr_type) for each in attributes if each.is_range_key]
    return hashes + ranges


def key_in(schema: list[dict[str, str]], properties: dict[str, Any]) -> list[tuple[str, str, str]]:
    types = {each["AttributeName"]: each["AttributeType"] for each in properties["AttributeDefinitions"]}
    return [(each["AttributeName"], each["KeyType"], types[each["AttributeName"]]) for each in schema]
