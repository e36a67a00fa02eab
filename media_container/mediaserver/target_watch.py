"""Whether the load balancer is letting go of this node.

ECS takes a task of a service out of its target group first, waits until the group has let go of it (the deregistration
delay, at whose end the load balancer cuts the sockets that are left), and sends SIGTERM only then. A node that waited for
the signal would lose its clients instead of moving them.
"""

import asyncio
import logging
from typing import Protocol
from urllib.parse import urlsplit

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

INTERVAL_S = 5.0
LETTING_GO = frozenset({"draining", "unused"})

logger = logging.getLogger(__name__)


class TargetGroup(Protocol):
    """The load balancer's list of nodes."""

    def state(self) -> str:
        """This node's state in it (`healthy`, `draining`, ...). Blocks; raises BotoCoreError or ClientError."""


class ElasticTargetGroup:
    """A target group of an Elastic Load Balancer, whose targets are addresses."""

    def __init__(self, arn: str, internal_url: str) -> None:
        """`internal_url`: where this node listens."""
        config = Config(connect_timeout=1, read_timeout=2, retries={"total_max_attempts": 1})
        self._client = boto3.client("elbv2", config=config)
        self._arn = arn
        where = urlsplit(internal_url)
        self._target = {"Id": where.hostname or "", "Port": where.port or 80}

    def state(self) -> str:
        """This node's state in the group; `unused` when it is not in it."""
        answer = self._client.describe_target_health(TargetGroupArn=self._arn, Targets=[self._target])
        return str(answer["TargetHealthDescriptions"][0]["TargetHealth"]["State"])


async def until_let_go(group: TargetGroup) -> None:
    """Return when the load balancer, which has had this node, lets go of it. A group that cannot be asked tells nothing."""
    has_had = False
    while True:
        try:
            state = await asyncio.to_thread(group.state)
        except (BotoCoreError, ClientError):
            logger.warning("The load balancer cannot be asked about this node", exc_info=False)
        else:
            if has_had and state in LETTING_GO:
                return
            has_had = has_had or state not in LETTING_GO
        await asyncio.sleep(INTERVAL_S)
