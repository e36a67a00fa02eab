"""Compiles the fast side of the benchmarks (`c/`) with gcc, once per change of its text, and loads it."""

import ctypes
import hashlib
import shutil
import subprocess
import tempfile
from pathlib import Path

from pylibsrtp._binding import ffi, lib

_SOURCES = Path(__file__).parent / "c"
_BUILT = Path(__file__).resolve().parents[3] / "build" / "bench"
_FLAGS = ("-O2", "-std=gnu11", "-Wall", "-Wextra", "-fPIC", "-shared")
_SRTP_CALLS = ("srtp_protect", "srtp_unprotect", "srtp_protect_rtcp", "srtp_unprotect_rtcp")


class CompilerMissing(Exception):
    """There is no gcc, or it refused."""


class SrtpCalls(ctypes.Structure):
    """`struct srtp_calls`: addresses of the functions of pylibsrtp's own libsrtp, which all sides share."""

    _fields_ = [(name, ctypes.c_void_p) for name in _SRTP_CALLS]


def srtp_calls() -> SrtpCalls:
    """The addresses."""
    return SrtpCalls(*(int(ffi.cast("uintptr_t", ffi.addressof(lib, name))) for name in _SRTP_CALLS))


def session_address(session: object) -> int:
    """Where a pylibsrtp session lives; valid as long as the session is held."""
    return int(ffi.cast("uintptr_t", session._srtp[0]))  # type: ignore[attr-defined]  # untyped package


def library() -> ctypes.CDLL:
    """The compiled library. Raises CompilerMissing."""
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in sorted(_SOURCES.iterdir()))).hexdigest()
    built = _BUILT / f"load-{digest[:16]}.so"
    if not built.exists():
        _compile(built)
    return ctypes.CDLL(str(built))


def _compile(built: Path) -> None:
    compiler = shutil.which("gcc")
    if compiler is None:
        raise CompilerMissing("gcc is not installed (Debian: apt install gcc libc6-dev)")
    built.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=built.parent) as folder:
        output = Path(folder) / built.name
        command = [compiler, *_FLAGS, "-o", str(output), *map(str, sorted(_SOURCES.glob("*.c")))]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            raise CompilerMissing(f"gcc failed:\n{done.stderr[-2000:]}")
        output.replace(built)
