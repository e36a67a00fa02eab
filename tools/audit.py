"""`make audit`: which pinned components have faults that are known to the OSV database (https://osv.dev), and their bill.

Writes build/sbom.json (CycloneDX 1.6) in any case. Exit status: 1 where a fault is known, 2 where the database does not answer.
What is then to be done, and by when, stands in docs/operations.md.
"""

import json
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import Request, urlopen

from tools.components import Component, components
from tools.virtual_envs import ROOT

DATABASE = "https://api.osv.dev/v1/querybatch"
BILL = ROOT / "build" / "sbom.json"
AT_ONCE = 500  # the database takes 1,000 questions a request
TIMEOUT_S = 30


def main(database: str = DATABASE, bill: Path = BILL) -> int:
    pinned = components()
    bill.parent.mkdir(exist_ok=True)
    bill.write_text(json.dumps(bill_of(pinned), indent=1) + "\n", encoding="utf-8")
    try:
        known = list(faults(pinned, database))
    except (URLError, TimeoutError):
        print("The database of known faults does not answer", file=sys.stderr)
        return 2
    for component, ids in known:
        print(f"{component.name} {component.version}: {', '.join(ids)}")
    print(f"{len(pinned)} components, {len(known)} with known faults")
    return 1 if known else 0


def bill_of(pinned: Sequence[Component]) -> dict[str, Any]:
    """CycloneDX 1.6: the same components give the same bill."""
    listed = [{"type": "library", "name": c.name, "version": c.version, "purl": c.purl} for c in pinned]
    return {"bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1, "components": listed}


def faults(pinned: Sequence[Component], database: str) -> Iterator[tuple[Component, list[str]]]:
    """The components that have any, with their ids. Raises URLError, TimeoutError."""
    for start in range(0, len(pinned), AT_ONCE):
        some = pinned[start : start + AT_ONCE]
        for component, answer in zip(some, _asked(some, database), strict=True):
            if ids := [fault["id"] for fault in answer.get("vulns", ())]:
                yield component, ids


def _asked(some: Sequence[Component], database: str) -> list[dict[str, Any]]:
    body = json.dumps({"queries": [{"package": {"purl": each.purl}} for each in some]}).encode()
    request = Request(database, body, {"Content-Type": "application/json"})  # noqa: S310 - https, or a test's own
    with urlopen(request, timeout=TIMEOUT_S) as reply:  # noqa: S310 - as above
        answers: list[dict[str, Any]] = json.load(reply)["results"]
    return answers


if __name__ == "__main__":
    sys.exit(main(os.environ.get("OSV_URL", DATABASE)))
