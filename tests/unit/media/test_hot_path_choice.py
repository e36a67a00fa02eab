"""Which packet path a node takes."""

import pytest

from mediaserver import native_path
from mediaserver.errors import SettingsInvalid
from mediaserver.native.library import is_usable
from mediaserver.native_path import choose_hot_path
from mediaserver.settings import from_environment


def test_the_compiled_path_is_taken_where_it_is_installed() -> None:
    assert from_environment({}).hot_path == "auto"
    assert choose_hot_path("auto").name == ("native" if is_usable() else "python")
    assert choose_hot_path("python").name == "python"


def test_without_the_module_python_forwards_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(native_path, "is_usable", lambda: False)
    assert choose_hot_path("auto").counters.hot_path == "python"
    with pytest.raises(SettingsInvalid, match="MEDIA_HOT_PATH"):
        choose_hot_path("native")


def test_another_path_is_refused() -> None:
    with pytest.raises(SettingsInvalid, match="MEDIA_HOT_PATH must be auto, python or native"):
        from_environment({"MEDIA_HOT_PATH": "fast"})
    assert from_environment({"MEDIA_HOT_PATH": "python"}).hot_path == "python"
