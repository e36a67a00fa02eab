"""The visit chat (S2) and the staff's note (S3)."""

from datetime import datetime

from msgspec import Struct

from chalicelib.concealed import Concealed
from chalicelib.domain.visit import Role


class ChatMessage(Concealed, Struct, frozen=True, kw_only=True):
    """`message_id` is the client's: a message sent again is found out by it."""

    visit_id: str
    message_id: str
    author_id: str
    author_name: str
    author_role: Role
    text: str
    sent_at: datetime


class Note(Concealed, Struct, frozen=True, kw_only=True):
    """Staff only; one per visit."""

    visit_id: str
    version: int
    text: str
    saved_at: datetime
    saved_by: str
