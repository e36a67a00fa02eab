"""The third-party components that are pinned, by exact version: of Python and of the web client, tests' own included."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from tools.virtual_envs import ROOT

PIN = re.compile(r"^([A-Za-z0-9._-]+)==([A-Za-z0-9.+!_-]+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Component:
    """`kind`: the package URL's type, `pypi` or `npm`."""

    kind: str
    name: str
    version: str

    @property
    def purl(self) -> str:
        """Package URL (ECMA-427): a scope of npm is its namespace, and its @ is escaped."""
        return f"pkg:{self.kind}/{quote(self.name, safe='/')}@{quote(self.version)}"


def components(root: Path = ROOT) -> list[Component]:
    """Each once, in order of its package URL."""
    found = {each.purl: each for each in (*_of_python(root), *_of_web(root))}
    return [found[purl] for purl in sorted(found)]


def _of_python(root: Path) -> Iterator[Component]:
    for path in (root / "requirements").glob("*constraints.txt"):
        for name, version in PIN.findall(path.read_text(encoding="utf-8")):
            yield Component("pypi", re.sub(r"[-_.]+", "-", name).lower(), version)


def _of_web(root: Path) -> Iterator[Component]:
    lock = json.loads((root / "web" / "package-lock.json").read_bytes())
    for path, package in lock["packages"].items():
        name = path.rpartition("node_modules/")[2]
        if name:
            yield Component("npm", name, package["version"])
