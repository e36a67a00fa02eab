"""A media node on ECS announces the task's public address and names its private one inside."""

import json

import pytest

from on_ecs import METADATA_VARIABLE, PUBLIC_ADDRESS_URL, addresses

METADATA = "http://169.254.170.2/v4/abc"
ENVIRONMENT = {METADATA_VARIABLE: METADATA}


def answers(public: str) -> dict[str, bytes]:
    task = {"Networks": [{"NetworkMode": "awsvpc", "IPv4Addresses": ["10.20.3.4"]}]}
    return {METADATA: json.dumps(task).encode(), PUBLIC_ADDRESS_URL: public.encode()}


def test_both_addresses_reach_the_node() -> None:
    assert addresses(ENVIRONMENT, answers("198.51.100.7\n").__getitem__) == {
        "MEDIA_ANNOUNCED_IP": "198.51.100.7",
        "MEDIA_INTERNAL_URL": "http://10.20.3.4:8002",
    }


def test_relay_beside_the_nodes_is_told_the_address_inside() -> None:
    told = addresses(ENVIRONMENT | {"TURN_URLS": "turn:turn.example.se"}, answers("198.51.100.7").__getitem__)
    assert told["MEDIA_ANNOUNCED_IP"] == "198.51.100.7,10.20.3.4"
    without = addresses(ENVIRONMENT | {"TURN_URLS": ""}, answers("198.51.100.7").__getitem__)
    assert without["MEDIA_ANNOUNCED_IP"] == "198.51.100.7"


def test_an_answer_that_is_no_address_stops_the_start() -> None:
    with pytest.raises(ValueError, match="does not appear to be an IPv4 or IPv6 address"):
        addresses(ENVIRONMENT, answers("<html>busy</html>").__getitem__)
