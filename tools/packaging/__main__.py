"""`make package [STAGE=dev]`: build/package/ with the template and the zip that `sam deploy` takes.

The same sources give the same bytes.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tools.packaging.infra import merged_infra, write_template
from tools.packaging.zip_file import repack
from tools.progress import SetupFailed, step
from tools.virtual_envs import DEVELOPMENT, ROOT

STAGES = ("dev", "staging", "prod")
TARGET = ROOT / "build" / "package"
BIN = DEVELOPMENT.path / "bin"


def main() -> int:
    """Exit status: 1 when a part failed, which has said why."""
    stage = os.environ.get("STAGE") or "dev"
    try:
        if stage not in STAGES:
            raise SetupFailed(f"STAGE is one of {', '.join(STAGES)}, not {stage!r}")
        build(stage, TARGET)
        lint(TARGET)
    except SetupFailed as error:
        print(f"\n{error}", file=sys.stderr)
        return 1
    print(f"{TARGET.relative_to(ROOT)}/sam.yaml and deployment.zip are ready")
    return 0


def build(stage: str, target: Path, *, vendored: bool = True) -> None:
    """Fill `target`; without `vendored` the zip lacks the libraries, and is quick. Raises SetupFailed."""
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    project = target / "project"
    copy_functions(project, vendored=vendored)
    write_template(target / "merge.yaml", merged_infra())
    with step(f"Packaging functions/ for {stage}"):
        chalice(
            "package",
            "--stage",
            stage,
            "--template-format",
            "yaml",
            "--merge-template",
            "../merge.yaml",
            "..",
            at=project,
        )
        repack(target / "deployment.zip")
    shutil.rmtree(project)
    (target / "merge.yaml").unlink()


def lint(target: Path) -> None:
    """cfn-lint takes the template without a word. Raises SetupFailed."""
    with step("Checking the template"):
        run([str(BIN / "cfn-lint"), "--regions", "eu-north-1", "--", str(target / "sam.yaml")], ROOT)


def copy_functions(project: Path, *, vendored: bool) -> None:
    """The sources alone: no caches, and nothing of an earlier package."""
    shutil.copytree(ROOT / "functions", project, ignore=shutil.ignore_patterns("__pycache__", "deployments", "*.pyc"))
    if not vendored:
        (project / "requirements.txt").write_text("", encoding="utf-8")


def chalice(*arguments: str, at: Path) -> None:
    run([str(BIN / "chalice"), *arguments], at)


def run(command: list[str], at: Path) -> None:
    """Raises SetupFailed. The app is imported by Chalice, with nothing of an account in its environment."""
    environment = {**os.environ, "AWS_DEFAULT_REGION": "eu-north-1", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    environment |= {"PYTHONDONTWRITEBYTECODE": "1", "PYTHONHASHSEED": "0"}
    if subprocess.run(command, cwd=at, env=environment, check=False).returncode:
        raise SetupFailed(f"{Path(command[0]).name} failed: see above")


if __name__ == "__main__":
    sys.exit(main())
