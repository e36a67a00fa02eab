"""Chat messages as the API and the live socket show them."""

from collections.abc import Sequence

from chalicelib.api.schemas.chat import ChatHistory, ChatMessageView
from chalicelib.domain.chat import ChatMessage


def chat_message(message: ChatMessage, *, to_staff: bool) -> ChatMessageView:
    """To others than staff under the name that the author has among them (B8)."""
    return ChatMessageView(
        message_id=message.message_id,
        author_id=message.author_id,
        author_name=message.author_name if to_staff else message.shown_name,
        author_role=message.author_role,
        text=message.text,
        sent_at=message.sent_at,
    )


def chat_history(messages: Sequence[ChatMessage], *, to_staff: bool) -> ChatHistory:
    return ChatHistory([chat_message(message, to_staff=to_staff) for message in messages])
