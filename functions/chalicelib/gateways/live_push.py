"""Messages to open live sockets through API Gateway's management API (PostToConnection)."""

from functools import cached_property
from typing import TYPE_CHECKING

from chalicelib.errors import Unavailable

if TYPE_CHECKING:
    from botocore.client import BaseClient


class ApiGatewayLivePush:
    """Satisfies `services.ports.LivePush`. `endpoint`: the live API's stage, `https://<id>.execute-api.../<stage>`."""

    def __init__(self, endpoint: str) -> None:
        self._endpoint = endpoint

    def push(self, connection_id: str, payload: bytes) -> bool:
        """False when the socket is gone for good (GoneException). Raises Unavailable for anything that may pass."""
        from botocore.exceptions import BotoCoreError, ClientError  # noqa: PLC0415  cold start

        try:
            self._client.post_to_connection(ConnectionId=connection_id, Data=payload)
        except ClientError as error:
            if error.response["Error"]["Code"] == "GoneException":
                return False
            raise Unavailable("the live API refuses a message", code="live_unavailable") from None
        except BotoCoreError:
            raise Unavailable("the live API does not answer", code="live_unavailable") from None
        return True

    @cached_property
    def _client(self) -> "BaseClient":
        import boto3  # noqa: PLC0415
        from botocore.config import Config  # noqa: PLC0415

        config = Config(connect_timeout=2, read_timeout=3, retries={"mode": "standard", "total_max_attempts": 2})
        return boto3.client("apigatewaymanagementapi", endpoint_url=self._endpoint, config=config)
