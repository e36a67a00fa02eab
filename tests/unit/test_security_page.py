"""docs/security.md answers each requirement of ASVS 5.0, levels 1 and 2, once, and names only what is there."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "security.md"
IDS = (ROOT / "tests" / "contracts" / "asvs_5_0_l2.txt").read_text(encoding="utf-8").split()
# Where a path on the page begins, as its first paragraph says.
FROM = (ROOT, ROOT / "functions" / "chalicelib", ROOT / "media_container", ROOT / "tests")
ROW = re.compile(r"^\| (?P<id>V[\d.]+) \| (?P<asked>[^|]+) \| (?P<answer>[^|]+) \| (?P<where>[^|]+) \|$", re.MULTILINE)
PATH = re.compile(r"`([\w.-]+(?:/[\w.-]+)+\.\w+)`")
LINK = re.compile(r"\]\(([^)#:]+)\)")
TEXT = PAGE.read_text(encoding="utf-8")


def test_each_requirement_is_answered_once_with_one_of_three_words() -> None:
    answers = [(row["id"], row["answer"]) for row in ROW.finditer(TEXT)]
    assert len(IDS) == 253
    assert [requirement for requirement, _ in answers] == IDS
    assert {answer for _, answer in answers} == {"met", "not applicable", "open"}


def test_no_row_is_left_unread() -> None:
    """A row that has lost a cell would else be no row."""
    assert len(re.findall(r"^\| V\d", TEXT, re.MULTILINE)) == len(IDS)


def test_each_row_says_where_or_why() -> None:
    assert all(row["asked"].strip() and row["where"].strip() for row in ROW.finditer(TEXT))


def test_every_file_that_is_named_is_there() -> None:
    named = set(PATH.findall(TEXT))
    assert len(named) > 150
    missing = {path for path in named if not any((begin / path).is_file() for begin in FROM)}
    assert not missing
    assert not {link for link in LINK.findall(TEXT) if not (PAGE.parent / link).is_file()}
