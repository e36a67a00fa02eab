"""The import arrows of docs/architecture.md hold, and each library is known where it belongs and nowhere else."""

import sys
from functools import cache

import grimp
import pytest
from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports

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


def test_the_arrows_hold(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.setattr(sys, "path", [*sys.path])
    status = lint_imports(config_filename=".importlinter", no_cache=True)
    assert status == EXIT_STATUS_SUCCESS, capsys.readouterr().out


@pytest.mark.parametrize("library", KNOWS)
def test_a_library_is_known_only_where_it_belongs(library: str) -> None:
    importers = graph().find_modules_that_directly_import(library)
    strangers = [each for each in importers if not _inside(each, KNOWS[library])]
    assert strangers == []


def _inside(module: str, places: tuple[str, ...]) -> bool:
    return any(module == place or module.startswith(f"{place}.") for place in places)
