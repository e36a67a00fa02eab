"""The compiled hot path reads and writes nothing that is not its own, whatever comes, watched by the sanitizers."""

import shutil
import subprocess
from pathlib import Path

import pytest

NATIVE = Path(__file__).resolve().parents[2] / "media_container" / "native" / "src"
SECONDS = 3
SANITIZERS = ["-fsanitize=address,undefined", "-fno-sanitize-recover=all", "-fno-omit-frame-pointer"]
COMPILER = shutil.which("gcc") or shutil.which("cc")


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The C files with a `main` that feeds them."""
    if COMPILER is None:
        pytest.skip("there is no C compiler")
    built = tmp_path_factory.mktemp("native") / "hot_path_fuzz"
    sources = [str(path) for path in sorted(NATIVE.glob("*.c"))]
    warnings = ["-Wall", "-Wextra", "-Werror"]
    command = [COMPILER, "-std=gnu11", "-O1", "-g", *warnings, *SANITIZERS, f"-I{NATIVE}", *sources]
    fed = str(Path(__file__).with_name("hot_path_fuzz.c"))
    done = subprocess.run([*command, fed, "-o", str(built)], capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    return built


@pytest.mark.parametrize("seed", [1, 2])
def test_mutated_packets_touch_no_memory_that_is_not_theirs(program: Path, seed: int) -> None:
    done = subprocess.run(
        [str(program), str(seed), str(SECONDS)], capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 0, done.stdout + done.stderr
