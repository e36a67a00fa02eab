"""Operators' command: another system may deliver bookings to an organisation, or may no more (V5).

    python -m chalicelib.add_integration_client SE2321000115 vas "VAS"                       a new secret, printed once
    python -m chalicelib.add_integration_client SE2321000115 vas "VAS" --public-key k1=vas.pem   signs its own assertions
    python -m chalicelib.add_integration_client SE2321000115 vas "VAS" --disabled            its tokens end at once

Adding it again replaces how it shows who it is; it stays its organisation's, for ids are of the whole product. Only the
secret's hash is stored, a plain one: a secret of one's own must be as random as one made here.
"""

import argparse
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from chalicelib.domain.changes import Put
from chalicelib.domain.ids import new_secret, secret_hash
from chalicelib.domain.integration_client import SCOPES, IntegrationClient
from chalicelib.storage.imported_bookings import DynamoImportedBookings
from chalicelib.storage.store import DynamoStore

SHORTEST_SECRET = 32


def main(arguments: Sequence[str]) -> None:
    asked = _parser().parse_args(arguments)
    keys = dict(_public_key(each) for each in asked.public_key)
    secret = Path(asked.secret_file).read_text(encoding="ascii").strip() if asked.secret_file else ""
    if asked.secret_file and len(secret) < SHORTEST_SECRET:
        raise SystemExit(f"the secret is shorter than {SHORTEST_SECRET} characters")
    known = DynamoImportedBookings().client(asked.client_id)
    if known is not None and known.org_id != asked.org_id:
        raise SystemExit("another organisation has a client with this id")
    if not secret and not keys and not asked.disabled:
        secret = new_secret()
        sys.stdout.write(f"{secret}\n")
    client = IntegrationClient(
        client_id=asked.client_id,
        org_id=asked.org_id,
        name=asked.name,
        created_at=datetime.now(UTC),
        secret_hash=secret_hash(secret) if secret else "",
        public_keys=keys,
        certificate=asked.certificate,
        scopes=tuple(scope for scope in SCOPES if scope in (asked.scope or SCOPES)),
        disabled=asked.disabled,
    )
    DynamoStore().commit([Put(client)])


def _public_key(text: str) -> tuple[str, str]:
    """`k1=vas.pem` -> the key's id and its PEM."""
    key_id, _, path = text.partition("=")
    return key_id, Path(path).read_text(encoding="ascii")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="add_integration_client", allow_abbrev=False)
    parser.add_argument("org_id")
    parser.add_argument("client_id")
    parser.add_argument("name")
    parser.add_argument("--secret-file", default="", help="a file with the secret; without it one is made")
    parser.add_argument("--public-key", action="append", default=[], metavar="KEY-ID=PEM-FILE")
    parser.add_argument("--certificate", default="", help="x5t#S256 of the only TLS certificate it may come with")
    parser.add_argument(
        "--scope", action="append", default=[], choices=SCOPES, help="the only ones it may have; else all"
    )
    parser.add_argument("--disabled", action="store_true")
    return parser


if __name__ == "__main__":
    main(sys.argv[1:])
