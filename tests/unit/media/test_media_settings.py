"""The environment of a media node."""

import json

import pytest

from mediaserver.errors import SettingsInvalid
from mediaserver.join_token import TokenVerifier
from mediaserver.settings import from_environment
from tests.media.tokens import TokenMint

SECRET = "a secret that coturn knows"
TURN = {"TURN_URLS": "turn:turn.example.se", "TURN_SECRET": SECRET}


def test_defaults_run_a_node_alone() -> None:
    settings = from_environment({})
    assert settings.node_id.startswith("node-")
    assert settings.node_id != from_environment({}).node_id
    assert (settings.http_port, settings.udp_port) == (8002, 8003)
    assert settings.announced_ips == ("127.0.0.1",)
    assert settings.ice_servers.for_a_browser() == []
    assert (settings.fleet_table, settings.call_events_queue_url) == ("", "")
    assert (settings.lost_grace_s, settings.no_staff_grace_s) == (20.0, 60.0)


def test_everything_can_be_set() -> None:
    keys = TokenMint().public_keys
    settings = from_environment(
        {
            "MEDIA_NODE_ID": "node-7",
            "MEDIA_HTTP_HOST": "127.0.0.1",
            "MEDIA_HTTP_PORT": "0",
            "MEDIA_UDP_HOST": "10.0.0.7, ::",
            "MEDIA_UDP_PORT": "9000",
            "MEDIA_ANNOUNCED_PORT": "9001",
            "MEDIA_ANNOUNCED_IP": "192.0.2.1, 2001:db8::1",
            "MEDIA_INTERNAL_URL": "http://10.0.0.7:8002/",
            "MEDIA_JOIN_KEYS": json.dumps(keys),
            "PUBLIC_URL": "https://vardrum.example/",
            "FLEET_TABLE": "fleet",
            "CALL_EVENTS_QUEUE_URL": "http://queue",
            "ICE_SERVERS": '[{"urls": "stun:stun.example.se"}]',
            "TURN_URLS": "turn:turn.example.se, turns:turn.example.se:443?transport=tcp",
            "TURN_SECRET": SECRET,
            "TURN_LIFETIME_S": "600",
            "LOST_GRACE_S": "0.5",
            "NO_STAFF_GRACE_S": "5",
            "MEDIA_CAPACITY": "40",
        }
    )
    assert (settings.node_id, settings.http_port, settings.udp_port) == ("node-7", 0, 9000)
    assert settings.udp_hosts == ("10.0.0.7", "::")
    assert (settings.announced_ips, settings.announced_port) == (("192.0.2.1", "2001:db8::1"), 9001)
    assert settings.internal_url == "http://10.0.0.7:8002"
    assert settings.join_keys == keys
    assert settings.origin == "https://vardrum.example"
    assert settings.ice_servers.fixed == ({"urls": "stun:stun.example.se"},)
    turn = settings.ice_servers.turn
    assert turn is not None
    assert turn.urls == ("turn:turn.example.se", "turns:turn.example.se:443?transport=tcp")
    assert (turn.secret, turn.lifetime_s) == (SECRET, 600)
    assert SECRET not in repr(settings)
    assert (settings.lost_grace_s, settings.no_staff_grace_s, settings.capacity) == (0.5, 5.0, 40)


def test_bound_address_is_announced_unless_it_is_every_interface() -> None:
    assert from_environment({"MEDIA_UDP_HOST": "10.0.0.7"}).announced_ips == ("10.0.0.7",)
    assert from_environment({"MEDIA_UDP_HOST": "0.0.0.0,::"}).announced_ips == ("127.0.0.1", "::1")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("MEDIA_HTTP_PORT", "http"),
        ("MEDIA_UDP_PORT", "65536"),
        ("MEDIA_UDP_HOST", "10.0.0.7,10.0.0.8"),
        ("MEDIA_UDP_HOST", ","),
        ("MEDIA_UDP_HOST", "localhost"),
        ("MEDIA_ANNOUNCED_IP", "192.0.2"),
        ("MEDIA_ANNOUNCED_PORT", "-1"),
        ("PUBLIC_URL", "vardrum.example"),
        ("PUBLIC_URL", "https://["),
        ("MEDIA_JOIN_KEYS", "{"),
        ("MEDIA_JOIN_KEYS", "[]"),
        ("MEDIA_JOIN_KEYS", '{"kid": 1}'),
        ("ICE_SERVERS", "{}"),
        ("ICE_SERVERS", "[{}]"),
        ("TURN_URLS", "https://turn.example.se"),
        ("TURN_SECRET", "short"),
        ("TURN_SECRET", ""),
        ("TURN_LIFETIME_S", "0"),
        ("TURN_LIFETIME_S", "86401"),
        ("LOST_GRACE_S", "soon"),
        ("NO_STAFF_GRACE_S", "-1"),
        ("NO_STAFF_GRACE_S", "nan"),
        ("MEDIA_CAPACITY", "0"),
        ("MEDIA_CAPACITY", "many"),
    ],
)
def test_bad_value_is_refused_by_its_name(name: str, value: str) -> None:
    with pytest.raises(SettingsInvalid, match=name):
        from_environment(TURN | {name: value})


@pytest.mark.parametrize("pem", ["", "not a key", "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----"])
def test_key_that_cannot_be_used_stops_the_node(pem: str) -> None:
    with pytest.raises(SettingsInvalid, match="join-9"):
        TokenVerifier({"join-9": pem})
