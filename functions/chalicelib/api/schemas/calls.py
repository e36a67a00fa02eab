"""Joining a call, and rating it (C1, C3, C9)."""

from typing import Annotated, Any, Literal

from msgspec import Meta, Struct

from chalicelib.concealed import Concealed

# Of the connection that was just lost, if one was: its media node is asked whether it is still there.
LostEpoch = Annotated[int, Meta(ge=1, le=2**31)]
Problem = Literal["sound", "picture", "delay", "dropped", "other"]


class JoinAnswer(Concealed, Struct, frozen=True):
    """Open a WebSocket to `media_path` on this origin and send `token` first (docs/protocol.md §2).

    `epoch` grows each time the call moves to another media node.
    """

    call_id: str
    epoch: int
    media_path: str
    token: str
    ice_servers: list[dict[str, Any]]
    participant_id: str
    name: str
    role: Literal["staff", "patient", "guest"]
    title: str


class RateCall(Concealed, Struct, frozen=True, forbid_unknown_fields=True):
    """1 Mycket dålig, 2 Dålig, 3 Medel, 4 Bra, 5 Utmärkt; the three lowest may say what was wrong."""

    call_id: Annotated[str, Meta(max_length=64)]
    score: Annotated[int, Meta(ge=1, le=5)]
    problems: Annotated[list[Problem], Meta(max_length=5)] = []
    text: Annotated[str, Meta(max_length=500)] = ""
