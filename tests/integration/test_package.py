"""What `make package` would deploy: the template of this tree, built without the vendored libraries to be quick."""

import hashlib
import json
import tomllib
import zipfile
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from app import app as deployed_app
from chalicelib.api.responses import HEADERS
from chalicelib.domain.audit import KEPT
from local.environment import app_environment, media_environment
from local.settings import ROOT, TEMPLATE, Settings
from local.template import load_template
from local.worker.delivery import MAX_ATTEMPTS
from tools.packaging.__main__ import STAGES, build, lint

LOCAL_ONLY = {
    "EID_APP_URL": "production opens the real app",
    "FREJA_APP_URL": "production opens the real app",
    "POWERTOOLS_METRICS_DISABLED": "there is no CloudWatch here",
    "CALL_EVENTS_QUEUE_URL": "read by its event source when deployed",
    "CALL_EVENTS_DEAD_QUEUE_URL": "written by the redrive policy",
    "STREAM_DEAD_QUEUE_URL": "written by the event source",
    "RECEIPTS_QUEUE_URL": "read by its event source when deployed, and written by EventBridge",
    "RECEIPTS_DEAD_QUEUE_URL": "written by the redrive policy",
}
DEPLOYED_ONLY = dict.fromkeys(
    (
        "EDGE_SECRET",
        "SMS_SENDER",
        "SMS_MAX_PRICE_USD",
        "EMAIL_SENDER",
        "EMAIL_CONFIGURATION_SET",
        "REGISTER_LOGICAL_ADDRESS",
        "BANKID_CERT",
        "BANKID_KEY",
        "FREJA_CERT",
        "FREJA_KEY",
        "FREJA_CA",
        "REGISTER_CERT",
        "REGISTER_KEY",
        "REGISTER_CA",
    ),
    "the default is good here",
)
READS_STREAM = {f"dynamodb:{action}" for action in ("DescribeStream", "GetRecords", "GetShardIterator", "ListStreams")}
KEEPS_AUDIT = {"dynamodb:PutItem", "dynamodb:Query"} | READS_STREAM

WEB = {"WebBucket", "WebBucketPolicy"}  # the local gateway serves web/dist itself
TRUSTSTORE = {"TruststoreBucket", "TruststoreBucketPolicy"}  # API Gateway alone reads it

Template = dict[str, Any]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("package")
    build("dev", target, vendored=False)
    return target


@pytest.fixture(scope="module")
def template(built: Path) -> Template:
    document: Template = yaml.safe_load((built / "sam.yaml").read_text(encoding="utf-8"))
    return document


def test_cfn_lint_accepts_the_template(built: Path) -> None:
    lint(built)


def test_tables_queues_and_buckets_are_those_the_local_stack_runs_on(template: Template) -> None:
    local = load_template(TEMPLATE)["Resources"]
    kinds = {"AWS::DynamoDB::Table", "AWS::SQS::Queue", "AWS::S3::Bucket", "AWS::S3::BucketPolicy"}
    elsewhere = WEB | TRUSTSTORE
    resources = template["Resources"].items()
    deployed = {name: each for name, each in resources if each["Type"] in kinds and name not in elsewhere}
    assert len(deployed) > 10
    assert deployed == local


def test_what_is_registered_is_deployed(template: Template) -> None:
    functions = _of_type(template, "AWS::Serverless::Function")
    handlers = {each["Properties"]["Handler"] for each in functions.values()}
    registered = [
        *deployed_app.event_sources,
        *deployed_app.websocket_handlers.values(),
        *deployed_app.pure_lambda_functions,
    ]
    assert handlers == {"app.app"} | {each.handler_string for each in registered}


def test_a_failed_record_is_tried_and_buried_as_by_the_local_worker(template: Template) -> None:
    sources = [
        source["Properties"]
        for each in _of_type(template, "AWS::Serverless::Function").values()
        for source in each["Properties"].get("Events", {}).values()
        if source["Type"] == "DynamoDB"
    ]
    assert len(sources) == 3
    for source in sources:
        assert source["MaximumRetryAttempts"] + 1 == MAX_ATTEMPTS
        assert source["FunctionResponseTypes"] == ["ReportBatchItemFailures"]
        assert source["BisectBatchOnFunctionError"]
        assert source["DestinationConfig"]["OnFailure"]["Destination"] == {"Fn::GetAtt": ["StreamDeadQueue", "Arn"]}


