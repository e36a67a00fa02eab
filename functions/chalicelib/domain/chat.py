"""The visit chat (S2) and the staff's note (S3)."""

from datetime import datetime

from msgspec import Struct

from chalicelib.concealed import Concealed
from chalicelib.domain.visit import Role


class ChatMessage(Concealed, Struct, frozen=True, kw_only=True):
    """`message_id` is the client's: a message sent again is found out by it. `author_shown_name`: what it stands under for
    those who are not staff, "" for `author_name` (B8)."""

    visit_id: str
    message_id: str
    author_id: str
    author_name: str
    author_role: Role
    text: str
    sent_at: datetime
    author_shown_name: str = ""

    @property
    def shown_name(self) -> str:
        return self.author_shown_name or self.author_name


class Note(Concealed, Struct, frozen=True, kw_only=True):
    """Staff only; one per visit."""

    visit_id: str
    version: int
    text: str
    saved_at: datetime
    saved_by: str
