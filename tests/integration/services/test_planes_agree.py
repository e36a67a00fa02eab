"""What one plane signs or tells, the other's own code takes (docs/protocol.md §1, §3, §5)."""

from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from chalicelib.domain.access import IN_CALL
from chalicelib.domain.call_control import Control
from chalicelib.domain.call_event import read_call_event, statistics_of
from chalicelib.domain.fleet import CallPin
from chalicelib.services.media_tokens import control_token, join_token
from mediaserver.errors import TokenRefused
from mediaserver.events import ended_event, state_event
from mediaserver.join_token import TokenVerifier
from mediaserver.participant_stats import ParticipantStats
from tests.builders import ORG, a_guest, a_visit
from tests.fake_ports import JOIN_KEY, settings

PUBLIC_PEM = JOIN_KEY.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
PIN = CallPin(call_id="v_a.1", node_id="node-a", epoch=3, pinned_at=0, expires_at=0)
PEOPLE = (*a_visit().participants, a_guest())


@pytest.fixture
def node() -> TokenVerifier:
    return TokenVerifier({"join-1": PUBLIC_PEM})


@pytest.mark.parametrize("who", PEOPLE, ids=lambda person: person.role)
def test_a_join_token_is_what_the_node_lets_in(node: TokenVerifier, who: Any) -> None:
    claims = node.join(join_token(settings(), PIN, who, datetime.now(UTC)))
    assert (claims.sub, claims.name, claims.role) == (who.participant_id, who.name, who.role)
    assert (claims.call_id, claims.node_id, claims.epoch) == ("v_a.1", "node-a", 3)
    assert claims.permissions == set(IN_CALL[who.role])


@pytest.mark.parametrize(
    ("action", "whom"), [("end_call", None), ("remove_participant", "p_guest"), ("replace_device", "p_guest")]
)
def test_a_control_token_is_what_the_node_obeys(node: TokenVerifier, action: Control, whom: str | None) -> None:
    claims = node.control(control_token(settings(), PIN, action, whom or "", datetime.now(UTC)))
    assert (claims.action, claims.participant_id, claims.call_id) == (action, whom, "v_a.1")


def test_a_replaced_device_is_known_by_when_the_newer_one_took_its_place(node: TokenVerifier) -> None:
    """G2: however late the order is sent."""
    replaced_at = datetime.now(UTC) - timedelta(seconds=30)
    token = control_token(settings(), PIN, "replace_device", "p_guest", datetime.now(UTC), replaced_at=replaced_at)
    assert node.control(token).issued_until == int(replaced_at.timestamp())


def test_neither_token_passes_for_the_other(node: TokenVerifier) -> None:
    now = datetime.now(UTC)
    with pytest.raises(TokenRefused):
        node.control(join_token(settings(), PIN, PEOPLE[0], now))
    with pytest.raises(TokenRefused):
        node.join(control_token(settings(), PIN, "end_call", "", now))


def test_what_a_node_tells_of_a_call_is_understood() -> None:
    people = [{"id": "p_staff", "role": "staff", "connected": True}]
    event = read_call_event(msgspec.json.encode(state_event("v_a.1", "node-a", 1, 4, people)))
    assert (event.call_id, event.seq, event.ended, event.participants[0].connected) == ("v_a.1", 4, False, True)


def test_what_a_node_measured_is_kept() -> None:
    """C9."""
    rows = [ParticipantStats("patient").row("p_patient")]
    stats = {"duration_ms": 1, "participants_max": 2, "participants": rows}
    told = ended_event("v_a.1", "node-a", 1, 5, end_reason="empty", stats=stats)
    kept = statistics_of(read_call_event(msgspec.json.encode(told)), ORG, "q_1")
    assert kept is not None
    assert kept.stats["participants"][0]["role"] == "patient"
