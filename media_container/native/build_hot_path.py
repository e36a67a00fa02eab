"""Compiles the module `vardrum_hot_path` of the C files in `src`; run by pip through setup.py."""

from pathlib import Path

from cffi import FFI

_FOLDER = Path(__file__).resolve().parent
_SOURCES = sorted((_FOLDER / "src").glob("*.c"))

ffibuilder = FFI()
ffibuilder.cdef((_FOLDER / "src" / "interface.cdef").read_text(encoding="utf-8"))
ffibuilder.set_source(
    "vardrum_hot_path",
    '#include "wait.h"',
    # Relative to the folder of setup.py, as setuptools wants them.
    sources=[str(path.relative_to(_FOLDER)) for path in _SOURCES],
    include_dirs=["src"],
    depends=[str(path.relative_to(_FOLDER)) for path in sorted((_FOLDER / "src").glob("*.h"))],
    define_macros=[("_GNU_SOURCE", None)],
    # Without contraction the estimate's floating-point numbers are Python's on every machine.
    extra_compile_args=["-std=gnu11", "-O2", "-Wall", "-Wextra", "-Wno-unused-parameter", "-ffp-contract=off"],
)