def test_what_holds_phone_numbers_is_buried_where_it_lies_for_days_alone(template: Template) -> None:
    """B10: lines of the carrier's log that could not be taken go there whole; what reads from streams tells positions."""
    given_up = template["Resources"]["SmsReceipts"]["Properties"]["EventInvokeConfig"]["DestinationConfig"]["OnFailure"]
    assert given_up["Destination"] == {"Fn::GetAtt": ["ReceiptsDeadQueue", "Arn"]}
    queue = template["Resources"]["ReceiptsDeadQueue"]["Properties"]
    assert queue["MessageRetentionPeriod"] <= timedelta(days=4).total_seconds()


def test_the_functions_are_told_the_same_as_locally(template: Template, tmp_path: Path) -> None:
    deployed = set(template["Globals"]["Function"]["Environment"]["Variables"])
    told = {name.removesuffix("_FILE") for name in app_environment(Settings(data=tmp_path)) if _is_ours(name)}
    assert deployed - set(DEPLOYED_ONLY) == told - set(LOCAL_ONLY)


def test_the_media_nodes_are_told_the_same_as_locally(template: Template, tmp_path: Path) -> None:
    container = template["Resources"]["MediaTask"]["Properties"]["ContainerDefinitions"][0]
    deployed = {variable["Name"] for variable in container["Environment"]}
    found_out = {"MEDIA_ANNOUNCED_IP", "MEDIA_INTERNAL_URL"}
    own_defaults = {"MEDIA_NODE_ID", "MEDIA_HTTP_HOST", "MEDIA_HTTP_PORT", "MEDIA_UDP_HOST", "MEDIA_UDP_PORT"}
    settings = Settings(data=tmp_path)
    told = {name for name in media_environment(settings, settings.media[0]) if _is_ours(name)} - {"PYTHONPATH"}
    assert deployed - {"TURN_URLS", "TARGET_GROUP_ARN"} == told - found_out - own_defaults


def test_the_secret_of_the_relay_is_read_from_where_it_is_kept(template: Template) -> None:
    """It stands neither in the template nor in the task's definition."""
    container = template["Resources"]["MediaTask"]["Properties"]["ContainerDefinitions"][0]
    secret = {"Name": "TURN_SECRET", "ValueFrom": {"Ref": "MediaTurnSecretArn"}}
    assert container["Secrets"] == {"Fn::If": ["HasTurn", [secret], {"Ref": "AWS::NoValue"}]}
    policy = template["Resources"]["MediaTurnSecretPolicy"]
    assert policy["Condition"] == "HasTurn"
    (statement,) = policy["Properties"]["PolicyDocument"]["Statement"]
    assert statement["Resource"] == {"Ref": "MediaTurnSecretArn"}


def test_no_role_may_change_or_remove_an_audit_entry(template: Template) -> None:
    """S6: the log is append-only."""
    granted = [
        action
        for statement in _statements(template)
        if statement["Effect"] == "Allow" and "AuditTable" in json.dumps(statement["Resource"])
        for action in _listed(statement["Action"])
    ]
    assert set(granted) == KEEPS_AUDIT


def test_the_audit_table_is_kept_whatever_happens_to_it(template: Template) -> None:
    """S6: five years and more, with every second of it to go back to."""
    table = template["Resources"]["AuditTable"]
    assert (table["DeletionPolicy"], table["UpdateReplacePolicy"]) == ("Retain", "Retain")
    assert table["Properties"]["DeletionProtectionEnabled"] is True
    assert table["Properties"]["PointInTimeRecoverySpecification"] == {"PointInTimeRecoveryEnabled": True}
    assert table["Properties"]["TimeToLiveSpecification"] == {"AttributeName": "expires_at", "Enabled": True}


def test_what_is_exported_of_the_log_can_be_added_to_and_nothing_else(template: Template) -> None:
    """S6: locked for as long as entries are kept, in the stage that holds real ones."""
    bucket = template["Resources"]["AccessLogBucket"]
    assert (bucket["DeletionPolicy"], bucket["Properties"]["ObjectLockEnabled"]) == ("Retain", True)
    assert template["Mappings"]["AccessLogLock"]["prod"] == {"Mode": "COMPLIANCE", "Days": KEPT.days}
    assert bucket["Properties"]["BucketEncryption"]
    assert all(bucket["Properties"]["PublicAccessBlockConfiguration"].values())
    granted = [
        statement
        for statement in _statements(template)
        if statement["Effect"] == "Allow" and "AccessLogBucket" in json.dumps(statement["Resource"])
    ]
    assert [statement["Action"] for statement in granted] == ["s3:PutObject"]


