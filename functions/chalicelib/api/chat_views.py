"""Chat messages as the API and the live socket show them."""

from collections.abc import Sequence

from chalicelib.api.schemas.chat import ChatHistory, ChatMessageView
from chalicelib.domain.chat import ChatMessage


def chat_message(message: ChatMessage) -> ChatMessageView:
    return ChatMessageView(
        message_id=message.message_id,
        author_id=message.author_id,
        author_name=message.author_name,
        author_role=message.author_role,
        text=message.text,
        sent_at=message.sent_at,
    )


def chat_history(messages: Sequence[ChatMessage]) -> ChatHistory:
    return ChatHistory([chat_message(message) for message in messages])
