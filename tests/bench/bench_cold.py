"""What a cold start imports (`make bench-cold`): the functions as they are deployed, against the least that could do.

The package is built as `make package` builds it, with its compiled modules, and unpacked. Then new interpreters, in turn
and with nothing else on their path,

- `floor`: import botocore and make a DynamoDB client: what any function that reads DynamoDB with Python pays;
- `app`: import the module that Lambda imports;
- `import`: import all that a first request needs, also what the app leaves for later on purpose: routes, store, log and
  metrics;
- `ready`: the same, and make the store's one DynamoDB client.

Times are CPU time, since an import is nothing else once the files are in memory, and the machine may be busy. The last
line is JSON: medians in milliseconds.
"""

import json
import os
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from statistics import median

from tools.packaging.__main__ import TARGET, build

ROUNDS = 11
FLOOR = "import botocore.session; botocore.session.get_session().create_client('dynamodb')"
APP = "import app"
IMPORT = """
import app
import chalicelib.storage.store
from chalicelib.api import observe
observe.logger()
observe.count("GET /session", 200, 0.0)
"""
READY = f"{IMPORT}from chalicelib.storage.connection import connection; connection().client"
PROGRAMS = {"floor": FLOOR, "app": APP, "import": IMPORT, "ready": READY}
TIMED = """
import sys, time
sys.path.insert(0, {folder!r})
started = time.process_time()
exec({program!r})
sys.stderr.write(f"took {{(time.process_time() - started) * 1000:.1f}}")
"""


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        build("dev", TARGET)
        zipfile.ZipFile(TARGET / "deployment.zip").extractall(folder)
        took: dict[str, list[float]] = {what: [] for what in PROGRAMS}
        for _ in range(ROUNDS):
            for what, program in PROGRAMS.items():
                took[what].append(_took_ms(folder, program))
    report(took)


def report(took: dict[str, list[float]]) -> None:
    """A line for people, and the line of JSON."""
    middle = {what: round(median(times), 1) for what, times in took.items()}
    print(", ".join(f"{what} {middle[what]} ms ({min(took[what])}-{max(took[what])})" for what in took))
    figures = {"import_ms": middle["import"], "floor_ms": middle["floor"]}
    print(json.dumps(figures | {"app_ms": middle["app"], "ready_ms": middle["ready"]}))


def _took_ms(folder: Path, program: str) -> float:
    """In a new interpreter that knows the package and the standard library alone."""
    settings = {"AWS_DEFAULT_REGION": "eu-north-1", "AWS_ACCESS_KEY_ID": "x", "AWS_SECRET_ACCESS_KEY": "x"}
    code = TIMED.format(folder=str(folder), program=program)
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", code],
        cwd=folder,
        env={"PATH": os.environ["PATH"], "POWERTOOLS_SERVICE_NAME": "vardrum", **settings},
        capture_output=True,
        text=True,
        check=True,
    )
    return float(done.stderr.rpartition("took ")[2])


if __name__ == "__main__":
    main()
