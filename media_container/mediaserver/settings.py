"""What the environment decides."""

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import ip_address
from typing import Any, Literal, cast, get_args
from urllib.parse import urlsplit

from mediaserver.errors import SettingsInvalid
from mediaserver.ice_servers import IceServers, TurnService

DEFAULT_CAPACITY = 200
MAX_CAPACITY = 10_000
# Who forwards packets: the compiled module, Python, or the former where it is installed.
HotPathSetting = Literal["auto", "python", "native"]
# A call of an hour; a browser that looks for a new path gets new ones.
DEFAULT_TURN_LIFETIME_S = 3600
MIN_TURN_SECRET = 16


@dataclass(frozen=True)
class Settings:
    """Settings of one node. Ports are 0 for "any free port"; graces are seconds."""

    node_id: str
    http_host: str = "0.0.0.0"
    http_port: int = 8002
    udp_hosts: tuple[str, ...] = ("0.0.0.0",)
    udp_port: int = 8003
    announced_ips: tuple[str, ...] = ("127.0.0.1",)
    # 0 is the port that is bound; another one where a port is mapped to it.
    announced_port: int = 0
    internal_url: str = ""
    join_keys: Mapping[str, str] = field(default_factory=dict)
    fleet_table: str = ""
    call_events_queue_url: str = ""
    target_group_arn: str = ""
    # Of the pages whose sockets are taken, such as https://host; of any where it is empty.
    origin: str = ""
    ice_servers: IceServers = field(default_factory=IceServers)
    lost_grace_s: float = 20.0
    no_staff_grace_s: float = 60.0
    drain_deadline_s: float = 100.0
    capacity: int = DEFAULT_CAPACITY
    hot_path: HotPathSetting = "auto"


def from_environment(environment: Mapping[str, str]) -> Settings:
    """Read all settings. Raises SettingsInvalid, which names the variable."""
    udp_hosts = _udp_hosts(environment.get("MEDIA_UDP_HOST") or "0.0.0.0")
    return Settings(
        node_id=environment.get("MEDIA_NODE_ID") or f"node-{secrets.token_hex(6)}",
        http_host=environment.get("MEDIA_HTTP_HOST", "0.0.0.0"),
        http_port=_port(environment, "MEDIA_HTTP_PORT", 8002),
        udp_hosts=udp_hosts,
        udp_port=_port(environment, "MEDIA_UDP_PORT", 8003),
        announced_ips=_announced_ips(environment.get("MEDIA_ANNOUNCED_IP", ""), udp_hosts),
        announced_port=_port(environment, "MEDIA_ANNOUNCED_PORT", 0),
        internal_url=environment.get("MEDIA_INTERNAL_URL", "").rstrip("/"),
        join_keys=_join_keys(environment.get("MEDIA_JOIN_KEYS", "{}")),
        fleet_table=environment.get("FLEET_TABLE", ""),
        call_events_queue_url=environment.get("CALL_EVENTS_QUEUE_URL", ""),
        target_group_arn=environment.get("TARGET_GROUP_ARN", ""),
        origin=_origin(environment.get("PUBLIC_URL", "")),
        ice_servers=IceServers(_ice_servers(environment.get("ICE_SERVERS") or "[]"), _turn(environment)),
        lost_grace_s=_seconds(environment, "LOST_GRACE_S", 20.0),
        no_staff_grace_s=_seconds(environment, "NO_STAFF_GRACE_S", 60.0),
        drain_deadline_s=_seconds(environment, "DRAIN_DEADLINE_S", 100.0),
        capacity=_capacity(environment),
        hot_path=_hot_path(environment.get("MEDIA_HOT_PATH") or "auto"),
    )


def _origin(text: str) -> str:
    """RFC 6454 6.2, of a URL."""
    try:
        parts = urlsplit(text)
    except ValueError:
        raise SettingsInvalid("PUBLIC_URL must be a URL") from None
    if text and not (parts.scheme in {"http", "https"} and parts.netloc):
        raise SettingsInvalid("PUBLIC_URL must be the web client's URL")
    return f"{parts.scheme}://{parts.netloc}" if text else ""


