"""The compiled module, if it is installed and fits. The only import of it."""

from typing import Any

# What `VH_INTERFACE` in native/src/engine.h must say.
INTERFACE = 7

try:
    from vardrum_hot_path import ffi as _ffi
    from vardrum_hot_path import lib as _lib
except ImportError:
    _ffi = _lib = None

# cffi's are known at run time only.
ffi: Any = _ffi
lib: Any = _lib


def is_usable() -> bool:
    """Whether the module is there and of the interface that this code knows."""
    return lib is not None and getattr(lib, "VH_INTERFACE", 0) == INTERFACE
