"""Reads infra/template.yaml the way CloudFormation would: short tags, parameters, names and ARNs."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

ACCOUNT_ID = "000000000000"
REGION = "eu-north-1"
REFERENCE = re.compile(r"\$\{([A-Za-z0-9:.]+)\}")


class UnknownReference(Exception):
    """The template refers to something that cannot be named here."""


class _Loader(yaml.SafeLoader):
    """YAML with CloudFormation's short tags, `!Sub x` read as {"Fn::Sub": x}."""


def _short_tag(loader: _Loader, suffix: str, node: yaml.Node) -> dict[str, Any]:
    name = suffix if suffix in {"Ref", "Condition"} else f"Fn::{suffix}"
    if isinstance(node, yaml.ScalarNode):
        value: Any = loader.construct_scalar(node)
        return {name: value.split(".", 1) if suffix == "GetAtt" else value}
    if isinstance(node, yaml.SequenceNode):
        return {name: loader.construct_sequence(node, deep=True)}
    if isinstance(node, yaml.MappingNode):
        return {name: loader.construct_mapping(node, deep=True)}
    raise UnknownReference(f"!{suffix} stands on something that is neither scalar, list nor mapping")


_Loader.add_multi_constructor("!", _short_tag)


def load_template(path: Path) -> dict[str, Any]:
    """The template as plain data, intrinsics in their long form."""
    with path.open(encoding="utf-8") as file:
        document: dict[str, Any] = yaml.load(file, Loader=_Loader)  # noqa: S506 - a SafeLoader with CloudFormation's tags
    return document


@dataclass(frozen=True, slots=True)
class Template:
    """A template with its parameters given: what the emulator can be told to create."""

    document: dict[str, Any]
    parameters: dict[str, str]
    endpoint: str = ""

    def of_type(self, resource_type: str) -> Iterator[tuple[str, dict[str, Any]]]:
        """Logical id and resolved properties of each resource of a type."""
        for logical_id, resource in self.document["Resources"].items():
            if resource.get("Type") == resource_type:
                yield logical_id, self.resolve(resource.get("Properties", {}))

    def resolve(self, value: Any) -> Any:
        """The value with Ref, Fn::Sub and Fn::GetAtt replaced. Raises UnknownReference."""
        if isinstance(value, list):
            return [self.resolve(item) for item in value]
        if not isinstance(value, dict):
            return value
        if len(value) == 1:
            (function, argument), *_ = value.items()
            if function in {"Ref", "Fn::Sub", "Fn::GetAtt"}:
                return self._call(function, argument)
        return {key: self.resolve(item) for key, item in value.items()}

    def _call(self, function: str, argument: Any) -> str:
        if function == "Ref":
            return self.ref(argument)
        if function == "Fn::GetAtt":
            return self.attribute(*argument)
        return REFERENCE.sub(lambda match: self._substitute(match[1]), argument)

    def _substitute(self, name: str) -> str:
        logical_id, _, attribute = name.partition(".")
        return self.attribute(logical_id, attribute) if attribute else self.ref(name)

    def ref(self, name: str) -> str:
        """What Ref answers: a parameter's value, a table's or bucket's name, a queue's URL."""
        pseudo = {"AWS::Region": REGION, "AWS::AccountId": ACCOUNT_ID, "AWS::Partition": "aws"}
        if name in pseudo or name in self.parameters:
            return pseudo.get(name) or self.parameters[name]
        match self._type(name):
            case "AWS::DynamoDB::Table":
                return self._property(name, "TableName")
            case "AWS::S3::Bucket":
                return self._property(name, "BucketName")
            case "AWS::SQS::Queue":
                return f"{self.endpoint}/{ACCOUNT_ID}/{self._property(name, 'QueueName')}"
        raise UnknownReference(f"Ref {name}")

    def attribute(self, logical_id: str, attribute: str) -> str:
        """What Fn::GetAtt answers for `Arn` of a table or a queue."""
        match (self._type(logical_id), attribute):
            case ("AWS::DynamoDB::Table", "Arn"):
                return f"arn:aws:dynamodb:{REGION}:{ACCOUNT_ID}:table/{self._property(logical_id, 'TableName')}"
            case ("AWS::S3::Bucket", "Arn"):
                return f"arn:aws:s3:::{self._property(logical_id, 'BucketName')}"
            case ("AWS::SQS::Queue", "Arn"):
                return f"arn:aws:sqs:{REGION}:{ACCOUNT_ID}:{self._property(logical_id, 'QueueName')}"
        raise UnknownReference(f"GetAtt {logical_id}.{attribute}")

    def _type(self, logical_id: str) -> str:
        resource = self.document["Resources"].get(logical_id)
        return "" if resource is None else str(resource["Type"])

    def _property(self, logical_id: str, name: str) -> str:
        return str(self.resolve(self.document["Resources"][logical_id]["Properties"][name]))
