"""P1: the whole number is asked for where it must be, and nowhere else: each place stands here with its reason.

Anywhere else a number prints masked, so a key, log line, address, metric or error cannot hold it. Add a place only if it
writes the number into none of these.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import chalicelib

FUNCTIONS = Path(chalicelib.__file__).parent
MAY_KNOW = {
    "domain/fhir_appointment.py": "the row of a booking that waits for a patient who is not here",
    "api/pending.py": "told to staff who asked for it on purpose, logged",
    "domain/registered.py": "the rows of the patient and the guardians",
    "domain/store_log.py": "the record of Loggtjänst, which is about a patient",
    "api/patients.py": "told to staff who asked for it on purpose, logged",
    "gateways/bankid.py": "whom BankID shall identify",
    "gateways/freja.py": "whom Freja shall identify",
    "gateways/register_soap.py": "of whom the register is asked, and whose answer is whose",
}


def _askers() -> Iterator[str]:
    """The files that read the digits for more than the keyed hash that is the patient's key."""
    for path in sorted(FUNCTIONS.rglob("*.py")):
        nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
        if {node for node in nodes if _is_digits(node)} - {each for node in nodes for each in _hashed(node)}:
            yield path.relative_to(FUNCTIONS).as_posix()


def _is_digits(node: ast.AST) -> bool:
    return isinstance(node, ast.Attribute) and node.attr in {"digits", "_digits"}


def _hashed(node: ast.AST) -> list[ast.expr]:
    """What is given to `patient_id`, which tells nothing without its key."""
    is_hash = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "patient_id"
    return node.args if is_hash and isinstance(node, ast.Call) else []


def test_the_whole_number_is_read_only_where_it_must_be() -> None:
    assert set(_askers()) - {"domain/identity_number.py"} <= MAY_KNOW.keys()


def test_every_place_that_may_read_it_does() -> None:
    assert set(_askers()) >= {each for each in MAY_KNOW if (FUNCTIONS / each).exists()}