def _hot_path(text: str) -> HotPathSetting:
    for known in get_args(HotPathSetting):
        if text == known:
            return cast(HotPathSetting, known)
    raise SettingsInvalid("MEDIA_HOT_PATH must be auto, python or native")


def _port(environment: Mapping[str, str], name: str, default: int) -> int:
    text = environment.get(name) or str(default)
    if not text.isdecimal() or int(text) > 65535:
        raise SettingsInvalid(f"{name} must be a port number")
    return int(text)


def _capacity(environment: Mapping[str, str]) -> int:
    """How many participants a node takes."""
    text = environment.get("MEDIA_CAPACITY") or str(DEFAULT_CAPACITY)
    if not text.isdecimal() or not 1 <= int(text) <= MAX_CAPACITY:
        raise SettingsInvalid(f"MEDIA_CAPACITY must be between 1 and {MAX_CAPACITY} participants")
    return int(text)


def _seconds(
    environment: Mapping[str, str], name: str, default: float, at_least: float = 0, at_most: float = 3600
) -> float:
    try:
        value = float(environment.get(name) or default)
    except ValueError:
        raise SettingsInvalid(f"{name} must be a number of seconds") from None
    if not at_least <= value <= at_most:
        raise SettingsInvalid(f"{name} must be between {at_least} and {at_most} seconds")
    return value


def _udp_hosts(text: str) -> tuple[str, ...]:
    """Addresses to bind, separated by commas, at most one of each family."""
    hosts = _ips("MEDIA_UDP_HOST", text)
    if not hosts or len({":" in host for host in hosts}) < len(hosts):
        raise SettingsInvalid("MEDIA_UDP_HOST must be one IPv4 address, one IPv6 address, or one of each")
    return hosts


def _announced_ips(text: str, udp_hosts: tuple[str, ...]) -> tuple[str, ...]:
    """Addresses told to browsers, separated by commas; without any, those bound, or loopback for all interfaces."""
    loopback = {"0.0.0.0": "127.0.0.1", "::": "::1"}
    return _ips("MEDIA_ANNOUNCED_IP", text) or tuple(loopback.get(host, host) for host in udp_hosts)


def _ips(name: str, text: str) -> tuple[str, ...]:
    try:
        return tuple(str(ip_address(part.strip())) for part in text.split(",") if part.strip())
    except ValueError:
        raise SettingsInvalid(f"{name} must be IP addresses separated by commas") from None


def _json(name: str, text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        raise SettingsInvalid(f"{name} must be JSON") from None


def _join_keys(text: str) -> dict[str, str]:
    value = _json("MEDIA_JOIN_KEYS", text)
    if not isinstance(value, dict) or not all(isinstance(pem, str) for pem in value.values()):
        raise SettingsInvalid("MEDIA_JOIN_KEYS must be a JSON object of key id to public key")
    return value


def _ice_servers(text: str) -> tuple[dict[str, Any], ...]:
    value = _json("ICE_SERVERS", text)
    if not isinstance(value, list) or not all(isinstance(server, dict) and "urls" in server for server in value):
        raise SettingsInvalid("ICE_SERVERS must be a JSON list of objects with urls")
    return tuple(value)


def _turn(environment: Mapping[str, str]) -> TurnService | None:
    """TURN servers, if there are any: TURN_URLS separated by commas, and the secret they share."""
    urls = tuple(part.strip() for part in environment.get("TURN_URLS", "").split(",") if part.strip())
    if not urls:
        return None
    if not all(url.startswith(("turn:", "turns:")) for url in urls):
        raise SettingsInvalid("TURN_URLS must be turn: and turns: URLs separated by commas")
    secret = environment.get("TURN_SECRET", "")
    if len(secret) < MIN_TURN_SECRET:
        raise SettingsInvalid(f"TURN_SECRET must have at least {MIN_TURN_SECRET} characters")
    lifetime_s = _seconds(environment, "TURN_LIFETIME_S", DEFAULT_TURN_LIFETIME_S, 60, 86_400)
    return TurnService(urls, secret, int(lifetime_s))
