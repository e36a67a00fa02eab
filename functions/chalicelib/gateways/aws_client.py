"""boto3 clients for sending: short time limits, at most one retry of botocore's own. Import this lazily (cold start)."""

from typing import Literal

import boto3
from botocore.client import BaseClient
from botocore.config import Config

_CONFIG = Config(connect_timeout=2, read_timeout=5, retries={"mode": "standard", "total_max_attempts": 2})


def sending_client(service: Literal["s3", "sns", "sesv2", "sqs"]) -> BaseClient:
    """Region, credentials and (locally) the endpoint come from the environment."""
    return boto3.client(service, config=_CONFIG)
