"""S6: each action that the use cases log has a kind and words, and an entry is written once."""

import ast
from pathlib import Path
from typing import Any

import pytest

from chalicelib.domain.access import TABLE
from chalicelib.domain.audit import AuditEntry, by_staff
from chalicelib.domain.audit_kinds import ACTIONS
from chalicelib.domain.changes import Create, Put
from local.settings import ROOT
from tests.builders import NOW, staff
from tests.fakes import FakeStore

LIVE = {
    "agenda.changed",
    "call.state",
    "chat.message",
    "delivery.changed",
    "note.changed",
    "participation.ended",
    "session.ended",
    "visit.changed",
}


def _written_actions() -> set[str]:
    """Every word of the form `visit.view` in the use cases, and what their composed ones can become."""
    words = set()
    for path in (ROOT / "functions" / "chalicelib" / "services").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and _is_action(node.value):
                words.add(node.value)
    attempts = {f"visit.{action}" for action, roles in TABLE.items() if "staff" in roles}
    participants = {f"participant.{what}" for what in ("add", "remove", "preview")}
    return (words - LIVE) | attempts | participants


def _is_action(text: str) -> bool:
    kind, dot, what = text.partition(".")
    return bool(dot) and kind.isalpha() and kind.islower() and what.replace("_", "").isalpha() and what.islower()


def test_every_action_has_a_kind_or_is_a_refused_attempt_and_has_words_in_both_languages() -> None:
    written = _written_actions()
    attempts = {f"visit.{action}" for action, roles in TABLE.items() if "staff" in roles}
    assert written - ACTIONS - attempts == set()
    for language in ("sv", "en"):
        texts = Path(ROOT / "web" / "src" / "i18n" / language / "audit.ts").read_text(encoding="utf-8")
        silent = {action for action in written | ACTIONS if f"    {action.replace('.', '_')}: " not in texts}
        assert silent == set()


def test_an_entry_is_created_and_never_put() -> None:
    """Append-only in the code as in the roles: nothing that is there can be written over."""
    put: Any = Put
    entry = by_staff(staff(), "visit.view", NOW)
    assert AuditEntry not in getattr(put.__annotations__["record"], "__args__", ())
    store = FakeStore()
    store.commit([Create(entry)])
    with pytest.raises(Exception, match="condition"):
        store.commit([Create(entry)])
