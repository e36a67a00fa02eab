"""The exported access log on Amazon S3: a bucket under Object Lock, to which the function may only add."""

from functools import cached_property
from typing import TYPE_CHECKING

from chalicelib.errors import Unavailable

if TYPE_CHECKING:
    from botocore.client import BaseClient


class S3AccessLogArchive:
    """Satisfies `services.ports.AccessLogArchive`. How long objects are locked is the bucket's to say."""

    def __init__(self, bucket: str) -> None:
        self._bucket = bucket

    def store(self, key: str, document: bytes) -> None:
        """Raises Unavailable, also where the bucket is missing or forbids it: the stream tries again, then buries it."""
        from botocore.exceptions import BotoCoreError, ClientError  # noqa: PLC0415  cold start

        try:
            # Amazon S3 user guide, "Object Lock": a write under a retention period must carry a checksum.
            self._client.put_object(
                Bucket=self._bucket,
                Key=key,
                Body=document,
                ContentType="application/xml; charset=utf-8",
                ChecksumAlgorithm="SHA256",
            )
        except (ClientError, BotoCoreError):
            raise Unavailable("the archive of the access log did not take the document") from None

    @cached_property
    def _client(self) -> "BaseClient":
        from chalicelib.gateways.aws_client import sending_client  # noqa: PLC0415  cold start

        return sending_client("s3")
