"""A node drains from the moment its load balancer lets go of it, which on ECS is long before SIGTERM."""

import asyncio

import boto3
import pytest
from botocore.exceptions import EndpointConnectionError
from botocore.stub import Stubber

from mediaserver import target_watch
from mediaserver.target_watch import ElasticTargetGroup, until_let_go

ARN = "arn:aws:elasticloadbalancing:eu-north-1:000000000000:targetgroup/media/0123456789abcdef"


class Scripted:
    """States to answer with, the last one for ever; None: nobody answers."""

    def __init__(self, *states: str | None) -> None:
        self.states = list(states)
        self.asked = 0

    def state(self) -> str:
        self.asked += 1
        state = self.states.pop(0) if len(self.states) > 1 else self.states[0]
        if state is None:
            raise EndpointConnectionError(endpoint_url="http://elb")
        return state


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(target_watch, "INTERVAL_S", 0.001)


@pytest.mark.parametrize(
    ("states", "questions"),
    [
        (("initial", "healthy", "healthy", "draining"), 4),
        (("unused", "initial", "healthy", "unused"), 4),
        (("healthy", None, "draining"), 3),
        (("unhealthy", "draining"), 2),
    ],
)
async def test_it_is_over_when_a_load_balancer_that_had_the_node_lets_go(
    states: tuple[str | None, ...], questions: int
) -> None:
    group = Scripted(*states)
    async with asyncio.timeout(5):
        await until_let_go(group)
    assert group.asked == questions


@pytest.mark.parametrize("state", ["healthy", "unused", None])
async def test_a_node_that_is_well_or_not_there_yet_or_unknown_goes_on(state: str | None) -> None:
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(until_let_go(Scripted(state)), 0.05)


def test_the_group_is_asked_about_this_nodes_own_address(monkeypatch: pytest.MonkeyPatch) -> None:
    client = boto3.client("elbv2", region_name="eu-north-1", aws_access_key_id="x", aws_secret_access_key="x")
    target = {"Id": "10.20.0.5", "Port": 8002}
    answer = {"TargetHealthDescriptions": [{"Target": target, "TargetHealth": {"State": "draining"}}]}
    with Stubber(client) as stubber:
        stubber.add_response("describe_target_health", answer, {"TargetGroupArn": ARN, "Targets": [target]})
        monkeypatch.setattr(boto3, "client", lambda *_args, **_options: client)
        assert ElasticTargetGroup(ARN, "http://10.20.0.5:8002").state() == "draining"
