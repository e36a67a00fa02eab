"""Operators' command: sessions end at once, with their open pages (OWASP ASVS 5.0, V7.4.5).

    python -m chalicelib.end_sessions SE2321000115 SE2321000115-E001    of these people of the organisation's staff
    python -m chalicelib.end_sessions SE2321000115                      of all its staff
    python -m chalicelib.end_sessions --everybody                       of all staff and visitors of every organisation

It takes the functions' environment, and a role that may read and delete in `sessions`. Who is let in logs in again:
to keep somebody out, import the organisation without them, or remove the visitor from the visit. The first two stand in the
access log as ends of each session, the last does not.
"""

import argparse
import sys
from collections.abc import Sequence

from chalicelib.bootstrap import ports
from chalicelib.services.staff_sessions import end_sessions_of
from chalicelib.storage.all_sessions import remove_all_sessions
from chalicelib.storage.store import DynamoStore


def main(arguments: Sequence[str]) -> None:
    asked = _parser().parse_args(arguments)
    if asked.everybody:
        remove_all_sessions()
        return
    if not asked.org_id:
        raise SystemExit("name an organisation, or --everybody")
    for hsa_id in asked.hsa_id or _staff_of(asked.org_id):
        end_sessions_of(ports(), asked.org_id, hsa_id)


def _staff_of(org_id: str) -> list[str]:
    return [member.hsa_id for member in DynamoStore().directory(org_id)[2]]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="end_sessions", allow_abbrev=False)
    parser.add_argument("org_id", nargs="?", default="")
    parser.add_argument("hsa_id", nargs="*")
    parser.add_argument("--everybody", action="store_true")
    return parser


if __name__ == "__main__":
    main(sys.argv[1:])
