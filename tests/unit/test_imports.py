"""The import arrows of docs/architecture.md hold, and each library is known where it belongs and nowhere else."""

import os
import subprocess
import sys
from functools import cache
from pathlib import Path

import grimp
import pytest

from local.settings import ROOT

OURS = ("chalicelib", "mediaserver", "local")
KNOWS = {
    "chalice": ("chalicelib.api", "local.gateway", "local.worker.sources", "local.lambda_app"),
    "pynamodb": ("chalicelib.storage",),
    "boto3": (
        "chalicelib.gateways",
        "mediaserver.fleet_table",
        "mediaserver.events",
        "mediaserver.target_watch",
        "local.resources",
    ),
    "httpx": ("chalicelib.gateways",),
    "bankid": ("chalicelib.gateways.bankid",),
    "aiortc": ("mediaserver.net.dtls_srtp",),
    "pylibsrtp": ("mediaserver.net",),
    "ministack": ("local.emulator",),
}


@cache
def graph() -> grimp.ImportGraph:
    return grimp.build_graph(*OURS, include_external_packages=True, cache_dir=None)


def test_the_arrows_hold() -> None:
    """In a process of its own: in this one it would silence every log that stands."""
    command = [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"]
    paths = {"PYTHONPATH": os.pathsep.join(["functions", "media_container", "."])}
    done = subprocess.run(
        command, cwd=ROOT, env={**os.environ, **paths}, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("library", KNOWS)
def test_a_library_is_known_only_where_it_belongs(library: str) -> None:
    importers = graph().find_modules_that_directly_import(library)
    strangers = [each for each in importers if not _inside(each, KNOWS[library])]
    assert strangers == []


def _inside(module: str, places: tuple[str, ...]) -> bool:
    return any(module == place or module.startswith(f"{place}.") for place in places)
