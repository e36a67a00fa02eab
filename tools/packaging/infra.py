"""infra/*.yaml as the one template that `chalice package` merges into its own."""

from pathlib import Path
from typing import Any

import yaml

from local.template import load_template
from tools.virtual_envs import ROOT

INFRA = ROOT / "infra"


class DefinedTwice(Exception):
    """Two files of infra/ say different things of the same."""


def merged_infra(folder: Path = INFRA) -> dict[str, Any]:
    """All files together. Raises DefinedTwice."""
    merged: dict[str, Any] = {}
    for path in sorted(folder.glob("*.yaml")):
        _merge(merged, load_template(path), path.name)
    return merged


def _merge(into: dict[str, Any], more: dict[str, Any], where: str) -> None:
    for name, value in more.items():
        if isinstance(value, dict) and isinstance(into.get(name), dict):
            _merge(into[name], value, f"{where}: {name}")
        elif name in into:
            raise DefinedTwice(f"{where}: {name}")
        else:
            into[name] = value


class _NoAliases(yaml.SafeDumper):
    """A template without YAML aliases reads better, and every tool takes it."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002 - PyYAML's signature
        return True


def write_template(path: Path, template: dict[str, Any]) -> None:
    path.write_text(
        yaml.dump(template, Dumper=_NoAliases, sort_keys=True, allow_unicode=True, width=130), encoding="utf-8"
    )
