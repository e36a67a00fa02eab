"""One DynamoDB client for all tables of a process: each one made costs a cold start some 30 ms (`make bench-cold`)."""

from functools import cache

from botocore import __version__ as botocore_version
from botocore.config import Config
from pynamodb.connection import Connection
from pynamodb.connection.table import TableConnection
from pynamodb.models import Model

CONNECT_TIMEOUT_S = 2
READ_TIMEOUT_S = 5
RETRIES = 2
# Said as it stands: what botocore says by itself it puts together anew for each request, twice.
CALLED = Config(user_agent=f"Vardrum Botocore/{botocore_version}")


@cache
def connection() -> Connection:
    """Short time-outs: a caller behind API Gateway has 29 s, of which three attempts take 21. pynamodb's own are 60."""
    made = Connection(
        connect_timeout_seconds=CONNECT_TIMEOUT_S,
        read_timeout_seconds=READ_TIMEOUT_S,
        max_retry_attempts=RETRIES,
        max_pool_connections=50,  # Lambda needs one, the local gateway one for each of its threads
    )
    made.session.set_default_client_config(CALLED)
    return made


class Table(Model):
    """A model that reads and writes over the shared connection; pynamodb would make one for each."""

    @classmethod
    def _get_connection(cls) -> TableConnection:
        table = super()._get_connection()
        if table.connection is not connection():
            connection().add_meta_table(table.get_meta_table())
            table.connection = connection()
        return table
