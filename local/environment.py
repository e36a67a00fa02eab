"""What each process of the local stack is told through its environment: the same names as in the deployed template."""

import json
import os
import re
from functools import cache
from typing import Any

from local import keys
from local.settings import DEMO_ORGANISATION, HOST, ROOT, STAGE, TEMPLATE, MediaAddress, Settings
from local.template import ACCOUNT_ID, REGION, Template, load_template

KEPT = ("PATH", "HOME", "LANG", "LC_ALL", "TZ", "TMPDIR", "VIRTUAL_ENV")
# How browsers reach the media node may be chosen from outside: another address, a relay in between, TURN.
MEDIA_CHOICES = (
    "MEDIA_UDP_HOST",
    "MEDIA_ANNOUNCED_IP",
    "MEDIA_ANNOUNCED_PORT",
    "MEDIA_HOT_PATH",
    "ICE_SERVERS",
    "TURN_URLS",
    "TURN_SECRET",
)


@cache
def _document() -> dict[str, Any]:
    return load_template(TEMPLATE)


def stack_template(settings: Settings) -> Template:
    """infra/template.yaml as the local stage of this stack."""
    return Template(_document(), {"Stage": STAGE}, settings.aws_url)


def variable_name(logical_id: str) -> str:
    """`CallEventsQueue` -> `CALL_EVENTS_QUEUE`."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", logical_id).upper()


def resource_variables(settings: Settings) -> dict[str, str]:
    """`VISITS_TABLE` and its like hold names, `CALL_EVENTS_QUEUE_URL` and its like hold URLs.

    `ACCESS_LOG_BUCKET` holds a name."""
    template = stack_template(settings)
    tables = {variable_name(name): template.ref(name) for name, _ in template.of_type("AWS::DynamoDB::Table")}
    queues = {f"{variable_name(name)}_URL": template.ref(name) for name, _ in template.of_type("AWS::SQS::Queue")}
    buckets = {variable_name(name): template.ref(name) for name, _ in template.of_type("AWS::S3::Bucket")}
    return tables | queues | buckets


def base_environment() -> dict[str, str]:
    """What every process keeps of ours, with nothing of an AWS account or another project in it."""
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    return kept | {"PYTHONUNBUFFERED": "1"}


@cache
def demo_organisation_id() -> str:
    """The organisation of the demo clinicians."""
    organisation: str = json.loads(DEMO_ORGANISATION.read_bytes())["care_provider"]["hsa_id"]
    return organisation


def port_environment(settings: Settings) -> dict[str, str]:
    """What `read_settings` reads back into the same settings."""
    ports = {variable: str(getattr(settings, name)) for name, variable in settings.port_variables.items()}
    return ports | {"LOCAL_DATA": str(settings.data), "MEDIA_NODES": str(settings.media_nodes)}


def aws_client_environment(settings: Settings) -> dict[str, str]:
    """boto3 and pynamodb talk to the emulator, SMS and e-mail go to the simulated phone."""
    emulated = ("DYNAMODB", "DYNAMODB_STREAMS", "S3", "SQS")
    endpoints = {f"AWS_ENDPOINT_URL_{service}": settings.aws_url for service in emulated}
    return endpoints | {
        "AWS_ENDPOINT_URL_SNS": f"{settings.simulators_url}/sns",
        "AWS_ENDPOINT_URL_SESV2": f"{settings.simulators_url}/ses",
        "AWS_DEFAULT_REGION": REGION,
        "AWS_REGION": REGION,
        "AWS_ACCESS_KEY_ID": "local",
        "AWS_SECRET_ACCESS_KEY": "local",
        "AWS_CONFIG_FILE": os.devnull,
        "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
        "AWS_EC2_METADATA_DISABLED": "true",
        "AWS_ACCOUNT_ID": ACCOUNT_ID,
    }


def app_environment(settings: Settings) -> dict[str, str]:
    """What functions/app.py reads; its counterparts stand in infra/ under Globals.Function.Environment."""
    where = keys.ensure_keys(settings.data / "keys")
    return (
        aws_client_environment(settings)
        | resource_variables(settings)
        | {
            "STAGE": STAGE,
            "PUBLIC_URL": settings.public_url,
            "ORG_ID": demo_organisation_id(),
            "SYSTEM_HSA_ID": demo_organisation_id(),
            "LIVE_ENDPOINT": f"http://{HOST}:{settings.port}/@live",
            "BANKID_URL": f"{settings.simulators_url}/bankid/rp/v6.0",
            "EID_APP_URL": f"{settings.simulators_public_url}/bankid/app",
            "EID_PROVIDERS": "bankid,freja",
            "FREJA_URL": f"{settings.simulators_url}/freja/rp",
            "FREJA_SIGNING_CERTS": str(where.freja_certificate),
            "FREJA_APP_URL": f"{settings.simulators_public_url}/freja/app",
            "OIDC_ISSUER": f"{settings.simulators_public_url}/idp",
            "OIDC_CLIENT_ID": "vardrum",
            "OIDC_CLIENT_SECRET": "local",
            "REGISTER_URL": f"{settings.simulators_url}/register",
            "JOIN_KEY_FILE": str(where.join_private),
            "JOIN_KEY_ID": where.join_key_id,
            "LINK_KEY_FILE": str(where.link),
            "PATIENT_KEY_FILE": str(where.patient),
            "INTEGRATION_KEY_FILE": str(where.integration),
            "POWERTOOLS_SERVICE_NAME": "vardrum",
            "POWERTOOLS_METRICS_NAMESPACE": "Vardrum",
            # There is no CloudWatch here; with "false" the figures go to the functions' log, as they do to CloudWatch's.
            "POWERTOOLS_METRICS_DISABLED": os.environ.get("POWERTOOLS_METRICS_DISABLED", "true"),
        }
    )


def media_environment(settings: Settings, node: MediaAddress) -> dict[str, str]:
    """What media_container/mediaserver reads."""
    where = keys.ensure_keys(settings.data / "keys")
    resources = resource_variables(settings)
    chosen = {name: os.environ[name] for name in MEDIA_CHOICES if name in os.environ}
    return (
        aws_client_environment(settings)
        | {
            "MEDIA_NODE_ID": node.node_id,
            "MEDIA_HTTP_HOST": HOST,
            "MEDIA_HTTP_PORT": str(node.http_port),
            "MEDIA_UDP_HOST": HOST,
            "MEDIA_UDP_PORT": str(node.udp_port),
            "MEDIA_ANNOUNCED_IP": HOST,
            "MEDIA_INTERNAL_URL": node.url,
            "PUBLIC_URL": settings.public_url,
            "MEDIA_JOIN_KEYS": where.join_public_json(),
            "FLEET_TABLE": resources["FLEET_TABLE"],
            "CALL_EVENTS_QUEUE_URL": resources["CALL_EVENTS_QUEUE_URL"],
            "PYTHONPATH": str(ROOT / "media_container"),
        }
        | chosen
    )


def emulator_environment(settings: Settings) -> dict[str, str]:
    """What the embedded AWS emulator reads: one interface, the services in use, none of its own listeners."""
    return {
        "BIND_HOST": HOST,
        "GATEWAY_PORT": str(settings.aws_port),
        "MINISTACK_HOST": HOST,
        "MINISTACK_REGION": REGION,
        "SERVICES": "dynamodb,dynamodbstreams,s3,sqs",
        "S3_PERSIST": "1",
        "S3_DATA_DIR": str(settings.data / "aws" / "s3"),
        "PERSIST_STATE": "0",
        "SFTP_ENABLED": "0",
        "IOT_MTLS_ENABLED": "0",
        "DOCKER_HOST": "unix:///nonexistent",
        "LOG_LEVEL": "WARNING",
        "EMULATOR_STATE_FILE": str(settings.data / "aws" / "state.marshal"),
    }
