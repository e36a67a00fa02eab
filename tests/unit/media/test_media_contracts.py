"""The golden files that pin what crosses between the planes, replayed against the media server."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jwt
import msgspec
import pytest

from mediaserver import close_codes, methods, ortc, requests
from mediaserver.errors import BadRequest, Conflict, Forbidden, NotFound, TooMany
from mediaserver.events import ended_event, part_event, state_event
from mediaserver.fleet import Fleet
from mediaserver.join_token import ControlClaims, JoinClaims, TokenVerifier
from mediaserver.participant_stats import ParticipantStats
from mediaserver.rtp_parameters import RtpCapabilities, RtpParameters
from tests.media.fakes import MemoryFleetTable
from tests.media.tokens import TokenMint

CONTRACTS = Path(__file__).parents[2] / "contracts"
SHAPES: dict[str, Any] = {
    "join": requests.Join,
    "createTransport": requests.CreateTransport,
    "connectTransport": requests.ConnectTransport,
    "restartIce": requests.TransportRequest,
    "produce": requests.Produce,
    "pauseProducer": requests.ProducerRequest,
    "resumeProducer": requests.ProducerRequest,
    "closeProducer": requests.ProducerRequest,
    "subscribe": requests.Subscribe,
    "resumeConsumer": requests.ConsumerRequest,
    "pauseConsumer": requests.ConsumerRequest,
    "setConsumerView": requests.SetConsumerView,
    "muteParticipant": requests.MuteParticipant,
    "reportDevice": requests.ReportDevice,
    "sendChat": requests.SendChat,
    "endCall": requests.Nothing,
    "leave": requests.Nothing,
}


def golden(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((CONTRACTS / name).read_text())
    return loaded


def as_told(value: Any) -> Any:
    """As it comes out of the socket."""
    return json.loads(msgspec.json.encode(value))


SIGNALLING = golden("signalling.json")


@pytest.mark.parametrize("name", SIGNALLING["requests"])
def test_every_request_of_the_contract_is_understood(name: str) -> None:
    frame = msgspec.json.encode(SIGNALLING["requests"][name])
    request = msgspec.json.decode(frame, type=requests.Request)
    msgspec.json.decode(request.data, type=SHAPES[request.method])


def test_the_contract_has_every_method() -> None:
    told = {request["method"] for request in SIGNALLING["requests"].values()}
    assert told == methods.METHOD_NAMES == set(SHAPES)
    assert set(SIGNALLING["answers"]) == set(SIGNALLING["requests"])


def test_router_capabilities_are_those_of_the_contract() -> None:
    told = SIGNALLING["answers"]["join"]["data"]["routerRtpCapabilities"]
    assert as_told(ortc.ROUTER_CAPABILITIES) == told


def test_consumer_parameters_are_those_of_the_contract() -> None:
    produce = SIGNALLING["requests"]["produce"]["data"]
    subscribe = SIGNALLING["requests"]["subscribe"]["data"]
    told = SIGNALLING["notifications"]["newConsumer"]["data"]["rtpParameters"]
    mapping = ortc.stream_mapping("video", msgspec.convert(produce["rtpParameters"], RtpParameters))
    made = ortc.consumer_parameters(
        mapping.codec,
        msgspec.convert(subscribe["rtpCapabilities"], RtpCapabilities),
        ssrc=told["encodings"][0]["ssrc"],
        rtx_ssrc=told["encodings"][0]["rtx"]["ssrc"],
        mid=told["mid"],
        cname=told["rtcp"]["cname"],
    )
    assert as_told(made) == told


def test_close_codes_and_errors_are_those_of_the_contract() -> None:
    assert SIGNALLING["subprotocol"] == requests.SUBPROTOCOL
    own = {value for name, value in vars(close_codes).items() if name.isupper()}
    assert set(SIGNALLING["closeCodes"].values()) == own
    assert set(SIGNALLING["errors"]) == {error.code for error in (BadRequest, Conflict, Forbidden, NotFound, TooMany)}


def test_join_token_of_the_contract_is_understood() -> None:
    contract = golden("join_token.json")
    assert msgspec.convert(contract["claims"], JoinClaims).role == "staff"
    mint = TokenMint(kid=contract["header"]["kid"])
    fresh = contract["claims"] | {name: json_claims(mint.join())[name] for name in ("iat", "exp")}
    claims = TokenVerifier(mint.public_keys).join(mint.sign(fresh))
    assert (claims.sub, claims.call_id, claims.node_id, claims.epoch) == ("p_7xk2", "c_9m4t", "node-a", 1)


def json_claims(token: str) -> dict[str, Any]:
    decoded: dict[str, Any] = jwt.decode(token, options={"verify_signature": False})
    return decoded


@pytest.mark.parametrize("action", ["end_call", "remove_participant", "replace_device"])
def test_control_token_of_the_contract_is_understood(action: str) -> None:
    contract = golden("control_token.json")[action]
    assert msgspec.convert(contract, ControlClaims).action == action
    mint = TokenMint()
    fresh = contract | {name: json_claims(mint.join())[name] for name in ("iat", "exp")}
    assert TokenVerifier(mint.public_keys).control(mint.sign(fresh)).call_id == "c_9m4t"


def test_node_row_has_the_shape_of_the_contract() -> None:
    told = golden("fleet_rows.json")["node"]
    fleet = Fleet(MemoryFleetTable(), "node-a", "http://127.0.0.1:8002", 200, lambda: (2, 1))
    assert fleet.row(told["heartbeat_at"], draining=False) == told


def test_call_events_have_the_shape_of_the_contract() -> None:
    told = golden("call_events.json")
    joined = told["joined"]
    made = state_event("c_9m4t", "node-a", 1, 3, joined["participants"])
    assert made | {"at_ms": joined["at_ms"]} == joined
    part = told["part"]
    made = part_event("c_9m4t", "node-b", 1, 7, part["participants"], stats=part["stats"])
    assert made | {"at_ms": part["at_ms"]} == part
    ended = told["ended"]
    made = ended_event("c_9m4t", "node-a", 1, 9, end_reason="ended_by_staff", stats=ended["stats"])
    assert made | {"at_ms": ended["at_ms"]} == ended


@pytest.mark.parametrize("number", [0, 1])
def test_stats_row_has_the_shape_of_the_contract(number: int) -> None:
    told = golden("call_events.json")["ended"]["stats"]["participants"][number]
    stats = ParticipantStats(told["role"])
    stats.connections = told["connections"]
    stats.add_producer(Figures(told["packets_received"], told["packets_lost"], told["jitter_ms"]))
    stats.add_consumer(Figures(told["packets_sent"], told["packets_sent_lost"], told["jitter_sent_ms"], told["rtt_ms"]))
    row = stats.row(told["id"])
    assert row | {name: told[name] for name in told if name.startswith("quality")} == told
    assert {name for name in row if row[name] is None} == {name for name in row if name.startswith("quality")}


def test_qualities_of_the_contract_are_means_of_scores_and_the_worst() -> None:
    told = golden("call_events.json")["ended"]["stats"]["participants"][0]
    stats = ParticipantStats("staff")
    for up in [5] * 97 + [4] * 3:
        stats.add_quality(up, 5)
    assert {name: value for name, value in stats.row("p").items() if name.startswith("quality")} == {
        name: value for name, value in told.items() if name.startswith("quality")
    }


@dataclass(frozen=True)
class Figures:
    """What one stream has counted."""

    packets: int
    packets_lost: int
    jitter_ms: float
    rtt_ms: float = 0.0

    @property
    def packets_received(self) -> int:
        return self.packets

    @property
    def packets_sent(self) -> int:
        return self.packets