def test_no_role_may_do_everything(template: Template) -> None:
    for statement in _statements(template):
        if statement["Effect"] == "Allow":
            assert all("*" not in action for action in _listed(statement["Action"]))
            if statement["Resource"] == "*":
                assert statement["Sid"] in {"AttachToNetwork", "SendSms", "AskLoadBalancer"}


def test_only_the_organisations_own_rows_are_written_over_and_no_client_is_made(template: Template) -> None:
    """B10, V5: an administrator's texts stand beside who may come as another system, which an operator alone decides."""
    writing = [
        statement
        for statement in _statements(template)
        if "OrganisationsTable" in json.dumps(statement["Resource"])
        and {"dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:DeleteItem"} & set(_listed(statement["Action"]))
    ]
    own = {"ForAllValues:StringEquals": {"dynamodb:LeadingKeys": [{"Ref": "OrganisationId"}]}}
    assert writing
    assert all((each["Action"], each["Condition"]) == ("dynamodb:PutItem", own) for each in writing)


def test_an_uncovered_route_is_404_and_new_socket_routes_go_live(template: Template) -> None:
    resources = template["Resources"]
    assert resources["RestAPI"]["Properties"]["GatewayResponses"]["MISSING_AUTHENTICATION_TOKEN"]["StatusCode"] == 404
    assert resources["RestAPI"]["Properties"]["EndpointConfiguration"] == "REGIONAL"
    assert resources["WebsocketAPIStage"]["Properties"]["AutoDeploy"] is True
    assert resources["WebsocketAPIStage"]["Properties"]["DeploymentId"] == {"Ref": "AWS::NoValue"}


def test_what_the_gateway_answers_by_itself_has_the_headers_of_every_answer(template: Template) -> None:
    """OWASP ASVS 5.0, V3.4: no answer without them, whoever gives it."""
    given = template["Resources"]["RestAPI"]["Properties"]["GatewayResponses"]
    assert {"DEFAULT_4XX", "DEFAULT_5XX", "MISSING_AUTHENTICATION_TOKEN"} <= set(given)
    for response in given.values():
        headers = response["ResponseParameters"]["Headers"].items()
        assert {name: value.strip("'") for name, value in headers}.items() <= HEADERS.items()
        assert len(headers) == 5


def test_modules_are_deployed_compiled(built: Path) -> None:
    with zipfile.ZipFile(built / "deployment.zip") as archive:
        names = set(archive.namelist())
    modules = {name for name in names if name.endswith(".py")}
    assert "app.py" in modules
    for module in modules:
        folder, _, name = module.rpartition("/")
        compiled = f"{folder}/__pycache__/{name[:-3]}.cpython-" if folder else f"__pycache__/{name[:-3]}.cpython-"
        assert any(each.startswith(compiled) for each in names), module


def test_the_same_sources_give_the_same_bytes(built: Path, tmp_path: Path) -> None:
    build("dev", tmp_path / "again", vendored=False)
    for name in ("sam.yaml", "deployment.zip"):
        assert _digest(built / name) == _digest(tmp_path / "again" / name)


def test_every_stage_can_be_deployed() -> None:
    samconfig = tomllib.loads((ROOT / "samconfig.toml").read_text(encoding="utf-8"))
    chalice = json.loads((ROOT / "functions" / ".chalice" / "config.json").read_bytes())
    allowed = load_template(TEMPLATE)["Parameters"]["Stage"]["AllowedValues"]
    assert set(STAGES) == set(chalice["stages"]) == set(allowed) == set(samconfig) - {"version"}
    for stage in STAGES:
        assert f"Stage={stage}" in samconfig[stage]["deploy"]["parameters"]["parameter_overrides"]


def _is_ours(name: str) -> bool:
    return not name.startswith("AWS_")


def _of_type(template: Template, kind: str) -> dict[str, Any]:
    return {name: each for name, each in template["Resources"].items() if each["Type"] == kind}


def _statements(template: Template) -> list[dict[str, Any]]:
    """Of roles, and of what is added to them by itself."""
    kinds = ("AWS::IAM::Policy", "AWS::IAM::RolePolicy", "AWS::IAM::ManagedPolicy")
    added = [each["Properties"] for kind in kinds for each in _of_type(template, kind).values()]
    within = [
        policy
        for role in _of_type(template, "AWS::IAM::Role").values()
        for policy in role["Properties"].get("Policies", [])
    ]
    return [statement for policy in (*within, *added) for statement in policy["PolicyDocument"]["Statement"]]


def _listed(action: str | list[str]) -> list[str]:
    return [action] if isinstance(action, str) else action


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
