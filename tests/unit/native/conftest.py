"""These tests need the compiled hot path, which `make setup` builds where a C compiler is."""

import pytest

from mediaserver.native.library import is_usable


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if not is_usable():
        for item in items:
            if "unit/native" in item.path.as_posix():
                item.add_marker(pytest.mark.skip(reason="the compiled hot path is not installed"))
