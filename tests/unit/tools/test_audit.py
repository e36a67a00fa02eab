"""`make audit` against a database of our own (OWASP ASVS 5.0, V15.1.2, V15.2.1)."""

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any, ClassVar

import pytest

from tools import audit
from tools.components import Component, components


class Database(BaseHTTPRequestHandler):
    """Answers as https://api.osv.dev/v1/querybatch does: a result for each question, in their order."""

    faulty: ClassVar[dict[str, list[str]]] = {}
    asked: ClassVar[list[str]] = []

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        purls = [query["package"]["purl"] for query in body["queries"]]
        self.asked.extend(purls)
        self._answer({"results": [self._result(purl) for purl in purls]})

    def _result(self, purl: str) -> dict[str, Any]:
        ids = self.faulty.get(purl, [])
        return {"vulns": [{"id": each, "modified": "2026-01-01T00:00:00Z"} for each in ids]} if ids else {}

    def _answer(self, answer: dict[str, Any]) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(json.dumps(answer).encode())

    def log_message(self, *_: object) -> None:
        """Nothing: the test's own output stays readable."""


@pytest.fixture
def database(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setattr(Database, "faulty", {})
    monkeypatch.setattr(Database, "asked", [])
    with HTTPServer(("127.0.0.1", 0), Database) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/v1/querybatch"
        server.shutdown()
        thread.join()


def test_every_pinned_component_is_asked_for_once(database: str, tmp_path: Path) -> None:
    assert audit.main(database, tmp_path / "sbom.json") == 0
    assert Database.asked == [each.purl for each in components()]
    assert len(Database.asked) == len(set(Database.asked)) > 200


def test_a_known_fault_is_named_and_fails(database: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    faulty = next(each for each in components() if each.name == "pyjwt")
    Database.faulty[faulty.purl] = ["GHSA-1", "PYSEC-2"]
    assert audit.main(database, tmp_path / "sbom.json") == 1
    assert f"pyjwt {faulty.version}: GHSA-1, PYSEC-2" in capsys.readouterr().out


def test_a_database_that_does_not_answer_is_no_clean_bill(tmp_path: Path) -> None:
    assert audit.main("http://127.0.0.1:9/v1/querybatch", tmp_path / "sbom.json") == 2


def test_the_bill_names_what_both_planes_and_the_client_are_made_of(tmp_path: Path) -> None:
    """Deployed or built with; with versions and package URLs, and the same each time."""
    bill = audit.bill_of(components())
    names = {each["name"] for each in bill["components"]}
    assert {"aiortc", "boto3", "cryptography", "msgspec", "preact", "mediasoup-client", "ministack"} <= names
    assert bill == audit.bill_of(components())
    assert (bill["bomFormat"], bill["specVersion"]) == ("CycloneDX", "1.6")


@pytest.mark.parametrize(
    ("component", "purl"),
    [
        (Component("npm", "@adobe/css-tools", "4.5.0"), "pkg:npm/%40adobe/css-tools@4.5.0"),
        (Component("pypi", "pyjwt", "2.15.1"), "pkg:pypi/pyjwt@2.15.1"),
    ],
)
def test_a_package_url_is_as_the_database_wants_it(component: Component, purl: str) -> None:
    assert component.purl == purl
