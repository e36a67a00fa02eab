"""The visit chat (S2)."""

from datetime import datetime
from typing import Annotated, Literal

from msgspec import Meta, Struct

from chalicelib.concealed import Concealed


class SendChat(Concealed, Struct, frozen=True, forbid_unknown_fields=True):
    """`message_id` is made by the client: a message sent again after a lost answer is stored once."""

    message_id: Annotated[str, Meta(pattern="^[0-9a-f-]{36}$", max_length=36)]
    text: Annotated[str, Meta(min_length=1, max_length=2000)]


class ChatMessageView(Concealed, Struct, frozen=True):
    message_id: str
    author_id: str
    author_name: str
    author_role: Literal["staff", "colleague", "patient", "ombud", "guest"]
    text: str
    sent_at: datetime


class ChatHistory(Concealed, Struct, frozen=True):
    messages: list[ChatMessageView]
